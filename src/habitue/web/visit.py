"""What one request brought along: whose language, which light, which day; and the links that carry the day onward."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.requests import Request

from habitue.store.settings import Settings
from habitue.web.tongue import LANGUAGES, Tongue, language_wanted, tongue
from habitue.words.asking import ASKING
from habitue.words.clock import date_of, parse_day
from habitue.words.errors import BadInput, Unknown

THEMES = ("light", "dark")
LANGUAGE_COOKIE, THEME_COOKIE = "habitue_language", "habitue_theme"
QUOTED_ALREADY = "/%!$&'()*+,;=:@"  # what a path may hold as it is (RFC 3986, section 3.3)
LAST_DAY = parse_day("2199-12-31")
LONGEST_QUESTION = 100  # letters of a search; more is cut
LONGEST_KEY = 1_000  # letters of a customer's number, with the name of the source that gave it


@dataclass(frozen=True)
class Visit:
    """One look at one page.

    Units: `on` and `today` are day numbers; `is_moved` says that the reader chose the day herself; `who` is empty where nobody said who is at the desk.
    """

    tongue: Tongue
    theme: str  # "light", "dark", or empty for the system's own
    path: str
    query: dict[str, str]
    on: int
    today: int
    is_moved: bool
    who: str = ""

    @property
    def language(self) -> str:
        return self.tongue.language

    @property
    def on_iso(self) -> str:
        return date_of(self.on).isoformat()

    def to(self, path: str, **query: str | int | None) -> str:
        """A link within the console that stays on the day being looked at."""
        kept: dict[str, str | int] = {name: value for name, value in query.items() if value is not None and value != ""}
        if self.is_moved:
            kept.setdefault("on", self.on_iso)
        return f"{path}?{urlencode(kept)}" if kept else path

    def customer(self, key: str, page: str = "") -> str:
        """The link to a customer's card, or to one of its pages."""
        return self.to(f"/customers/{quote(key, safe='')}{page}")

    def again(self, **query: str | int) -> str:
        """This same page with something changed in its question."""
        return f"{self.path}?{urlencode({**self.query, **query})}"

    def day_link(self, step_days: int) -> str:
        """This same page some days on, from the head of its list."""
        on = date_of(self.on + step_days).isoformat()
        kept = {name: value for name, value in self.query.items() if name != "page"}
        return f"{self.path}?{urlencode({**kept, 'on': on})}"

    def asked(self, name: str, longest: int = LONGEST_QUESTION) -> str:
        """One value of the question, trimmed and cut to so many letters; empty where it was not asked."""
        return self.query.get(name, "").replace("\0", "").strip()[:longest]

    def page(self) -> int:
        """The page of a list, from 1.

        Raises: BadInput where it is no number, or one that no list reaches.
        """
        wanted = self.asked("page") or "1"
        if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= 1_000_000):
            raise BadInput(self.tongue.say("“%(page)s” is not a page of this list.", page=wanted))
        return int(wanted)


def visit_of(request: Request, settings: Settings, today: int) -> Visit:
    """Read a request.

    Raises: BadInput where the day asked for is no day.
    """
    query = {name: value for name, value in request.query_params.items() if name not in ("lang", "theme")}
    voice = tongue(language_of(request, settings))
    asked = query.get("on", "").strip()
    on = day_asked(asked, voice) if asked else today
    path = quote(request.scope["raw_path"], safe=QUOTED_ALREADY)  # as it was asked for: links to this same page need it so
    return Visit(voice, theme_of(request), path, query, on, today, bool(asked), ASKING.get().who)


def plain_visit(request: Request, settings: Settings, today: int) -> Visit:
    """The same without the day, for a page that has to say what is wrong with it."""
    return Visit(tongue(language_of(request, settings)), theme_of(request), "/", {}, today, today, False, ASKING.get().who)


def day_asked(text: str, voice: Tongue) -> int:
    """The day number of `?on=`.

    Raises: BadInput, in the reader's language, where it is no day; Unknown where no shop can have known it.
    """
    try:
        day = parse_day(text[:LONGEST_QUESTION])
    except BadInput as wrong:
        sentence = voice.say("“%(day)s” is not a day. Write it as 2017-11-02.", day=text[:LONGEST_QUESTION])
        raise BadInput(sentence) from wrong
    if not 0 <= day <= LAST_DAY:
        raise Unknown(voice.say("%(day)s is outside of the days that this house can know.", day=voice.date(day)))
    return day


def language_of(request: Request, settings: Settings) -> str:
    """By the link pressed, else by the reader's last choice, else by her browser, else by the shop."""
    chosen = (request.query_params.get("lang", ""), request.cookies.get(LANGUAGE_COOKIE, ""))
    wanted = language_wanted(request.headers.get("accept-language", ""))
    return next((name for name in (*chosen, wanted, settings.language) if name in LANGUAGES), "en")


def theme_of(request: Request) -> str:
    """By the link pressed, else by the reader's last choice; empty leaves it to her system."""
    pressed = request.query_params.get("theme")
    wanted = request.cookies.get(THEME_COOKIE, "") if pressed is None else pressed
    return wanted if wanted in THEMES else ""
