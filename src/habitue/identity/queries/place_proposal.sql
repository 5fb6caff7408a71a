-- Says where in the order a pair stands that a proposal stands for; 0 where it stands for none.
UPDATE proposal SET place = ? WHERE one_profile_id = ? AND other_profile_id = ? AND reason = ?
