"""From columns as files tell them to the relations that judgement reads: laid out on the columnar engine by the texts in `steps/`."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from habitue.audit.model import NUMBER, RAW, Limits
from habitue.content.manners import may_be_answered, personal_parts, without_name
from habitue.measure import Purchases, item_rhythms
from habitue.store import step_text
from habitue.store.bases import BOOK, CALENDAR, COMMON, CUSTOMER, RULES
from habitue.store.columnar import Columnar
from habitue.store.lookups import decay
from habitue.words.clock import date_of, day_number
from habitue.words.keys import positive_number

WORDS = {"words_key": NUMBER, "manners": NUMBER, "can_answer": NUMBER}
TEXTS = ("text", "sender", "first_name")
NAMING = ("customer_key", "product_key", "node", "product_of", "list_of_campaign", "named", "covers", "neighbourhood", "neighbour", "same_thing")
PLACING = ("send_row", "message", "content_key", "campaign", "send", "line_all", "basket_all")
ASKING = ("action", "action_item", "content_action", "offer_category", "thing", "route")
KNOWING = ("touch", "answer", "sent", "consent", "customer", "conversation", "preference", "stock", "counted_as", "told", "chosen")
PURPOSE = "CASE kind WHEN 2 THEN 1 WHEN 3 THEN 4 WHEN 4 THEN 1 WHEN 5 THEN 1 ELSE 2 END"
"""Under which purpose each kind of word falls: content, questions and gestures under advice, service under service, the rest under offers."""
PAIRS_A_PART = 40_000_000
MOST_PURCHASES = 500_000
UNASKED = (
    *("pause", "withdrawal", "thing_attribute", "product", "item", "chance", "spent", "calendar", "weekday_test", "weekday_habit"),
    *("leave_rule", "lapse_rule", "seen"),
)
"""What no audit needs to know of: those relations are there, and empty."""


class Staging:
    """What was given, first as it came, then as relations. Columns stay within the engine's memory or go to its folder on disk."""

    def __init__(self, engine: Columnar) -> None:
        self.engine = engine
        for name, columns in RAW.items():
            told = {**columns, **WORDS} if name == "send" else columns
            kept = {column: kind for column, kind in told.items() if column not in TEXTS}
            listed = ", ".join(f"{column} {'BIGINT' if kind == NUMBER else 'VARCHAR'}" for column, kind in kept.items())
            engine.run(f"CREATE OR REPLACE TEMP TABLE raw_{name} ({listed})")

    def take(self, kind: str, batch: pa.Table) -> None:
        """Adds rows of one kind; a column that the batch lacks is null. Of texts only what judges them is kept."""
        batch = with_manners(batch) if kind == "send" else batch
        taken = [name for name in (*RAW[kind], *(WORDS if kind == "send" else ())) if name in batch.column_names and name not in TEXTS]
        self.engine.db.register("arriving", batch.select(taken))
        self.engine.run(f"INSERT INTO raw_{kind} BY NAME SELECT * FROM arriving")
        self.engine.db.unregister("arriving")

    def lay_out(self, limits: Limits) -> int:
        """Turns everything into relations; gives in how many parts the customers are best judged."""
        parts = 1
        for names in (NAMING, PLACING, ASKING, KNOWING):
            for name in names:
                self.engine.run(step_text("audit", name).format(parts=parts, purpose=PURPOSE))
                if name == "customer_key":
                    parts = self._parts()
        self._lay_out_rest(limits)
        self._learn_rhythms()
        return parts

    def _parts(self) -> int:
        """So many parts that none pairs more messages with lines than fit."""
        pairs = self.engine.run(
            "SELECT sum(s.n * l.n) FROM (SELECT customer, count(DISTINCT instant) AS n FROM raw_send GROUP BY customer) AS s "
            "JOIN (SELECT customer, count(*) AS n FROM raw_line GROUP BY customer) AS l USING (customer)"
        )[0][0]
        return max(1, -(-int(pairs or 0) // PAIRS_A_PART))

    def _lay_out_rest(self, limits: Limits) -> None:
        self.engine.load("decay", CALENDAR["decay"], decay())
        of_terms = (limits.week_cap, limits.month_cap, limits.attention_millicents, 0, limits.quiet_from_hour, limits.quiet_until_hour, 0)
        self.engine.load("terms", BOOK["terms"], [of_terms])
        for name in UNASKED:
            columns = {**CUSTOMER, **COMMON, **CALENDAR, **RULES}.get(name) or ("moment_id", "usual_weekday")
            self.engine.load(name, columns, [])

    def _learn_rhythms(self) -> None:
        """How everybody buys what the sends named, as of the first of each month: a lesson's number is year × 12 + month."""
        days = self.engine.run("SELECT min(day), max(day) FROM message")[0]
        table = self._purchases()
        columns = [table[name].to_numpy() for name in ("customer_id", "item_id", "day", "price_cents")]
        rows: list[tuple[int, ...]] = []
        for lesson, first_day in lessons(*days) if days[0] is not None else ():
            known = columns[2] < first_day
            bought = Purchases(*(column[known] for column in columns))
            rows += [(lesson, item, r.gap_days, r.buyers, r.price_cents, 4) for item, r in item_rhythms(bought, first_day).items()]
        self.engine.load("item_rhythm", COMMON["item_rhythm"], rows)

    def _purchases(self) -> pa.Table:
        """What the things that were named sold, one row a customer, thing and day; of very many, some customers speak for all."""
        of = "FROM line_all AS l JOIN covers AS c ON c.product_id = l.product_id WHERE l.quantity_milli > 0 AND c.item_id IN (SELECT item_id FROM send)"
        count = int(self.engine.run(f"SELECT count(*) {of}")[0][0])
        every = max(1, -(-count // MOST_PURCHASES))
        price = "CASE WHEN l.amount_cents > 0 THEN l.amount_cents * 1000 // l.quantity_milli ELSE 0 END"
        columns = f"l.customer_id, c.item_id, l.day, max({price}) AS price_cents"
        return self.engine.table(f"SELECT {columns} {of} AND hash(l.customer_id) % {every} = 0 GROUP BY ALL ORDER BY c.item_id, l.customer_id, l.day")


def lessons(first_day: int, last_day: int) -> list[tuple[int, int]]:
    """The months that touch these days: the lesson's number and its first day."""
    first, last = date_of(first_day), date_of(last_day)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(month, day_number(first.replace(year=month // 12, month=month % 12 + 1, day=1))) for month in months]


def with_manners(batch: pa.Table) -> pa.Table:
    """The sends with what judges their words in place of the words: a number for what was said, how personal it is, whether it can be answered."""
    rows = batch.num_rows
    names = batch.column_names
    first_name = _column(batch, "first_name", rows)
    added = {name: pa.nulls(rows, pa.int64()) for name in WORDS}
    if "sender" in names:
        added["can_answer"] = _of_distinct(_column(batch, "sender", rows), lambda sender: int(may_be_answered(sender)))
    if "text" in names or "subject" in names:
        subject, text = (pc.fill_null(_column(batch, name, rows), "") for name in ("subject", "text"))
        joined = pc.binary_join_element_wise(pc.fill_null(first_name, ""), pc.binary_join_element_wise(subject, text, "\n"), "\x1f")
        added["words_key"] = _of_distinct(joined, lambda both: _words_key(*both.split("\x1f", 1)))
        if "text" in names:
            is_told = pc.is_valid(_column(batch, "text", rows))
            personal = _of_distinct(joined, lambda both: int(personal_parts(*reversed(both.split("\x1f", 1)))))
            added["manners"] = pc.if_else(is_told, personal, pa.scalar(None, pa.int64()))
    for name, column in added.items():
        batch = batch.append_column(name, column)
    return batch


def _words_key(first_name: str, text: str) -> int | None:
    return positive_number(without_name(text, first_name)) if text.strip() else None


def _column(batch: pa.Table, name: str, rows: int) -> pa.Array:
    return batch[name].combine_chunks().cast(pa.string()) if name in batch.column_names else pa.nulls(rows, pa.string())


def _of_distinct(column: pa.Array, look: Callable[[str], int | None]) -> pa.Array:
    """What `look` says of each text, each distinct one looked at once."""
    encoded = column.dictionary_encode()
    seen = pa.array([look(text) for text in encoded.dictionary.to_pylist()], pa.int64())
    return seen.take(encoded.indices) if len(seen) else pa.nulls(len(encoded), pa.int64())
