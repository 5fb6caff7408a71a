-- What became of the things that were said in these words.
SELECT seq, proposal, is_kept FROM proposal_settled WHERE seq IN (?)
