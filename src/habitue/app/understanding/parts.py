"""What an import understands of a file: the kinds of facts that its rows tell, each with its mapping.

An order of a known shop tells what was bought and who she is; a contact tells who she is and whether she agreed. The recognising itself is the audit's.
"""

from __future__ import annotations

from collections.abc import Mapping as Told
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from habitue.app.imports.kinds import KINDS
from habitue.app.imports.mapping import Mapping, check_names
from habitue.app.understanding.forms import Asked
from habitue.app.understanding.guess import Guess, Sample, candidates_in, guess, look_at, mapping_from
from habitue.app.understanding.layouts import brought, layouts, mappings_of
from habitue.app.understanding.layouts_file import listed
from habitue.app.understanding.layouts_words import BY_FIELD, plain
from habitue.app.understanding.mapping_texts import mapping_from_table, over
from habitue.app.understanding.recognised import Candidate, Recognised
from habitue.app.understanding.recognising import CLEARLY, understood_as
from habitue.app.understanding.remarks import Remark
from habitue.store import Settings
from habitue.words.errors import BadInput

Tables = Told[str, dict[str, Any]]
GUESSED = ("orders", "customers", "products", "sends", "preferences", "stock", "consents")
"""The kinds that an import recognises by the names of columns."""
NO_YES_OR_NO = (
    "No column of {name} tells whether she agrees (yes or no); nothing of it was read, since a no might be taken for a yes. It has the columns {columns}. "
    'Name the right one in a mapping file (--mapping): [consents.columns] granted = "…", or say that all agreed: [consents.fixed] granted = "yes".'
)
CONTRARY = ("blacklisted", "blocklisted", "unsubscribed", "suppressed", "opt out", "optout", "opted out", "desabonne", "desinscrit")
OWN_NUMBER_FIRST = ("customer", "email", "phone", "card")
NOT_GUESSED = (
    "{name} is no export that is known, and its columns do not say what it is: {columns}. "
    "Say what its rows are with --kind ({kinds}), or name its columns in a mapping file with --mapping (docs/import.md)."
)


def recognise_parts(path: Path, settings: Settings, kind: str = "", tables: Tables | None = None, asked: Asked | None = None) -> tuple[Recognised, ...]:
    """The file as an import understands it, a part for each kind of facts; by `tables`, a mapping that was kept, where there is one.

    Raises: BadInput where it cannot be understood, lacks what is needed, or writes dates or numbers that may be two.
    """
    sheet = next((str(table["sheet"]) for table in (tables or {}).values() if "sheet" in table), "")
    sample = look_at(path, sheet)
    mappings = _said(tables, sample) if tables else _guessed(kind, sample)
    if any(one.kind == "consents" and "granted" not in {*one.columns, *one.fixed} and not own.missing for one, own in mappings):
        raise BadInput(NO_YES_OR_NO.format(name=path.name, columns=listed(sample.columns)))
    parts = [_part(path, one, own, sample, tables or {}, asked, settings) for one, own in mappings]
    unused = tuple(name for name in parts[0].unused if all(name in part.unused for part in parts))
    return (*(replace(part, unused=()) for part in parts[:-1]), replace(parts[-1], unused=unused))


def _said(tables: Tables, sample: Sample) -> list[tuple[Mapping, Guess]]:
    """What a mapping says, laid over what would have been guessed of these kinds."""
    found = []
    for kind, table in tables.items():
        check_names(mapping_from_table({**table, "kind": kind}, "The mapping", Mapping), "The mapping")
        try:
            guessed = next(one for one, _ in _guessed(kind, sample) if one.kind == kind)
        except (BadInput, StopIteration):
            guessed = Mapping(kind=kind, is_tidied=True)
        mapping = over(guessed, table, "The mapping")
        found.append((mapping, Guess(kind, {}, {}, (), mapping.fields)))
    return found


def layout_of(path: Path, sheet: str = "") -> tuple[str, tuple[str, ...]]:
    """The known layout of the file, if any, and its heading. Raises: BadInput where there is none, or nothing under it."""
    sample = look_at(path, sheet)
    return brought(sample.columns, sample.name), tuple(sample.columns)


