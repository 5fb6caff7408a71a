-- Its client has been without that number, or a server has said it: the link's claim is gone.
DELETE FROM link_claim WHERE device = ? AND customer_key = ?
