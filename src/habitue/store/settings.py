"""Every setting of a house in one typed object, from `DATA/habitue.toml` and then the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from habitue.store.post_settings import checked_lmtp, checked_model, checked_post, checked_proxies, checked_reminders
from habitue.words.clock import Clock, StoppedClock, SystemClock, instant_of, parse_day, zone
from habitue.words.errors import BadInput, SettingsError
from habitue.words.opening import closings_of, opening_of, special_of

FILE = "habitue.toml"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a house must be told; everything has a default but the folder."""

    data: Path = Path("habitue-data")
    """The folder that holds everything of one brand."""
    truth: str = "sqlite"
    """`sqlite`, or the address of a PostgreSQL database (`postgresql://…`)."""
    brand: str = "My shop"
    """The name that customers know."""
    zone: str = "Europe/Paris"
    """The IANA time zone of the shop."""
    currency: str = "EUR"
    """The one currency of the brand, by its ISO 4217 code."""
    language: str = "en"
    """The language of pages and sentences where the reader asks for none: `en` or `fr`."""
    country: str = "FR"
    """The brand's country, by its ISO 3166 code: of telephone numbers that name none, and by whose rules those are written to who told of none."""
    today: str = ""
    """Empty: the machine's clock. A day such as 2017-11-02: the clock stands there at 06:00."""
    is_demo: bool = False
    """True where the data is the demo's."""
    invented_names: bool = False
    """True where names and addresses are invented; every page then says so."""
    buckets: int = 2
    """Into how many files the projection is cut; about one for 40,000 customers."""
    memory_mb: int = 1500
    """How much memory the columnar engine may take, in megabytes."""
    similar_products_form: str = ""
    """On which form a customer who gives her address at a sale may refuse offers of similar things; empty: nobody is sent one without her yes."""
    similar_products_since: str = ""
    """Since which day, such as 2024-05-01, that form has said so; who has not bought since then is not counted."""
    post_form: str = ""
    """On which form a customer is told that she may refuse our post; empty: nobody is sent any without her yes."""
    post_since: str = ""
    """Since which day that form has said so."""
    host: str = "127.0.0.1"
    """The address on which the console listens."""
    port: int = 8000
    """The port on which the console listens."""
    opendsr_domain: str = ""
    """The name under which other systems reach this house to pass requests of the law on (OpenDSR); empty: they cannot."""
    opendsr_callbacks: str = ""
    """Hosts, with commas between, that may be told when the status of what they passed on changes; empty: none is."""
    proxies: str = "127.0.0.1, ::1"
    """Your web servers in front of this house, addresses or networks with commas between: who visits (X-Forwarded-For) is believed from them alone."""
    staff_header: str = ""
    """The header in which the login in front of the console tells who asks, as X-Forwarded-User; empty: none."""
    staff_header_from: str = ""
    """The addresses of the machines from which that header is believed, with commas between; empty: from none."""
    address: str = ""
    """Where the brand's customers reach this house (`https://regulars.example.org`): links in letters begin with it."""
    sender: str = ""
    """The e-mail address that letters come from; whoever writes back to it is read by a person."""
    relay: str = ""
    """The mail server that takes our letters: `smtp://user@host:587` (STARTTLS) or `smtps://user@host:465`. Its password is HABITUE_RELAY_PASSWORD."""
    relay_log: str = ""
    """Where Postfix on this very machine writes its log, as `/var/log/mail.log`: by it a letter in doubt is known to have left, or not; empty: it stays so."""
    mailbox: str = ""
    """Where answers arrive, fetched from there: `imaps://user@host:993` or `imap://user@host:143` (STARTTLS). Its password is HABITUE_MAILBOX_PASSWORD."""
    lmtp: str = ""
    """Where this house listens for mail that a mail server of this very machine hands over: `127.0.0.1:2424`, or the path of a socket; empty: nowhere."""
    opening: str = ""
    """When the shop is open, as `Tu-Sa 09:00-12:30; Tu-Fr 14:00-19:00`: by it an answer is due; empty: every hour counts."""
    closed: str = ""
    """When it is closed besides, as `2026-12-24..2027-01-02; 2027-05-14`: these days count for no answer, and who writes then is told so."""
    special_hours: str = ""
    """Days with other hours than those of their weekday, as `2026-12-24 09:00-12:00; 2026-12-31 09:00-12:30`, holidays and days of `closed` among them."""
    answer_hours: int = 8
    """Within how many open hours whoever writes is answered."""
    complaint_hours: int = 4
    """Within how many open hours whoever complains is answered."""
    reminders_to: str = ""
    """The e-mail address of the shop that is told, in open hours, which answers are due within one of them; empty: nobody is."""
    escalation_to: str = ""
    """The one that is told which answers are late; empty: as `reminders_to`."""
    console: str = ""
    """Where people of the shop reach the console (`https://shop.example.org`): links in letters to them begin with it; empty: they say the number alone."""
    letters_a_minute: int = 0
    """How many letters a minute may leave to one mailbox provider; 0: as many as the mail server takes."""
    warm_up_from: str = ""
    """The day, such as 2026-12-01, from which a sender whom nobody knows yet writes of his own accord, a little more each day; empty: no such bound."""
    warm_up_letters: int = 50
    """How many such letters leave on that first day; on each day after it half as many again, until 100,000 a day."""
    ask_after_days: int = 0
    """How rarely a customer may be asked, after a conversation, whether you answered well: once in so many days, 180 is half a year; 0: nobody is."""
    model_url: str = ""
    """Where a model is asked, when a person presses for it, what else she says, as `http://127.0.0.1:11434/v1`; empty: none is. Its key: HABITUE_MODEL_KEY."""
    model_name: str = ""
    """What that model is called by its server."""
    note_clicks: bool = True
    """Whether links of letters of your own accord lead over this house, which notes that she came; false: straight to where they lead."""

    @property
    def book_folder(self) -> Path:
        return self.data / "book"

    @property
    def projection_folder(self) -> Path:
        return self.data / "projection"


