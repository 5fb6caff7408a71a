"""What customers say to us, and until when we owe an answer. A later issue fills this room; `waiting_for_our_answer` and `complaint_open` read its relation."""
