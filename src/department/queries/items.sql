-- What was done with each item, by kiosk and place.
SELECT p.atom AS atom, d.item AS item, SUM(d.openings) AS openings, SUM(d.narrations_begun) AS begun, SUM(d.narrations_heard) AS heard,
       SUM(d.sources) AS sources, SUM(d.abandoned) AS abandoned
FROM day_item d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY p.atom, d.item
