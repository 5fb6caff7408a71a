-- Keeps that a link claimed a customer number for a device.
INSERT INTO link_claim (device, customer_key) VALUES (?, ?) ON CONFLICT DO NOTHING
