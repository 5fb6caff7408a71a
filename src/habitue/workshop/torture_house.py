"""A made house whose day's plan says one word by e-mail to each of its customers: what the torture of the post room sends."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from habitue.app import open_house, plan_day
from habitue.app.imports.importing import import_file
from habitue.app.knocking import release
from habitue.app.post.gate import open_gate
from habitue.app.post.sending import post_today
from habitue.store import Settings, load_settings, open_truth, save_settings
from habitue.words.clock import SystemClock, date_of, local_day_and_hour

MORNING = 7
SHOP = """[margins]
default = 300
[channel_costs_cents]
email = 0
[attention]
base_cents = 1
floor_use_permille = 30
[caps]
week = 2
month = 5
[quiet]
from = 23
until = 6
"""
BOOK = """[[action]]
key = "thanks"
kind = "gesture"
purpose = "advice"
title = { en = "Thanks", fr = "Merci" }
say = { en = "Thank {name}.", fr = "Remercier {name}." }
channels = ["email"]
basis = "customer"
gives = "thing"
asks = "nothing"
relation_cents = 2000
use = 400
letter = "thanks"
repeat_days = 7
[action.when]
hour = 6
"""
LETTER = '+++\nsubject = "Thank you, {{ name }}"\n+++\nGood morning {{ name }},\n\nthank you for coming since {{ since }}.\n'


def made_house(data: Path, sends: int, port: int, truth: str = "sqlite", relay_log: Path | None = None) -> Settings:
    """A house with so many letters in its post, ready to leave; its clock is the machine's, and there it is morning."""
    address = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": f"smtp://127.0.0.1:{port}"}
    told = address | {"truth": truth, "buckets": "1", "zone": _morning_somewhere(), "relay_log": str(relay_log or "")}
    settings = load_settings(data, {f"HABITUE_{name.upper()}": value for name, value in told.items()})
    save_settings(settings)
    _write_book(settings.book_folder)
    _bring(settings, sends)
    with open_house(settings) as house:
        open_gate(settings, house.clock.instant())
        plan_day(house)
        post_today(house)
        with house.truth.transaction():
            release(house.truth, house.clock.instant())
    return settings


def _morning_somewhere() -> str:
    """A zone in which it is morning now: a long run must not be cut short by midnight."""
    ahead = (MORNING - local_day_and_hour(SystemClock().instant(), "UTC")[1] + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}"  # their signs are those of POSIX: west is +


def _write_book(folder: Path) -> None:
    (folder / "letters").mkdir(parents=True)
    for name, text in {"book.toml": BOOK, "shop.toml": SHOP, "letters/thanks.en.md": LETTER, "letters/thanks.fr.md": LETTER}.items():
        (folder / name).write_text(text, encoding="utf-8")


def _bring(settings: Settings, sends: int) -> None:
    """Every customer once: since when, one order, and her yes to advice by e-mail."""
    today = date_of(local_day_and_hour(SystemClock().instant(), settings.zone)[0])
    since, allowed, bought = (today - timedelta(days=days) for days in (270, 150, 13))
    rows = {
        "customers": ("customer,since,given_name,email", f"c{{0}},{since},N{{0}},c{{0}}@example.org"),
        "orders": ("order,customer,product,sold_at,quantity,amount,place", f"o{{0}},c{{0}},veal,{bought},1,10.00,shop"),
        "consents": ("customer,purpose,channel,granted,at", f"c{{0}},advice,email,yes,{allowed}"),
    }
    truth = open_truth(settings)
    for kind, (head, line) in rows.items():
        file = settings.data / f"{kind}.csv"
        file.write_text("\n".join((head, *(line.format(number) for number in range(sends)))) + "\n", encoding="utf-8")
        import_file(truth, settings, file, None, kind)
        file.unlink()
    truth.close()
