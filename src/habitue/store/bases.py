"""The base relations: what judgement's SQL may read, column by column, and where each comes from at either scope.

All columns are BIGINT. Instants are UTC seconds, days local day numbers, money cents, quantities thousandths.
`CUSTOMER` relations are keyed by customer and lie in the projection's buckets; `COMMON` ones are the same for everyone;
`SCOPE` says for whom, as of when and about what is asked. A relation of one customer has as its truth a table or view of the same name.
"""

from __future__ import annotations

CUSTOMER: dict[str, tuple[str, ...]] = {
    "line": ("customer_id", "day", "type_id", "product_id", "quantity_milli", "amount_cents", "is_gift", "returned_day", "known_at"),
    "basket": ("customer_id", "day", "hour", "weekday", "order_id", "place", "quantity_milli", "amount_cents", "known_at"),
    "customer": (
        *("customer_id", "profile_id", "known_at", "seq", "since_day", "birthday_mmdd", "has_email", "has_sms", "has_post", "has_phone"),
        *("country", "control_permille", "bucket_hash"),
    ),
    "consent": ("customer_id", "profile_id", "joined_at", "known_at", "seq", "purpose", "channel", "is_granted"),
    "preference": (
        *("customer_id", "known_at", "seq", "subject", "item_id", "feeling", "strength", "told", "said_at", "said_day", "until_day"),
        *("from_hour", "until_hour", "from_weekday", "until_weekday", "is_health"),
    ),
    "withdrawal": ("customer_id", "known_at", "seq", "statement_seq"),
    "pause": ("customer_id", "profile_id", "known_at", "seq", "until_day"),
    "conversation": ("customer_id", "known_at", "seq", "thread_id", "kind", "is_open", "day"),
    "touch": ("customer_id", "known_at", "touch_id", "action_id", "item_id", "kind", "channel", "day", "is_asking"),
    "answer": ("customer_id", "known_at", "touch_id", "day"),
    "seen": ("customer_id", "known_at", "day"),
}
"""By relation: its columns. One row a line, basket, revision, decision of hers, or word of ours; append-only.
Only a line's type follows the catalogue."""

COMMON: dict[str, tuple[str, ...]] = {
    "item": ("item_id", "level", "parent_id"),
    "product": ("product_id", "type_id", "category_id", "department_id"),
    "thing_attribute": ("item_id", "attribute_id"),
    "stock": ("item_id", "known_at", "seq", "units"),
    "chance": ("lesson_id", "cell", "permille"),
    "item_rhythm": ("lesson_id", "item_id", "gap_days", "buyers", "price_cents", "pull"),
    "spent": ("action_id", "known_at", "day", "touches"),
}
"""Facts that are no customer's own; the truth holds them as tables or views."""

CALENDAR: dict[str, tuple[str, ...]] = {
    "decay": ("age_days", "weight"),
    "calendar": ("day", "mmdd"),
    "weekday_test": ("visits", "needed"),
}
"""Look-up tables that Python computes once."""

BOOK: dict[str, tuple[str, ...]] = {
    "action": (
        *("action_id", "rank", "kind", "purpose", "route_id", "basis", "hour", "from_day", "until_day", "relation_millicents", "cost_millicents"),
        *("use_basis", "use_permille", "factor_permille", "is_asking", "repeat_days", "after_action_id", "after_days", "because_days"),
        *("budget_most", "budget_days", "priority", "is_capped", "is_held", "is_reckoned"),
    ),
    "action_item": ("action_id", "item_id", "because_item_id"),
    "offer_category": ("action_id", "category_id"),
    "near_item": ("action_id", "item_id", "because_item_id"),
    "action_weekday": ("action_id", "weekday"),
    "route": ("route_id", "place", "purpose", "channel", "cost_millicents"),
    "thing": ("item_id", "category_id", "department_id", "margin_permille"),
    "terms": (*("week_cap", "month_cap", "attention_millicents", "floor_use_permille", "quiet_from_hour", "quiet_until_hour", "control_permille"),),
}
"""The book of actions as rows."""

RULES: dict[str, tuple[str, ...]] = {
    "leave_rule": ("country", "purpose", "channel", "from_day", "until_day", "basis", "told_day"),
    "lapse_rule": ("from_day", "until_day", "lapse_days"),
}
"""What the law of each country lets go without her yes, where the brand makes use of it (country 0: the brand's own, for whoever told of none);
and after how long without a sign from her it stops, by the law of the brand's country."""

SENT: dict[str, tuple[str, ...]] = {
    "covers": ("item_id", "product_id"),
    "neighbour": ("category_id", "type_id"),
    "content_action": ("content_id", "action_id"),
    "sent": ("customer_id", "known_at", "content_id", "day"),
    "counted_as": ("item_id", "counted_id"),
}
"""What an audit lays beside the rest: what past sends named, which products that stands for, and what was said to whom."""

SCOPE: dict[str, tuple[str, ...]] = {
    "moment": ("moment_id", "customer_id", "as_of", "today", "hour", "weekday", "lesson_id", "wheel_permille"),
    "asked": ("moment_id", "action_id"),
}
"""Who is asked about, as of when (hour -1: planned, not now), and which actions are in question."""
