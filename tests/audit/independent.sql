-- The grocer's 27 campaigns judged once more: from the raw files, and from nothing but the definitions in docs/concepts.md.
-- The raw files go by their own names; each table below is one definition, and `finding` is what the audit's own table is held against.

-- What each household bought on which local day. Times are UTC: New York is four hours behind in summer time and five otherwise.
-- A line of quantity 0 is no purchase.
create table line as
select household_id as household, basket_id as basket, product_id as product, quantity,
  cast(transaction_timestamp - to_hours(case
    when transaction_timestamp >= '2017-03-12 07:00' and transaction_timestamp < '2017-11-05 06:00' then 4 else 5 end) as date) as day
from transactions;
create table bought as
select household, product, day from line group by household, product, day having sum(quantity) > 0;

-- Whose kind a product is: its category, else its department, else its type.
create table kind as
select product_id as product,
  coalesce('category ' || product_category, 'department ' || department, 'type ' || product_type) as kind
from products;

-- One letter a household and campaign. It has no hour, so that nothing of its own day is known when it leaves.
create table letter as
select campaign_id as campaign, household_id as household, cast(start_date as date) as day
from campaigns join campaign_descriptions using (campaign_id);

-- What each coupon of a campaign was good for: a coupon comes again in later campaigns, often for other products.
-- Of a letter of type A nobody knows which coupons were in it.
create table good_for as
select distinct campaign_id as campaign, coupon_upc as coupon, product_id as product
from coupons join campaign_descriptions using (campaign_id)
where campaign_type in ('Type B', 'Type C');

-- One send a letter and coupon, and one a letter of which nobody knows the coupons.
create table send as
select l.campaign, l.household, l.day, c.coupon
from letter as l left join (select distinct campaign, coupon from good_for) as c using (campaign);

create table used as
select distinct campaign_id as campaign, household_id as household, coupon_upc as coupon, cast(redemption_date as date) as day
from coupon_redemptions;

-- Her own rhythm for just the coupon's products. The gap is whole days between first and last over the times again.
create table own as
with bought_then as (
  select distinct l.campaign, l.household, g.coupon, l.day as sent_on, b.day
  from letter as l
  join good_for as g using (campaign)
  join bought as b on b.household = l.household and b.product = g.product and b.day between l.day - 730 and l.day - 1
)
select campaign, household, coupon, count(*) as times, max(sent_on) - max(day) as days_since,
  case when count(*) > 1 then (max(day) - min(day)) // (count(*) - 1) end as gap, avg(step) as mean_gap,
  count(*) >= 4 and avg(step) >= 7 and stddev_pop(step) <= avg(step) / 2 + 1e-9 as is_regular
from (select *, day - lag(day) over (partition by campaign, household, coupon order by day) as step from bought_then)
group by campaign, household, coupon;

-- How everybody buys a coupon's products, as of the first of the letter's month: the median of the medians of five customers who bought
-- on three days; else for how long all buyers have had them over the times that one took them again, one more, two years at most.
create table usual as
with day_of_anyone as (
  select distinct g.campaign, g.coupon, b.household, b.day, m.first_day
  from good_for as g
  join (select distinct campaign, cast(date_trunc('month', day) as date) as first_day from letter) as m using (campaign)
  join bought as b on b.product = g.product and b.day < m.first_day
),
buyer as (
  select campaign, coupon, household, count(*) as days, max(first_day) - min(day) as waited, median(step) as gap
  from (select *, day - lag(day) over (partition by campaign, coupon, household order by day) as step from day_of_anyone)
  group by campaign, coupon, household
)
select campaign, coupon,
  case when count(*) filter (days >= 3) >= 5 then round_even(median(gap) filter (days >= 3), 0)
    when count(*) >= 5 then least(730, round_even(sum(waited) / (sum(days - 1) + 1), 0)) end as gap
from buyer
group by campaign, coupon;

-- On how many days she had bought anything at all, and in the 91 before the letter.
create table visited as
select l.campaign, l.household, count(distinct b.day) as days, count(distinct b.day) filter (b.day >= l.day - 91) as days_91
from letter as l join bought as b on b.household = l.household and b.day between l.day - 730 and l.day - 1
group by l.campaign, l.household;

