"""An open house: its settings, its truth, its clock and its book, and what every question to judgement starts from."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from habitue.app.opening import open_up
from habitue.consent.countries import Exceptions, Mode, Told, rule_rows
from habitue.consent.notices import Notices, keep_notices, read_notices
from habitue.consent.suppression import bring_level, is_whole
from habitue.content import Action, Book, action_ids, book_rows, keep_book, kept_book, read_book, read_catalogue, whom_case
from habitue.decide.alone import Alone
from habitue.decide.model import Question, When
from habitue.measure.lessons import lesson_for
from habitue.store import Settings, Truth, clock_of, sql_text
from habitue.store.house_key import house_key
from habitue.store.projection import Progress, silent
from habitue.words.clock import PLAN_HOUR, Clock, date_of, instant_of, local_day_and_hour, parse_day, weekday_of
from habitue.words.errors import BookError, Unknown

if TYPE_CHECKING:
    from habitue.app.judging import JudgedDay

CONTROL_PERMILLE = 100
CONTROL_FROM_CUSTOMERS = 2_000
DAYS_REMEMBERED = 6


@dataclass
class House:
    """Everything that is open while Habitué works on one brand."""

    settings: Settings
    truth: Truth
    clock: Clock
    book: Book
    question: Question
    action_of: dict[int, str]
    alone: Alone
    notices: Notices
    days: OrderedDict[tuple[int, int], JudgedDay] = field(default_factory=OrderedDict)
    turn: threading.RLock = field(default_factory=threading.RLock)
    names: dict[tuple[int, str], str] = field(default_factory=dict)
    former: dict[int, Action] = field(default_factory=dict)

    @property
    def today(self) -> int:
        """The local day on which the clock stands."""
        return local_day_and_hour(self.clock.instant(), self.settings.zone)[0]

    @cached_property
    def key(self) -> bytes:
        """The house's own secret, by which what must be known again without being kept is hashed."""
        return house_key(self.settings.data)

    def remember(self, which: tuple[int, int], day: JudgedDay) -> None:
        """Keeps a day at hand, and lets the oldest of several go."""
        self.days[which] = day
        while len(self.days) > DAYS_REMEMBERED:
            self.days.popitem(last=False)

    def action(self, action_id: int) -> Action | None:
        """The action of a number: as the book of today has it, else as the book had it by which a plan was made that was read since."""
        key = self.action_of.get(action_id)
        return self.book.actions[self.book.rank(key)] if key else self.former.get(action_id)

    def by_book(self, book_id: int) -> House:
        """The same house, judging by the version of the book that has that number."""
        if book_id == self.question.book_id:
            return self
        book = kept_book(self.truth, book_id)
        question, action_of = _put(self.truth, self.settings, book, book_id)
        self.former |= {number: book.actions[book.rank(key)] for number, key in action_of.items()}
        return replace(self, book=book, question=question, action_of=action_of, days=OrderedDict())

    def title(self, action_id: int, language: str) -> str:
        """What an action is called; nothing for no action."""
        action = self.action(action_id)
        return (action.title.get(language) or action.title["en"]) if action else ""

    def when(self, on: int | None = None, hour: int = -1, progress: Progress = silent, *, by: int = 0) -> When:
        """The moment at which a day is planned: 06:00 shop time, knowing nothing later; its month's lesson is learned where that was not done yet.

        `by` is a later instant of that day, as of which something is asked, in UTC seconds.

        Raises: Unknown where no customer was known by then, or where the day has not come yet.
        """
        day = self.today if on is None else on
        as_of = max(instant_of(day, PLAN_HOUR, self.settings.zone), by)
        if day > self.today and not self.settings.today:
            raise Unknown(f"Today is {date_of(self.today)}; {date_of(day)} has not come yet.")
        first = self.truth.run(sql_text("app", "first_known"))[0][0]
        if first is None:
            raise Unknown("Nobody is known here yet; import customers or orders first.")
        if as_of <= first:
            since = date_of(local_day_and_hour(first, self.settings.zone)[0])
            raise Unknown(f"Nobody was known on {date_of(day)}; the first customer came on {since}.")
        if day > self.today and day > self._last_day() + 1:
            raise Unknown(f"Nothing is known after {date_of(self._last_day())}; {date_of(day)} is outside the data.")
        with self.turn:
            lesson = lesson_for(self.truth, self.settings, day, progress)
        return When(as_of, day, weekday_of(day), hour, lesson, wheel_permille(day))

    def _last_day(self) -> int:
        return int(self.truth.run(sql_text("app", "last_day"))[0][0])

    def __enter__(self) -> House:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None) -> None:
        self.truth.close()


def wheel_permille(day: int) -> int:
    """How far the control group's wheel has turned: a tenth every half-year, so that the group is another one."""
    on = date_of(day)
    return (on.year * 2 + (on.month > 6)) * CONTROL_PERMILLE % 1000


def open_house(settings: Settings) -> House:
    """Opens a brand's house: truth brought up to date, book read and kept.

    Raises: BookError where the book has mistakes or is missing; SettingsError where a notice has; StoreError where the truth does not open.
    """
    truth = open_up(settings)
    try:
        if not is_whole(truth):
            with truth.transaction():
                truth.next_seq(0)  # waits for whoever is writing
                bring_level(truth)
        if not settings.book_folder.is_dir():
            raise BookError(str(settings.book_folder), 0, "there is no book of actions here yet; `habitue book new` lays out a first one.")
        book = read_book(settings.book_folder)
        clock = clock_of(settings)
        notices = keep_notices(truth, read_notices(settings.data, settings.brand), clock.instant())
        question, action_of = _put(truth, settings, book, keep_book(truth, book, clock.instant()))
        today = local_day_and_hour(clock.instant(), settings.zone)[0]
        return House(settings, truth, clock, book, question, action_of, Alone(truth, question, today), notices)
    except BaseException:
        truth.close()
        raise


def exceptions_of(settings: Settings) -> Exceptions:
    """What the brand sends without her yes where the law allows it, and where it tells customers that they may refuse."""
    told = {Mode.SIMILAR_PRODUCTS: (settings.similar_products_form, settings.similar_products_since), Mode.OPT_OUT: (settings.post_form, settings.post_since)}
    return {mode: Told(form, parse_day(since)) for mode, (form, since) in told.items() if since}


def _put(truth: Truth, settings: Settings, book: Book, book_id: int) -> tuple[Question, dict[int, str]]:
    """A book ready to be put to judgement, and its action keys by number."""
    ids = action_ids(truth, [action.key for action in book.actions])
    customers = int(truth.run(sql_text("app", "count_customers"))[0][0])
    control = CONTROL_PERMILLE if customers >= CONTROL_FROM_CUSTOMERS else 0
    tables = book_rows(book, read_catalogue(truth, book), ids, control) | rule_rows(settings.country, exceptions_of(settings))
    question = Question(book_id, tables, whom_case(book, ids), tuple(ids[action.key] for action in book.actions))
    return question, {number: key for key, number in ids.items()}
