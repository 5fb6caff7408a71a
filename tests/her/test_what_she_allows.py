"""What her page says of her leaves: yes only where she said it; what needs no yes says so, with its reason and her way to refuse."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from habitue.app.her.saying import link_for
from habitue.app.leaving import leaves_of
from habitue.web import create_site
from tests.cast import ORDERS, Shop, thanks, weekly
from tests.consent.test_country_rules import FORM, NEW, POST
from tests.web.test_pages import words_of

BOUGHT = {
    "en": "We may write to you of this without a yes: you bought the like of it from us, and could refuse. You still can, here.",
    "fr": "Nous pouvons vous en écrire sans votre oui\u202f: vous nous avez acheté des choses semblables et pouviez refuser. Vous le pouvez toujours, ici.",
}
TOLD = {
    "en": "We may write to you of this without a yes: you buy from us, and were told that you may refuse. You may, here.",
    "fr": "Nous pouvons vous en écrire sans votre oui\u202f: vous achetez chez nous, et on vous a dit que vous pouviez refuser. Vous le pouvez, ici.",
}
UNTIL = {"en": "Offers until you say no: by e-mail", "fr": "Offres jusqu’à votre non\u202f: par courriel"}
PROFILING = {
    "en": ("what may please you is worked out from your purchases until you say no", "what may please until you say no"),
    "fr": ("nous déduisons de vos achats ce qui peut vous plaire tant que vous ne dites pas non", "ce qui peut plaire jusqu’à votre non"),
}
SERVICE = {"en": "by post needs no yes", "fr": "par la poste pas besoin d’un oui"}


def rose(shop: Shop) -> Shop:
    """Rose buys veal on Thursdays, and nobody ever asked her anything."""
    shop.bring("customers", NEW)
    shop.bring("orders", ORDERS + weekly("rose"))
    return shop.book(thanks())


def allowed(browser: TestClient, path: str, language: str) -> str:
    """What she reads under “What you allow”."""
    title, after = {"en": ("What you allow", "Write to a person"), "fr": ("Ce que vous permettez", "Écrire à une personne")}[language]
    return words_of(browser.get(f"{path}?lang={language}").text).split(title)[-1].split(after)[0]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_the_law_lets_go_without_her_yes_is_no_yes_of_hers_and_she_can_refuse_it(shop: Shop, language: str) -> None:
    with rose(shop).told(**FORM, **POST).open("2018-05-25") as house, TestClient(create_site(house), base_url="http://localhost") as browser:
        path = link_for(house, "rose")
        shown = allowed(browser, path, language)
        assert (BOUGHT[language] in shown, TOLD[language] in shown, UNTIL[language] in shown) == (True, True, True)
        assert {"en": "for three things", "fr": "sauf pour trois choses"}[language] in shown
        assert {"en": "Offers yes", "fr": "Offres oui"}[language] not in shown
        assert leaves_of(house, "rose") == []
        assert {"en": "until she says no", "fr": "jusqu’à son non"}[language] in words_of(browser.get(f"/customers/rose/leave?lang={language}").text)
        browser.post(f"{path}/leave", data={"say": "no offers.email"})
        assert UNTIL[language] not in allowed(browser, path, language)
        assert {(line.purpose, line.channel, line.is_granted) for line in leaves_of(house, "rose")} == {("offers", "email", False)}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_where_the_brand_told_nobody_that_she_may_refuse_only_service_and_reckoning_need_no_yes(shop: Shop, language: str) -> None:
    with rose(shop).open() as house, TestClient(create_site(house), base_url="http://localhost") as browser:
        path = link_for(house, "rose")
        shown = allowed(browser, path, language)
        for said in (*PROFILING[language], SERVICE[language]):
            assert said in shown
        assert BOUGHT[language] not in shown
        said = {"en": "worked out from her purchases until she says no", "fr": "on déduit de ses achats ce qui peut lui plaire"}[language]
        assert said in words_of(browser.get(f"/customers/rose/leave?lang={language}").text)
        browser.post(f"{path}/object")
        assert PROFILING[language][1] not in allowed(browser, path, language)
