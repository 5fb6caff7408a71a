-- When the attempts at a letter that a mail server said yes to began and ended.
SELECT begun_at, ended_at FROM letter_attempt WHERE letter_id = ? AND outcome = 'sent'
