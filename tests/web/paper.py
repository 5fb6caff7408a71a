"""A house of paper: a desk whose answers are written down, for the states that real data seldom shows."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

from habitue.app.comparing import Comparison, PairLine, Row
from habitue.app.erasure.forgetting import Certificate, Held
from habitue.app.inbox.answer_times import Times
from habitue.app.inbox.attached import FileLine, TakenOut
from habitue.app.inbox.finding_talks import Found
from habitue.app.inbox.noting import Stands
from habitue.app.inbox.pleased import Pleased
from habitue.app.inbox.receiving import Received
from habitue.app.inbox.strangers import NO_WAY, Stranger, StrangerSaid
from habitue.app.inbox.talking import AskedLine, Conversation, Message, NoteLine, ProposalLine
from habitue.app.law.requesting import CaseLine, Opening, StepLine
from habitue.app.leaving import LeaveLine, Said
from habitue.app.looking import LookLine
from habitue.app.model import Card, DayPlan, Decision, Fact, HerWait, PersonLine, TouchLine, Verdict, YearMark
from habitue.app.pair_words import PairWords
from habitue.app.post.book_letters import BookLetter
from habitue.app.post.relay_returns import Tally
from habitue.app.post.ways_out import WayOut
from habitue.app.remembering import Statement
from habitue.app.retaining import Keeping
from habitue.app.stating import ENDED, Note
from habitue.consent.countries import Rule
from habitue.consent.law.model import Did, Known
from habitue.consent.model import Notice
from habitue.consent.notices import Notices, read_notices
from habitue.content.letter_images import Picture
from habitue.content.letters import Letter
from habitue.content.model import Finding
from habitue.content.rendering import Frame, Rendered, render
from habitue.decide.pronouns import Voice
from habitue.dialogue.incoming import Came
from habitue.dialogue.model import Proposal, What
from habitue.events.arrivals import DeadLetter
from habitue.store.settings import Settings
from habitue.web.keeping import Keeper
from habitue.words.clock import date_of, parse_day
from habitue.words.errors import BadInput, BookError, Refused, Unknown
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel

TODAY = parse_day("2017-11-02")
FIRST_DAY, LAST_DAY = parse_day("2017-01-01"), parse_day("2017-12-31")
LONG = "Marie-Antoinette-Philippine de la Rochefoucauld-Montmorency-Laval-Bellechasse"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
WORDS_SAID = 212
LETTERS = [
    DeadLetter(1, "k", 1_509_600_000, "t", False, "“properties.products” must be a list of products.", b'{"userId":"7","event":"Order Completed"}'),
    DeadLetter(
        2, "gone", 1_509_500_000, "batch", False, f"“type” is “{'x' * 60}”; it must be identify, track, page, screen, group or alias.", HOSTILE.encode()
    ),
    DeadLetter(3, "k", 1_509_400_000, "batch", False, "The body begins like gzip and is broken.", b"\x1f\x8b\x00\xff" * 900),
]

TITLES = {
    Reason.NOT_WORTH_HER_ATTENTION: ("Nothing worth her attention", "Rien qui mérite son attention"),
    Reason.PRESSED_TOO_OFTEN: ("Heard from us this week", "A eu de nos nouvelles cette semaine"),
    Reason.ALREADY_BOUGHT: ("Bought it already", "L'a déjà acheté"),
    Reason.PAUSED: ("Asked for a pause", "A demandé une pause"),
    Reason.NO_CONSENT: ("No consent", "Sans accord"),
    Reason.UNREACHABLE: ("Cannot be reached", "Injoignable"),
    Reason.HELD_OUT: ("Offers only", "Offres seulement"),
    Reason.WAITING_FOR_OUR_ANSWER: ("Waits for our answer", "Attend notre réponse"),
    Reason.NOT_DUE: ("Not due yet", "Pas encore le moment"),
}
SILENCES = {
    Reason.NOT_WORTH_HER_ATTENTION: 1373,
    Reason.PRESSED_TOO_OFTEN: 389,
    Reason.ALREADY_BOUGHT: 52,
    Reason.PAUSED: 29,
    Reason.NO_CONSENT: 200,
    Reason.UNREACHABLE: 43,
    Reason.HELD_OUT: 171,
}
PEOPLE = ("Agnès Morel", "Bertrand Lefèvre", "Inès Caron", "Karim Benali", LONG, HOSTILE, "")
SAYINGS = (
    (
        "set aside, then e-mail",
        "Two packs of the veal are put aside for her. Tell her.",
        "She takes them every ten days or so; it has been eleven, and Thursday is her day.",
    ),
    ("e-mail", "How to cook the skate he bought on Tuesday.", "His first skate here. Nothing to sell in it."),
    ("card, by post", "A birthday card, signed by hand.", "Her birthday is on Wednesday; the post takes three days. She has been coming for six years."),
)
FRENCH_SAYINGS = (
    (
        "mis de côté, puis e-mail",
        "Deux paupiettes de veau sont de côté pour elle : le lui dire.",
        "Elle en prend tous les dix jours ou presque ; cela fait onze jours, et le jeudi est son jour.",
    ),
    ("e-mail", "Comment cuire la raie qu'il a prise mardi.", "Sa première raie chez nous. Rien à vendre là-dedans."),
    (
        "carte, par la poste",
        "Une carte d'anniversaire, signée à la main.",
        "Son anniversaire est mercredi ; la poste met trois jours. Elle vient depuis six ans.",
    ),
)


def plan(**changes: object) -> DayPlan:
    """Thursday 2 November 2017, as in the pictures."""
    whole = DayPlan(
        on=date_of(TODAY), planned_at="06:00", customers=WORDS_SAID + sum(SILENCES.values()), touches=WORDS_SAID, silences=sum(SILENCES.values()),
        reasons=SILENCES, kinds={"offer": 21, "content": 64, "set-aside": 90, "gesture": 30, "question": 7}, is_rehearsal=False,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


@dataclass
class PaperDesk:
    """Answers from paper; `made` replaces the plan, `trouble` is raised by every question about people."""

    made: DayPlan = field(default_factory=plan)
    settings: Settings = field(default_factory=lambda: Settings(data=Path("paper"), currency="USD", is_demo=True, invented_names=True))
    trouble: Exception | None = None
    latch: threading.Event | None = None
    pairs_waiting: int = 33
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def today(self) -> int:
        return TODAY

    def is_well(self) -> bool:
        return self.trouble is None

    def is_known_day(self, on: int) -> bool:
        return FIRST_DAY <= on <= LAST_DAY

    def plan(self, on: int) -> DayPlan:
        self.asked.append(("plan", on))
        if self.latch and on != TODAY:
            self.latch.wait(10)
        if not self.is_known_day(on):
            raise Unknown("That day is outside of the data; it runs from 2017-01-01 to 2017-12-31.")
        if self.trouble:
            raise self.trouble
        return replace(self.made, on=date_of(on), is_rehearsal=on != TODAY)

    def has_control_group(self, plan: DayPlan) -> bool:
        return plan.customers >= 2000

    def touches(self, on: int, language: str, limit: int, offset: int, kind: str | None) -> list[TouchLine]:
        self.asked.append(("touches", on, limit, offset, kind))
        count = self.made.kinds.get(kind, 0) if kind else self.made.touches
        return [touch(number, language) for number in range(offset, min(offset + limit, count))]

    def people(self, on: int, reason: Reason, language: str, limit: int, offset: int) -> list[PersonLine]:
        self.asked.append(("people", on, reason, limit, offset))
        return [person(number) for number in range(offset, min(offset + limit, self.made.reasons.get(reason, 0)))]

    def search(self, text: str, on: int, language: str, limit: int) -> list[PersonLine]:
        self.asked.append(("search", text, on))
        return [person(number) for number, name in enumerate(PEOPLE) if text.lower() in name.lower()][:limit]

    def decision(self, key: str, on: int, language: str) -> Decision:
        return decision(self._number(key), on)

    def card(self, key: str, on: int, language: str) -> Card:
        return card(self._number(key), on)

    def reason_title(self, reason: Reason, language: str) -> str:
        english, french = TITLES.get(reason, (reason.name.lower(), reason.name.lower()))
        return french if language == "fr" else english

    def count_letters(self) -> int:
        return len(LETTERS)

    def letters(self, limit: int, offset: int) -> list[DeadLetter]:
        return LETTERS[offset : offset + limit]

    def sources(self) -> dict[str, str]:
        return {"k": "till"}

    def sort_again(self, numbers: list[int] | None) -> int:
        self.asked.append(("sort_again", numbers))
        return len(LETTERS) if numbers is None else len(numbers)

    def pairs(self, language: str, limit: int, offset: int) -> tuple[int, list[PairLine]]:
        why = ("elles ont donné la même adresse e-mail",) if language == "fr" else ("they gave the same e-mail address", "name and address are alike (99.2 %)")
        lines = [PairLine(str(n), PEOPLE[n % len(PEOPLE)], str(n + 100), PEOPLE[(n + 3) % len(PEOPLE)], why) for n in range(self.pairs_waiting)]
        return len(lines), lines[offset : offset + limit]

    def comparison(self, one: str, other: str, language: str) -> Comparison:
        self._number(one), self._number(other)
        return comparison(one, other, language, is_one=(one, other) == ("1", "2"))

    def say_of_pair(self, one: str, other: str, word: str) -> None:
        self.asked.append(("say_of_pair", one, other, word))
        if other == "13":
            raise Refused("They are one customer already.")

    def statements(self, key: str, on: int, language: str) -> list[Statement]:
        return statements(self._number(key), language) if on == TODAY else []

    def note(self, key: str, noted: Note) -> int:
        """Keeps nothing; what is about nuts touches health, and unicorns are unknown."""
        self.asked.append(("note", key, noted))
        self._weigh(noted)
        return 99

    def withdraw(self, key: str, number: int) -> None:
        self.asked.append(("withdraw", key, number))
        if number == 404:
            raise Unknown("Nothing was said under the number 404.")

    def correct(self, key: str, number: int, noted: Note) -> int:
        self.asked.append(("correct", key, number, noted))
        self._weigh(noted)
        return 100

    def name(self, key: str) -> str:
        return PEOPLE[self._number(key) % len(PEOPLE)]

    def voice(self, _key: str, _language: str) -> Voice:
        return str

    def leaves(self, key: str, language: str) -> list[LeaveLine]:
        self._number(key)
        return []

    def rules_for(self, key: str) -> tuple[list[Rule], list[Rule]]:
        self._number(key)
        return [], []

    def without_yes(self, key: str) -> frozenset[tuple[str, str]]:
        return frozenset({("offers", "email")})

    def looks(self, key: str, language: str) -> list[LookLine]:
        self._number(key)
        return [LookLine(1_509_600_000, HOSTILE, "console", "card", f"{HOSTILE}: her card, on 2 November 2017.")] * 201

    @property
    def cases(self) -> PaperCases:
        return PaperCases(self)

    @property
    def inbox(self) -> PaperInbox:
        return PaperInbox(self)

    @property
    def letters_of_book(self) -> PaperLetters:
        return PaperLetters()

    def waits(self, key: str) -> list[HerWait]:
        return [HerWait(77, self.today() - 3, True, "“Où est ma commande ?” <b>")] if key == "5" else []

    def say_leave(self, key: str, said: Said) -> int:
        self.asked.append(("say_leave", key, said))
        return 1

    def step_out(self, secret: str, way_out: WayOut) -> None:
        self.asked.append(("step_out", secret, way_out))

    def may_hand_over_mail(self, key: str) -> bool:
        return False

    def receive_mail(self, raw: bytes, came_to: str = "") -> Received:
        return Received(Came.MACHINE)

    def take_returns(self, relay: str, raw: bytes) -> Tally:
        return Tally()

    @property
    def keeper(self) -> PaperKeeper:
        return PaperKeeper()

    def notices(self) -> Notices:
        return read_notices(None, "Paper & Sons")

    def keepings(self, language: str) -> list[Keeping]:
        return [Keeping("files", "Files that were taken in", "What they told is in the house.", "article 5", 30, 2, 1, 1_509_000_000)]

    def who_goes(self, how_many: int) -> list[tuple[str, str, int]]:
        return [(str(number), name, 1_509_700_000) for number, name in enumerate(PEOPLE)][:how_many]

    def keeps_in_bounds(self) -> bool:
        return False

    def say_of_keeping(self, word: str) -> int:
        return 2

    def notice(self, name: str) -> Notice:
        raise Unknown(f"No notice has the hash “{name}”.")

    def _weigh(self, noted: Note) -> None:
        if self.trouble:
            raise self.trouble
        for word, wrong in (("nuts", Refused("health")), ("unicorn", Unknown("no unicorn")), ("twins", BadInput("several")), ("over", BadInput(ENDED))):
            if word in noted.about:
                raise wrong

    def _number(self, key: str) -> int:
        if self.trouble:
            raise self.trouble
        if key not in {str(number) for number in range(WORDS_SAID)} | {"a/b?c"}:
            raise Unknown(f"No customer has the number {key}.")
        return int(key) if key.isdigit() else 0


@dataclass
class PaperCases:
    """The requests of the house of paper: one late, one in time, one over, one of nobody."""

    desk: PaperDesk

    def due(self, language: str) -> list[CaseLine]:
        return [case_of(number, language) for number in (1, 2, 3)]

    def past(self, language: str) -> list[CaseLine]:
        return [case_of(4, language)]

    def hers(self, key: str, language: str) -> list[CaseLine]:
        self.desk.name(key)
        return [case_of(2, language)]

    def one(self, number: int, language: str) -> CaseLine:
        if number not in (1, 2, 3, 4):
            raise Unknown(f"There is no case {number} here.")
        return case_of(number, language)

    def open(self, key: str, opening: Opening) -> int:
        self.desk.asked.append(("open", key, opening))
        return 2

    def seek(self, number: int, called: str) -> bool:
        self.desk.asked.append(("seek", number, called))
        return False

    def identify(self, number: int, known: Known, words: str) -> None:
        self.desk.asked.append(("identify", number, known, words))

    def make_longer(self, number: int, words: str) -> None:
        self.desk.asked.append(("make_longer", number, words))

    def finish(self, number: int, words: str) -> None:
        self.desk.asked.append(("finish", number, words))

    def write(self, number: int, did: Did, words: str) -> None:
        self.desk.asked.append(("write", number, did, words))

    def data(self, number: int, language: str) -> bytes:
        return b"PK"


def case_of(number: int, language: str) -> CaseLine:
    asked, article, state = (("erasure", 17, "open"), ("access", 15, "identified"), ("portability", 20, "open"), ("objection", 21, "done"))[number - 1]
    left = (-8, 12, 20, 12)[number - 1]
    words = (HOSTILE, LONG, "", "")[number - 1]
    steps = (StepLine(1_509_600_000, "opened", PEOPLE[number], "She asked it by post (on 1 November 2017).", words),)
    key, name = ("", "") if number == 3 else (str(number), PEOPLE[(4, 5, 0, 2)[number - 1]])
    told = f"{left} days left" if language == "en" else f"il reste {left} jours"
    over = state == "done"
    dates = date_of(TODAY - 20), date_of(TODAY + left)
    return CaseLine(
        number, key, name, asked, article, "mail", state, *dates, left, told, "" if over else "Make sure that it is she.", left < 7, over,
        state == "open", not over, False, steps, state == "open", number != 3, number == 1,
    )  # fmt: skip


@dataclass
class PaperInbox:
    """The inbox of the house of paper: a hostile complaint, a long question, and one that is answered."""

    desk: PaperDesk

    def waiting(self, language: str, of: str | None = None) -> list[Conversation]:
        return [talk_of(1), talk_of(2), replace(talk_of(3), is_open=True)]

    def hands(self) -> list[str]:
        return [talk_of(number).person for number in (1, 2, 3)]

    def times(self, since: int | None, *, by_month: bool) -> tuple[Times, list[Times]]:
        return Times("2017-08-14", 9, 6, 5, 2, 3, 3, 5_400, None, 7_260, None, 36_000), []

    def pleased(self, since: int | None) -> Pleased:
        return Pleased("2017-08-14", 40, 14, 1, 1)

    def one(self, number: int, language: str) -> Conversation:
        if number not in (1, 2, 3):
            raise Unknown(f"There is no conversation {number} here.")
        return talk_of(number)

    def strangers(self, language: str) -> list[Stranger]:
        return [stranger_of(1), stranger_of(2)]

    def answered_strangers(self, language: str) -> list[Stranger]:
        return [stranger_of(3)]

    def stranger(self, number: int, language: str) -> Stranger:
        if number not in (1, 2, 3):
            raise Unknown(f"No stranger's words are kept under the number {number}.")
        return stranger_of(number)

    def answer_stranger(self, number: int, words: str, seen: int) -> None:
        self.desk.asked.append(("answer_stranger", number, words, seen))

    def done_stranger(self, number: int, seen: int) -> None:
        self.desk.asked.append(("done_stranger", number, seen))

    def attach(self, number: int, key: str, seen: int, only: int) -> int:
        self.desk.asked.append(("attach", number, key, seen, only))
        return 1

    def drop_stranger(self, number: int, seen: int) -> None:
        self.desk.asked.append(("drop_stranger", number, seen))

    def file(self, number: int) -> TakenOut:
        return TakenOut(HOSTILE, "application/octet-stream", HOSTILE.encode())

    def answer(self, number: int, words: str, seen: int, *, asks_leave: bool) -> None:
        self.desk.asked.append(("answer", number, words, seen, asks_leave))

    def close(self, number: int) -> None:
        self.desk.asked.append(("close", number))

    def keep(self, message: int, proposal: int) -> None:
        self.desk.asked.append(("keep", message, proposal))
        if proposal == 404:
            raise Unknown("The message 1 proposes nothing under the number 404.")

    def suggest(self, message: int) -> int:
        self.desk.asked.append(("suggest", message))
        return 1

    def let_go(self, message: int, proposal: int) -> None:
        self.desk.asked.append(("let_go", message, proposal))

    def note(self, key: str, way: Channel, words: str, stands: Stands, talk: int, once: str) -> int:
        self.desk.asked.append(("note", key, way, words, stands, talk, once))
        return 2

    def take(self, number: int, had: str) -> None:
        self.desk.asked.append(("take", number, had))

    def give(self, number: int, person: str, had: str) -> None:
        self.desk.asked.append(("give", number, person, had))

    def add_note(self, number: int, words: str) -> int:
        self.desk.asked.append(("note", number, words))
        return 1

    def take_stranger(self, number: int, had: str) -> None:
        self.desk.asked.append(("take_stranger", number, had))

    def give_stranger(self, number: int, person: str, had: str) -> None:
        self.desk.asked.append(("give_stranger", number, person, had))

    def add_stranger_note(self, number: int, words: str) -> int:
        self.desk.asked.append(("note_stranger", number, words))
        return 1

    def drop_stranger_note(self, number: int, note: int) -> None:
        self.desk.asked.append(("drop_stranger_note", number, note))

    def find(self, text: str) -> list[Found]:
        return [Found(number, str(number), PEOPLE[number], 1_509_600_000, number == 2, (HOSTILE, LONG, "")[number - 1]) for number in (1, 2, 3)] + [
            Found(1, "", HOSTILE, 1_509_600_000, True, HOSTILE, is_stranger=True)
        ]

    def saved(self) -> list[str]:
        return ["opening-hours", LONG.replace(" ", "-").lower()[:60]]

    def fill_in(self, number: int, name: str) -> str:
        return HOSTILE

    def fill_in_stranger(self, number: int, name: str) -> str:
        return HOSTILE

    def drop_note(self, number: int, note: int) -> None:
        self.desk.asked.append(("drop_note", number, note))


def stranger_of(number: int) -> Stranger:
    """One whose every field is hostile, one in a chat whose every field is long, and one that is answered."""
    written = (HOSTILE, f"{LONG}\n" * 40, "")[number - 1]
    files = (FileLine(7, HOSTILE[:100], "program", HOSTILE, 3_000, "3 kB", True, (HOSTILE,)),)
    way, sender = ("email", "site", "site")[number - 1], (HOSTILE, f"{LONG.replace(' ', '-')}@example.org", "zoe@example.net")[number - 1]
    first = StrangerSaid(number, 1_509_600_000, True, written, way, sender, files=files if number == 1 else ())
    ours = StrangerSaid(number + 10, 1_509_600_600, False, written, who=written[:200], letter=("failed", "in_doubt", "")[number - 1])
    said = (first, ours) if number == 3 else (first, ours, replace(first, number=number + 20))
    since = (1_509_600_000, 1_509_000_000, 0)[number - 1]
    may_be = ("4", HOSTILE) if number == 1 else ()
    return Stranger(
        number, said[-1].number, sender, written[:100], written[:200], way, number == 2, said, may_be, since, since and since + 14_400, number == 2,
        NO_WAY if number == 1 else "", is_complaint=number > 1,
        person=("", LONG, HOSTILE)[number - 1][:60], notes=(NoteLine(5, 1_509_600_300, written[:60], written),) if written else (),
    )  # fmt: skip


def talk_of(number: int) -> Conversation:
    """One whose every field is hostile, one whose every field is long, one that is over."""
    written = (HOSTILE, f"{LONG}\n" * 40, "")[number - 1]
    proposed = tuple(
        ProposalLine(place, what, f"She says: {written[:200]}", written[:200], state, needs_leave, Proposal(What.LIKE, written[:200], "r"))
        for place, (what, state, needs_leave) in enumerate(
            [("refusal", "bound", False), ("like", "waiting", False), ("allergy", "waiting", True), ("absence", "kept", False), ("like", "let_go", False)]
            + [("question", "waiting", False)],
            start=1,
        )
    )
    name, is_closed = written[:100] or "no name", number == 1
    files = (FileLine(7, name, "program", written[:200], 3_000, "3 kB", is_closed, (written[:200],)),)
    hers = Message(
        number, 1_509_600_000, True, written, ("email", "", "phone")[number - 1], proposals=proposed if number < 3 else (), files=files if number < 3 else ()
    )
    states = ("failed", "in_doubt", "")[number - 1]
    ours = Message(number + 10, 1_509_600_600, False, written, who=written[:200], letter=states)
    said = (hers, ours) if number == 3 else (hers, ours, replace(hers, number=number + 20, verdict="no"))
    waits = (1_509_600_000, 1_509_000_000, 0)[number - 1]
    subject = ("Re: " + HOSTILE, LONG * 3, "")[number - 1]
    name = PEOPLE[(5, 4, 6)[number - 1]]
    who = ("5", "4", "6")[number - 1]
    person = (HOSTILE[:60], LONG[:60], "")[number - 1]
    noted = tuple(NoteLine(place, 1_509_600_000, person, written, place == 2) for place in (1, 2)) if number < 3 else ()
    asked = tuple(AskedLine(1_509_600_000, state, told, 1_509_600_600) for state, told in (("sent", "no"), ("in_doubt", "")))
    return Conversation(
        number, said[-1].number, who, name, subject, number == 1, number < 3, waits, waits and waits + 14_400, number == 2, "", "paper", "t", number, said,
        person=person, notes=noted, asked=asked,
    )  # fmt: skip


class PaperLetters:
    """The letters of the house of paper: one in order, one hostile and broken, one that is long."""

    def all(self, language: str) -> list[BookLetter]:
        return [letter_of_book(key) for key in ("thanks", "hostile", "long")]

    def unnamed(self) -> list[Finding]:
        return [Finding("letters/lost.txt", 0, False, HOSTILE)]

    def one(self, action: str, language: str) -> BookLetter:
        if action not in ("thanks", "hostile", "long"):
            raise Unknown(f"No action “{action}” of the book leaves as a letter.")
        return letter_of_book(action)

    def for_her(self, action: str, key: str, language: str) -> Rendered:
        if key not in ("0", "5"):
            raise Unknown(f"There is no customer “{key}”.")
        return self.hardest(action, language)[0]

    def hardest(self, action: str, language: str) -> list[Rendered]:
        if action == "hostile":
            raise BookError("letters/hostile.en.md", 4, HOSTILE)
        words = LONG if action == "long" else HOSTILE
        letter = Letter(action, language or "en", "{{ name }}", "{{ name }}", "Hello {{ name }},\n\n[Look](https://shop.example/a)")
        return [render(letter, {"name": words}, Frame("Paper", "Because.", "https://x.example/her/e", "https://x.example/out/e"))] * 3

    def image(self, address: str) -> tuple[Picture, bytes] | None:
        return None


def letter_of_book(key: str) -> BookLetter:
    said = tuple(Finding(f"letters/{key}.en.md", place, place % 2 == 1, (HOSTILE, LONG * 3)[place % 2]) for place in range(3)) if key == "hostile" else ()
    titles = {"thanks": "Thanks", "hostile": HOSTILE, "long": LONG * 2}
    return BookLetter(key, titles[key], key, ("en", "fr") if key == "thanks" else (), said)


def comparison(one: str, other: str, language: str, is_one: bool) -> Comparison:
    """Two who share a mailbox: one with the longest of names, one with a hostile address."""
    words, french = PairWords(language), language == "fr"
    rows = (
        Row(words.headings["name"], LONG, "Marc Petit", words.differs, False),
        Row(words.headings["email"], "petit@example.org", "petit@example.org", words.same, True),
        Row(words.headings["address"], "8 rue Basse, 69001 Lyon", HOSTILE, words.differs, False),
        Row(words.headings["phone"], "+33610000001", "", "", False),
    )
    reasons = (words.reason("email", 0), words.reason("likeness", 992))
    facts = () if is_one else (Fact("Aime" if french else "Loves", "Veau" if french else "Veal", "20 fois" if french else "20 times"),)
    follows = words.consequences(is_one, other == "3")
    return Comparison(one, LONG, other, "Marc Petit", is_one, other == "3", rows, () if is_one else reasons, follows, facts, facts)


def touch(number: int, language: str = "en") -> TouchLine:
    how, say, why = (FRENCH_SAYINGS if language == "fr" else SAYINGS)[number % 3]
    return TouchLine(number, str(number), PEOPLE[number % len(PEOPLE)], "veal", "Veal, set aside", how, say, why, 12)


def person(number: int) -> PersonLine:
    return PersonLine(number, str(number), PEOPLE[number % len(PEOPLE)], "She had two words from us in the last seven days.")


def decision(number: int, on: int) -> Decision:
    terms = {"gain": 1.2, "worth": 14.2, "cost": 0.4, "attention": 3.0, "buy_percent": 41.0, "use_percent": 4.2}
    chosen = Verdict("veal", "Veal, set aside", "veal paupiettes", Reason.SAID, "Nothing stops it.", 12.0, terms)
    others = (
        Verdict(
            "coffee", "Coffee, before it runs out", "ground coffee", Reason.ALREADY_BOUGHT, "She bought it on Tuesday; she takes it every three weeks.", 0.0
        ),
        Verdict("cheese", "This week's cheese", HOSTILE, Reason.NOT_WORTH_HER_ATTENTION, "Worth less than what it takes of her attention.", -2.0),
        Verdict("figs", "A recipe for figs", "", Reason.NOT_DUE, "It is too early by her own rhythm.", 0.0),
        Verdict("jam", "Jam of the house", "fig jam", Reason.NOT_DUE, "It is too early by her own rhythm.", 0.0),
        Verdict("welcome", "A welcome", "", Reason.NOT_CONCERNED, "She has been coming for years.", 0.0),
    )
    sentences = ("She takes them every ten days or so; it has been eleven.", "Thursday is her day.")
    name = PEOPLE[number % len(PEOPLE)]
    return Decision(number, str(number), name, date_of(on), True, Reason.SAID, "Tell her that the veal is put aside.", sentences, chosen, others)


def statements(number: int, language: str = "en") -> list[Statement]:
    """What the person of that number told us; the third person nothing, the sixth what is hostile."""
    if number == 2:
        return []
    quote, is_french = HOSTILE if number == 5 else "Jamais de foie, merci", language == "fr"
    on, until = date_of(TODAY - 140), date_of(TODAY + 60)
    plain = Statement(41, "thing", "liver", "type:MEAT/LIVER", -1, "strong", "she_said", quote, "", on, None, False, "counts",
        "Elle n’en veut pas : foie. Elle l’a dit le 15 juin 2017." if is_french else "She does not want: liver. She said so on 15 June 2017.",
        "Cela compte." if is_french else "It counts.")  # fmt: skip
    hours = replace(
        plain, number=42, subject="hour", about_key="0-10", quote="", until=until, sentence="She does not want to hear from us from 00:00 to 10:00."
    )
    health = replace(plain, number=43, quote="", about="", about_key="", is_about_health=True, standing="health_without_leave",
        sentence="Something that may tell of her health or belief; it is shown no more.", why="To be erased.")  # fmt: skip
    gone = replace(plain, number=44, standing="withdrawn", quote="", why="Withdrawn.", is_withdrawn=True)
    return [plain, hours, health, gone]


class PaperKeeper(Keeper):
    """Rules under which something goes every day."""

    def __init__(self) -> None:
        pass

    def rules(self, language: str) -> list[Keeping]:
        return [Keeping("files", "Files that were taken in", "What they told is in the house.", "article 5", 30, 2, 1, 1_509_000_000)]

    def who_goes(self, how_many: int) -> list[tuple[str, str, int]]:
        return [(str(number), name, 1_509_700_000) for number, name in enumerate(PEOPLE)][:how_many]

    def is_running(self) -> bool:
        return False

    def held(self, key: str) -> Held:
        return Held({"event": 1_204, "orders": 74}, ("inbox/done/customers.csv",))

    def forget(self, key: str) -> Certificate:
        return Certificate("0123456789abcdef", 1_509_600_000, "", {"event": 1_204}, 3)


def card(number: int, on: int) -> Card:
    facts = (
        Fact("Comes", "Thursdays, late morning", "19 of her last 30 big baskets; next expected today"),
        Fact("Loves", "Veal, sheep's cheese, figs", "bought 14, 22 and 6 times since summer"),
        Fact("Avoids", "Liver", "said so at the counter, 14 June"),
        Fact("Due", "Coffee, cat food", "coffee is four days late by her own habit"),
        Fact("Last said", "Your fig recipe, nine days ago", "she answered: “parfait, merci”"),
        Fact("Her year with us", "Steady, about a fifth of it cheese", ""),
    )
    year = [YearMark(on - 4 - 5 * step, True, (step * 37 % 100) / 100, False) for step in range(72)]
    year += [YearMark(on - days, False, 0.0, days != 61) for days in (316, 225, 134, 61)]
    year += [YearMark(on - 500, True, 1.0, False), YearMark(on + 3, True, 1.0, False)]
    return Card(
        number, str(number), PEOPLE[number % len(PEOPLE)], "a regular since March 2011, 74 baskets this year", date_of(on), "Good morning, Mrs Morel",
        facts, ("No nuts for her son: she told us on 14 June and agreed that we keep it. Check the label.",),
        ("Two packs of veal are set aside for her until Saturday, by Marc, this morning.",),
        ("The offer on cheese: she bought it on Tuesday.",), tuple(year),
    )  # fmt: skip
