"""What several people use names nobody: a mailbox, a telephone, a card. They are proposed to a person, and never joined by it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from habitue.app.imports.importing import import_file
from habitue.identity.recognising import Claim, Recognising
from habitue.identity.records import who_is
from habitue.store import open_truth
from habitue.words.clock import parse_day
from habitue.words.errors import Busy
from habitue.words.vocabulary import Channel
from tests.cast import CONSENTS, Shop
from tests.identity.conftest import Run

HEAD = "customer,since,given_name,family_name,email,phone,card\n"


def test_one_mailbox_of_two_names_neither_and_proposes_both(shop: Shop, habitue: Run) -> None:
    assert named(shop, "email", "petit@example.org") == ""
    assert named(shop, "email", "KARIM@example.org ") == "karim"
    assert [pair["reasons"] for pair in pairs(habitue)] == [["they gave the same e-mail address"]]
    assert "Others have her e-mail address too: Marc Petit (marc)." in habitue("card", "anne")[1]
    assert habitue("shared")[1] == "email petit@example.org anne, marc"


def test_the_mailbox_of_two_who_turned_out_to_be_one_is_hers(shop: Shop, habitue: Run) -> None:
    habitue("merge", "anne", "marc", "--yes")
    assert named(shop, "email", "petit@example.org") == "anne"
    assert (pairs(habitue), habitue("shared")[1]) == ([], "Nothing is shared.")
    habitue("unmerge", "anne", "marc", "--yes")
    assert named(shop, "email", "petit@example.org") == ""
    assert pairs(habitue) == [], "somebody has said that they are two"


def test_a_telephone_and_a_card_are_known_however_they_are_written(shop: Shop, habitue: Run) -> None:
    shop.bring("customers", HEAD + "zoe,2017-03-01,Zoé,Blanc,,06.10.00.00.02,1234-5678\nyves,2017-03-01,Yves,Noir,,+33 (0)6 20 00 00 00,1234 5678\n")
    assert named(shop, "phone", "0620000000") == "yves"
    assert named(shop, "phone", "06 10 00 00 02") == "", "it is Karim's too"
    assert named(shop, "card", "12345678") == ""
    assert {tuple(pair["reasons"]) for pair in pairs(habitue)} == {
        ("they gave the same e-mail address",),
        ("they gave the same telephone number",),
        ("they used the same loyalty card",),
    }


def test_a_person_says_that_a_mailbox_is_a_shops_own(shop: Shop, habitue: Run) -> None:
    assert habitue("shared", "email", "karim@example.org")[0] == 0
    assert named(shop, "email", "karim@example.org") == ""
    habitue("shared", "email", "karim@example.org", "--one")
    assert named(shop, "email", "karim@example.org") == "karim"
    assert habitue("shared", "email", "nobody@example.org")[::1] == (4, "Nobody here has the email “nobody@example.org”.")
    assert habitue("shared", "shoe", "44")[0] == 3
    habitue("shared", "email", "karim@example.org")
    shop.bring("customers", "customer,email\nmartin,karim@example.org\n")
    assert len(pairs(habitue)) == 1, "Anne and Marc; whoever else has that mailbox is not Karim for it"


def test_what_everybody_gave_is_nobodys_and_proposes_nobody(shop: Shop, habitue: Run) -> None:
    crowd = "".join(f"c{n},2017-03-01,Name {n},Family {n},,0100000000,\n" for n in range(40))
    shop.bring("customers", HEAD + crowd)
    assert named(shop, "phone", "0100000000") == ""
    assert len(pairs(habitue)) == 1, "Anne and Marc"


def test_by_a_shared_address_a_no_is_everybodys_and_a_yes_nobodys(shop: Shop, tmp_path: Path) -> None:
    file, mapping = tmp_path / "letters.csv", tmp_path / "letters.toml"
    file.write_text(CONSENTS + "petit@example.org,offers,sms,yes,2017-09-01\npetit@example.org,advice,email,no,2017-10-01\n", encoding="utf-8")
    mapping.write_text('source = "letters"\ncustomers_by = "email"\n', encoding="utf-8")
    with closing(open_truth(shop.settings)) as truth:
        report = import_file(truth, shop.settings, file, mapping, "consents")
        anne, marc = (who_is(truth, "customer", [key])[key].profile_id for key in ("anne", "marc"))
        said = truth.run("SELECT profile_id, channel, is_granted FROM consent_fact WHERE known_at > ? ORDER BY profile_id", (parse_day("2017-08-01") * 86_400,))
    assert [reason for _, reason in report.rejected] == ["customer: several people use this address, so it is nobody's; a no of it counts for each of them"] * 2
    assert [row for row in said if row[0] in (anne, marc)] == [(anne, Channel.EMAIL, 0), (marc, Channel.EMAIL, 0)]


@pytest.mark.parametrize("command", ["shared email karim@example.org", "alike"])
def test_whoever_writes_is_waited_for_before_anything_is_said(shop: Shop, habitue: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr("habitue.store.truth.BUSY_MILLISECONDS", 100)
    before = habitue("shared"), pairs(habitue)
    with closing(open_truth(shop.settings)) as writer, writer.transaction():
        writer.next_seq(0)
        assert habitue(*command.split())[0] == Busy.exit_code
    assert (habitue("shared"), pairs(habitue)) == before
    assert habitue(*command.split())[0] == 0
    assert (habitue("shared"), pairs(habitue)) != before


def named(shop: Shop, kind: str, value: str) -> str:
    """The key of the customer whom an identifier names; empty where it names nobody."""
    with closing(open_truth(shop.settings)) as truth:
        who = who_is(truth, kind, [value], "FR").get(value)  # type: ignore[arg-type]
        rows = truth.run("SELECT MIN(value) FROM identifier WHERE kind = 'customer' AND profile_id = ?", (who.profile_id,)) if who else [("",)]
    return str(rows[0][0])


def pairs(habitue: Run) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = json.loads(habitue("pairs", "--json")[1])
    return found


def test_a_device_that_was_hers_is_nobodys_when_a_person_says_so_nor_is_what_came_by_it(shop: Shop, habitue: Run) -> None:
    martin = profiles(shop, "martin")
    with closing(open_truth(shop.settings)) as truth, truth.transaction():
        truth.next_seq(0)
        Recognising(truth, "Europe/Paris").recognise([Claim("", "dev1", "", True, 1), Claim("martin", "dev1", "", True, 2)])
    assert len(profiles(shop, "martin")) == len(martin) + 1
    before = habitue("shared")[1]
    assert habitue("shared", "device", "dev1") == (0, f"device dev1 {before}")
    assert profiles(shop, "martin") == martin
    assert habitue("shared", "device", "dev1", "--one") == (0, before)
    assert habitue("shared", "device", "dev2")[0] == 4


def profiles(shop: Shop, key: str) -> list[int]:
    """Every profile of the customer of a number."""
    with closing(open_truth(shop.settings)) as truth:
        who = who_is(truth, "customer", [key])[key]
        return [number for (number,) in truth.run("SELECT profile_id FROM profile WHERE customer_id = ? ORDER BY profile_id", (who.customer_id,))]
