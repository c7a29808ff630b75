-- Visits begun on each day, by kiosk and place. $1 and $2: first and last day.
SELECT p.atom AS atom, d.day AS day, SUM(d.visits) AS visits
FROM day_visit d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY p.atom, d.day
