"""What is kept for how long: shown before anything goes, let go by hand or once a day, and nothing of what is still hers to keep."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from habitue.app import House, retaining
from habitue.app.collect.sorting import Sorter
from habitue.app.erasure.forgetting import certificates
from habitue.app.imports.importing import import_file
from habitue.app.law.requesting import Opening, act, open_case, seek
from habitue.app.retaining import choice_of, daily_round, keepings, let_go, let_run, who_goes
from habitue.app.rounds import rounds
from habitue.channels.letters import Outcome, State, claim, owe, settle
from habitue.consent.law.callbacks import keep_callbacks
from habitue.consent.law.model import Asked, Did, Door
from habitue.events.arrivals import WriteKey, add_write_key, write_down, write_keys
from habitue.identity.her_links import end_link, make_link, read_link
from habitue.store import save_settings
from habitue.web import create_site
from habitue.words.clock import date_of, parse_day
from habitue.words.errors import Busy, SettingsError
from tests.cast import Shop, shop, thanks
from tests.command_line import Run, command_line
from tests.web.test_pages import words_of

__all__ = ["shop"]
LATER, FIVE_YEARS, AND_A_DAY = "2020-12-31", "2022-11-02", "2022-11-03"
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def habitue(shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command on the shop as it is three years later."""
    save_settings(shop.book(thanks()).standing(LATER))
    return command_line(shop.settings.data, monkeypatch, capsys)


def told(house: House, *messages: dict[str, object]) -> None:
    """A site's messages, sorted."""
    with house.truth.transaction():
        if not write_keys(house.truth):
            add_write_key(house.truth, WriteKey("WK", "web", "web", False, 1))
        write_down(house.truth, [("WK", house.clock.instant(), "batch", 0, json.dumps({"batch": [each]}).encode()) for each in messages])
    while Sorter(house.truth, house.settings).sort_some():
        pass


def due(house: House) -> dict[str, int]:
    return {each.kind: each.due for each in keepings(house)}


def keys_of(house: House, customer: int) -> set[str]:
    return {key for (key,) in house.truth.run("SELECT value FROM identifier WHERE kind = 'customer' AND profile_id = ?", (customer,))}


def keys(house: House) -> set[str]:
    return {key for (key,) in house.truth.run("SELECT value FROM identifier WHERE kind = 'customer'")}


def test_who_gave_no_sign_for_three_years_is_forgotten_and_who_did_stays(shop: Shop) -> None:
    shop.buys("karim", "veal", "2020-06-01")
    with shop.book(thanks()).open(LATER) as house:
        everybody = keys(house)
        named = who_goes(house, 99)
        assert due(house)["quiet_customers"] == len(everybody) - 1
        assert len(named) == len(everybody) - 1
        gone = let_go(house)
        assert gone["quiet_customers"] == len(everybody) - 1
        assert keys(house) == {"karim"}
        assert len(certificates(house.truth)) == len(everybody) - 1
        assert due(house)["quiet_customers"] == 0
        assert let_go(house)["quiet_customers"] == 0


def test_who_is_forgotten_next_is_named_first_whatever_her_number_is(shop: Shop) -> None:
    with shop.book(thanks()).open(LATER) as house:
        [(nina, _)] = who_goes(house, 1)
        assert keys_of(house, nina) == {"nina"}
        instants = [at for _, at in who_goes(house, 99)]
        assert instants == sorted(instants)


def test_who_gives_a_sign_while_the_round_runs_stays(shop: Shop) -> None:
    """Her order has come in and is not sorted yet when the round looks who was quiet."""
    with shop.book(thanks()).open(LATER) as house:
        assert "martin" in {each for customer, _ in who_goes(house, 99) for each in keys_of(house, customer)}
        order = {"type": "track", "userId": "martin", "event": "Order Completed", "properties": {"order_id": "o1", "total": 9}, "messageId": "m1"}
        with house.truth.transaction():
            add_write_key(house.truth, WriteKey("WK", "web", "", True, 1))
            write_down(house.truth, [("WK", house.clock.instant(), "one", 0, json.dumps(order).encode())])
        let_go(house)
        assert keys(house) == {"martin"}


