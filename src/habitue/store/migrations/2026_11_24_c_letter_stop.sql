-- Since when no letter of a kind leaves because too many were asked for at once, until a person lets them go: sign-ups do not stop lost links, nor the other way round.
CREATE TABLE letter_stop (kind TEXT NOT NULL, stopped_at BIGINT NOT NULL, released_at BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (kind, stopped_at)) {clustered};
INSERT INTO letter_stop (kind, stopped_at, released_at) SELECT 'confirm', stopped_at, released_at FROM post_stop;
INSERT INTO letter_stop (kind, stopped_at, released_at) SELECT 'page', stopped_at, released_at FROM post_stop;
DROP TABLE post_stop;
