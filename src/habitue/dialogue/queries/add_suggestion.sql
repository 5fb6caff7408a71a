-- Keeps what a model suggested of a message, once.
INSERT INTO model_proposal (seq, proposal, what, about, quote, at, who) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (seq, proposal) DO NOTHING
