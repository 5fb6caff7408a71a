"""What the law of the country allows and forbids beside her words: without her yes only what law and brand both say, and three years of silence end it all."""

from __future__ import annotations

import pytest

from habitue.app.days import the_day
from habitue.app.house import House
from habitue.app.leaving import Said, say_leave
from habitue.app.model import Decision
from habitue.consent.countries import Mode, every_rule, rule_rows, rules_of
from habitue.store import load_settings
from habitue.words.clock import date_of, parse_day
from habitue.words.errors import SettingsError
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Channel, Purpose
from tests.cast import CONSENTS, ORDERS, TODAY, Shop, same_among_everyone, thanks, veal, verdicts_of, weekly

OFFER = veal(key='"veal-offer"', kind='"offer"', purpose='"offers"', gives='"money"')
PLAIN = thanks(key='"all-offers"', kind='"offer"', purpose='"offers"', gives='"money"')
CARD = thanks(key='"card"', channels='["post"]')
NEW = "customer,since,email,street,postcode,city\nrose,2017-02-02,rose@example.org,1 rue Haute,69001,Lyon\n"
FORM = {"similar_products_form": "order form of the shop, box 'no offers'", "similar_products_since": "2017-06-01"}
POST = {"post_form": "loyalty form, line 4", "post_since": "2017-06-01"}


def rose(shop: Shop) -> Shop:
    """Rose buys veal on Thursdays, and nobody ever asked her anything."""
    shop.bring("customers", NEW)
    shop.bring("orders", ORDERS + weekly("rose"))
    return shop.book(OFFER, PLAIN, CARD)


def on(house: House, customer: str, day: str) -> Decision:
    return same_among_everyone(house, customer, the_day(house, parse_day(day)))


def told(shop: Shop, day: str = TODAY) -> dict[str, Reason]:
    with shop.open(day) as house:
        return verdicts_of(on(house, "rose", day))


def test_without_her_yes_nothing_goes_unless_the_brand_says_where_she_could_refuse(shop: Shop) -> None:
    assert set(told(rose(shop)).values()) == {Reason.NO_CONSENT}


def test_offers_of_what_she_buys_go_where_she_could_refuse_at_the_sale_and_no_other_offer(shop: Shop) -> None:
    found = told(rose(shop).told(**FORM))
    assert found["veal-offer"] not in (Reason.NO_CONSENT, Reason.UNREACHABLE)
    assert (found["all-offers"], found["card"]) == (Reason.NO_CONSENT, Reason.NO_CONSENT)


@pytest.mark.parametrize(
    ("word", "is_stopped"),
    [
        ("rose,offers,email,no", True),
        ("rose,advice,email,no", True),  # she will not be written to by that way
        ("rose,offers,post,no", True),  # nor be told of offers
        ("rose,advice,post,no", False),
        ("rose,health,email,no", False),
        ("rose,offers,email,yes", False),
    ],
)
def test_any_no_to_that_way_or_to_offers_ends_it(shop: Shop, word: str, is_stopped: bool) -> None:
    rose(shop).bring("consents", CONSENTS + f"{word},2017-10-01\n")
    assert (told(shop.told(**FORM))["veal-offer"] == Reason.NO_CONSENT) == is_stopped


def test_who_has_not_bought_since_the_form_says_so_is_not_written_to(shop: Shop) -> None:
    later = FORM | {"similar_products_since": "2017-10-27"}
    assert told(rose(shop).told(**later))["veal-offer"] == Reason.NO_CONSENT


@pytest.mark.parametrize("country", ["US", "BE"])
def test_where_the_law_is_not_known_her_yes_is_needed_for_everything(shop: Shop, country: str) -> None:
    found = told(rose(shop).told(country=country, **FORM, **POST))
    assert set(found.values()) == {Reason.NO_CONSENT}
    assert rules_of(country, parse_day(TODAY)) == []


