-- What a letter asked, of whom, and what she said.
SELECT letter_id, profile_id, thread_id, seq, asked_at, answered_at, verdict, said FROM satisfaction WHERE letter_id = ?