def test_what_was_said_of_a_file_goes_with_it_however_young(shop: Shop) -> None:
    done = shop.settings.data / "inbox" / "done"
    done.mkdir(parents=True)
    with shop.book(thanks()).open() as house:
        for name, days in (("old.csv", 31), ("old.csv.report.txt", 1), ("young.csv", 1)):
            (done / name).write_text("x", encoding="utf-8")
            os.utime(done / name, (house.clock.instant() - days * 86_400,) * 2)
        assert let_go(house)["files"] == 1
    assert [path.name for path in done.iterdir()] == ["young.csv"]


def test_whoever_was_found_in_a_case_stays_until_it_is_over(shop: Shop) -> None:
    with shop.book(thanks()).open(LATER) as house:
        number = open_case(house, "", Opening(Asked.ACCESS, Door.MAIL), "Anne")
        assert seek(house, number, "karim", "Anne")
        assert "karim" not in {key for customer, _ in who_goes(house, 99) for key in keys_of(house, customer)}
        let_go(house)
        assert keys(house) == {"karim"}
        act(house, number, Did.WITHDRAWN, "Anne")
        let_go(house)
        assert keys(house) == set()


def test_a_day_before_three_years_are_over_she_stays_and_the_day_is_told(shop: Shop) -> None:
    last = max(parse_day("2017-10-30"), parse_day("2017-11-01"))
    shop.buys("martin", "veal", str(date_of(last)))
    with shop.book(thanks()).open(str(date_of(last) + timedelta(days=1096))) as house:
        before = {customer for customer, _ in who_goes(house, 99)}
        let_go(house)
        assert "martin" in keys(house)
        assert before
    with shop.open(str(date_of(last) + timedelta(days=1098))) as house:
        let_go(house)
        assert "martin" not in keys(house)


def test_visits_letters_and_files_go_when_their_time_is_over_and_a_visit_told_again_does_not_come_back(shop: Shop) -> None:
    visit = {"type": "page", "anonymousId": "browser-1", "name": "Veal", "timestamp": "2017-10-10T10:00:00Z", "messageId": "m1"}
    young, wrong = visit | {"timestamp": "2017-11-01T10:00:00Z", "messageId": "m2"}, {"type": "wrong", "messageId": "m3"}
    done = shop.settings.data / "inbox" / "done"
    done.mkdir(parents=True)
    for name in ("old.csv", "old.csv.report.txt", "young.csv"):
        (done / name).write_text("x", encoding="utf-8")
    with shop.book(thanks()).open() as house:
        told(house, visit, young, wrong)
    with shop.open("2019-11-11") as house:
        now = house.clock.instant()
        for name, days in (("old.csv", 31), ("old.csv.report.txt", 31), ("young.csv", 29)):
            os.utime(done / name, (now - days * 86_400,) * 2)
        assert (due(house)["visits"], due(house)["dead_letters"], due(house)["files"]) == (1, 1, 2)
        gone = let_go(house)
        assert (gone["visits"], gone["dead_letters"], gone["files"]) == (1, 1, 2)
        assert [path.name for path in done.iterdir()] == ["young.csv"]
        told(house, visit)
        assert [name for (name,) in house.truth.run("SELECT message_id FROM event WHERE name = 'Page Viewed'")] == ["m2"]


