-- How often each dwell in whole seconds, and each deepest zoom in per cent, occurred with each item.
SELECT d.item AS item, d.measure AS measure, d.value AS value, SUM(d.times) AS times
FROM day_dwell d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY d.item, d.measure, d.value
