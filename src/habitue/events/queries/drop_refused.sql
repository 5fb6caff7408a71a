-- Drops what the log refused under the id of one message of a source.
DELETE FROM event_refused WHERE source_id = ? AND message_id = ? RETURNING seq
