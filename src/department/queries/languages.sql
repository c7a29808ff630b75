-- Visits, their length, those with something heard to the end and those that opened an item, by last language.
SELECT p.atom AS atom, d.language AS language, SUM(d.visits) AS visits, SUM(d.millis) AS millis, SUM(d.finished) AS finished, SUM(d.with_items) AS with_items
FROM day_visit d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY p.atom, d.language
