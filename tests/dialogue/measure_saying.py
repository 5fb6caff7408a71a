"""How well an answer is read: precision and recall by kind, each share with its 95 % Wilson interval, on a labelled list that we wrote ourselves.

The development lines came before the rules, or with them. Each held-out part was written after the rules were frozen, read once, and only then were the rules
mended by it (by the last in one word alone); no line was changed afterwards, and `FIRST` has the figures of the first reading. A third of these lines are
traps, and the hand that wrote them wrote the rules. The strangers' lines are others', who never saw the rules: mails as customers write them, few of them
traps. `STRANGERS_FIRST` is how they were read the first time.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from habitue.dialogue.model import Proposal, What
from habitue.dialogue.said_rules import proposals_in
from habitue.dialogue.sentences import Things

HERE = Path(__file__).parent
MAIL_ON = date(2026, 11, 21)
THINGS = Things({name: key for key, names in tomllib.loads((HERE / "catalogue.toml").read_text(encoding="utf-8")).items() for name in names})
HALVES = (
    "development",
    "first held-out",
    "second held-out",
    "third held-out",
    "fourth held-out",
    "held-out",
    "strangers",
    "later strangers",
    "latest strangers",
)
FIRST = {
    "first held-out": ((63, 66), (22, 24)),
    "second held-out": ((57, 62), (26, 30)),
    "third held-out": ((59, 60), (22, 25)),
    "fourth held-out": ((16, 17), (29, 34)),
    "held-out": ((16, 18), (24, 28)),
}
"""How many refusals, and how many allergies, were right of those that were read, when a part was read for the first time."""
STRANGERS_FIRST = {
    "strangers": {"refusals that bind": (14, 14, 56), "refusals": (20, 23, 68), "allergies": (24, 27, 48), "likes": (10, 10, 28)},
    "later strangers": {"refusals that bind": (18, 19, 45), "refusals": (37, 37, 64), "allergies": (28, 33, 47), "likes": (9, 9, 21)},
    "latest strangers": {"refusals that bind": (19, 22, 42), "refusals": (33, 39, 63), "allergies": (31, 37, 54), "likes": (10, 10, 23)},
}
"""Of strangers' lines, when a part was read for the first time: how many were right, how many were read, how many were said. By each part the rules were
mended only after it was read once.
"""
Z = 1.96


class Line(NamedTuple):
    """A line of the list: `said` and `read` are what it says by its label and by the rules, as “refusal!:salmon”."""

    half: str
    language: str
    words: str
    said: frozenset[str]
    read: frozenset[str]


class Share(NamedTuple):
    """So many of so many."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """The share itself; 1 of nothing."""
        return self.right / self.of if self.of else 1.0

    def interval(self) -> tuple[float, float]:
        """Its 95 % interval. Source: Wilson (1927), equation 7."""
        if not self.of:
            return 0.0, 1.0
        middle = (self.share + Z * Z / (2 * self.of)) / (1 + Z * Z / self.of)
        half = Z / (1 + Z * Z / self.of) * (self.share * (1 - self.share) / self.of + Z * Z / (4 * self.of**2)) ** 0.5
        return middle - half, min(1.0, middle + half)


def label_of(proposal: Proposal) -> str:
    """A proposal as the list labels it: “!” where a refusal binds, “@” where it is somebody else's, and what it is about."""
    mark = "@" if not proposal.is_hers else "!" if proposal.binds and proposal.what == What.REFUSAL else ""
    about = proposal.thing or proposal.about.casefold()
    if proposal.what == What.BIRTHDAY:
        return "date:{:02}-{:02}".format(*proposal.birthday)
    about = str(proposal.until_on) if proposal.what == What.ABSENCE else about
    return f"{proposal.what.value}{mark}" + (f":{about}" if about else "")


def lines() -> Iterator[Line]:
    """Every line of the list, read."""
    with (HERE / "said_corpus.tsv").open(encoding="utf-8", newline="") as file:
        for half, language, said, words in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
            read = frozenset(map(label_of, proposals_in(words.replace("\\n", "\n"), THINGS, MAIL_ON)))
            yield Line(half, language, words, frozenset(said.split()) - {"-"}, read)


def measured(every: list[Line], kind: str, binds: bool = False) -> tuple[Share, Share]:
    """Precision and recall of a kind; `binds` counts refusals that bind at once alone, else one that waits is as right as one that binds.

    A word counts in the plural as in the singular.
    """

    def of(labels: frozenset[str]) -> set[str]:
        return {(each if binds else each.replace("!", "")).rstrip("s") for each in labels if each.startswith(f"{kind}!" if binds else kind)}

    right = sum(len(of(line.said) & of(line.read)) for line in every)
    return Share(right, sum(len(of(line.read)) for line in every)), Share(right, sum(len(of(line.said)) for line in every))


def row(name: str, precision: Share, recall: Share) -> str:
    """A line of the table."""
    cells = (f"{each.share:.3f} [{each.interval()[0]:.3f}, {each.interval()[1]:.3f}] ({each.right} of {each.of})" for each in (precision, recall))
    return f"  {name:<26} precision {next(cells)}  recall {next(cells)}\n"


def main() -> None:
    """Prints the table, and each line that is read otherwise than it is labelled."""
    every = list(lines())
    for half in (*HALVES, "every part"):
        these = [line for line in every if half in (line.half, "every part")]
        counts = ", ".join(f"{sum(line.language == language for line in these)} {language}" for language in ("en", "fr"))
        sys.stdout.write(f"{half}: {len(these)} lines ({counts})\n")
        sys.stdout.write(row("refusals that bind", *measured(these, "refusal", binds=True)))
        for kind in ("refusal", "allergy", "like", "absence", "date", "thanks", "complaint", "question"):
            sys.stdout.write(row(kind, *measured(these, kind)))
        for line in these if half in HALVES else ():
            if line.said != line.read:
                sys.stdout.write(f"    {' '.join(sorted(line.said)) or '-'} read as {' '.join(sorted(line.read)) or '-'}: {line.words}\n")
    for place, kind in enumerate(("refusals", "allergies")):
        told = Share(sum(part[place][0] for part in FIRST.values()), sum(part[place][1] for part in FIRST.values()))
        sys.stdout.write(row(f"{kind}, each part unseen", told, Share(0, 0)).partition("  recall")[0] + "\n")
    for part, shares in STRANGERS_FIRST.items():
        sys.stdout.write(f"{part}, unseen: as they were read the first time\n")
        for kind, (right, read, said) in shares.items():
            sys.stdout.write(row(kind, Share(right, read), Share(right, said)))


if __name__ == "__main__":
    main()
