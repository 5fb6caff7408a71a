"""The page in the zip of her data: the same facts as in its JSON file, said to her in sentences, with words for codes and names for things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from babel import Locale, numbers
from jinja2 import Environment, PackageLoader, StrictUndefined

from habitue.app.card_words import Words
from habitue.app.her.data_words import CIVIL, PAGE, TERMS, TITLES, your_notice, your_step, your_word
from habitue.app.her.words import NO_MORE, SILENCES, headline_of, line_of
from habitue.app.house import House
from habitue.app.leave_words import BY, leave_of
from habitue.app.leaving import ledger_of
from habitue.app.looking import her_looks
from habitue.app.names import customer_of, people, thing_name
from habitue.app.remembering import heard, statements_of
from habitue.app.spoken import not_left
from habitue.consent.law.records import cases_of
from habitue.consent.model import Word
from habitue.consent.notices import every_notice
from habitue.dialogue.among_us import notes_about
from habitue.events.lookup import look_up
from habitue.identity.records import keys_of, revisions_of, told_of
from habitue.identity.visitors import VISITOR
from habitue.store import sql_text
from habitue.words.clock import local_day_and_hour
from habitue.words.reasons import Reason
from habitue.words.typesetting import still, typeset
from habitue.words.vocabulary import Channel, Collected

LOCALES = {"en": "en_GB", "fr": "fr_FR"}


@dataclass(frozen=True)
class Entry:
    """One thing that the page tells: what it is, in bold, and what there is to say of it. Without `told` it is one line."""

    head: str
    told: tuple[str, ...] = ()


def her_data_page(house: House, customer_key: str, events: int, language: str) -> str:
    """The page, whole; it needs neither us nor a network. Raises: Unknown where nobody has that key."""
    made = Environment(loader=PackageLoader("habitue.app.her"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.finalize = still
    made.filters["typeset"] = lambda text: typeset(text, language)
    her = _Her(house, customer_key, language)
    return made.get_template("her_data.html").render(
        language=language,
        brand=house.settings.brand,
        name=people(house, [her.customer])[her.customer][1],
        today=her.words.date(house.today),
        sections=[(TITLES[name][her.place], list(getattr(her, name)())) for name in TITLES],
        events=events,
        words={name: both[her.place] for name, both in PAGE.items()},
    )


class _Her:
    """One customer, told to herself: a method a section, in the order of `TITLES`."""

    def __init__(self, house: House, customer_key: str, language: str) -> None:
        self.house, self.key, self.language, self.place = house, customer_key, language, int(language == "fr")
        self.words, self.customer = Words(language), customer_of(house, customer_key)
        self.profiles = sorted(number for number, _ in look_up(house.truth, "identity", "profiles_of_customers", [self.customer]))

    def who(self) -> Iterator[Entry]:
        """Her name and addresses, each value once, however many profiles tell it."""
        told: dict[str, list[str]] = {}
        for person in told_of(self.house.truth, self.profiles).values():
            for term in ("title", "given_name", "family_name", "email", "phone", "street", "postcode", "city", "country"):
                told.setdefault(term, []).append(str(getattr(person, term)))
        told["title"] = [CIVIL.get(title.lower().rstrip("."), (title, title))[self.place] for title in told.get("title", [])]
        told["country"] = [Locale.parse(LOCALES[self.language]).territories.get(code.upper(), code) for code in told.get("country", [])]
        told["numbers"] = [key for key in keys_of(self.house.truth, [self.customer]).get(self.customer, []) if not key.startswith(VISITOR)]
        revisions = [one for each in revisions_of(self.house.truth, self.profiles).values() for one in each]
        born, since = max((one.birthday_mmdd for one in revisions), default=0), min((one.since_day for one in revisions), default=0)
        told["birthday"] = [self.words.day_of_year(born // 100, born % 100)] if born else []
        told["since"] = [self.words.date(since)] if since else []
        for term in TERMS:
            if values := ", ".join(dict.fromkeys(value for value in told.get(term, []) if value)):
                yield Entry(TERMS[term][self.place], (values,))

    def identifiers(self) -> Iterator[Entry]:
        for kind, value in look_up(self.house.truth, "identity", "identifiers_of_profiles", self.profiles):
            if not value.startswith(VISITOR):
                yield Entry(TERMS[kind][self.place] if kind in TERMS else kind, (value,))

    def said(self) -> Iterator[Entry]:
        for one in reversed(statements_of(self.house, self.key, None, self.language)):
            line = line_of(one, self.language)
            how = f"{line.how} {PAGE['taken_back'][self.place]}" if one.is_withdrawn else line.how
            yield Entry(line.sentence, (*self._quote(line.quote), how))

    def allows(self) -> Iterator[Entry]:
        """Each leave of which she spoke, with every word that made it so."""
        texts = every_notice(self.house.truth)
        by_leave: dict[tuple[int, int], list[Word]] = {}
        for word in ledger_of(self.house, self.customer):
            by_leave.setdefault((word.purpose, word.channel), []).append(word)
        for _leave, words in sorted(by_leave.items()):
            first = words[0]
            told: list[str] = []
            for word in words:
                shown = f" {your_notice(texts[word.notice_hash], self.language)}" if word.notice_hash in texts else ""
                told.append(your_word(word, self._day(word.at), self.language) + shown)
                told += () if word.collected in (Collected.HER_PAGE, Collected.ONE_CLICK) else self._quote(word.proof)
            yield Entry(leave_of(first.purpose, first.channel, self.language, self.house.notices.title(first.purpose, self.language)), tuple(told))

    def orders(self) -> Iterator[Entry]:
        """Each order: its day and number, and a line a thing."""
        rows = look_up(self.house.truth, "app", "her_order_lines", self.profiles)
        for (day, order), lines in groupby(rows, key=lambda row: (row[0], row[1])):
            head = f"{self.words.date(day)}, {PAGE['order'][self.place] % order}" if order else self.words.date(day)
            yield Entry(head, tuple(self._bought(item, quantity, cents) for _, _, item, _, quantity, cents in lines))

    def visits(self) -> Iterator[Entry]:
        for (day,) in look_up(self.house.truth, "events", "seen_of_profiles", self.profiles):
            yield Entry(self.words.date(day))

    def messages(self) -> Iterator[Entry]:
        waiting = not_left(self.house.truth, self.profiles, heard(self.house, None).as_of)
        for touch, day, _action, kind, channel, item, answered in look_up(self.house.truth, "app", "her_touches", self.profiles):
            if touch not in waiting:
                answer = () if answered is None else (PAGE["answered"][self.place] % self.words.date(answered),)
                yield Entry(headline_of(kind, self._thing(item), self.language), (f"{self.words.date(day)}, {self._way(channel)}.", *answer))

    def decisions(self) -> Iterator[Entry]:
        for day, reason, _action, item, channel, kind in look_up(self.house.truth, "app", "her_decisions", [self.customer]):
            if reason == Reason.SAID:
                headline = headline_of(kind, self._thing(item), self.language)
                told: tuple[str, ...] = (PAGE["planned"][self.place], f"{headline}, {self._way(channel)}.")
            else:
                told = (PAGE["silent"][self.place] % SILENCES.get(Reason(reason), NO_MORE)[self.place],)
            yield Entry(self.words.date(day), told)

    def requests(self) -> Iterator[Entry]:
        for case in cases_of(self.house.truth, [self.customer]):
            for step in case.steps:
                yield Entry(your_step(case, step, self._day(step.at), self.language), self._quote(step.words))

    def notes(self) -> Iterator[Entry]:
        for note in notes_about(self.house.truth, self.profiles):
            head = f"{self.words.date(self._day(note.at))}, {note.who}" if note.who else self.words.date(self._day(note.at))
            yield Entry(head, self._quote(note.words))

    def looks(self) -> Iterator[Entry]:
        for look in her_looks(self.house, self.key, self.language, is_to_her=True):
            yield Entry(look.sentence)

    def _day(self, at: int) -> int:
        return local_day_and_hour(at, self.house.settings.zone)[0]

    def _quote(self, words: str) -> tuple[str, ...]:
        return (PAGE["quote"][self.place] % words,) if words else ()

    def _way(self, channel: int) -> str:
        return BY[Channel(channel)][self.place]

    def _thing(self, item: int) -> str:
        """What a thing is called; where nobody named it, what it is a sort of, with its number."""
        name = thing_name(self.house, item, self.language)
        rows = self.house.truth.run(sql_text("app", "item_above"), (item,)) if item else []
        return f"{thing_name(self.house, int(rows[0][0]), self.language)} ({name})" if rows and rows[0][0] else name

    def _bought(self, item: int, quantity_milli: int, cents: int) -> str:
        locale = LOCALES[self.language]
        count = "" if quantity_milli == 1000 else f" × {numbers.format_decimal(quantity_milli / 1000, locale=locale)}"
        amount = numbers.format_currency(cents / 100, self.house.settings.currency, locale=locale)
        return f"{self._thing(item)}{count}{self.words.colon}{amount}"
