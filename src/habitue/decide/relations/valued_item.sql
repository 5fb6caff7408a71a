-- One row a candidate: what stops this thing for her (0 nothing), and what saying it would be worth, term by term.
-- item_stops adds up each guard of the thing that says no: 1 said_already, 2 disliked, 4 out_of_stock, 8 already_bought, 16 not_due.
-- The word that counts is her declaration on the thing, else her no to what it is like, else on its category, its department; what is inferred comes after all of these.
-- What she bought for somebody else is bought already where she has no habit of it herself. A question about a return (basis 5) is asked once a return.
-- Her attention costs twice as much where she asked to hear from us less often, half as much where more often.
-- What goes without her yes because she bought the like of it (basis 2 of `way`) is about a thing, or is not said.
-- Units: millicents (thousandths of a cent) and thousandths. Value: buy_chance x margin x (factor - 1) + use_chance x relation - cost - attention.
with known as (
  select c.moment_id, c.action_id, c.item_id, c.because_item_id, c.because_days_since, c.item_times, c.item_decayed,
    c.item_days_since, c.item_due_permille, c.item_is_regular, c.category_decayed, h.today, h.as_of, h.words_28, h.unanswered_28, coalesce(pc.pace, 0) as pace,
    a.kind, a.basis, a.route_id, a.priority, a.relation_millicents, a.cost_millicents, a.use_basis, a.use_permille, a.repeat_days,
    case when c.item_price_cents > 0 then c.item_price_cents else coalesce(r.price_cents, 0) end as price_cents,
    case when c.item_id = 0 then 0 when c.item_times > 0 then c.item_chance_permille else 5 end as buy_permille,
    case when c.item_gap_days > 0 then c.item_gap_days else coalesce(r.gap_days, 0) end as own_gap_days,
    case when a.factor_permille > 0 then a.factor_permille
      when a.kind in (2, 4, 5) or c.item_id = 0 then 1000
      when c.item_times = 0 then 1640
      when c.item_days_since <= 14 then 1070
      else 1110 end as factor_permille,
    case when c.item_id = 0 then 0 else (c.item_decayed + c.category_decayed) * 1000 // (c.item_decayed + c.category_decayed + 3000) end as love_permille,
    c.margin_permille,
    coalesce(t.declared, u.declared, ct.declared, dt.declared, t.word, u.word, ct.word, dt.word, 1) as word,
    coalesce(gv.last_day, 0) as gift_day, coalesce(rt.last_day, 0) as returned_day,
    case when coalesce(s.last_day, 0) >= coalesce(s0.last_day, 0) then coalesce(s.last_day, 0) else s0.last_day end as said_day
  from candidate as c
  cross join her as h
  cross join action as a
  left join item_rhythm as r on r.lesson_id = h.lesson_id and r.item_id = c.item_id
  left join pace as pc on pc.moment_id = c.moment_id
  left join taste as t on t.moment_id = c.moment_id and t.item_id = c.item_id
  left join taste as ct on ct.moment_id = c.moment_id and ct.item_id = c.category_id
  left join taste as dt on dt.moment_id = c.moment_id and dt.item_id = c.department_id
  left join unlike_her as u on u.moment_id = c.moment_id and u.item_id = c.item_id
  left join given_away as gv on gv.moment_id = c.moment_id and gv.item_id = c.item_id
  left join returned as rt on rt.moment_id = c.moment_id and rt.item_id = c.item_id
  left join said_about as s on s.moment_id = c.moment_id and s.action_id = c.action_id and s.item_id = c.item_id
  left join said_about as s0 on s0.moment_id = c.moment_id and s0.action_id = c.action_id and s0.item_id = 0
  where h.moment_id = c.moment_id and a.action_id = c.action_id
),
priced as (
  select n.*, w.channel, case when w.reason = 0 and w.basis = 2 and n.item_id = 0 then 12 else w.reason end as way_reason, w.cost_millicents + n.cost_millicents as cost_all_millicents,
    k.units,
    case n.use_basis when 2 then n.buy_permille when 3 then n.love_permille else n.use_permille end as use_chance_permille,
    n.buy_permille * n.price_cents * n.margin_permille * (n.factor_permille - 1000) // 1000000 as gain_millicents,
    e.attention_millicents * (1 + n.words_28) * case when n.unanswered_28 >= 6 then 64 when n.unanswered_28 = 5 then 32 when n.unanswered_28 = 4 then 16
      when n.unanswered_28 = 3 then 8 when n.unanswered_28 = 2 then 4 when n.unanswered_28 = 1 then 2 else 1 end
      * case when n.pace < 0 then 4 when n.pace > 0 then 1 else 2 end // 2 as attention_millicents
  from known as n
  join way as w on w.moment_id = n.moment_id and w.route_id = n.route_id
  cross join terms as e
  left join stock_now as k on k.as_of = n.as_of and k.item_id = n.item_id
),
flagged as (
  select p.*, p.word - p.word // 10 * 10 - 1 as feeling, p.word // 10 - p.word // 100 * 10 as feeling_told, p.word // 100 as feeling_said_day,
    case when p.basis = 5 then case when p.said_day >= p.returned_day then 1 else 0 end
      when p.said_day > 0 and p.today - p.said_day < p.repeat_days then 1 else 0 end as is_said_again,
    case when p.item_id > 0 and p.word - p.word // 10 * 10 = 0 then 1 else 0 end as is_disliked,
    case when p.item_id > 0 and p.units <= 0 and p.basis <> 5 then 1 else 0 end as is_out,
    case when p.item_id = 0 then 0
      when p.item_times = 0 then case when p.gift_day > 0 and p.kind in (1, 3, 6) then 1 else 0 end
      when p.basis <> 3 and p.kind in (1, 3, 6) and p.item_days_since * 2 < p.own_gap_days then 1
      when p.basis = 3 and p.item_days_since <= p.because_days_since then 1
      else 0 end as is_bought,
    case when p.basis <> 3 and p.kind in (1, 3, 6) and p.item_is_regular = 1 and p.own_gap_days >= 21 and p.item_due_permille < 800 then 1 else 0 end as is_early
  from priced as p
)
select f.moment_id, f.action_id, f.item_id, f.because_item_id, f.because_days_since, f.kind, f.priority, f.channel, f.way_reason,
  f.item_times, f.item_days_since, f.own_gap_days, f.item_due_permille, f.item_is_regular, f.item_decayed, f.category_decayed, f.feeling, f.feeling_told, f.feeling_said_day, f.said_day, f.gift_day, f.returned_day,
  f.buy_permille, f.price_cents, f.margin_permille, f.factor_permille, f.use_chance_permille, f.gain_millicents,
  f.use_chance_permille * f.relation_millicents // 1000 as worth_millicents, f.cost_all_millicents as cost_millicents, f.attention_millicents,
  f.gain_millicents + f.use_chance_permille * f.relation_millicents // 1000 - f.cost_all_millicents - f.attention_millicents as value_millicents,
  case when f.is_said_again = 1 then 15 when f.is_disliked = 1 then 30 when f.is_out = 1 then 31 when f.is_bought = 1 then 32 when f.is_early = 1 then 33
    else 0 end as item_reason,
  f.is_said_again + 2 * f.is_disliked + 4 * f.is_out + 8 * f.is_bought + 16 * f.is_early as item_stops
from flagged as f
