-- One way for each purpose and channel in use.
CREATE OR REPLACE TEMP TABLE route AS
SELECT DISTINCT a.route_id, 1 AS place, a.purpose, a.route_id - a.purpose * 10 AS channel, 0 AS cost_millicents FROM action AS a
