-- Whether anything that came with these words, or that stranger's answer, is kept.
SELECT 1 FROM attachment WHERE seq = ? AND stray_id = ? LIMIT 1
