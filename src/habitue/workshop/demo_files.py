"""Writes the files that the demo imports, in the form in which a brand would bring its own: CSV, and the package's Parquet as it lies.

Orders and catalogue are read where the package has put them. The rest is written once into a folder: the coupon letters and what was
redeemed come from the package, people and what they said are invented (see `invented.py`). The same input gives the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from habitue.words.vocabulary import Thread
from habitue.workshop.grocer import Grocer, grocer, package_version
from habitue.workshop.invented import SINCE, Person, people, permille
from habitue.workshop.invented_consents import leaves
from habitue.workshop.invented_life import ANSWERED, Turn, conversations, counts, pauses, tastes
from habitue.workshop.plain_names import plain_names

ROOM = Path(__file__).parent
MAPPINGS = ROOM / "demo_mappings"
STAMP = "made-of.txt"
HAS_MOBILE = 850
"""Of a thousand telephone numbers, how many take a text message."""


@dataclass(frozen=True)
class DemoFile:
    """One file to import: what kind of rows it has, where it lies, and the mapping that reads it."""

    kind: str
    path: Path
    mapping: Path

    @property
    def title(self) -> str:
        return self.mapping.stem

    @property
    def is_of_package(self) -> bool:
        """Whether the package has it, rather than this module writing it."""
        return self.path.suffix == ".parquet"


Row = Sequence[object]


def prepare_files(folder: Path) -> list[DemoFile]:
    """The demo's files in the order in which they are to be imported; those that are missing or of another version are written.

    Raises: BadInput where the grocer's package is missing.
    """
    shop = grocer()
    if not files_are_current(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STAMP).unlink(missing_ok=True)
        _write_all(shop, folder)
        (folder / STAMP).write_text(_version(), encoding="utf-8")
    return [_demo_file(kind, title, path) for kind, title, path in (
        ("products", "products", shop.file("products")),
        ("products", "names", folder / "names.csv"),
        ("customers", "customers", folder / "customers.csv"),
        ("orders", "orders", shop.file("transactions")),
        *((kind, kind, folder / f"{kind}.csv") for kind in ("consents", "touches", "answers", "preferences", "pauses", "conversations", "stock")),
    )]  # fmt: skip


def files_are_current(folder: Path) -> bool:
    """Whether this very version of the demo has written the folder, to the end."""
    stamp = folder / STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8") == _version()


def _demo_file(kind: str, title: str, path: Path) -> DemoFile:
    return DemoFile(kind, path, MAPPINGS / f"{title}.toml")


def _version() -> str:
    """What the files are made of: the package's version and this room's own files."""
    made_of = blake2b(digest_size=16)
    for file in sorted([*ROOM.glob("invented*"), *ROOM.glob("plain_names*"), ROOM / "cast.py", ROOM / "grocer.py", Path(__file__)]):
        made_of.update(file.read_bytes())
    return f"{package_version()} {made_of.hexdigest()}\n"


def _write_all(shop: Grocer, folder: Path) -> None:
    households = [row[0] for row in shop.ask("select household_id::varchar from transactions group by household_id order by household_id")]
    had_letters = {row[0] for row in shop.ask("select distinct household_id::varchar from campaigns")}
    everyone = people(households, had_letters)
    talks = sorted(conversations(households), key=lambda turn: (turn.at, turn.thread))
    _write(folder / "names.csv", ("level", "item", "name_en", "name_fr"), _names(shop))
    _write(folder / "customers.csv", CUSTOMER_COLUMNS, (_customer(person) for person in everyone))
    _write(folder / "consents.csv", ("customer", "purpose", "channel", "granted", "at", "proof"), (
        (one.household, one.purpose.name.lower(), one.channel.name.lower(), "yes" if one.is_given else "no", _utc(one.at), one.proof)
        for one in leaves(everyone, had_letters)
    ))  # fmt: skip
    touches = [*_letters(shop), *_counter_words(shop), *_apologies(talks)]
    _write(folder / "touches.csv", ("customer", "action", "kind", "channel", "at", "touch", "level", "item", "asking"), touches)
    _write(folder / "answers.csv", ("touch", "customer", "at", "id"), [*_redeemed(shop), *_replies(talks)])
    said = [(t.household, "type", t.type_key, "likes" if t.feeling > 0 else "dislikes", _utc(t.at), t.said_where) for t in tastes(_bought(shop, households))]
    _write(folder / "preferences.csv", ("customer", "level", "item", "feeling", "at", "where"), said)
    _write(folder / "pauses.csv", ("customer", "until", "at"), ((p.household, p.until.isoformat(), _utc(p.at)) for p in pauses(households)))
    _write(folder / "conversations.csv", ("customer", "thread", "kind", "state", "at"),
           ((t.household, t.thread, t.kind.name.lower(), t.what, _utc(t.at)) for t in talks))  # fmt: skip
    _write(folder / "stock.csv", ("level", "item", "units", "at"), (("type", c.type_key, c.units, _utc(c.at)) for c in counts()))


def _write(path: Path, columns: Row, rows: Iterable[Row]) -> None:
    """One CSV file, whole or not at all."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    fresh.replace(path)


