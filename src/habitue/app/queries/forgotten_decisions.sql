-- How many decisions of a day were made on people who are forgotten by now, by reason and kind.
SELECT reason, kind, customers FROM forgotten_decision WHERE day = ?
