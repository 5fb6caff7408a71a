-- These events by their write number: whose profile, from which source, under which id, and what they say.
SELECT e.seq, e.profile_id, s.name, e.message_id, e.body FROM event AS e JOIN source AS s ON s.source_id = e.source_id WHERE e.seq IN (?)
