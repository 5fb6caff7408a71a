"""The pages of the audit: what is to be brought, what was understood, how far the work is, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import available_timezones

from habitue.app.audits.child import Step
from habitue.app.audits.job import BUSY, DOWNLOADS, KINDS, MAPPING_KIND, Job, TurnedAway
from habitue.app.audits.jobs import AuditJobs
from habitue.app.audits.understanding import is_zone_in_question, table_of
from habitue.audit.report_sentences import five_sentences
from habitue.audit.report_voice import voice_of
from habitue.web.audit_sentences import Told, told
from habitue.web.desk import Desk
from habitue.web.rendering import Page
from habitue.web.visit import Visit
from habitue.words.clock import local_day_and_hour

RENEWED_SECONDS = 2
UNUSED_SHOWN = 12
CONTINENTS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
OTHER_KINDS = tuple(kind for kind in KINDS if kind not in ("sends", "orders"))


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


PLACES = {
    "sends": (_("What was sent"), _("The export of your tool for e-mails, texts or letters: one row for each person and message.")),
    "orders": (_("What was bought"), _("The export of the shop or the till: one row for each line of an order.")),
    "catalogue": (_("Products"), _("What each product is: its type, its category, the lists it is part of.")),
    "preferences": (_("Tastes"), _("What people said they like or cannot stand.")),
    "messages": (_("Conversations"), _("What people wrote to you, and when it was answered.")),
    "consents": (_("Consents"), _("Who allowed what, and who took it back.")),
    "stock": (_("Stock"), _("What was counted in stock, and when.")),
    MAPPING_KIND: (_("Columns explained"), _("The mapping.toml of an earlier audit, or one that you wrote.")),
}
TURNED_AWAY = {
    "suffix": _("%(file)s was not taken: bring .csv, .tsv, .txt, .xlsx, .parquet, .jsonl or .ndjson (and .toml to explain columns)."),
    "size": _("%(file)s was not taken: it is larger than %(most)s."),
    "room": _("%(file)s was not taken: together the files are larger than %(most)s."),
    "kind": _("%(file)s was not taken: there is another file for the same place."),
}
STAGES = {
    "lacking": _("a file is missing"),
    "looking": _("being looked at"),
    "understood": _("waits for your yes"),
    "judging": _("at work"),
    "done": _("done"),
    "stopped": _("waits for your answer"),
}
MADE = {
    "findings.csv": _("Every send with what was wrong in it, for a spreadsheet"),
    "findings.parquet": _("The same, for programs"),
    "audit.json": _("Every figure of the report"),
    "set-aside.csv": _("The rows that could not be read, with line and reason"),
    "mapping.toml": _("What each column was taken for; bring it along the next time"),
}
JUDGING, SCORING = _("Judging each send by what was known then"), _("Learning what foretells an answer, and writing the report")
READING = _("Reading %(file)s")


@dataclass(frozen=True)
class StepLine:
    """One step of the work. Units: `done` of 1000; 1000 is over, -1 not begun."""

    title: str
    done: int


def front(audits: AuditJobs, visit: Visit, _desk: Desk | None = None) -> Page:
    """What is to be brought, and the audits that are there."""
    values = {**_places(visit, audits), "jobs": audits.folder.listed(), "stages": STAGES, "is_away": visit.asked("away") == "1"}
    return Page("audit.html", {**values, "problem": Told("")})


def front_with(audits: AuditJobs, visit: Visit, problem: str, status: int) -> Page:
    """The same with what is wrong, after a form that brought nothing that could be kept."""
    page = front(audits, visit)
    return Page(page.template, {**page.values, "problem": told(problem, visit.tongue)}, status)


def one(audits: AuditJobs, visit: Visit, _desk: Desk, job: str) -> Page:
    """One audit, whatever stage it is at."""
    found = audits.folder.job(job)
    values = {"job": found, "kept_until": local_day_and_hour(audits.folder.kept_until(found), found.zone)[0], **_places(visit, audits)}
    values["turned_away"] = [_turned_away(audits, visit, file.shown, file.why) for file in found.turned_away]
    if found.stage in BUSY:
        is_still = visit.asked("still") == "1"
        headers = {} if is_still else {"Refresh": str(RENEWED_SECONDS)}
        return Page("audit_work.html", {**values, "is_still": is_still, **_work(audits, visit, found)}, headers=headers)
    if found.stage == "done":
        return Page("audit_done.html", {**values, **_done(audits, visit, found), "problem": told(found.problem, visit.tongue)})
    if found.stage == "understood":
        files = audits.folder.understood(found)
        tables = [table_of(file, visit.language) for file in files]
        asks: dict[str, object] = {"zone": is_zone_in_question(files)}
        return Page("audit_understood.html", {**values, **_asking(asks), "tables": tables, "unused_shown": UNUSED_SHOWN})
    problem = told(found.problem, visit.tongue)
    return Page("audit_stopped.html", {**values, **_asking(_asked_by(problem, visit)), "problem": problem})


def _asked_by(problem: Told, visit: Visit) -> dict[str, object]:
    """What is to be asked so that it goes on."""
    asks: dict[str, object] = {"dates": problem.code.startswith("dates"), "decimals": problem.code == "decimals", "zone": problem.code == "zone"}
    if problem.code == "column":
        question = visit.tongue.say(_("Which column of %(file)s tells %(what)s?"), **problem.said)
        asks |= {"column": f"{problem.values['kind']}.{problem.values['field']}", "columns": problem.columns, "question": question}
    return asks


def _asking(asks: dict[str, object]) -> dict[str, object]:
    """What the form asks beside files, and the zones to choose from where it asks for one."""
    zones = sorted(name for name in available_timezones() if name.startswith(CONTINENTS)) if asks.get("zone") else []
    return {"asks": {"dates": False, "decimals": False, "zone": False, "column": "", **asks}, "zones": zones}


def _places(visit: Visit, audits: AuditJobs) -> dict[str, object]:
    say, allowance = visit.tongue.say, audits.folder.allowance
    places = {kind: (say(title), say(hint)) for kind, (title, hint) in PLACES.items()}
    most = {"file": size(visit, allowance.file_bytes), "total": size(visit, allowance.total_bytes)}
    others = (*OTHER_KINDS, MAPPING_KIND)
    return {"places": places, "others": others, "most": most, "kept_days": allowance.kept_days, "zone": audits.zone, "size": lambda b: size(visit, b)}


def _turned_away(audits: AuditJobs, visit: Visit, shown: str, why: str) -> str:
    allowance = audits.folder.allowance
    most = {"size": allowance.file_bytes, "room": allowance.total_bytes}.get(why, 0)
    return visit.tongue.say(TURNED_AWAY[why], file=shown, most=size(visit, most))


def why_nothing(audits: AuditJobs, visit: Visit, turned_away: Iterable[TurnedAway]) -> str:
    """Why each of the files that came could not be taken, as one text; empty where none came."""
    return " ".join(_turned_away(audits, visit, file.shown, file.why) for file in turned_away)


def _work(audits: AuditJobs, visit: Visit, job: Job) -> dict[str, object]:
    step = audits.step(job)
    lines = _steps(visit, job, step) if job.stage == "judging" and step else []
    done = sum(max(0, line.done) for line in lines)
    total = 1000 * len(lines)
    return {"is_waiting": step is None, "steps": lines, "done": done, "of": total, "percent": visit.tongue.percent(int(100 * done / total)) if total else ""}


def _steps(visit: Visit, job: Job, step: Step) -> list[StepLine]:
    """Every step of the judging, with how far each is."""
    names = [f"reading {file.name}" for file in job.files if file.kind != MAPPING_KIND] + ["judging", "scoring"]
    shown = [visit.tongue.say(READING, file=file.shown) for file in job.files if file.kind != MAPPING_KIND]
    shown += [visit.tongue.say(JUDGING), visit.tongue.say(SCORING)]
    at = names.index(step.what) if step.what in names else -1
    now = round(1000 * step.done / step.of) if step.of else 0
    return [StepLine(title, 1000 if place < at else now if place == at else -1) for place, title in enumerate(shown)]


def _done(audits: AuditJobs, visit: Visit, job: Job) -> dict[str, object]:
    figures = audits.folder.figures(job)
    sentences = [(label, sentence.striptags()) for label, sentence in five_sentences(figures, voice_of(visit.language))]
    files = [(name, visit.tongue.say(MADE[name]), audits.folder.made(job, name).stat().st_size) for name in DOWNLOADS]
    return {"sentences": sentences, "made": files, "set_aside": sum(file.set_aside for file in figures.files)}


def size(visit: Visit, count: float) -> str:
    """“2 GB”, “11.1 MB”, “661 bytes”; in French Go, Mo, octets."""
    for unit, step in ((_("%(count)s GB"), 1 << 30), (_("%(count)s MB"), 1 << 20), (_("%(count)s KB"), 1 << 10)):
        if count >= step:
            return visit.tongue.say(unit, count=visit.tongue.number(round(count / step, 1)))
    return visit.tongue.say(_("%(count)s bytes"), count=visit.tongue.number(count))
