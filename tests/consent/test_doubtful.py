"""A mail that may ask for something by law, or for something else: every page says so until she says it plainly, or somebody of the shop has done it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from habitue.app.erasure.forgetting import forget
from habitue.app.her.data import her_data
from habitue.app.house import House
from habitue.app.inbox.hearing_stop import hear_mail
from habitue.app.law.requesting import Opening, act, case_line, finish, identify, open_case
from habitue.consent.law.model import Asked, Did, Door, Known
from habitue.web import create_site
from tests.cast import Shop, thanks
from tests.cli.conftest import Run, run_command
from tests.consent.test_stop_mail import PAGE, house, mail, of_parts
from tests.web.test_pages import words_of

__all__ = ["house", "run_command"]
MAYBE = "If you delete my account, do I lose my points?"
HEADLINES = {"en": "She may have asked to be erased.", "fr": "Elle a peut-être demandé à être effacée."}
READ = {"en": "Read what she wrote: it may be something else.", "fr": "Lisez ce qu’elle a écrit : c’est peut-être autre chose."}
PLAIN = {"en": "She asks to be erased.", "fr": "Elle demande à être effacée."}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_says_that_she_may_have_asked(house: House, language: str) -> None:
    number = hear_mail(house, mail(MAYBE)).case
    inside = TestClient(create_site(house), base_url="http://localhost")
    for path in ("/cases", f"/cases/{number}", "/customers/martin/asks"):
        shown = words_of(inside.get(f"{path}?lang={language}").text).replace("\u202f", " ")
        assert HEADLINES[language] in shown, path
        assert READ[language] in shown, path
        assert PLAIN[language] not in shown, path
    assert inside.get(f"/api/cases/{number}").json()["is_doubtful"]


def test_the_log_and_her_own_data_say_it_too(house: House) -> None:
    number = hear_mail(house, mail(MAYBE)).case
    sentences = [step.sentence for step in case_line(house, number).steps]
    assert sentences == ["She may have asked to be erased, by e-mail (on 2 November 2017).", "Noted, in doubt, on 2 November 2017."]
    with ZipFile(BytesIO(her_data(house, "martin", "fr"))) as archive:
        assert "Vous avez peut-être demandé que tout soit effacé, par courriel" in archive.read("data.html").decode()


def test_what_she_says_plainly_since_ends_the_doubt(house: House) -> None:
    number = hear_mail(house, mail(MAYBE)).case
    assert hear_mail(house, mail("Do I lose them if you delete everything?")).case == number
    act(house, number, Did.NOTED, "", "I rang her, and nobody answered")
    assert case_line(house, number).is_doubtful
    assert hear_mail(house, mail("Please delete all my data.")).case == number
    line = case_line(house, number)
    assert (line.is_doubtful, line.to_do) == (False, "Make sure that it is she.")
    assert [step.did for step in line.steps] == ["opened", "doubted", "noted", "noted", "said"]


def test_the_same_sentence_may_be_in_doubt_first_and_plain_later(house: House) -> None:
    number = hear_mail(house, mail("Please delete all my data. Or do I lose my points?")).case
    assert case_line(house, number).is_doubtful
    assert hear_mail(house, mail("Hello, again!\nPlease delete all my data.")).case == number
    line = case_line(house, number)
    assert (line.is_doubtful, [step.words for step in line.steps][1:]) == (False, ["Please delete all my data"] * 2)


def test_a_wish_above_a_body_that_nobody_can_read_is_in_doubt(house: House) -> None:
    heard = hear_mail(house, of_parts(PAGE + "<!-- -->", subject="Delete my account"))
    assert case_line(house, heard.case).is_doubtful


def test_a_mail_in_doubt_puts_none_upon_what_she_asked_before(house: House) -> None:
    number = open_case(house, "martin", Opening(Asked.ERASURE, Door.COUNTER), "Odile")
    assert hear_mail(house, mail(MAYBE)).case == number
    sure = hear_mail(house, mail("Please delete all my data.", "karim@example.org")).case
    assert hear_mail(house, mail(MAYBE, "karim@example.org")).case == sure
    assert [case_line(house, each).is_doubtful for each in (number, sure)] == [False, False]


def test_what_was_done_was_asked_and_what_was_refused_stays_in_doubt(house: House) -> None:
    erased, refused = (hear_mail(house, mail(MAYBE, sender)).case for sender in ("jeanne@example.org", "karim@example.org"))
    identify(house, erased, Known.BY_HER_ADDRESS, "Odile")
    assert case_line(house, erased).to_do == f"{READ['en']} Erase her."
    forget(house, "martin")
    assert {step.words for step in case_line(house, erased).steps} == {""}
    finish(house, erased, "Odile")
    act(house, refused, Did.REFUSED, "Odile", "he asked about his points")
    assert [case_line(house, each).is_doubtful for each in (erased, refused)] == [False, True]


def test_the_command_says_so(shop: Shop, run_command: Callable[..., Run]) -> None:
    run = run_command(shop.book(thanks()).told(today="2017-11-02").settings)
    with shop.open() as house:
        hear_mail(house, mail(MAYBE))
    assert f"perhaps to be erased. {READ['en']}" in " ".join(run("cases", "list")[1].split())
    assert "peut-être à être effacée." in " ".join(run("cases", "show", "1", "--language", "fr")[1].split())
