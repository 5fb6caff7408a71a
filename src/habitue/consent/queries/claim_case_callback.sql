-- Takes one attempt: of two processes that saw the same row, one gets it.
UPDATE case_callback SET attempts = attempts + 1, due_at = ? WHERE case_id = ? AND url = ? AND attempts = ? AND due_at = ? RETURNING case_id
