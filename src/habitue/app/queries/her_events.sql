-- Everything that was ever told of these profiles, oldest first: when, by which source, under which id, and what it says.
SELECT e.at, e.known_at, s.name, e.name, e.message_id, e.body
FROM event AS e JOIN source AS s ON s.source_id = e.source_id
WHERE e.profile_id IN (?)
ORDER BY e.at, e.seq
