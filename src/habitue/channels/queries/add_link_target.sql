-- Keeps where a link leads, once.
INSERT INTO link_target (link, target) VALUES (?, ?) ON CONFLICT DO NOTHING