def data_folder(named: Path | None, env: Mapping[str, str] = os.environ) -> Path:
    """The folder a command works on: what it names, then `HABITUE_DATA`, then `./habitue-data`."""
    return named or Path(env.get("HABITUE_DATA") or "habitue-data")


def load_settings(data: Path | None = None, env: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the house in that folder; `HABITUE_ZONE` and the like win over the file.

    Raises: SettingsError with the setting's name, what was found and what it may be.
    """
    folder = data_folder(data, env)
    found: dict[str, object] = {}
    file = folder / FILE
    if file.exists():
        try:
            found = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
            raise SettingsError(f"{file} cannot be read as TOML: {broken}.") from broken
    for name in Settings.__struct_fields__:
        if name != "data" and (value := env.get(f"HABITUE_{name.upper()}")):
            found[name] = value
    try:
        settings = msgspec.convert({**found, "data": folder}, Settings, strict=False, dec_hook=_as_is)
    except msgspec.ValidationError as wrong:
        raise SettingsError(f"A setting in {file} or in the environment is wrong: {wrong}.") from wrong
    return _checked(settings)


def save_settings(settings: Settings) -> None:
    """Writes the settings to their folder's file, whole or not at all."""
    settings.data.mkdir(parents=True, exist_ok=True)
    fresh = settings.data / (FILE + ".new")
    shown = {name: getattr(settings, name) for name in Settings.__struct_fields__ if name != "data"}
    fresh.write_text("".join(f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in shown.items()), encoding="utf-8")
    fresh.replace(settings.data / FILE)


def clock_of(settings: Settings) -> Clock:
    """The clock of the house: the machine's, or one that stands at 06:00 of the day that the settings name."""
    if not settings.today:
        return SystemClock()
    return StoppedClock(instant_of(parse_day(settings.today), 6, settings.zone))


def _checked(settings: Settings) -> Settings:
    try:
        zone(settings.zone)
        opening_of(settings.opening)
        closings_of(settings.closed)
        special_of(settings.special_hours)
        for day in (settings.today, settings.similar_products_since, settings.post_since, settings.warm_up_from):
            if day:
                parse_day(day)
    except BadInput as wrong:
        raise SettingsError(str(wrong)) from wrong
    if settings.language not in ("en", "fr"):
        raise SettingsError(f"The language “{settings.language}” is not spoken here; use en or fr.")
    if len(settings.country) != 2 or not settings.country.isalpha() or not settings.country.isupper():
        raise SettingsError(f"The country “{settings.country}” is none; use two capital letters, as in FR.")
    if not 1 <= settings.buckets <= 4096:
        raise SettingsError(f"buckets is {settings.buckets}; use 1 to 4096.")
    for name in ("similar_products", "post"):
        if bool(getattr(settings, f"{name}_form").strip()) != bool(getattr(settings, f"{name}_since")):
            raise SettingsError(f"{name}_form and {name}_since belong together: say on which form she may refuse, and since which day it says so.")
    if min(settings.answer_hours, settings.complaint_hours) < 1:
        raise SettingsError("answer_hours and complaint_hours promise an answer within 1 open hour, or more.")
    if settings.letters_a_minute < 0:
        raise SettingsError(f"letters_a_minute is {settings.letters_a_minute}; use 0 for no limit, or how many may leave to one mailbox provider.")
    if settings.warm_up_letters < 1:
        raise SettingsError(f"warm_up_letters is {settings.warm_up_letters}; use 1 or more.")
    if settings.ask_after_days and not 30 <= settings.ask_after_days <= 1_800:
        raise SettingsError(f"ask_after_days is {settings.ask_after_days}; use 0 to ask nobody, or 30 to 1800, as 180 for half a year.")
    if settings.memory_mb < 200:
        raise SettingsError(f"memory_mb is {settings.memory_mb}; the engine needs at least 200.")
    if not (settings.truth == "sqlite" or settings.truth.startswith("postgresql://")):
        raise SettingsError("truth must be sqlite or an address that begins with postgresql://.")
    checked_proxies(settings.proxies)
    checked_post(settings.address, settings.sender, settings.relay, settings.mailbox)
    checked_lmtp(settings.lmtp)
    checked_model(settings.model_url, settings.model_name)
    checked_reminders(settings.console, reminders_to=settings.reminders_to, escalation_to=settings.escalation_to)
    return settings


def _as_is(kind: type, value: object) -> object:
    return value if isinstance(value, kind) else kind(value)
