-- Which letter told, by itself, that the shop is closed: of which message of hers, for the closing that begins on which local day, and to which address, as a
-- keyed hash.
CREATE TABLE closing_note (letter_id BIGINT PRIMARY KEY, seq BIGINT NOT NULL, closes_on BIGINT NOT NULL, address_hash {blob} NOT NULL);
CREATE INDEX closing_note_of ON closing_note (seq);
CREATE INDEX closing_note_to ON closing_note (address_hash);
