"""Reads one `[[action]]` table into an Action, noting every mistake on its line."""

from __future__ import annotations

import re

from habitue.content.audience import parse_whom
from habitue.content.letters import is_name
from habitue.content.model import (
    ALWAYS_FROM,
    ALWAYS_UNTIL,
    EVERY_DAY,
    LANGUAGES,
    Action,
    After,
    Asks,
    Basis,
    Budget,
    Gives,
    Mode,
    Things,
    UseBasis,
    When,
)
from habitue.content.page import Page
from habitue.words.errors import Refused
from habitue.words.vocabulary import Channel, Kind, Purpose

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_KEY = 60
PLACEHOLDERS = ("thing", "because", "name")
_SLOT = re.compile(r"\{([^{}]*)\}")


def action_of(page: Page) -> Action:
    """The action that a table describes; where `page.notes` has grown, stand-ins hold the place of what was wrong."""
    use_basis, use_permille = _use(page)
    because, because_days = _because(page)
    action = Action(
        key=_key(page),
        kind=page.word("kind", Kind),
        purpose=page.word("purpose", Purpose),
        title=_texts(page, "title"),
        say=_texts(page, "say"),
        channels=page.words("channels", Channel),
        basis=page.word("basis", Basis),
        gives=page.word("gives", Gives),
        asks=page.word("asks", Asks),
        relation_millicents=page.millicents("relation_cents"),
        cost_millicents=page.millicents("cost_cents", 0),
        use_basis=use_basis,
        use_permille=use_permille,
        factor_permille=page.whole("factor_permille", 0, 10_000, 0),
        when=_when(page),
        about=_about(page),
        because=because,
        because_days=because_days,
        whom=_whom(page),
        repeat_days=page.whole("repeat_days", 0, 3_650, 28),
        after=_after(page),
        budget=_budget(page),
        mode=page.word("mode", Mode, Mode.ITSELF),
        priority=page.whole("priority", 0, 9, 5),
        letter=_letter(page),
    )
    page.close()
    return action


def _key(page: Page) -> str:
    key = page.text("key", example='key = "replenish-coffee"')
    if key and "key" not in page.broken and (not _KEY.fullmatch(key) or len(key) > LONGEST_KEY):
        page.wrong("key", f"The key “{key}” must be small letters and digits joined by single hyphens, as replenish-coffee, {LONGEST_KEY} at most.")
    return key


def _letter(page: Page) -> str:
    name = page.text("letter", "")
    if name and "letter" not in page.broken and not is_name(name):
        page.wrong("letter", f'The letter “{name}” must be small letters and digits joined by single hyphens: letter = "thanks" is letters/thanks.en.md.')
    return name


def _texts(page: Page, key: str) -> dict[str, str]:
    """A text in each language: English always, French as a rule; the placeholders in it must be known."""
    example = f'{key} = {{ en = "…", fr = "…" }}'
    inner = page.page(key, example)
    if inner is None:
        if key not in page.broken:
            page.missing(key, example)
        return {}
    texts = {language: inner.text(language, example=f'{language} = "…"') for language in LANGUAGES if language == "en" or inner.has(language)}
    inner.close()
    for language, text in texts.items():
        if stray := set(_SLOT.sub("", text)) & {"{", "}"}:
            inner.wrong(language, f"“{key}” in {language} has a “{min(stray)}” without its other half.")
        for name in _SLOT.findall(text):
            if name not in PLACEHOLDERS:
                inner.wrong(language, f"“{key}” in {language} holds {{{name}}}, which nothing fills; known are {{thing}}, {{because}} and {{name}}.")
    page.broken |= {key} if inner.broken else set()
    return texts


def slots_in(action: Action) -> set[str]:
    """The placeholders that an action's texts use."""
    return {name for text in (*action.title.values(), *action.say.values()) for name in _SLOT.findall(text)}


def _use(page: Page) -> tuple[UseBasis, int]:
    """`use = "chance"`, `use = "love"` or a number in permille."""
    value = page.raw("use")
    if value is None:
        page.missing("use", 'use = "chance", use = "love" or a number such as use = 300 (permille)')
    elif isinstance(value, str) and value in ("chance", "love"):
        return UseBasis[value.upper()], 0
    elif not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1000:
        page.wrong("use", 'use must be "chance", "love" or a whole number from 0 to 1000 (permille).')
    else:
        return UseBasis.FIXED, value
    return UseBasis.FIXED, 0


def _when(page: Page) -> When:
    inner = page.page("when", "when = { hour = 10 }")
    if inner is None:
        return When()
    when = When(
        hour=inner.whole("hour", 0, 23, 10),
        weekdays=inner.wholes("weekdays", 1, 7, EVERY_DAY),
        from_day=inner.day("from", ALWAYS_FROM),
        until_day=inner.day("until", ALWAYS_UNTIL),
    )
    inner.close()
    page.broken |= {"when"} if inner.broken else set()
    return when


def _about(page: Page) -> Things:
    inner = page.page("about", 'about = { categories = ["COFFEE"] }')
    if inner is None:
        return Things()
    things = _things(inner)
    inner.close()
    page.broken |= {"about"} if inner.broken else set()
    return things


def _because(page: Page) -> tuple[Things, int]:
    """The things that she has just bought, and how many days ago at most."""
    inner = page.page("because", 'because = { categories = ["PASTA"], within_days = 4 }')
    if inner is None:
        return Things(), 0
    things, days = _things(inner), inner.whole("within_days", 1, 60, example="within_days = 4")
    inner.close()
    page.broken |= {"because"} if inner.broken else set()
    return things, days


def _things(inner: Page) -> Things:
    return Things(
        products=inner.keys("products"),
        types=inner.keys("types"),
        categories=inner.keys("categories"),
        departments=inner.keys("departments"),
        any=inner.yes("any"),
    )


def _whom(page: Page) -> str:
    text = page.text("whom", "true")
    if "whom" not in page.broken:
        try:
            parse_whom(text)
        except Refused as refused:
            page.wrong("whom", f"“whom” is refused. {refused}")
    return " ".join(text.split())


def _after(page: Page) -> After | None:
    inner = page.page("after", 'after = { action = "welcome", days = 7 }')
    if inner is None:
        return None
    after = After(inner.text("action", example='action = "welcome"'), inner.whole("days", 0, 366, example="days = 7"))
    inner.close()
    page.broken |= {"after"} if inner.broken else set()
    return after


def _budget(page: Page) -> Budget | None:
    inner = page.page("budget", "budget = { most = 40, days = 7 }")
    if inner is None:
        return None
    budget = Budget(inner.whole("most", 1, 1_000_000, example="most = 40"), inner.whole("days", 1, 366, example="days = 7"))
    inner.close()
    page.broken |= {"budget"} if inner.broken else set()
    return budget
