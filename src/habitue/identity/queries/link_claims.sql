-- Which customer numbers links have claimed for these devices.
SELECT device, customer_key FROM link_claim WHERE device IN (?)
