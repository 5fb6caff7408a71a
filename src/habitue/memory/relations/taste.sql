-- One row a moment and thing of which we know what she thinks, as her statements stand (-1 she cannot stand it, 1 she loves it, 0 she minds it no more),
-- who told it (1 she, 2 a seller, 3 nobody: inferred) and on which day.
-- `word` is all of that in one number (day, teller, feeling + 1 as its last digits), `declared` the same where it was not inferred.
select s.moment_id, s.item_id, max(s.feeling) as feeling, max(s.said_day) as said_day, max(s.told) as told, max(s.strength) as strength,
  max(s.said_day * 100 + s.told * 10 + s.feeling + 1) as word, max(case when s.told < 3 then s.said_day * 100 + s.told * 10 + s.feeling + 1 end) as declared
from stated as s
where s.subject = 1 and s.standing = 0
group by s.moment_id, s.item_id
