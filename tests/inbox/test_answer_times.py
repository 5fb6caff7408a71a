"""How long customers waited for an answer, in open hours; who still waits is not hidden, and a machine's word is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest

from habitue.app import House
from habitue.app.erasure.forgetting import forget
from habitue.app.inbox import shop_hours
from habitue.app.inbox.answer_times import answer_times
from habitue.app.inbox.answer_times_words import times_said
from habitue.app.inbox.answering import answer, close
from habitue.app.inbox.attaching import attach
from habitue.app.inbox.noting import Stands, note_words
from habitue.app.inbox.strangers import answer_stranger, done_stranger, drop
from habitue.app.inbox.talking import open_conversations
from habitue.app.post.gate import open_gate
from habitue.words.clock import parse_day
from habitue.words.vocabulary import Channel
from tests.cast import Shop, shop
from tests.command_line import command_line
from tests.inbox.test_closing_notes import at, letters_of, writes

__all__ = ["shop"]
OPENING = {"opening": "Tu-Sa 09:00-19:00", "answer_hours": 3, "complaint_hours": 2}
H = 3_600


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    """Jeanne is answered after 2 open hours, Karim after 12, Nina's complaint after 1 and settled after 11, and Lucie waits: it is late."""
    told = {"address": "https://regulars.example.org", "sender": "shop@example.org", "relay": "smtp://127.0.0.1:1"}
    with shop.told(**told, **OPENING, closed="2017-11-23..2017-11-30", today="2017-11-10").open() as opened:
        for each in open_conversations(opened):  # a file's, of before
            close(opened, each.number)
        jeanne, karim = writes(at(opened, "2017-11-02", 10)).number, writes(at(opened, "2017-11-02", 18), "Du lapin ?", "karim@example.org").number
        answer(at(opened, "2017-11-02", 12), jeanne, "Oui.", "Camille")
        answer(at(opened, "2017-11-04", 10), karim, "Oui.", "Camille")
        nina = writes(at(opened, "2017-11-08", 10), "Je suis très mécontente, c’est inadmissible.", "nina@example.org").number
        answer(at(opened, "2017-11-08", 11), nina, "Pardon.", "Camille")
        close(at(opened, "2017-11-09", 11), nina)
        writes(at(opened, "2017-11-08", 9), "Et pour samedi ?", "lucie@example.org")
        yield at(opened, "2017-11-09", 12)


def test_the_figures_say_how_long_in_open_hours_and_do_not_hide_who_waits(house: House) -> None:
    total, (second, first) = answer_times(house, parse_day("2017-11-01"))
    assert (first.from_on, first.matters, first.answered, first.in_time, first.late) == ("2017-11-01", 2, 2, 1, 1)
    assert (first.answer_median_seconds, first.answer_ninth_seconds) == (2 * H, 12 * H)
    assert (second.matters, second.answered, second.in_time, second.waiting, second.longest_seconds) == (2, 1, 1, 1, 13 * H)
    assert (second.answer_median_seconds, second.answer_ninth_seconds) == (1 * H, None)
    assert (second.settled_median_seconds, second.open, second.late) == (11 * H, 1, 1)
    assert (total.matters, total.answer_median_seconds, total.answer_ninth_seconds) == (4, 2 * H, None)
    assert times_said(second, "en") == (
        "2 matters: 1 answered, 1 of them in time. Half of them had an answer within 1 open hour. "
        "Half were settled within 11 open hours. 1 is or was late. 1 still waits, for 13 open hours."
    )
    (month,) = answer_times(house, parse_day("2017-11-01"), by_month=True)[1]
    assert month == total


def test_a_machine_s_word_is_no_answer_and_who_was_erased_is_in_no_figure(house: House) -> None:
    open_gate(house.settings, house.clock.instant())
    closed = at(house, "2017-11-24")
    writes(closed, "Et demain ?", "marc@example.org")
    writes(closed, "Et demain, alors ?")
    assert letters_of(closed) == 4  # three answers of a person, and one of a machine
    assert answer_times(closed, parse_day("2017-11-20"))[0].answered == 0
    later = at(house, "2017-12-01", 10)
    assert answer_times(later, parse_day("2017-11-20"))[0].longest_seconds == 1 * H
    before = answer_times(later, parse_day("2017-11-01"))[0].matters
    forget(house, "lucie")
    after = answer_times(later, parse_day("2017-11-01"))[0]
    assert (before - after.matters, after.waiting) == (1, 2), "Jeanne, and a stranger"


