-- How many files came with what somebody wrote before an instant, and since when the oldest lies here.
SELECT COUNT(*), MIN(at) FROM attachment WHERE at < ?
