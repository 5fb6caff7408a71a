-- Whether a source's message was set aside already is found by its hash, without reading a single message. What was set aside before this has none.

ALTER TABLE dead_letter ADD COLUMN body_hash {blob};
CREATE INDEX dead_letter_said ON dead_letter (key, body_hash);
