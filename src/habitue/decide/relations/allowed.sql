-- One row a moment and action that may be said to her, with its place: 1 is worth most. Ties: value, then priority, then the action's number.
select j.moment_id, j.action_id, j.item_id, j.because_item_id, j.kind, j.channel, j.value_millicents, j.gain_millicents, j.worth_millicents,
  j.cost_millicents, j.attention_millicents, j.buy_permille, j.use_chance_permille, j.is_held_out,
  row_number() over (partition by j.moment_id order by j.value_millicents desc, j.priority desc, j.action_id) as place
from judged as j
where j.reason = 0
