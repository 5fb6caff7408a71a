"""From a file of any layout to a mapping: what kind of file it is, which column tells what, and how its dates and numbers are written.

1. The first thousand rows are looked at. 2. A known layout says what its columns tell; otherwise names and cells are guessed from. 3. A mapping file
wins over both. 4. All dates are looked at where their order is not plain. What stays open stops with a sentence; what is doubtful is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from habitue.app.audits.kinds import AUDIT_KINDS
from habitue.app.audits.mapping import AuditMapping
from habitue.app.imports.mapping import Mapping
from habitue.app.understanding.forms import Asked, Seen, forms_of
from habitue.app.understanding.guess import SURE, Guess, Sample, candidates_in, guess, look_at, mapping_from
from habitue.app.understanding.layouts import known, layouts, mapping_of, present
from habitue.app.understanding.layouts_file import listed
from habitue.app.understanding.layouts_rows import PART, parts
from habitue.app.understanding.mapping_texts import over
from habitue.app.understanding.names import TELLING
from habitue.app.understanding.recognised import Candidate, Found, Recognised, Sureness, masked
from habitue.app.understanding.remarks import Remark
from habitue.app.understanding.values import samples
from habitue.store import Settings
from habitue.words.errors import BadInput

CLEARLY = 2
PLACES = {"sends": "first file", "orders": "second file"}
PERSONAL = frozenset(("given_name", "family_name", "phone", "street", "postcode", "birthday", "card"))
"""What is shown by its first sign alone."""
QUESTIONS = {
    "customer": "who the customer is (a number or an e-mail address)",
    "at": "when it was",
    "sold_at": "when it was sold",
    "order": "which order it was",
    "product": "which product is meant",
    "item": "which thing is meant",
    "feeling": "whether she likes or dislikes it",
    "units": "how many there were",
}


def recognise(path: Path, kind: str, settings: Settings, said: dict[str, Any] | None = None, asked: Asked | None = None) -> Recognised:
    """What is understood of that file; an empty `kind` is guessed too.

    `said` is what a mapping file says of this kind (`read_audit_mapping`), `asked` what the command line does.
    Raises: BadInput where it is another kind of file, lacks what is needed, or writes dates or numbers that may be two.
    """
    said, asked = said or {}, asked or Asked()
    sample = look_at(path, said.get("sheet", ""))
    name = _layout(kind, said, sample)
    kind = kind or (layouts()[name].kind if name else best_kind(sample))
    own = guess(kind, sample)
    mapping, candidates = _customer(over(_guessed(name, own, said, sample), said, "The mapping"), said, sample)
    return understood_as(path, sample, mapping, candidates, said, own, asked, settings)


def understood_as(
    path: Path, sample: Sample, mapping: Mapping, candidates: tuple[Candidate, ...], said: dict[str, Any], own: Guess, asked: Asked, settings: Settings
) -> Recognised:
    """The file through that mapping, with its forms found out; `own` is what its names alone would have said.

    Raises: BadInput where it lacks what is needed, or writes dates or numbers that may be two.
    """
    _check_needed(sample, mapping)
    seen = forms_of(path, mapping, asked, sample, settings.zone, settings.currency)
    found = tuple(_found(seen, said, own))
    unsure = [Remark("guessed", {"field": one.field, "column": one.column}) for one in found if one.sureness == "guess"]
    return Recognised(
        path=path,
        kind=mapping.kind,
        layout=seen.mapping.layout,
        mapping=seen.mapping,
        found=found,
        candidates=candidates,
        unused=tuple(_unused(seen.mapping, sample)),
        rows_looked_at=sample.rows,
        has_hours=seen.has_hours,
        notes=tuple(seen.notes),
        doubts=(*unsure, *seen.doubts, *_doubts(seen.mapping, sample)),
    )


def _layout(kind: str, said: dict[str, Any], sample: Sample) -> str:
    """The name of the layout that the mapping says, or that is known."""
    name = str(said.get("layout", known(kind, sample.columns, sample.name)))
    if name and name not in layouts():
        raise BadInput(f"The mapping names the layout “{name}”; known are {', '.join(layouts())}.")
    return name


def _guessed(name: str, own: Guess, said: dict[str, Any], sample: Sample) -> AuditMapping:
    """What the layout says of the columns, or else what their names do. Raises: BadInput where it is another kind of file."""
    layout = layouts()[name] if name else None
    if layout and layout.refused and not said.get("columns"):
        raise BadInput(f"{sample.name} {layout.refused}")
    if layout and layout.kind == own.kind:
        return _from_layout(name, sample)
    if not said.get("columns"):
        if layout:
            raise BadInput(other_kind(sample.name, own.kind, layout.kind, layout.title))
        _check_kind(own, sample)
    return mapping_from(own, AuditMapping)


def best_kind(sample: Sample) -> str:
    """The kind of file that these columns speak for most. Raises: BadInput where they speak for none."""
    best = max(_rivals(sample), key=lambda one: (not one.missing, one.telling))
    if best.missing:
        raise BadInput(f"{sample.name} is none of {', '.join(AUDIT_KINDS)}, as far as its columns say: {listed(sample.columns)}.")
    return best.kind


def _from_layout(name: str, sample: Sample) -> AuditMapping:
    """What the layout says; what it needs and does not have may stand in a column that somebody added."""
    mapping = mapping_of(name, sample.columns)
    needed = {field.name for field in mapping.fields if field.is_needed} - {*mapping.columns, *mapping.fixed}
    if not needed:
        return mapping
    more = guess(mapping.kind, sample, taken=mapping.columns.values()).columns
    return msgspec.structs.replace(mapping, columns={**mapping.columns, **{name: more[name] for name in needed & set(more)}})


def _customer(mapping: AuditMapping, said: dict[str, Any], sample: Sample) -> tuple[AuditMapping, tuple[Candidate, ...]]:
    """The mapping with what its customer column holds, and the columns that may take its place."""
    column = mapping.columns.get("customer", "")
    if not column:
        return mapping, ()
    if "customer" in said.get("columns", {}) or "customers_by" in said:
        alike = candidates_in(sample, parts(column, sample.columns)[1])
        identifier = said.get("customers_by") or (alike[0].identifier if alike else "customer")
        candidates: tuple[Candidate, ...] = (Candidate(column, identifier, 1.0),)
    else:
        choice = layouts()[mapping.layout].columns["customer"] if mapping.layout else ()
        candidates = candidates_in(sample, dict.fromkeys(there for one in choice if (there := present([one], sample.columns))))
    first = candidates[0] if candidates else Candidate(column, "customer", 0.0)
    columns = {**mapping.columns, "customer": first.column}
    return msgspec.structs.replace(mapping, columns=columns, customers_by=first.identifier), candidates or (first,)


def _check_kind(own: Guess, sample: Sample) -> None:
    others = [one for one in _rivals(sample) if one.kind != own.kind and not one.missing]
    best = max(others, key=lambda one: one.telling, default=None)
    if best and best.telling >= CLEARLY and _is_rather(best, own):
        columns = [best.columns[field.name] for field in AUDIT_KINDS[best.kind] if field.name in TELLING[best.kind] and field.name in best.scores]
        raise BadInput(other_kind(sample.name, own.kind, best.kind, f"it has the columns {listed(columns[:4])}"))


def _rivals(sample: Sample) -> list[Guess]:
    """The kinds of file that it may be: what names people is no catalogue and no stock."""
    guesses = [guess(kind, sample) for kind in AUDIT_KINDS]
    return [one for one in guesses if one.candidates] or guesses


def _is_rather(other: Guess, own: Guess) -> bool:
    """Whether the file is rather of the other kind; orders are hardly orders without a number."""
    if own.missing or not own.telling:
        return True
    if own.kind == "orders" and "order" not in own.scores:
        return other.telling > own.telling
    return other.telling >= own.telling + CLEARLY and (other.kind != "orders" or "order" in other.scores)


def other_kind(file_name: str, kind: str, looks_like: str, why: str) -> str:
    """The sentence for a file that stands in the wrong place."""
    place = PLACES.get(kind, f"file of --{kind}")
    right = "Give the sends first and the orders second." if looks_like in PLACES else f"Give it as --{looks_like}."
    return f"The {place}, {file_name}, looks like {looks_like}, not like {kind}: {why}. {right}"


def _check_needed(sample: Sample, mapping: Mapping) -> None:
    for field in sorted(mapping.fields, key=lambda field: field.name == "order"):
        if field.is_needed and field.name not in mapping.columns and field.name not in mapping.fixed:
            twice = f" Two of them are named “{sample.twice[0]}”; rename one." if sample.twice else ""
            at_once = ' If all were sent at once, write [sends.fixed] at = "2024-03-05 10:00".' if (mapping.kind, field.name) == ("sends", "at") else ""
            raise BadInput(
                f"No column of {sample.name} tells {QUESTIONS.get(field.name, f'“{field.name}”')}. It has the columns {listed(sample.columns)}.{twice} "
                f'Name the right one in a mapping file (--mapping): [{mapping.kind}.columns] {field.name} = "…".{at_once}'
            )
    for told in mapping.columns.values():
        gone = [name for name in parts(told, sample.columns)[1] if name not in sample.columns and not name.startswith(PART)]
        if gone:
            raise BadInput(f"The mapping names the column “{gone[0]}”, which {sample.name} does not have. It has the columns {listed(sample.columns)}.")


def _found(seen: Seen, said: dict[str, Any], guessed: Guess) -> Iterator[Found]:
    her_columns = {one.column for one in guessed.candidates}
    for name, column in seen.mapping.columns.items():
        score = guessed.scores.get(name, 0) if guessed.columns.get(name) == column else 0
        sure: Sureness = "sure" if score >= SURE else "likely" if score or " + " in column else "guess"
        how: Sureness = "mapping" if name in said.get("columns", ()) else "layout" if seen.mapping.layout else sure
        is_hers = name in ("customer", "email") or bool(set(parts(column, ())[1]) & her_columns)
        shown = samples(seen.cells[name])
        if name in PERSONAL:
            shown = tuple(f"{text.lstrip(chr(39))[:1]}…" for text in shown)
        yield Found(name, column, tuple(map(masked, shown)) if is_hers else shown, how)


def _unused(mapping: Mapping, sample: Sample) -> Iterator[str]:
    told = (*mapping.columns.values(), mapping.granted_from)
    used = {name for column in told for name in parts(column, sample.columns)[1]} | {*mapping.only, *mapping.leave_out, *mapping.items}
    return (column for column in sample.columns if column and column not in used)


def _doubts(mapping: Mapping, sample: Sample) -> Iterator[Remark]:
    columns, told = mapping.columns, {*mapping.columns, *mapping.fixed}
    yield from (Remark("two_columns", {"column": name}) for name in sample.twice)
    if mapping.kind == "orders":
        if columns.get("order", "").startswith(f"{columns.get('customer')} + "):
            yield Remark("order_made_up")
        if "name" in columns and columns["product"] == columns["name"]:
            yield Remark("product_by_name")
        if not {"amount", "price"} & told:
            yield Remark("no_sums")
    if mapping.kind == "sends":
        yield from (Remark(code) for code, fields in (("no_thing", {"thing"}), ("no_answers", {"answered", "answered_at"})) if not fields & told)
    if mapping.layout == "mailchimp-subscribed" and not re.search("subscribed|members", sample.name, re.IGNORECASE):
        yield Remark("by_file_name")
