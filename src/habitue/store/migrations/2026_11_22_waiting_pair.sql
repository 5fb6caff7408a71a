-- Of all that speaks for two customers' being one, a single proposal stands for the pair: it bears the pair's place in the order in which a person is asked.
-- The others bear 0, and so does everything of which nobody is asked. How many wait, and who comes first, is read without reading them all.

ALTER TABLE proposal ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
CREATE INDEX proposal_waiting ON proposal (place, one_profile_id, other_profile_id) WHERE place > 0;
CREATE INDEX proposal_of_other ON proposal (other_profile_id);
UPDATE proposal SET place = first.place FROM (
  SELECT w.one_profile_id, w.other_profile_id, w.reason, w.place, w.nth FROM (
    SELECT o.one_profile_id, o.other_profile_id, o.reason,
      CASE WHEN MAX(CASE o.reason WHEN 'likeness' THEN 2 WHEN 'home' THEN 1 ELSE 0 END) OVER (PARTITION BY o.one_id, o.other_id) = 1 THEN 1000000 ELSE 0 END
        + (1000 - MAX(o.chance_permille) OVER (PARTITION BY o.one_id, o.other_id)) * 100 + 100 - COUNT(*) OVER (PARTITION BY o.one_id, o.other_id) AS place,
      ROW_NUMBER() OVER (PARTITION BY o.one_id, o.other_id ORDER BY o.one_profile_id, o.other_profile_id, o.reason) AS nth,
      MAX(o.is_settled) OVER (PARTITION BY o.one_id, o.other_id) AS is_settled
    FROM (
      SELECT p.one_profile_id, p.other_profile_id, p.reason, p.chance_permille, CASE WHEN p.answer = '' THEN 0 ELSE 1 END AS is_settled,
        CASE WHEN one.customer_id < other.customer_id THEN one.customer_id ELSE other.customer_id END AS one_id,
        CASE WHEN one.customer_id < other.customer_id THEN other.customer_id ELSE one.customer_id END AS other_id
      FROM proposal AS p
      JOIN profile AS one ON one.profile_id = p.one_profile_id
      JOIN profile AS other ON other.profile_id = p.other_profile_id
      WHERE p.answer IN ('', 'apart', 'household') AND one.customer_id <> other.customer_id
    ) AS o
  ) AS w WHERE w.is_settled = 0
) AS first
WHERE first.nth = 1 AND proposal.one_profile_id = first.one_profile_id AND proposal.other_profile_id = first.other_profile_id AND proposal.reason = first.reason;
