-- Steps from item to item, by kiosk and place; an empty item is the beginning or the end of the visit.
SELECT p.atom AS atom, d.from_item AS from_item, d.to_item AS to_item, SUM(d.times) AS times
FROM day_path d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY p.atom, d.from_item, d.to_item
