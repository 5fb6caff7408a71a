"""Requests of the law: opened, made sure of, answered in time or said why not, with a log that nobody rewrites."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest

from habitue.app.erasure.forgetting import forget
from habitue.app.her.data_words import your_step
from habitue.app.law.request_words import step_words
from habitue.app.law.requesting import (
    Opening,
    act,
    case_line,
    due_cases,
    finish,
    hand_over,
    her_cases,
    identify,
    make_longer,
    open_case,
    past_cases,
    seek,
)
from habitue.app.leaving import Said, leaves_of, say_leave
from habitue.consent.law.model import Asked, Case, Did, Door, Known, Step
from habitue.consent.law.rules import LONGER_ALREADY, NO_REASON, NOT_HANDED, NOT_SURE, OVER, SURE_ALREADY, TOO_LATE
from habitue.words.clock import parse_day
from habitue.words.errors import BadInput, Refused, Several, Unknown
from habitue.words.vocabulary import Channel, Purpose
from tests.cast import Shop, shop, thanks

__all__ = ["shop"]


def test_she_is_given_her_data_once_it_is_sure_that_it_is_she(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "martin", Opening(Asked.ACCESS, Door.MAIL, "letter <of> 30 October", parse_day("2017-10-30")), "Odile")
        with pytest.raises(Refused, match=NOT_SURE):
            hand_over(house, number, "Odile")
        identify(house, number, Known.BY_A_DOCUMENT, "Odile")
        with pytest.raises(Refused, match=NOT_HANDED):
            finish(house, number, "Odile")
        body = hand_over(house, number, "Jean")
        finish(house, number, "Jean", "by registered letter")
        with pytest.raises(Refused, match=OVER):
            act(house, number, Did.WITHDRAWN, "Jean")
        line = case_line(house, number)
        assert [case.number for case in past_cases(house)] == [number]
        assert due_cases(house) == []
    assert body[:2] == b"PK"
    assert (line.state, line.due_on.isoformat(), line.name) == ("done", "2017-11-30", "Jeanne Martin")
    assert [(step.did, step.who) for step in line.steps] == [("opened", "Odile"), ("identified", "Odile"), ("handed", "Jean"), ("done", "Jean")]
    assert line.steps[1].sentence == "It is she: she showed a document; no copy of it was kept, on 2 November 2017."
    assert line.steps[0].words == "letter <of> 30 October"


def test_what_is_due_next_comes_first_with_the_days_left(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        for day, asked in (("2017-11-02", Asked.OBJECTION), ("2017-09-25", Asked.ERASURE), ("2017-10-06", Asked.RECTIFICATION)):
            open_case(house, "karim", Opening(asked, Door.EMAIL, received_day=parse_day(day)), "")
        found = due_cases(house, "fr")
        english = due_cases(house)
    assert [(case.asked, case.left, case.is_urgent) for case in found] == [
        ("erasure", "en retard de 8 jours", True),
        ("rectification", "il reste 4 jours", True),
        ("objection", "il reste 32 jours", False),
    ]
    assert [case.left for case in english] == ["8 days late", "4 days left", "32 days left"]
    assert english[0].to_do == "Make sure that it is she."


def test_an_objection_is_her_no_to_every_way_at_once_and_to_the_reckoning(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        say_leave(house, "martin", Said(True, (Purpose.OFFERS,), (Channel.SMS,)))
        number = open_case(house, "martin", Opening(Asked.OBJECTION, Door.TELEPHONE), "Odile")
        finish(house, number, "Odile")
        leaves = {(line.purpose, line.channel): line for line in leaves_of(house, "martin")}
    assert not any(line.is_granted for line in leaves.values())
    assert leaves["offers", "sms"].words[0].proof == f"request {number}"
    assert {"profiling", "audiences", "measurement"} <= {purpose for purpose, _ in leaves}


def test_it_takes_longer_once_for_a_reason_and_within_the_month(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "paul", Opening(Asked.ACCESS, Door.EMAIL, received_day=parse_day("2017-10-20")), "")
        with pytest.raises(Refused, match=NO_REASON):
            make_longer(house, number, "", " ")
        make_longer(house, number, "", "three shops to ask")
        assert case_line(house, number).due_on.isoformat() == "2018-01-22"  # the 20th is a Saturday
        assert case_line(house, number).steps[1].sentence == "Two months more, until 22 January 2018, on 2 November 2017."
        with pytest.raises(Refused, match=LONGER_ALREADY):
            make_longer(house, number, "", "again")
        late = open_case(house, "paul", Opening(Asked.ACCESS, Door.EMAIL, received_day=parse_day("2017-09-20")), "")
        with pytest.raises(Refused, match=TOO_LATE):
            make_longer(house, late, "", "forgotten")


def test_a_refusal_says_why_and_a_rectification_says_what(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "paul", Opening(Asked.RECTIFICATION, Door.COUNTER, known=Known.AT_THE_COUNTER), "")
        with pytest.raises(BadInput, match=NO_REASON):
            finish(house, number, "")
        with pytest.raises(Refused, match=NO_REASON):
            act(house, number, Did.REFUSED, "")
        act(house, number, Did.REFUSED, "", "the invoice must stay as it was")
        [line] = her_cases(house, "paul")
    assert (line.state, line.steps[-1].words) == ("refused", "the invoice must stay as it was")


def test_an_erasure_is_done_only_once_she_is_gone(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "paul", Opening(Asked.ERASURE, Door.COUNTER, "a word", known=Known.AT_THE_COUNTER), "Odile")
        with pytest.raises(Refused, match="She is still here"):
            finish(house, number, "Odile")
        forget(house, "paul")
        finish(house, number, "Odile")
        line = case_line(house, number)
    assert (line.state, line.key, line.steps[0].words) == ("done", "", "")
    assert line.steps[-1].sentence == "She was erased, on 2 November 2017."


def test_somebody_whom_we_do_not_know_is_told_so_once_somebody_has_looked(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "", Opening(Asked.ACCESS, Door.MAIL, "Mme Inconnue, 3 rue Haute"), "")
        assert case_line(house, number).to_do.startswith("Look whether we know her")
        with pytest.raises(Refused, match="Nobody has looked for her yet"):
            finish(house, number, "")
        with pytest.raises(BadInput, match="a number, an e-mail address or a telephone number"):
            seek(house, number, "Madame Inconnue", "Odile")
        assert not seek(house, number, "inconnue@example.org", "Odile")
        assert case_line(house, number).to_do.startswith("We looked for “inconnue@example.org” and found nobody.")
        with pytest.raises(Unknown):
            hand_over(house, number, "")
        finish(house, number, "", "letter of today")
        line = case_line(house, number)
    assert (line.state, [(step.did, step.who) for step in line.steps][1]) == ("done", ("sought", "Odile"))


def test_whoever_is_found_later_has_the_case_and_is_made_sure_of_like_others(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "zoe@example.org", Opening(Asked.ACCESS, Door.EMAIL), "Odile")
        assert "zoe@example.org" in case_line(house, number).to_do
        with pytest.raises(Several, match="anne, marc"):
            seek(house, number, "petit@example.org", "Odile")
        assert seek(house, number, "karim", "Odile")
        identify(house, number, Known.AT_THE_COUNTER, "Odile")
        with pytest.raises(Refused, match=SURE_ALREADY):
            seek(house, number, "martin", "Odile")
        other = open_case(house, "", Opening(Asked.ACCESS, Door.MAIL), "")
        identify(house, other, Known.BY_A_DOCUMENT, "")
        assert seek(house, other, "06 10 00 00 01", "Odile")
        with pytest.raises(Refused, match=NOT_SURE):
            hand_over(house, other, "Odile")
        lines = case_line(house, number), case_line(house, other)
    assert [(line.key, line.state) for line in lines] == [("karim", "identified"), ("martin", "open")]
    assert [step.did for step in lines[0].steps] == ["opened", "sought", "found", "identified"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whoever_was_looked_for_and_found_is_given_her_data(shop: Shop, language: str) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "zoe@example.org", Opening(Asked.ACCESS, Door.MAIL), "Odile")
        assert seek(house, number, "jeanne@example.org", "Odile")
        identify(house, number, Known.AT_THE_COUNTER, "Odile")
        assert hand_over(house, number, "Odile", language)[:2] == b"PK"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("say", [step_words, your_step])
def test_whatever_was_done_has_its_words(say: Callable[[Case, Step, int, str], str], language: str) -> None:
    for asked, did in product(Asked, Did):
        step = Step(1, 0, did, "", Known.AT_THE_COUNTER, "", 17_500)
        said = say(Case(1, 1, asked, Door.MAIL, 17_472, "", "", (step,)), step, 17_473, language)
        assert len(said) > len("(2 November 2017).")
        assert "%" not in said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whatever_was_done_is_said_to_her_and_not_of_her(language: str) -> None:
    for asked, did, door, known in product(Asked, Did, Door, Known):
        step = Step(1, 0, did, "", known, "", 17_500)
        said = your_step(Case(1, 1, asked, door, 17_472, "", "", (step,)), step, 17_473, language)
        assert not re.search(r"\b(she|her|elle|lui|sa|son|ses)\b", said, re.IGNORECASE), said


@pytest.mark.parametrize("asked", [Asked.ERASURE, Asked.ACCESS])
def test_whoever_was_erased_in_the_ordinary_way_leaves_a_case_that_can_be_closed(shop: Shop, asked: Asked) -> None:
    with shop.book(thanks()).open() as house:
        over = open_case(house, "paul", Opening(asked, Door.MAIL), "Odile")
        act(house, over, Did.REFUSED, "Odile", "twice the same")
        number = open_case(house, "jeanne@example.org", Opening(asked, Door.MAIL), "Odile")
        other = open_case(house, "karim", Opening(asked, Door.MAIL), "Odile")
        forget(house, "martin")
        line = case_line(house, number)
        assert (line.state, line.to_do) == ("open", "She was erased: tell her so, and close the case.")
        assert line.steps[-1].sentence == "What we held of her was erased, on 2 November 2017."
        finish(house, number, "Odile")
        forget(house, "paul")
        assert case_line(house, number).state == "done"
        assert [[step.did for step in case_line(house, each).steps] for each in (over, other)] == [["opened", "refused"], ["opened"]]


def test_by_what_she_was_sought_is_emptied_once_the_case_is_over(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "zoe@example.org", Opening(Asked.ACCESS, Door.MAIL, "a letter"), "Odile")
        seek(house, number, "karim@example.org", "Odile")
        assert [step.words for step in case_line(house, number).steps] == ["a letter", "zoe@example.org", "karim@example.org"]
        act(house, number, Did.REFUSED, "Odile", "it is not he")
        assert [step.words for step in case_line(house, number).steps] == ["a letter", "", "", "it is not he"]


def test_by_what_she_was_sought_goes_with_her(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "", Opening(Asked.ACCESS, Door.MAIL), "")
        for called in ("06 10 00 00 02", "nobody@example.org", "jeanne@example.org"):
            seek(house, number, called, "")
        forget(house, "karim")
        assert [step.words for step in case_line(house, number).steps] == ["", "", "nobody@example.org", "jeanne@example.org"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda house: open_case(house, "nobody", Opening(Asked.ACCESS, Door.MAIL), ""),
        lambda house: open_case(house, "paul", Opening(Asked.ACCESS, Door.MAIL, received_day=house.today + 1), ""),
        lambda house: case_line(house, 9_999),
        lambda house: act(house, 9_999, Did.NOTED, ""),
    ],
    ids=["nobody", "tomorrow", "no case", "no case to write in"],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(shop: Shop, wrong: Callable[..., object]) -> None:
    with shop.book(thanks()).open() as house:
        with pytest.raises((Unknown, BadInput)):
            wrong(house)
        assert due_cases(house) == []


TYPED = (
    "jeanne@example.org.",
    "<Jeanne@example.org>",
    "Jeanne Martin <jeanne@example.org>",
    "mailto:jeanne@example.org",
    "jeanne@example.org,",
    "son adresse : « jeanne@example.org »",
    "tél. 06 10 00 00 01",
    "(+33) 6 10 00 00 01",
    "Tel: +33 (0)6.10.00.00.01.",
    "06 10 00 00 01 (portable)",
)


@pytest.mark.parametrize("called", TYPED)
def test_what_is_written_round_an_address_hides_nobody(shop: Shop, called: str) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "", Opening(Asked.ACCESS, Door.MAIL), "")
        assert seek(house, number, called, "Odile")
        assert case_line(house, open_case(house, called, Opening(Asked.ACCESS, Door.MAIL), "Odile")).key == "martin"


def test_in_vain_is_sought_the_address_alone_and_two_at_once_are_not(shop: Shop) -> None:
    with shop.book(thanks()).open() as house:
        number = open_case(house, "", Opening(Asked.ACCESS, Door.MAIL), "")
        for called in ("jeanne@example.org, karim@example.org", "jeanne@", "06 10 00 00 01 ou 06 10 00 00 02"):
            with pytest.raises(BadInput, match="a number, an e-mail address or a telephone number"):
                seek(house, number, called, "Odile")
        assert not seek(house, number, "Zoé <zoe@example.org>.", "Odile")
        assert not seek(house, number, "tél. 06 99 99 99 99", "Odile")
        assert not seek(house, number, "99 998", "Odile")
        with pytest.raises(Unknown, match="C 234567"):
            open_case(house, "C 234567", Opening(Asked.ACCESS, Door.MAIL), "")
        assert [step.words for step in case_line(house, number).steps] == ["", "zoe@example.org", "06 99 99 99 99", "99 998"]
