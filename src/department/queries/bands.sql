-- Visits by how long they took: under half a minute, one, two, five, ten, twenty minutes, and longer.
SELECT p.atom AS atom,
       CAST(CASE WHEN d.seconds < 30 THEN 0 WHEN d.seconds < 60 THEN 1 WHEN d.seconds < 120 THEN 2 WHEN d.seconds < 300 THEN 3
                 WHEN d.seconds < 600 THEN 4 WHEN d.seconds < 1200 THEN 5 ELSE 6 END AS BIGINT) AS band,
       SUM(d.visits) AS visits
FROM day_length d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY p.atom,
       CAST(CASE WHEN d.seconds < 30 THEN 0 WHEN d.seconds < 60 THEN 1 WHEN d.seconds < 120 THEN 2 WHEN d.seconds < 300 THEN 3
                 WHEN d.seconds < 600 THEN 4 WHEN d.seconds < 1200 THEN 5 ELSE 6 END AS BIGINT)
