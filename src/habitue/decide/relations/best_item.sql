-- One row a moment and asked action that could be said: its best thing, one still allowed before one that is not, then by value.
-- Ties: the smaller number of the thing, then the cause that is freshest, then its smaller number.
with ranked as (
  select v.moment_id, v.action_id, v.item_id, v.because_item_id, v.kind, v.priority, v.channel, v.way_reason, v.item_reason, v.item_stops, v.buy_permille,
    v.use_chance_permille, v.gain_millicents, v.worth_millicents, v.cost_millicents, v.attention_millicents, v.value_millicents,
    row_number() over (
      partition by v.moment_id, v.action_id
      order by case when v.item_reason = 0 then 0 else 1 end, v.value_millicents desc, v.item_id, v.because_days_since, v.because_item_id) as place
  from valued_item as v
)
select r.* from ranked as r where r.place = 1
