-- She has said herself who she is: the link's claim is gone.
DELETE FROM link_claim WHERE device = ? AND customer_key = ?
