"""The sentences with which an audit says no, for a reader who has a page before her and no command line, in her own language.

The rooms below say in English what is wrong, and name an option of the command line as the way out. Here each such sentence is known by its form:
the page says it in its own words, with the same names and values, and asks what is to be asked. One that is not known is shown as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from habitue.app.understanding.remarks import KINDS
from habitue.web.tongue import Tongue


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


# by name: sentences that a page says in the same words
ALIKE = {
    "first_line": _("The first line of %(file)s looks like a row, not like the names of columns; write their names above it."),
    "no_rows": _("%(file)s has the names of columns and no rows under them."),
    "none_read": _("No row of %(file)s could be read as %(kind)s; %(count)s were set aside. The first: line %(line)s, %(reason)s."),
    "empty": _("%(file)s is empty; its first line must name the columns."),
    "empty_sheet": _("%(file)s is empty; its first row must name the columns."),
    "utf16": _("%(file)s is written in UTF-16; save it as CSV in UTF-8."),
    "no_heading": _("The first line of %(file)s cannot be read as the names of columns; save it as CSV with one row a line."),
    "no_objects": _("%(file)s holds no JSON objects; write one {…} a line."),
    "spreadsheet": _("%(file)s cannot be read as a spreadsheet: %(why)s."),
    "parquet": _("%(file)s is not a Parquet file that can be read: %(why)s"),
    "large_sheet": _("%(file)s asks for more than a spreadsheet may (%(why)s); it was not read to its end. Save the sheet as CSV."),
    "no_room": _("The disk has %(free)s GB left, too little for these files and their report. Make room, then bring them again."),
    "broke": _("Something broke on our side while these files were read. It has been noted; nothing was made of them."),
    "no_job": _("There is no such audit; it was taken away, or its time was over."),
    "other_console": _("Another console of this house is open and makes the audits; bring the files there."),
    "too_many": _("Several audits are waiting for an answer already. Answer one of them, or take it away, then bring these files again."),
    "not_now": _("This audit is at work; wait until it is done, or take it away."),
    "not_understood": _("There is nothing yet to say yes to: bring both files first."),
    "not_all_gone": _("Not everything could be deleted; the rest goes when the console is started the next time."),
    "zone": _("“%(zone)s” is not a time zone; write it as Europe/Paris or America/New_York."),
}
# by name: the form in which a sentence comes, and the page's words, where the way out is another
OTHERWISE = {
    "dates": (
        "The dates in the column “%(column)s” of %(file)s may be read in two ways, such as %(shown)s: no value has a part over 12. %(way_out)s",
        _("The dates in the column “%(column)s” of %(file)s may be read in two ways, such as %(shown)s: no value has a part over 12. Say which comes first."),
    ),
    "dates_two_ways": (
        "%(file)s writes its dates in two ways: %(how)s can only be day first, %(other)s only month first. %(way_out)s",
        _("%(file)s writes its dates in two ways: %(how)s can only be day first, %(other)s only month first. Say which is right; the rest is set aside."),
    ),
    "decimals": (
        "The numbers in the column “%(column)s” of %(file)s may be read in two ways, such as %(shown)s: a thousand and more, %(way_out)s",
        _("The numbers in the column “%(column)s” of %(file)s may be read in two ways, such as %(shown)s. Say which sign stands before the fraction."),
    ),
    "column": (
        "No column of %(file)s tells %(what)s. It has the columns %(columns)s. Name the right one %(how)s: [%(kind)s.columns] %(field)s = %(way_out)s",
        _("No column of %(file)s tells %(what)s. It has the columns %(columns)s. Say which one does, or bring another file."),
    ),
    "other_kind": (
        "The %(place)s, %(file)s, looks like %(looks_like)s, not like %(kind)s: %(why)s. Give %(way_out)s.",
        _("What you gave as %(kind)s, %(file)s, looks like %(looks_like)s: %(why)s. Say below what each file is."),
    ),
    "nobody": (
        "%(one)s and %(other)s have no customer in common: %(how)s. Give two files that know the same people by the same thing.",
        _("%(one)s and %(other)s have no customer in common: %(how)s. Bring two files that know the same people by the same thing."),
    ),
}
FORMS = {**{code: (text, text) for code, text in ALIKE.items()}, **OTHERWISE}
# what stands within a sentence and has words of its own; the longer first
WITHIN = (
    _("who the customer is (a number or an e-mail address)"),
    _("when it was sold"),
    _("when it was"),
    _("which order it was"),
    _("which product was bought"),
    _("which thing is meant"),
    _("whether she likes or dislikes it"),
    _("how many there were"),
    _("” and “"),
    _("it has the columns"),
    _("knows them by"),
    _("in the column"),
    _("e-mail address (column"),
    _("telephone number (column"),
    _("number (column"),
    _("card (column"),
)
QUOTED = re.compile(r"“([^”]*)”")
SLOT = re.compile(r"%\((\w+)\)s")
LONGEST = 3_000  # letters of a sentence; a file may have thousands of columns


@dataclass(frozen=True)
class Told:
    """A sentence as the page says it; `code` is the name of its form, empty where none is known and the text is English.

    `values` are its parts as they came, `said` the same in the reader's language.
    """

    text: str
    code: str = ""
    values: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns that the sentence lists."""
        return list(dict.fromkeys(name for name in QUOTED.findall(self.values.get("columns", "")) if name))


def told(sentence: str, tongue: Tongue) -> Told:
    """The sentence in the page's words and the reader's language."""
    sentence = sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 1] + "…"
    for code, form in _forms().items():
        if values := form.values(sentence):
            said = {name: _within(name, value, tongue) for name, value in values.items()}
            return Told(_quoted(tongue.say(FORMS[code][1], **said), tongue), code, values, said)
    return Told(tongue.say(sentence))


def _within(name: str, value: str, tongue: Tongue) -> str:
    """A part of a sentence in the reader's language; names of files and columns stay as they are."""
    if name in ("kind", "looks_like") and value in KINDS:
        return KINDS[value][int(tongue.language == "fr")]
    if name in ("what", "why", "how", "other", "shown"):
        for part in WITHIN:
            value = value.replace(part, tongue.say(part))
    return value


def _quoted(text: str, tongue: Tongue) -> str:
    return QUOTED.sub("«\u202f\\1\u202f»", text) if tongue.language == "fr" else text


@dataclass(frozen=True)
class Form:
    """A sentence with slots: the names of the slots, and the fixed texts before, between and after them."""

    names: tuple[str, ...]
    fixed: tuple[str, ...]

    def values(self, sentence: str) -> dict[str, str]:
        """What stands in the slots; empty where the sentence is of another form.

        Each fixed text is taken where it comes first, without trying again: names of strangers cannot make it slow, and what they spoil is a slot.
        """
        if not sentence.startswith(self.fixed[0]) or not sentence.endswith(self.fixed[-1]):
            return {}
        found, at, end = dict[str, str](), len(self.fixed[0]), len(sentence) - len(self.fixed[-1])
        for name, after in zip(self.names, self.fixed[1:], strict=True):
            until = end if name == self.names[-1] else sentence.find(after, at, end)
            if until <= at:
                return {}
            found[name], at = sentence[at:until], until + len(after)
        return found or {"": sentence}


@cache
def _forms() -> dict[str, Form]:
    return {code: Form(tuple(SLOT.findall(said)), tuple(SLOT.sub("\0", said).split("\0"))) for code, (said, _words) in FORMS.items()}