def test_what_the_page_asks_again_at_each_view_is_counted_once(house: House) -> None:
    first = answer_times(house, parse_day("2017-11-01"))
    counted = [each.cache_info().misses for each in (shop_hours._due_at, shop_hours._open_seconds)]
    assert answer_times(house, parse_day("2017-11-01")) == first
    assert [each.cache_info().misses for each in (shop_hours._due_at, shop_hours._open_seconds)] == counted
    closed = replace(house, settings=msgspec.structs.replace(house.settings, closed="2017-11-02..2017-11-04"))
    assert (first[0].in_time, answer_times(closed, parse_day("2017-11-01"))[0].in_time) == (2, 3), "other hours are asked anew"


def test_what_was_settled_when_it_was_noted_is_no_matter(house: House) -> None:
    called = at(house, "2017-11-09", 10)
    before = answer_times(called, parse_day("2017-11-01"))[0]
    note_words(called, "martin", Channel.PHONE, "Elle prendra deux poulets samedi.", "Anne", Stands.SETTLED)
    assert answer_times(called, parse_day("2017-11-01"))[0] == before
    note_words(called, "martin", Channel.PHONE, "Et du lapin ?", "Anne", Stands.WAITS)
    assert answer_times(called, parse_day("2017-11-01"))[0].matters == before.matters + 1


def test_strangers_wait_as_customers_do_and_who_is_let_go_in_no_figure(house: House) -> None:
    since, lost = parse_day("2017-11-01"), "Je suis très mécontent, c’est inadmissible."
    before, open_before = answer_times(house, since)[0], answer_times(at(house, "2017-11-08", 17), since)[0].open
    tourist = writes(at(house, "2017-11-08", 10), "Êtes-vous ouverts lundi ?", "tourist@far.test").stray
    answer_stranger(at(house, "2017-11-08", 12), tourist, "Non.", "Camille")
    angry = writes(at(house, "2017-11-08", 14), lost, "angry@far.test").stray
    answer_stranger(at(house, "2017-11-08", 15), angry, "Pardon.", "Camille")
    again = writes(at(house, "2017-11-08", 16), "Et mon colis ?", "angry@far.test").stray
    assert answer_times(at(house, "2017-11-08", 17), since)[0].open == open_before + 1, "a complaint is open until somebody says that it is done"
    done_stranger(at(house, "2017-11-09", 10), again, "Camille")
    writes(at(house, "2017-11-09", 10), "Merci beaucoup !", "glad@far.test")
    waits = writes(at(house, "2017-11-09", 11), "Avez-vous de l’agneau ?", "late@far.test").stray
    told = answer_times(house, since)[0]
    assert (told.matters - before.matters, told.answered - before.answered, told.waiting - before.waiting, told.open - before.open) == (3, 2, 1, 1)
    assert (told.in_time - before.in_time, told.late - before.late) == (2, 0)

    attach(house, waits, "marc", "Camille")
    assert answer_times(house, since)[0] == told, "it counts on in her conversation, from when it was written"
    spam = writes(at(house, "2017-11-09", 11), "Crypto ?", "spam@far.test").stray
    assert answer_times(house, since)[0].matters == told.matters + 1
    drop(house, spam, "Camille")
    assert answer_times(house, since)[0] == told


def test_the_command_and_an_empty_house_say_so(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run = command_line(house.settings.data, monkeypatch, capsys)
    told = json.loads(run("inbox", "times", "--since", "2017-11-01", "--json")[1])
    assert (told["all"]["matters"], len(told["spans"])) == (4, 2)
    assert times_said(answer_times(house, parse_day("2018-01-01"))[0], "fr") == "Personne n’a ouvert d’affaire."
    assert run("inbox", "times", "--since", "soon")[0] != 0
