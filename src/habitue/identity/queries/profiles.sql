-- To whom these profiles belong now, and since when several people's were joined.
SELECT profile_id, customer_id, joined_at FROM profile WHERE profile_id IN (?)
