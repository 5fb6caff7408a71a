-- How many letters there are in each state.
SELECT state, COUNT(*) FROM letter GROUP BY state ORDER BY state
