"""The page in the zip, as she reads it: said to her, words for codes, names for things, dates as people write them, nothing to scroll sideways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from habitue.app.her.data import her_data
from habitue.app.law.requesting import Opening, open_case
from habitue.app.leaving import Said, say_leave
from habitue.app.planning import write_plan
from habitue.app.remembering import note
from habitue.app.stating import Note
from habitue.consent.law.model import Asked, Door
from habitue.words.vocabulary import Channel, Collected, Level, Purpose, Strength, Subject, Told
from tests.app.test_her_data import unpacked
from tests.cast import Shop, day, shop, thanks
from tests.web.test_pages import words_of

__all__ = ["shop"]
SAID = {
    "en": (
        "holds of you",
        "Birthday 21 May",
        "Customer number martin",
        "You like: veal. “every Thursday” You said so on 2 November 2017.",
        "Offers, by text message Yes, on 2 November 2017. You wrote it on paper.",
        "No, on 2 November 2017. You pressed the way out of a message.",
        "order veal-martin-1026 veal: €10.00",
        "Invitations, by e-mail Yes, on 1 June 2017. From a file of the shop.",
        "veal (1013641): €10.00",
        "2 November 2017 We had this for you. A friendly word, by e-mail.",
        "A piece of advice 20 October 2017, by e-mail.",
        "You asked to see what we hold of you, by post (1 October 2017).",
    ),
    "fr": (
        "détient de vous",
        "Anniversaire 21 mai",
        "Numéro de client martin",
        "Vous aimez\u202f: veau. «\u202fevery Thursday\u202f» Vous l’avez dit le 2 novembre 2017.",
        "Offres, par SMS Oui, le 2 novembre 2017. Vous l’avez écrit sur papier.",
        "Non, le 2 novembre 2017. Vous avez demandé à ne plus rien recevoir, depuis un message.",
        "veau\u202f: 10,00\xa0€",
        "veau (1013641)\u202f: 10,00\xa0€",
        "2 novembre 2017 Nous avions ceci pour vous. Un mot aimable, par courriel.",
        "Un conseil 20 octobre 2017, par courriel.",
        "Vous avez demandé à voir ce que nous détenons de vous, par la poste (1er octobre 2017).",
    ),
}
THIRD = {"en": r"\b(she|her|hers)\b", "fr": r"\b(elle|cliente)\b"}
CODES = re.compile(r"\b(gesture|content|thanks|another|not_\w+|her_page|she_said|email|sms|root/cli|\d{4}-\d{2}-\d{2})\b|None")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_said_to_her_in_words_names_and_dates(shop: Shop, language: str) -> None:
    page = words_of(page_of(shop, language).split("<body>")[1])
    assert [said for said in SAID[language] if said not in page] == []
    assert re.findall(THIRD[language], page.lower()) == []
    assert CODES.findall(re.sub(r"(order|commande) \S+", "", page)) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_in_it_is_scrolled_sideways(shop: Shop, browser: Browser, tmp_path: Path, width: int) -> None:
    file = tmp_path / "data.html"
    file.write_text(page_of(shop, "fr", "W" * 300), encoding="utf-8")
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("[...document.querySelectorAll('*')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth).length") == 0
    page.context.close()


def page_of(shop: Shop, language: str, letter: str = "a letter") -> str:
    """Her page, after she has said, bought and asked a thing of each sort."""
    shop.touch("martin", "2017-10-20")
    shop.bring("products", "product,type,category,department\n1013641,VEAL,MEAT,BUTCHER\n")
    shop.buys("martin", "1013641", "2017-10-27")
    with shop.book(thanks()).open() as house:
        write_plan(house)
        open_case(house, "martin", Opening(Asked.ACCESS, Door.MAIL, letter, day("2017-10-01")), "Odile")
        say_leave(house, "martin", Said(True, (Purpose.OFFERS,), (Channel.SMS,), Collected.LETTER, "card signed"))
        say_leave(house, "martin", Said(False, (Purpose.ADVICE,), (Channel.POST,), Collected.ONE_CLICK, "root/cli"))
        note(house, "martin", Note(Subject.THING, "veal", 1, Strength.PLAIN, Told.SHE_SAID, "every Thursday", None, False, Level.TYPE, ""))
        return unpacked(her_data(house, "martin", language))[1]
