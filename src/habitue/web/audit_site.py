"""The addresses of the audit: its pages, what is pressed on them, the report under its own locks, and the files that were made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from habitue.app.audits.bringing import Bringing
from habitue.app.audits.job import DOWNLOADS, Answers
from habitue.app.audits.jobs import AuditJobs
from habitue.audit.shelf import REPORT
from habitue.web import audit_pages
from habitue.web.audit_sentences import told
from habitue.web.desk import Desk
from habitue.web.gate import Press
from habitue.web.problems import problem, status_of
from habitue.web.rendering import Page, render
from habitue.web.uploads import coming_bytes, pass_over, take_form
from habitue.web.visit import Visit, plain_visit, visit_of
from habitue.words.errors import BadInput, HabitueError, Unknown

Answer = Callable[[Request], Response]
# The report is a stranger's figures on our own origin: nothing runs, loads or is sent, and it is of no origin at all (sandbox).
REPORT_LOCKS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    ),
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "unsafe-none",  # a sandboxed page may not ask for more (HTML, 7.4.5): the browser would show none
}
MEDIA = {".csv": "text/csv; charset=utf-8", ".parquet": "application/vnd.apache.parquet", ".json": "application/json", ".toml": "application/toml"}


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


NOTHING_CAME = _("No file came. Choose what was sent and what was bought, then bring them.")
NO_FILE = _("No audit makes a file of that name.")
NOT_LIKE_THAT = _("One of the answers cannot be read; choose from what the page offers.")


def audit_routes(audits: AuditJobs, desk: Desk, page: Callable[[Callable[..., Page], Desk], Answer]) -> list[BaseRoute]:
    """The routes; `page` makes an answer of a handler as for every other page."""
    shown: dict[str, Callable[..., Page]] = {"/audit": audit_pages.front, "/audit/{job}": audit_pages.one}
    pressed = {"/audit": _bring, "/audit/{job}/again": _again, "/audit/{job}/start": _start, "/audit/{job}/away": _away}
    routes: list[BaseRoute] = [Route(path, page(partial(_in_words, handler, audits), desk)) for path, handler in shown.items()]
    routes += [Press(path, _press(handler, audits, desk)) for path, handler in pressed.items()]
    return [*routes, Route("/audit/{job}/report", _file(audits, desk, REPORT)), Route("/audit/{job}/files/{name}", _file(audits, desk))]


def _in_words(handler: Callable[..., Page], audits: AuditJobs, visit: Visit, desk: Desk, **parts: str) -> Page:
    """The page, or the sentence of why there is none in the reader's own words."""
    try:
        return handler(audits, visit, desk, **parts)
    except HabitueError as wrong:
        raise type(wrong)(told(str(wrong), visit.tongue).text) from wrong


def _problem(request: Request, desk: Desk, wrong: Exception) -> Response:
    """The same for what is no page."""
    voice = plain_visit(request, desk.settings, desk.today()).tongue
    said = type(wrong)(told(str(wrong), voice).text) if isinstance(wrong, HabitueError) else wrong
    return problem(request, desk.settings, desk.today(), said)


def _press(handler: Callable[..., Awaitable[Response]], audits: AuditJobs, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return await handler(request, visit_of(request, desk.settings, desk.today()), audits, desk)
        except Exception as wrong:  # noqa: BLE001 - as for every page
            return _problem(request, desk, wrong)

    return answer


async def _bring(request: Request, visit: Visit, audits: AuditJobs, desk: Desk) -> Response:
    """Files for a new audit. What is wrong is said above the same form, unless something could be kept: then on the audit's own page."""
    try:
        bringing = await _begun(request, audits, audits.begin)
        job_id = await _take(request, visit, audits, bringing)
    except HabitueError as wrong:
        page = audit_pages.front_with(audits, visit, str(wrong), status_of(wrong))
        return render(page, visit, desk.settings)
    return _to(visit, f"/audit/{job_id}")


async def _again(request: Request, visit: Visit, audits: AuditJobs, _desk: Desk) -> Response:
    """Other files or answers for an audit that is there."""
    bringing = await _begun(request, audits, partial(audits.go_on, request.path_params["job"]))
    return _to(visit, f"/audit/{await _take(request, visit, audits, bringing)}")


async def _start(request: Request, visit: Visit, audits: AuditJobs, _desk: Desk) -> Response:
    job = await run_in_threadpool(audits.start, request.path_params["job"], visit.language)
    return _to(visit, f"/audit/{job.id}")


async def _away(request: Request, visit: Visit, audits: AuditJobs, _desk: Desk) -> Response:
    await run_in_threadpool(audits.take_away, request.path_params["job"])
    return _to(visit, "/audit", away=1)


async def _begun(request: Request, audits: AuditJobs, begin: Callable[[int], Bringing]) -> Bringing:
    """Somewhere to put what comes. Where there is no room for it, it is passed over, then said."""
    try:
        return await run_in_threadpool(begin, coming_bytes(request))
    except HabitueError:
        await pass_over(request, audits.folder.allowance.total_bytes)
        raise


async def _take(request: Request, visit: Visit, audits: AuditJobs, bringing: Bringing) -> str:
    """Takes the form; gives the id of the audit. Whatever goes wrong, nothing half arrived stays."""
    try:
        fields = await take_form(request, bringing, audits.folder.allowance.total_bytes)
        if bringing.is_new and not bringing.fresh:
            raise BadInput(audit_pages.why_nothing(audits, visit, bringing.turned_away) or NOTHING_CAME)
        job = await run_in_threadpool(audits.brought, bringing, visit.language, _kinds(fields), _answers(fields))
    except BaseException:
        bringing.leave()
        raise
    return job.id


def _kinds(fields: Mapping[str, str]) -> dict[int, str]:
    """What each file that was there is said to be now, by its number; empty where it is to be left out."""
    told_of = {name.removeprefix("kind."): kind for name, kind in fields.items() if name.startswith("kind.")}
    return {int(number): kind for number, kind in told_of.items() if number.isascii() and number.isdigit() and len(number) < 9}


def _answers(fields: Mapping[str, str]) -> Answers:
    """What was answered. Raises: BadInput for what no page offers."""
    said = {name: fields[name] for name in ("dates", "decimals", "zone") if fields.get(name)}
    columns = {name.removeprefix("column."): column for name, column in fields.items() if name.startswith("column.") and column}
    try:
        return msgspec.convert({**said, "columns": columns}, Answers)
    except msgspec.ValidationError as wrong:
        raise BadInput(NOT_LIKE_THAT) from wrong


def _to(visit: Visit, path: str, **query: str | int) -> Response:
    return RedirectResponse(visit.to(path, **query), 303)


def _file(audits: AuditJobs, desk: Desk, name: str = "") -> Answer:
    """The report to be looked at, or a file to be taken along."""

    def answer(request: Request) -> Response:
        try:
            wanted = name or request.path_params["name"]
            if not name and wanted not in DOWNLOADS:
                raise Unknown(NO_FILE)
            path = audits.folder.made(audits.folder.job(request.path_params["job"]), wanted)
        except HabitueError as wrong:
            return _problem(request, desk, wrong)
        if name:
            return FileResponse(path, media_type="text/html; charset=utf-8", headers=REPORT_LOCKS)
        return FileResponse(path, media_type=MEDIA[path.suffix], filename=path.name)

    return answer
