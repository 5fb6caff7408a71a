-- Sends by what she had heard in the four weeks before.
SELECT least(words_28, 10) AS words_28, count(*) AS sends, count(*) FILTER (is_fault) AS at_fault, count(*) FILTER (is_answered = 1) AS answered
FROM found
GROUP BY ALL
ORDER BY words_28
