-- The records that the visits of every atom begin with, of one segment of the calendar.
SELECT p.atom AS atom, MIN(d.first_sequence) AS first_sequence, MAX(d.last_sequence) AS last_sequence
FROM day_sequence d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY p.atom
