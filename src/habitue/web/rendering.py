"""From a page's values to HTML: one Jinja environment a language, autoescaped, strict about missing names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from habitue.store.settings import Settings
from habitue.web.tongue import LANGUAGES, Tongue, tongue
from habitue.web.visit import THEMES, Visit
from habitue.words.clock import date_of, day_number, local_day_and_hour
from habitue.words.typesetting import still, typeset

STYLES = ("tokens.css", "house.css", "parts.css", "audit.css", "narrow.css")
HER_STYLES = ("tokens.css", "house.css", "her.css", "door.css")
"""What a page for a customer is drawn with: the same paper and ink, no console."""


@dataclass(frozen=True)
class Page:
    """What a handler answers: a template, its values, the status, and what else the answer is headed by."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def render(page: Page, visit: Visit, settings: Settings, has_before: bool = False, has_after: bool = False) -> HTMLResponse:
    """The page in the visitor's language; `has_before` and `has_after` say whether the days beside it can be looked at."""
    template = _environment(visit.language).get_template(page.template)
    html = template.render(page.values, visit=visit, settings=settings, has_before=has_before, has_after=has_after)
    return HTMLResponse(html, page.status, headers={**page.headers, "Content-Language": visit.language, "Vary": "Accept-Language, Cookie"})


@cache
def _environment(language: str) -> Environment:
    """Templates that speak one language."""
    voice = tongue(language)
    made = Environment(
        loader=PackageLoader("habitue.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=still,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(voice.catalogue, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(_filters(voice))
    made.globals.update(languages=LANGUAGES, themes=THEMES, styles=STYLES, her_styles=HER_STYLES, static=static_path)
    return made


def _filters(voice: Tongue) -> dict[str, object]:
    return {
        "number": voice.number,
        "money": voice.money,
        "percent": voice.percent,
        "date": voice.date,
        "full_date": voice.full_date,
        "weekday": voice.weekday,
        "hour": voice.hour,
        "month": voice.month,
        "short_month": voice.short_month,
        "day_number": day_number,
        "iso_day": lambda day: date_of(day).isoformat(),
        "on_day": lambda instant, zone: local_day_and_hour(instant, zone)[0],
        "turned": voice.say,
        "typeset": lambda text, language=voice.language: typeset(text, language),
    }


@cache
def static_path(name: str) -> str:
    """The address of one of our files, with its content's hash, so that a browser may keep it for good."""
    body = (resources.files("habitue.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={blake2b(body, digest_size=6).hexdigest()}"
