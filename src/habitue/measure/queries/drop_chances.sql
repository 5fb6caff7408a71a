-- Drops every scorecard.
DELETE FROM chance