def test_post_goes_until_she_refuses_where_she_was_told(shop: Shop) -> None:
    """The regulation applies since 25 May 2018; she bought the week before."""
    rose(shop).buys("rose", "veal", "2018-05-23")
    shop = shop.told(**POST)
    assert told(shop, "2018-05-24")["card"] == Reason.NO_CONSENT
    assert told(shop, "2018-05-25")["card"] not in (Reason.NO_CONSENT, Reason.UNREACHABLE)
    with shop.open("2018-05-25") as house:
        say_leave(house, "rose", Said(False, (Purpose.ADVICE,), (Channel.POST,)))
    assert told(shop, "2018-05-26")["card"] == Reason.NO_CONSENT


def test_three_years_without_a_sign_end_it_and_a_sign_begins_them_anew(shop: Shop) -> None:
    """Nina came on 30 October 2017 and said yes before; she never bought. The rule holds since 23 September 2021."""
    shop.book(thanks(), thanks(key='"ready"', kind='"service"', purpose='"service"'))
    for day, expected in (("2021-09-22", False), ("2021-09-23", True), ("2025-06-01", True)):
        with shop.open(day) as house:
            found = verdicts_of(on(house, "nina", day))
        assert (found["thanks"] == Reason.LAPSED) == expected, day
        assert found["ready"] not in (Reason.LAPSED, Reason.NO_CONSENT)
    shop.buys("nina", "veal", "2023-01-02")
    for day, expected in (("2023-01-03", False), ("2026-01-01", False), ("2026-01-02", True)):
        with shop.open(day) as house:
            assert (verdicts_of(on(house, "nina", day))["thanks"] == Reason.LAPSED) == expected, day


@pytest.mark.parametrize("sign", ["consents", "conversations", "answers"])
def test_what_she_says_or_answers_is_a_sign_and_our_own_word_is_none(shop: Shop, sign: str) -> None:
    shop.book(thanks())
    shop.touch("nina", "2021-06-01", touch="t1")
    files = {
        "consents": CONSENTS + "nina,offers,sms,yes,2021-06-02\n",
        "conversations": "customer,thread,kind,state,at\nnina,n1,question,opened,2021-06-02\nnina,n1,question,answered,2021-06-02\n",
        "answers": "customer,touch,at\nnina,t1,2021-06-02T12:00:00\n",
    }
    with shop.open("2021-10-01") as house:
        assert verdicts_of(on(house, "nina", "2021-10-01"))["thanks"] == Reason.LAPSED
    shop.bring(sign, files[sign])
    with shop.open("2021-10-02") as house:
        assert verdicts_of(on(house, "nina", "2021-10-02"))["thanks"] != Reason.LAPSED


def test_calls_needed_a_yes_before_and_after_the_day_on_which_the_law_asks_it() -> None:
    def modes(day: str) -> set[str]:
        return {rule.mode for rule in rules_of("FR", parse_day(day)) if "phone" in rule.channels and rule.mode != Mode.YEARS}

    assert (modes("2026-08-10"), modes("2026-08-11")) == ({Mode.OBJECTION_LIST}, {Mode.OPT_IN})
    assert rule_rows("FR", {})["leave_rule"] == []


def test_every_rule_has_its_article_its_day_and_a_sentence_in_both_languages() -> None:
    for rule in every_rule():
        assert all((rule.law, rule.source, rule.en.endswith("."), rule.fr.endswith("."), rule.concerns()))
        assert rule.from_on < rule.until_on
        assert rule.years * 365 >= 730 or rule.mode != Mode.YEARS  # whoever bought within two years is not asked about
        assert date_of(parse_day(rule.from_on.isoformat())) == rule.from_on


@pytest.mark.parametrize("wrong", [{"similar_products_form": "a box"}, {"post_since": "2020-01-01"}, {"post_form": "a line", "post_since": "soon"}])
def test_half_an_exception_opens_no_house(shop: Shop, wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        load_settings(shop.settings.data, {f"HABITUE_{name.upper()}": value for name, value in wrong.items()})


def test_a_no_at_an_address_is_one_for_whoever_else_has_it_though_nobody_asked_them(shop: Shop) -> None:
    rose(shop).bring("customers", NEW.replace("rose,", "ruth,"))
    shop.bring("orders", ORDERS + weekly("ruth"))
    with shop.told(**FORM).open() as house:
        assert say_leave(house, "ruth", Said(False, (Purpose.OFFERS,), (Channel.EMAIL,))) == 2
