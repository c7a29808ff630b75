-- How often each dwell, in steps of five seconds as medians are told, and each deepest zoom occurred, by kiosk and place.
SELECT p.atom AS atom, d.item AS item, d.measure AS measure,
       CASE WHEN d.measure = 'dwell' THEN (d.value + 2) / 5 * 5 ELSE d.value END AS value, SUM(d.times) AS times
FROM day_dwell d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY p.atom, d.item, d.measure, CASE WHEN d.measure = 'dwell' THEN (d.value + 2) / 5 * 5 ELSE d.value END
