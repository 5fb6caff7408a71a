"""The report of an audit: one HTML file that needs nothing but itself, from the figures and a language."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from habitue.audit import pictures, pictures_score, report_parts, report_tables
from habitue.audit.figures import Figures, FileRead, ScoreFigure, Strip
from habitue.audit.report_sentences import five_sentences
from habitue.audit.report_voice import Voice, of_stranger, shortened, spoken, voice_of

STYLES = ("ledger.css", "ledger_parts.css", "ledger_narrow.css")
KINDS = ("sends", "orders", "preferences", "messages", "consents", "stock", "catalogue")
POINTS = ("own", "near", "answers", "awake", "lately", "like", "no_thing")
QUARTER = 25
SECTIONS = ("understood", "wrongs", "campaigns", "months", "hurt", "pressure", "silence", "unjudged", "score", "rules", "rows")


def report_html(figures: Figures, language: str) -> str:
    """The whole report as one HTML text.

    Raises: BadInput where the report does not speak that language.
    """
    voice = voice_of(language)
    return _environment().get_template("report.html").render(f=figures, voice=voice, say=voice.say, count=voice.count, **_values(figures, voice))


def _values(figures: Figures, voice: Voice) -> dict[str, object]:
    """What the templates show beside the figures themselves."""
    return {
        "title": figures.title.strip() or voice.say("untitled"),
        "sections": SECTIONS if figures.sends else ("understood", "rules"),
        "sentences": five_sentences(figures, voice),
        "file": Markup("<code>{}</code>").format(report_parts.ALL_ROWS),
        "aside_file": Markup("<code>{}</code>").format(report_parts.ALL_ASIDE),
        "pictures": _pictures(figures, voice),
        "point_of": lambda name: _point(name, voice),
        "kind_of": lambda read: _kind(read, voice),
        "score": _score(figures.score, voice) if figures.score else {},
        "column": lambda name: Markup("<code>{}</code>").format(name),
    }


def _point(name: str, voice: Voice) -> Markup:
    return voice.say(f"point_{name}") if name in POINTS else of_stranger(name)


def _kind(read: FileRead, voice: Voice) -> Markup:
    return voice.say(f"kind_{read.kind}") if read.kind in KINDS else of_stranger(read.kind)


def _pictures(figures: Figures, voice: Voice) -> dict[str, Markup]:
    """The pictures by name; one that would be empty is missing."""
    drawn = {}
    if figures.months:
        drawn["months"] = pictures.by_month(figures.months, _months_alt(figures, voice), voice)
    if figures.weeks:
        busiest, limit = max(figures.weeks, key=lambda week: week.messages), figures.limits.get("month_cap", 0)
        span = {"first": voice.date(figures.weeks[0].week), "last": voice.date(figures.weeks[-1].week)}
        says = voice.say("weeks_alt", **span, most=voice.number(busiest.messages), busiest=voice.date(busiest.week))
        drawn["weeks"] = pictures.by_week(figures.weeks, says, voice)
        most = voice.decimal(max(week.words_28 for week in figures.weeks), 1)
        drawn["heard"] = pictures.heard_by_week(figures.weeks, limit, voice.say("heard_alt", most=most, limit=voice.number(limit)), voice)
    if figures.strip:
        drawn["year"] = pictures.year(figures.strip, _year_alt(figures.strip, voice), voice)
    return drawn


def _months_alt(figures: Figures, voice: Voice) -> Markup:
    busiest = max(figures.months, key=lambda month: month.sends)
    worst = max(figures.months, key=lambda month: report_tables.is_share_known(month) * month.at_fault / max(1, month.judged))
    span = {"first": voice.month(figures.months[0].name), "last": voice.month(figures.months[-1].name)}
    most, part = voice.number(busiest.sends), voice.part(worst.at_fault, worst.judged)
    return voice.say("months_alt", **span, most=most, busiest=voice.month(busiest.name), part=part, worst=voice.month(worst.name))


def _year_alt(strip: Strip, voice: Voice) -> Markup:
    baskets, messages = sum(day.baskets for day in strip.days), sum(day.messages for day in strip.days)
    slots = {"baskets": voice.count("baskets", baskets), "messages": voice.count("messages", messages)}
    return voice.say("year_alt", **slots, wrong=voice.number(sum(day.at_fault for day in strip.days)))


def _score(score: ScoreFigure, voice: Voice) -> dict[str, object]:
    """The sentences, pictures and tables of the score."""
    shown: dict[str, object] = {"sentences": list(_score_sentences(score, voice))}
    if score.bands:
        drawn = pictures_score.kept_word(score.bands, voice.say("bands_alt", n=len(score.bands)), voice)
        shown["bands"] = (drawn, report_tables.bands_table(score, voice))
    if score.curve:
        points = Markup(", ").join(
            voice.say("curve_point", percent=voice.whole_percent(point.percent), kept=voice.percent(point.kept.value)) for point in score.curve
        )
        drawn = pictures_score.silence_curve(score.curve, voice.say("curve_alt", points=points), voice)
        shown["curve"] = (drawn, report_tables.curve_table(score.curve, voice))
    return shown


def _score_sentences(score: ScoreFigure, voice: Voice) -> list[Markup]:
    """What the score is, from what it was learnt, and how well it foretold."""
    tested = {"tested": voice.count("sends", score.tested_on), "answers": voice.count("answers", score.answers)}
    said = [voice.say("score_is")]
    learned = {"learned": voice.count("answers", score.learned_from), "day": voice.date(score.learned_until_day)}
    if score.is_learned:
        said.append(voice.say("score_learned", **learned, **tested))
    else:
        said.append(voice.say("score_usual", **learned))
        said += [voice.say("score_tried", **tested)] if score.tested_on else []
    if not (score.tested_on and score.answers):
        return [*said, voice.say("score_untried")]
    auc = score.auc
    hits = {name: voice.number(round(value * 100)) for name, value in (("hits", auc.value), ("low", auc.low), ("high", auc.high))}
    exact = {name: voice.decimal(value, 3) for name, value in (("auc", auc.value), ("auc_low", auc.low), ("auc_high", auc.high))}
    said.append(voice.say("score_auc", **hits, **exact))
    quarter = next((point.kept for point in score.curve if point.percent == QUARTER), None)
    return [*said, voice.say("score_quarter", kept=voice.percent(quarter.value), between=voice.between(quarter))] if quarter else said


@cache
def _environment() -> Environment:
    """Templates with everything escaped, and the styles as they lie beside them."""
    loader = PackageLoader("habitue.audit")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    styles = "\n".join(loader.get_source(made, style)[0] for style in STYLES)
    made.globals.update(parts=report_parts, tables=report_tables, styles=Markup(styles), bare=shortened)
    made.filters.update(stranger=of_stranger, spoken=spoken)
    return made
