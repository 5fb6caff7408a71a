-- One row a moment and statement of preference known by then, with its standing: 0 it counts, 1 withdrawn, 2 expired, 3 it touches health and she gives no leave for that
-- (whatever else became of it), 4 inferred where she has declared, 5 a newer declaration counts, 6 inferred and faded, 7 inferred and outweighed by other signs.
-- Subject 1 is a thing, 2 what things are like, 3 a way to reach her, 4 an hour, 5 how often we write; told 1 by her, 2 noted by a seller, 3 inferred.
-- What she says of one product stands for its type, where that is known, since words are about types.
-- Declared beats inferred, the newest declaration counts, and of two at one instant hers before the seller's, then a no before a yes. Refusals never age.
-- Inferences do: each weighs its strength times the decay of its age, and together they must reach half of one that is slight and fresh.
with withdrawn as (
  select distinct m.moment_id, w.statement_seq
  from moment as m
  join withdrawal as w on w.customer_id = m.customer_id
  where w.known_at < m.as_of
),
known as (
  select m.moment_id, m.today, p.seq, p.known_at, p.subject,
    case when p.subject = 1 then coalesce(nullif(o.type_id, 0), p.item_id) else p.item_id end as item_id,
    p.feeling, p.strength, p.told, p.said_at, p.said_day, p.until_day, p.from_hour, p.until_hour, p.from_weekday, p.until_weekday,
    case when p.told = 3 then 1 else 0 end as is_inferred,
    case when w.statement_seq is null then 0 else 1 end as is_withdrawn,
    case
      when p.is_health = 1 and coalesce(h.is_granted, 0) = 0 then 3
      when w.statement_seq is not null then 1
      when p.until_day <> 0 and p.until_day < m.today then 2
      else 0
    end as gone
  from moment as m
  join preference as p on p.customer_id = m.customer_id
  left join product as o on o.product_id = p.item_id
  left join withdrawn as w on w.moment_id = m.moment_id and w.statement_seq = p.seq
  left join health_leave as h on h.moment_id = m.moment_id
  where p.known_at < m.as_of
),
weighed as (
  select k.*,
    max(case when k.gone = 0 and k.is_inferred = 0 then 1 else 0 end) over (
      partition by k.moment_id, k.subject, k.item_id, k.from_hour, k.until_hour, k.from_weekday, k.until_weekday) as is_declared,
    cast(sum(case when k.gone = 0 and k.is_inferred = 1 then k.feeling * k.strength * coalesce(d.weight, 0) else 0 end) over (
      partition by k.moment_id, k.subject, k.item_id, k.from_hour, k.until_hour, k.from_weekday, k.until_weekday) as bigint) as signs,
    row_number() over (
      partition by k.moment_id, k.subject, k.item_id, k.from_hour, k.until_hour, k.from_weekday, k.until_weekday, k.is_inferred, k.gone
      order by k.said_at desc, k.told, k.feeling, k.strength desc, case when k.until_day = 0 then 0 else 1 end, k.until_day desc, k.known_at desc, k.seq desc) as place
  from known as k
  left join decay as d on d.age_days = k.today - k.said_day
)
select w.moment_id, w.seq, w.subject, w.item_id, w.feeling, w.strength, w.told, w.said_at, w.said_day, w.until_day,
  w.from_hour, w.until_hour, w.from_weekday, w.until_weekday,
  case
    when w.gone > 0 then w.gone
    when w.is_inferred = 0 then case when w.place = 1 then 0 else 5 end
    when w.is_declared = 1 then 4
    when w.signs between -499 and 499 then 6
    when w.signs * w.feeling <= 0 then 7
    else 0
  end as standing,
  w.is_withdrawn
from weighed as w
