-- Of these waits, at which steps each was told of.
SELECT seq, step FROM reminder WHERE seq IN (?)
