-- What waited in a talk is answered.
UPDATE stray SET answered = ? WHERE talk = ? AND sender <> '' AND answered = 0
