"""Letting a shop in, fetching from it and showing it out, from the command line; its credentials are told once and never shown."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from habitue.cli import main
from tests.pull.peer import TOKEN, Peer

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def habitue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command in an empty folder: gives its exit code, what it printed and what it complained of."""
    monkeypatch.setenv("HABITUE_TODAY", "2026-11-21")

    def run(*words: str, told: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["habitue", *words, "--data", str(tmp_path / "house")])
        monkeypatch.setattr(sys, "stdin", io.StringIO(told))
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out, " ".join(said.err.split())

    return run


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer("shopify") as shop:
        yield shop


def test_a_pull_says_how_many_of_that_shop_could_not_be_sorted(habitue: Run, peer: Peer) -> None:
    peer.change("orders", 8001, "2026-11-11T00:00:00Z", line_items="none")
    for name in ("atelier", "boutique"):
        habitue("shop", "add", name, "--kind", "shopify", "--address", peer.address, "--credentials", "-", told=f'token = "{TOKEN}"\n')
        assert habitue("pull", name)[1] == f"{name}: 3 products, 3 customers, 3 orders. 1 could not be sorted; `habitue letters` says why.\n"


def test_a_shop_is_let_in_fetched_from_and_shown_out(habitue: Run, peer: Peer, tmp_path: Path) -> None:
    told = f'token = "{TOKEN}"\nhook_secret = "hush-hush"\n'
    code, out, _ = habitue("shop", "add", "atelier", "--kind", "shopify", "--address", peer.address, "--credentials", "-", told=told)
    assert (code, out.splitlines()[0]) == (0, "atelier is let in.")
    assert habitue("pull")[1] == "atelier: 3 products, 3 customers, 3 orders.\n"
    assert habitue("pull", "atelier")[1] == "atelier: nothing new.\n"
    listed = habitue("shop", "list")[1]
    assert listed == f"atelier  shopify  {peer.address}  fetched and hooks, known up to 2026-11-20 04:55:00Z\n"
    (one,) = json.loads(habitue("shop", "list", "--json")[1])
    assert (one["name"], one["is_fetched"], one["has_hooks"]) == ("atelier", True, True)
    names = {json.loads(line)["customer_key"] for line in habitue("customers", "--json")[1].splitlines()}
    assert {"atelier:7001001", "atelier:7001002", "atelier:7001003"} < names
    for said in (out, listed, habitue("source", "list")[1], habitue("events", "--json")[1], habitue("letters")[1]):
        assert TOKEN not in said
        assert "hush-hush" not in said
    assert habitue("shop", "end", "atelier")[0] == 0
    assert not list((tmp_path / "house" / "shops").iterdir())
    assert habitue("source", "list")[1] == ""
    assert habitue("pull", "atelier")[::2] == (4, "There is no shop atelier; `habitue shop list` shows them.")
    assert habitue("shop", "end", "atelier")[0] == 4


def test_what_the_shop_told_is_on_her_card(habitue: Run, peer: Peer) -> None:
    habitue("shop", "add", "atelier", "--kind", "shopify", "--address", peer.address, "--credentials", "-", told=f'token = "{TOKEN}"')
    habitue("pull")
    assert habitue("book", "new")[0] == 0
    code, card, wrong = habitue("card", "atelier:7001001")
    assert (code, wrong) == (0, "")
    assert "Jeanne Martin   with us since March 2024" in card
    assert "Terrine de lapin, Tablier rayé" in card
    assert "last came 19 days ago" in card


def test_credentials_lie_where_only_the_owner_of_the_house_can_read_them(habitue: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HABITUE_SHOP_KEY", "ck_1")
    monkeypatch.setenv("HABITUE_SHOP_SECRET", "cs_1")
    assert habitue("shop", "add", "boutique", "--kind", "woocommerce", "--address", "boutique.example/shop/")[0] == 0
    folder = tmp_path / "house" / "shops"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "boutique.toml").stat().st_mode) == 0o600
    assert "https://boutique.example/shop  fetched" in habitue("shop", "list")[1]
    assert b"cs_1" not in (tmp_path / "house" / "truth.sqlite").read_bytes()


def test_credentials_can_be_replaced_and_the_shop_goes_on_where_it_was(habitue: Run, peer: Peer, tmp_path: Path) -> None:
    file = tmp_path / "credentials.toml"
    file.write_text('token = "none of the shop\'s"\n')
    add = ("shop", "add", "atelier", "--kind", "shopify", "--address", peer.address, "--credentials", str(file))
    habitue(*add)
    code, _, wrong = habitue("pull")
    assert (code, "does not accept these credentials (401)" in wrong) == (5, True)
    assert "none of the shop" not in wrong
    file.write_text(f'token = "{TOKEN}"\n')
    assert habitue(*add)[0] == 0
    assert habitue("pull")[0] == 0
    assert len(habitue("source", "list")[1].splitlines()) == 1
    assert habitue("shop", "add", "atelier", "--kind", "shopify", "--address", "https://other.example", "--credentials", str(file))[0] == 3


@pytest.mark.parametrize(
    ("words", "told", "sentence"),
    [
        (("atelier", "--kind", "magento"), 'token = "t"', "none of shopify, woocommerce, webhooks"),
        (("atelier", "--kind", "shopify", "--address", "a.example"), "", "No credentials were told: shopify takes token or client_id and client_secret"),
        (("atelier", "--kind", "woocommerce", "--address", "a.example"), 'key = "k"', "takes key and secret or hook_secret"),
        (("atelier", "--kind", "shopify", "--address", "a.example"), 'password = "t"', "“password” is none of"),
        (("atelier", "--kind", "shopify", "--address", "a.example"), "token = t", "write them as token"),
        (("atelier", "--kind", "shopify", "--address", "a.example"), 'token = "a\\nb"', "a text on one line"),
        (("atelier", "--kind", "shopify", "--address", "a.example"), 'hook_secret = ""', "No credentials"),
        (("atelier", "--kind", "shopify"), 'token = "t"', "is no shop's address"),
        (("../atelier", "--kind", "shopify", "--address", "a.example"), 'token = "t"', "small letters"),
        (("atelier", "--kind", "webhooks", "--address", "a.example"), 'hook_secret = "t"', "leave the address out"),
    ],
)
def test_a_shop_that_cannot_be_let_in_is_refused_with_a_sentence(habitue: Run, words: tuple[str, ...], told: str, sentence: str) -> None:
    code, out, wrong = habitue("shop", "add", *words, "--credentials", "-", told=told)
    assert (code, out) == (3, "")
    assert sentence in wrong


def test_a_shop_with_only_a_secret_for_its_hooks_is_not_fetched_from(habitue: Run) -> None:
    habitue("shop", "add", "caisse", "--kind", "webhooks", "--credentials", "-", told='hook_secret = "whsec_aGVsbG8="')
    assert habitue("shop", "list")[1] == "caisse  webhooks    hooks\n"
    assert habitue("pull", "caisse")[0] == 5
    assert habitue("pull")[0] == 4
