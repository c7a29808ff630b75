-- How often each length in whole seconds occurred, by unit one level below: medians are taken from this, exactly.
SELECT p.below AS below, d.seconds AS seconds, SUM(d.visits) AS visits
FROM day_length d JOIN placement p ON d.kiosk = p.kiosk AND d.day BETWEEN p.first_day AND p.last_day
WHERE d.day BETWEEN $1 AND $2
GROUP BY p.below, d.seconds
