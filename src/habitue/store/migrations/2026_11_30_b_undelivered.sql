-- What came back of a letter: that it could not be delivered, or that its reader complained; each report once, by the keyed number of the mail that brought it.
-- No address: of the one that it is about, a keyed hash. Since when letters to an address come back stands beside the address itself; 0 where they do not.
CREATE TABLE letter_return (letter_id BIGINT NOT NULL, mail TEXT NOT NULL, at BIGINT NOT NULL, what TEXT NOT NULL, status TEXT NOT NULL,
  address_hash {blob} NOT NULL, PRIMARY KEY (letter_id, mail)) {clustered};
CREATE INDEX letter_return_of_address ON letter_return (address_hash);
ALTER TABLE identifier ADD COLUMN dead_at BIGINT NOT NULL DEFAULT 0;