def _guessed(kind: str, sample: Sample) -> list[tuple[Mapping, Guess]]:
    name = brought(sample.columns, sample.name)
    if name and layouts()[name].refused:
        raise BadInput(f"{sample.name} {layouts()[name].refused}")
    if name and kind in ("", *(one.kind for one in layouts()[name].brings)):
        told = [_with_identifier(one) for one in mappings_of(name, sample.columns)]
        whole = [one for one in told if one.columns.get("customer") or all(field.name != "customer" for field in one.fields)] or told
        return [(one, Guess(one.kind, {}, {}, (), one.fields)) for one in whole]
    own = _by_names(kind, sample) if kind else _best(sample)
    mapping = mapping_from(own, Mapping)
    her = own.candidates[0].identifier if own.candidates else "customer"
    columns = dict(mapping.columns)
    if own.kind == "customers" and her in ("email", "phone", "card"):
        columns[her] = columns["customer"]
    words = {field: _words(field, sample, column) for field, column in columns.items() if field in ("agrees_email", "agrees_sms", "bounced")}
    return [(msgspec.structs.replace(mapping, columns=columns, customers_by=her, is_tidied=True, words={k: v for k, v in words.items() if v}), own)]


def _with_identifier(mapping: Mapping) -> Mapping:
    """The mapping with what its customer's column holds, where a file of that layout may lack the number and have the address alone."""
    is_address = "email" in mapping.columns and mapping.columns["email"] == mapping.columns.get("customer")
    return msgspec.structs.replace(mapping, customers_by="email") if is_address else mapping


def _words(field: str, sample: Sample, column: str) -> dict[str, str]:
    """What a column says otherwise than it seems: who is on no blocklist has not thereby agreed, and what did not arrive once may the next time."""
    words = sample.looks[column].words if column in sample.looks else ()
    if field == "bounced":
        return {word: "no" for word in words if {"soft", "temporaire"} & set(plain(word).split())}
    if not any(name in plain(column) for name in CONTRARY):
        return {}
    return {word: {"yes": "no", "no": ""}.get(BY_FIELD["left"].get(plain(word), ""), word) for word in words}


def _by_names(kind: str, sample: Sample) -> Guess:
    if kind not in KINDS:
        raise BadInput(f"“{kind}” is no kind of file; it must be one of {', '.join(KINDS)}.")
    candidates = sorted(candidates_in(sample), key=lambda one: (one.filled < 0.5, OWN_NUMBER_FIRST.index(one.identifier)))
    return guess(kind, sample, kinds=KINDS, her=candidates[0] if candidates else None)


def _best(sample: Sample) -> Guess:
    """The kind that these columns speak for most. Raises: BadInput where they speak for none."""
    rivals = [_by_names(kind, sample) for kind in GUESSED]
    named = [one for one in rivals if one.candidates] or rivals
    # rows with purposes and a yes or no tell of leave, whatever else stands in them: taken for customers, a yes to one purpose would be a yes to three
    best = max(named, key=lambda one: (not one.missing, one.kind == "consents" and "granted" in one.columns, one.telling, one.kind == "consents"))
    if best.missing or best.telling < CLEARLY - (best.kind in ("customers", "consents")):
        raise BadInput(NOT_GUESSED.format(name=sample.name, columns=listed(sample.columns), kinds=", ".join(KINDS)))
    return best


def _part(path: Path, mapping: Mapping, own: Guess, sample: Sample, tables: Tables, asked: Asked | None, settings: Settings) -> Recognised:
    said = tables.get(mapping.kind, {})
    if mapping.kind == "orders" and not {"amount", "price"} & {*mapping.columns, *mapping.fixed}:
        raise BadInput(f"No column of {path.name} tells what was paid, neither of a line nor of one thing. It has the columns {listed(sample.columns)}.")
    hers = mapping.columns.get("customer", "")
    candidates = (Candidate(hers, mapping.customers_by, 1.0),) if hers else ()
    part = understood_as(path, sample, mapping, candidates, said, own, asked or Asked(), settings)
    theirs, ours = part.mapping.currency, settings.currency
    if theirs != ours and "currency" not in mapping.columns:
        raise BadInput(f"The sums of {path.name} are in {theirs}, but this brand counts in {ours}; import amounts in {ours}.")
    currency = settings.currency if mapping.kind == "orders" else ""
    country = part.mapping.country or settings.country
    return replace(part, mapping=msgspec.structs.replace(part.mapping, currency=currency, country=country), notes=(*part.notes, *_notes(mapping)))


def _notes(mapping: Mapping) -> list[Remark]:
    """What is to be said of whom the rows are about, and of leave."""
    notes = [Remark("by_address")] if mapping.customers_by == "email" else []
    told = {*mapping.columns, *mapping.fixed}
    if mapping.kind == "customers" and not {"agrees_email", "agrees_sms"} & told:
        notes.append(Remark("no_leave"))
    if mapping.kind == "sends" and "kind" not in told:
        notes.append(Remark("taken_as_offers"))
    return notes
