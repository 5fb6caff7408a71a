-- Every wording that was ever in use, in the order in which they came.
SELECT hash, purpose, language, version, title, body, known_at FROM notice ORDER BY purpose, language, version
