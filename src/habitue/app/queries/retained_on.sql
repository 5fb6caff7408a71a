-- The last local day on which the rules of keeping were carried out; no row where they never were.
SELECT value FROM counter WHERE name = 'retained on'
