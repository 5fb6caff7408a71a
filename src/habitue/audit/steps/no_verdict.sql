-- An empty table for the verdicts; `faults` and `looked_for` hold one bit a reason.
CREATE OR REPLACE TEMP TABLE verdict (
  send_id BIGINT, faults BIGINT, looked_for BIGINT, item_times INTEGER, item_decayed INTEGER, item_days_since INTEGER, own_gap_days INTEGER,
  category_decayed INTEGER, price_cents BIGINT, feeling_said_day INTEGER, said_day INTEGER, words_7 INTEGER,
  words_28 INTEGER, unanswered_28 INTEGER, asked_91 INTEGER, given_91 INTEGER, ignored INTEGER, waiting_since_day INTEGER, visits_91 INTEGER,
  days_since_last INTEGER, visits_28 INTEGER, visits_decayed INTEGER
)