-- Of which coupons she had bought something of the same kind.
create table near as
select distinct l.campaign, l.household, g.coupon
from letter as l
join bought as b on b.household = l.household and b.day between l.day - 730 and l.day - 1
join kind as k using (product)
join (select distinct campaign, coupon, kind from good_for join kind using (product)) as g on g.campaign = l.campaign and g.kind = k.kind;

-- What we had said to her before, all of it offers by post, which ask. The letter's own day is one of the 7, 28 or 91.
-- Ignored: a week old or more, unanswered, and later than the last letter that she had answered by then.
create table earlier as
select l.campaign, l.household, e.day, l.day - e.day as days_ago,
  exists (select 1 from used as u where u.campaign = e.campaign and u.household = e.household and u.day < l.day) as is_answered
from letter as l join letter as e on e.household = l.household and e.day < l.day;
create table pressure as
select campaign, household, count(*) filter (days_ago < 7) as words_7, count(*) filter (days_ago < 28) as words_28,
  count(*) filter (days_ago < 91) as asked_91,
  count(*) filter (days_ago between 7 and 90 and not is_answered and (last_answered is null or day > last_answered)) as ignored
from (select *, max(case when is_answered then day end) over (partition by campaign, household) as last_answered from earlier)
group by campaign, household;

-- When the same coupon was last said to her, within a year.
create table said as
select s.campaign, s.household, s.coupon, max(e.day) as day
from send as s join send as e on e.household = s.household and e.coupon = s.coupon and e.day between s.day - 365 and s.day - 1
group by s.campaign, s.household, s.coupon;

-- One row a send: its faults with their evidence.
create table finding as
with known as (
  select s.campaign, s.household, s.coupon, s.day, coalesce(o.times, 0) as times_bought_before, o.days_since as days_since_bought,
    coalesce(o.gap, nullif(u.gap, 0)) as usual_gap_days, coalesce(o.is_regular, false) as is_regular, o.mean_gap,
    coalesce(v.days, 0) as days_bought, coalesce(v.days_91, 0) as days_bought_in_91_days, n.coupon is not null as is_near,
    coalesce(p.words_7, 0) as words_in_7_days, coalesce(p.words_28, 0) as words_in_28_days, coalesce(p.asked_91, 0) as asked_in_91_days,
    coalesce(p.ignored, 0) as ignored, a.day as same_said_on,
    exists (
      select 1 from used as r where r.campaign = s.campaign and r.household = s.household and coalesce(r.coupon = s.coupon, true)
    ) as is_answered
  from send as s
  left join own as o using (campaign, household, coupon)
  left join usual as u using (campaign, coupon)
  left join visited as v using (campaign, household)
  left join near as n using (campaign, household, coupon)
  left join pressure as p using (campaign, household)
  left join said as a using (campaign, household, coupon)
),
faulty as (
  select *, coalesce(days_since_bought * 2 < usual_gap_days, false) as already_bought,
    is_regular and mean_gap >= 21 and days_since_bought < 0.8 * mean_gap and days_since_bought * 2 >= usual_gap_days as not_due,
    coupon is not null and days_bought_in_91_days >= 5 and not is_near and times_bought_before = 0 as no_affinity,
    words_in_7_days >= 2 or words_in_28_days >= 5 as pressed_too_often, coalesce(day - same_said_on < 28, false) as said_already,
    ignored >= 3 as ignored_lately, asked_in_91_days >= 3 as asked_more_than_given
  from known
),
summed as (
  select *, already_bought or not_due or no_affinity or pressed_too_often or said_already or ignored_lately or asked_more_than_given as is_fault,
    coupon is not null and (times_bought_before > 0 or is_near or days_bought_in_91_days >= 5) as is_relevance_known
  from faulty
)
select *, is_fault or is_relevance_known as is_judged,
  case when is_fault or is_relevance_known then null when coupon is null then 'no_thing' when days_bought = 0 then 'no_purchase'
    else 'little_history' end as why_unjudged
from summed;
