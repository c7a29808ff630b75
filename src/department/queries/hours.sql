-- Visits begun by weekday (0 is Sunday) and hour, by kiosk and place.
SELECT p.atom AS atom, CAST(date_part('dow', d.day) AS BIGINT) AS weekday, CAST(d.hour AS BIGINT) AS hour, SUM(d.visits) AS visits
FROM day_visit d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY p.atom, CAST(date_part('dow', d.day) AS BIGINT), CAST(d.hour AS BIGINT)