def _utc(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _names(shop: Grocer) -> Iterable[Row]:
    """The plain names of every department, category and type that the catalogue has."""
    names = plain_names()
    for (department,) in shop.ask("select distinct department from products where department is not null order by all"):
        yield "department", department, *names.of_department(department).values()
    for (category,) in shop.ask("select distinct product_category from products where product_category is not null order by all"):
        yield "category", category, *names.of_category(category).values()
    for category, kind in shop.ask("select distinct coalesce(product_category, ''), product_type from products where product_type is not null order by all"):
        yield "type", f"{category}/{kind}" if category else kind, *names.of_type(category, kind).values()


CUSTOMER_COLUMNS = (
    "customer", "since", "birthday", "title", "given_name", "family_name", "email", "phone", "street", "postcode", "city", "country", "language",
    "has_email", "has_sms", "has_post", "has_phone",
)  # fmt: skip


def _customer(person: Person) -> Row:
    birthday = f"{person.birthday_mmdd // 100:02d}-{person.birthday_mmdd % 100:02d}" if person.birthday_mmdd else ""
    takes_texts = bool(person.phone) and permille("mobile", person.household) < HAS_MOBILE
    reach = [bool(person.email), takes_texts, bool(person.street), bool(person.phone)]
    return (
        person.household, SINCE.isoformat(), birthday, person.title, person.given_name, person.family_name, person.email, person.phone,
        person.street, person.postcode, person.city, "US" if person.street else "", person.language, *("yes" if one else "no" for one in reach),
    )  # fmt: skip


def _letters(shop: Grocer) -> Iterable[Row]:
    """The 27 coupon letters, on paper, on their first day (a day alone is noon there)."""
    for household, number, sent_on in shop.ask(
        "select household_id::varchar, campaign_id, strftime(start_date, '%Y-%m-%d') from campaigns join campaign_descriptions using (campaign_id) "
        "order by start_date, campaign_id, household_id"
    ):
        yield household, f"coupon-{number:02d}", "offer", "post", sent_on, letter_key(number, household), "type", "", "yes"


def letter_key(number: int, household: str) -> str:
    """The key of the touch by which a coupon letter reached a household."""
    return f"coupon-{number:02d}-{household}"


def _redeemed(shop: Grocer) -> Iterable[Row]:
    """Every coupon redeemed, as an answer to the letter that brought it; the same coupon twice on a day is two."""
    for household, number, coupon, used_on, place in shop.ask(
        "select household_id::varchar, campaign_id, coupon_upc, strftime(redemption_date, '%Y-%m-%d'), "
        "row_number() over (partition by household_id, campaign_id, coupon_upc, redemption_date) as place from coupon_redemptions "
        "order by redemption_date, household_id, campaign_id, coupon_upc, place"
    ):
        yield letter_key(number, household), household, used_on, f"{letter_key(number, household)}-{coupon}-{used_on}-{place}"


COUNTER_ACTIONS = {"MEAT": "set-aside-meat", "DELI": "set-aside-deli"}


def _counter_words(shop: Grocer) -> Iterable[Row]:
    """Invented: one basket in fifty with meat or deli, from September on, had been put aside."""
    for household, basket, sold_at, department, key in shop.ask(
        "select household, basket_id, strftime(min(sold_at), '%Y-%m-%dT%H:%M:%SZ'), min(department), min(type_key) from lines "
        "where department in ('MEAT', 'DELI') and type_key is not null and sold_at >= '2017-09-01' and (basket_id * 7919) % 1000 < 20 "
        "group by household, basket_id having count(distinct department) = 1 order by basket_id"
    ):
        yield household, COUNTER_ACTIONS[department], "set-aside", "shop", sold_at, f"counter-{basket}", "type", key, "no"


def _apologies(talks: Iterable[Turn]) -> Iterable[Row]:
    """Invented: every complaint is answered by telephone, four days later we say sorry at the counter, and after two weeks more we ask how it is."""
    for turn in talks:
        if turn.kind == Thread.COMPLAINT and turn.what == ANSWERED:
            for action, kind, channel, days, asking in AFTER_A_COMPLAINT:
                yield turn.household, action, kind, channel, _utc(turn.at + days * DAY_SECONDS), f"{action}-{turn.thread}", "type", "", asking


AFTER_A_COMPLAINT = (
    ("complaint-answered", "service", "phone", 0, "no"),
    ("sorry-with-a-hand", "gesture", "shop", 4, "no"),
    ("is-it-better-now", "question", "shop", 18, "yes"),
)
"""What is said after a complaint: the action, its kind, the channel, how many days after our answer, and whether it asks for something."""
DAY_SECONDS = 86_400


def _replies(talks: Iterable[Turn]) -> Iterable[Row]:
    """Invented: whoever is asked whether it is better now says so on the spot."""
    action, _kind, _channel, days, _asking = AFTER_A_COMPLAINT[-1]
    for turn in talks:
        if turn.kind == Thread.COMPLAINT and turn.what == ANSWERED:
            touch = f"{action}-{turn.thread}"
            yield touch, turn.household, _utc(turn.at + days * DAY_SECONDS), f"{touch}-said"


def _bought(shop: Grocer, households: Sequence[str]) -> dict[str, list[str]]:
    """Each household's types of food before September, the most bought first."""
    found: dict[str, list[str]] = {household: [] for household in households}
    for household, key in shop.ask(
        "select household, type_key from lines where type_key is not null and sold_at < '2017-09-01' "
        "and department in ('GROCERY', 'PRODUCE', 'MEAT', 'MEAT-PCKGD', 'DELI', 'PASTRY', 'NUTRITION', 'SEAFOOD', 'SEAFOOD-PCKGD') "
        "group by household, type_key order by household, count(*) desc, type_key"
    ):
        found[household].append(key)
    return found
