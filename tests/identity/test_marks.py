"""Names, numbers and addresses are shown as they were told, whatever signs they hold: no terminal takes them for marks of its own."""

from __future__ import annotations

from io import StringIO

import pytest

from tests.cast import CONSENTS, ORDERS, Shop, weekly
from tests.identity.conftest import Run

KEY, NAME, MAILBOX = "[/k]", "[/dim] [bold]Blanc :smile:", "blanc[/x]@example.org"
HEAD = "customer,since,given_name,family_name,email\n"


@pytest.fixture
def marked(shop: Shop, habitue: Run) -> Run:
    """Two customers with marks in their names share a mailbox."""
    shop.bring("customers", HEAD + f"{KEY},2017-02-02,[/dim],[bold]Blanc :smile:,{MAILBOX}\nzoe,2017-02-02,[red],[/],{MAILBOX}\n")
    shop.bring("orders", ORDERS + weekly(KEY))
    shop.bring("consents", CONSENTS + f"{KEY},advice,email,yes,2017-06-01\n")
    return habitue


SHOWN = {
    "pairs": f"{KEY} {NAME} and zoe [red] [/] they gave the same e-mail address",
    "shared": f"email {MAILBOX} {KEY}, zoe",
    "customers Blanc": f"{KEY} {NAME}",
    f"why {KEY}": f"A word for {NAME}",
    f"card {KEY}": f"Good morning, {NAME}",
    "card zoe": f"Lives with {NAME} ({KEY}). Others have her e-mail address too: {NAME} ({KEY}).",
    "card zoe --language fr": f"Vit avec {NAME} ({KEY}). D’autres ont aussi son adresse e-mail : {NAME} ({KEY}).",
    "pairs --language fr": f"{KEY} {NAME} et zoe [red] [/] elles ont donné la même adresse e-mail",
    "plan": f"{NAME} ({KEY}), e-mail",
}


@pytest.mark.parametrize("command", SHOWN)
def test_whatever_she_is_called_she_is_shown_so(marked: Run, command: str) -> None:
    if command.startswith("card zoe"):
        marked("household", KEY, "zoe")
    code, said = marked(*command.split())
    assert (code, SHOWN[command] in said) == (0, True), said


def test_two_are_laid_side_by_side_whatever_they_are_called(marked: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    code, said = marked("merge", KEY, "zoe")
    assert code == 5
    for shown in (f"{KEY} zoe Name", f"{NAME} [red] [/] differs", f"{MAILBOX} {MAILBOX} the same"):
        assert shown in said
