-- What a model suggested of these messages.
SELECT seq, what, about, quote, proposal FROM model_proposal WHERE seq IN (?)
