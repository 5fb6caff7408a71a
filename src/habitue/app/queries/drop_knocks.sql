-- Drops every count whose time is over.
DELETE FROM knock WHERE until <= ?