def test_who_looked_is_known_for_a_year(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        house.truth.run("INSERT INTO look (profile_id, hour_at, who, door, what, at) VALUES (1, 0, 'Anne', 'console', 'card', ?)", (house.clock.instant(),))
    with shop.open("2018-11-02") as house:
        assert (due(house)["looks"], let_go(house)["looks"]) == (0, 0)
    with shop.open("2018-11-03") as house:
        assert (due(house)["looks"], let_go(house)["looks"], due(house)["looks"]) == (1, 1, 0)


def test_a_row_that_was_set_aside_waits_ninety_days_and_its_count_stays(shop: Shop) -> None:
    shop.desk.mkdir(exist_ok=True)
    file = shop.desk / "wrong.csv"
    file.write_text("customer,birthday\nmartin,the fifth of never\n", encoding="utf-8")
    with shop.book(thanks()).open() as house:
        assert import_file(house.truth, house.settings, file, None, "customers").rejected_rows == 1
    with shop.open("2018-01-31") as house:
        assert (due(house)["rejected_rows"], let_go(house)["rejected_rows"]) == (0, 0)
    with shop.open("2018-02-01") as house:
        assert (due(house)["rejected_rows"], let_go(house)["rejected_rows"], due(house)["rejected_rows"]) == (1, 1, 0)
        assert house.truth.run("SELECT rejected FROM import_run WHERE file = 'wrong.csv'") == [(1,)]


def test_links_that_open_nothing_go_and_a_way_out_stays_for_good(shop: Shop) -> None:
    with shop.book(thanks()).open() as house, house.truth.transaction():
        now = house.clock.instant()
        page, ended, out, confirmed = (make_link(house.truth, 1, kind, now) for kind in ("page", "page", "out", "confirm"))
        end_link(house.truth, ended, now)
    with shop.open("2017-12-02") as house:
        assert (due(house)["ended_links"], let_go(house)["ended_links"]) == (0, 0)
    with shop.open("2017-12-03") as house:
        assert (due(house)["ended_links"], let_go(house)["ended_links"], due(house)["ended_links"]) == (2, 2, 0)
        assert [read_link(house.truth, each) is None for each in (page, ended, out, confirmed)] == [False, True, False, True]


def test_when_a_letter_left_is_known_for_five_years_and_what_waits_stays(shop: Shop) -> None:
    with shop.book(thanks()).open() as house, house.truth.transaction():
        now = house.clock.instant()
        sent, _waiting = (owe(house.truth, "confirm", "fr", 0, now) for _ in range(2))
        letter = claim(house.truth, sent, now)
        assert letter
        settle(house.truth, letter, Outcome(State.SENT, "250 ok"), now)
    with shop.open(FIVE_YEARS) as house:
        assert (due(house)["letters"], let_go(house)["letters"]) == (0, 0)
    with shop.open(AND_A_DAY) as house:
        assert (due(house)["letters"], let_go(house)["letters"], due(house)["letters"]) == (1, 1, 0)
        assert house.truth.run("SELECT state FROM letter") == [("waiting",)]
        assert house.truth.run("SELECT letter_id FROM letter_attempt") == []


def test_a_closed_case_is_proof_for_five_years_from_its_answer_and_an_open_one_stays(shop: Shop) -> None:
    with shop.book(thanks()).open("2017-10-02") as house:
        over, still = (open_case(house, "", Opening(Asked.ACCESS, Door.MAIL, "She asks."), "Anne") for _ in range(2))
    with shop.open() as house:
        assert not seek(house, still, "zoe@example.org", "Anne")
        act(house, over, Did.REFUSED, "Anne", "Nobody here.")
        with house.truth.transaction():
            keep_callbacks(house.truth, over, ["https://desk.example/"], "pending")
    with shop.open("2018-01-01") as house:
        assert due(house)["closed_cases"] == 0
    with shop.open(FIVE_YEARS) as house:
        assert (due(house)["closed_cases"], let_go(house)["closed_cases"]) == (0, 0)
    with shop.open(AND_A_DAY) as house:
        assert (due(house)["closed_cases"], let_go(house)["closed_cases"], due(house)["closed_cases"]) == (1, 1, 0)
        assert {number for (number,) in house.truth.run("SELECT case_id FROM law_case UNION SELECT case_id FROM case_step")} == {still}
        assert house.truth.run("SELECT url FROM case_callback") == []


def test_nothing_goes_by_itself_before_somebody_has_said_so_and_then_once_a_day(shop: Shop) -> None:
    settings = shop.book(thanks()).standing(LATER)
    assert daily_round(settings) == {}
    let_run(settings.data, True)
    assert daily_round(settings)["quiet_customers"] > 0
    assert daily_round(settings) == {}, "once a day is enough"
    let_run(settings.data, False)
    assert daily_round(shop.standing("2021-01-01")) == {}


def test_a_kind_that_fails_keeps_no_other_from_going_and_the_round_is_tried_again_that_day(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(house: House, before: int) -> int:
        raise Busy("somebody writes")

    done = shop.settings.data / "inbox" / "done"
    done.mkdir(parents=True)
    (done / "old.csv").write_text("x", encoding="utf-8")
    os.utime(done / "old.csv", (0, 0))
    settings = shop.book(thanks()).standing(LATER)
    let_run(settings.data, True)
    with monkeypatch.context() as while_busy:
        while_busy.setitem(retaining.KINDS, "quiet_customers", replace(retaining.KINDS["quiet_customers"], let_go=busy))
        for _ in range(2):
            with pytest.raises(Busy, match="somebody writes"):
                daily_round(settings)
    assert not list(done.iterdir()), "what comes after it has gone"
    gone = daily_round(settings)
    assert (gone["quiet_customers"] > 0, gone["files"]) == (True, 0)
    assert daily_round(settings) == {}


def test_a_round_that_goes_wrong_again_and_again_waits_longer_and_longer() -> None:
    begun: list[float] = []

    def wrong() -> None:
        begun.append(time.monotonic())
        raise Busy("somebody writes")

    with rounds("trying", 0.01, wrong, most_seconds=60.0):
        time.sleep(0.7)
    assert 3 <= len(begun) <= 6, "after 10, 20, 40, 80, 160 and 320 ms"


def test_the_command_shows_before_it_lets_go(shop: Shop, habitue: Run) -> None:
    _, shown = habitue("retention")
    assert "Customers who gave no sign: 1096 days" in shown
    assert "Nothing was changed." in shown
    with shop.open(LATER) as house:
        assert "martin" in keys(house)
    _, gone = habitue("retention", "--yes")
    assert "quiet_customers:" in gone
    with shop.open(LATER) as house:
        assert "martin" not in keys(house)
    assert habitue("retention", "--every-day")[1].endswith("It is done by itself once a day.")
    assert choice_of(shop.settings.data).is_running
    code, refused = habitue("retention", "--every-day", "--by-hand")
    assert (code, "Choose one" in refused) == (3, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("is_running = 3", "cannot be read"),
        ("[days]\nrumours = 3", "“rumours” is none of quiet_customers"),
        ("[days]\nvisits = 0", "visits is kept for 0 days"),
        ("nonsense", "cannot be read"),
    ],
)
def test_a_wrong_rule_is_said_and_nothing_goes(shop: Shop, text: str, said: str) -> None:
    with shop.book(thanks()).open(LATER) as house:
        (house.settings.data / "retention.toml").write_text(text, encoding="utf-8")
        before = keys(house)
        with pytest.raises(SettingsError, match=said):
            let_go(house)
        assert keys(house) == before


def test_the_page_shows_what_goes_when_and_a_press_lets_it_go_in_both_languages(shop: Shop) -> None:
    with shop.book(thanks()).open(LATER) as house:
        site = TestClient(create_site(house), base_url="http://localhost")
        shown, french = words_of(site.get("/retention").text), words_of(site.get("/retention?lang=fr").text)
        assert "Customers who gave no sign" in shown
        assert "Jeanne Martin" in shown
        for kind in ("Clientes sans signe de vie", "Demandes de la loi qui sont closes", "Lignes qu’un import a mises de côté"):
            assert kind in french
        for page, law in ((shown, "GDPR, articles 5(2) and 17(3)(e)"), (french, "RGPD, articles 5(2) et 17(3)(e)")):
            assert law in page
        assert "GDPR" not in french
        assert not re.search("RGPD|référentiel|« ", shown)
        assert site.post("/retention", data={"word": "perhaps"}, headers=HERE).status_code == 400
        assert "martin" in keys(house)
        answer = site.post("/retention", data={"word": "now"}, headers=HERE)
        assert "choses sont parties" in words_of(answer.text)
        assert "martin" not in keys(house)
        site.post("/retention", data={"word": "every-day"}, headers=HERE)
        assert "s’en va de soi-même" in words_of(site.get("/retention").text)


def test_who_asks_something_by_law_is_kept_until_she_is_answered(shop: Shop) -> None:
    with shop.book(thanks()).open(LATER) as house:
        number = open_case(house, "martin", Opening(Asked.ACCESS, Door.MAIL), "Anne")
        let_go(house)
        assert keys(house) == {"martin"}
        act(house, number, Did.WITHDRAWN, "Anne", "She wrote that it is settled.")
        let_go(house)
        assert keys(house) == set()
