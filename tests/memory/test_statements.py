"""What she said of anything, from the file, the command and the counter to what counts of it, on whichever day it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from habitue.app import House, card_of, correct, decide_for, note, open_house, statements_of, withdraw
from habitue.app.log import logged
from habitue.app.merging import Pairing
from habitue.app.remembering import Statement
from habitue.app.stating import Note
from habitue.events.attributes import attribute_id
from habitue.words.clock import SystemClock
from habitue.words.errors import BadInput, Refused, Unknown
from habitue.words.reasons import Reason
from habitue.words.vocabulary import Strength, Subject, Told
from tests.cast import AFTERWARDS, CONSENTS, TODAY, Shop, day, veal, verdicts_of
from tests.memory.test_features import her

SAID = "customer,subject,level,item,feeling,at,strength,told,quote,until,health\n"
VEAL = "martin,thing,type,MEAT/VEAL,{},{},{},{},{},{},no\n"


def veal_said(feeling: str, at: str, told: str = "she-said", strength: str = "plain", quote: str = "", until: str = "") -> str:
    return VEAL.format(feeling, at, strength, told, quote, until)


def feeling(house: House, on: str = TODAY, item: str = "MEAT/VEAL", who: str = "martin") -> int | None:
    """What counts as her feeling for a type; nothing where nothing is known."""
    number = house.truth.run("SELECT item_id FROM item WHERE key = ? AND level = 2", (item,))[0][0]
    return next((row["feeling"] for row in her(house, who, "taste", on) if row["item_id"] == number), None)


def standings(house: House, who: str = "martin", on: str = TODAY) -> list[str]:
    return [one.standing for one in statements_of(house, who, day(on))]


def liver(**changes: object) -> Note:
    return replace(Note(Subject.THING, "liver", -1), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (veal_said("dislikes", "2017-09-01") + veal_said("likes", "2017-10-01"), 1),
        (veal_said("likes", "2017-09-01") + veal_said("dislikes", "2017-10-01", "seller-noted"), -1),
        (veal_said("likes", "2017-10-01T09:00:00") + veal_said("dislikes", "2017-10-01T09:00:00", "seller-noted"), 1),  # at one instant, hers
        (veal_said("likes", "2017-10-01T09:00:00") + veal_said("dislikes", "2017-10-01T09:00:00"), -1),  # at one instant, the no
        (veal_said("dislikes", "2017-03-01") + veal_said("likes", "2017-10-01", "inferred"), -1),
        (veal_said("likes", "2017-10-01", "inferred"), 1),
        (veal_said("dislikes", "2017-08-10", "inferred", "slight"), 1 - 2),  # 84 days ago: 524 of 1000 are left
        (veal_said("dislikes", "2017-07-10", "inferred", "slight"), None),  # 115 days ago: 412
        (veal_said("dislikes", "2017-07-10", "inferred", "strong"), -1),
        (veal_said("likes", "2017-10-01", "inferred") + veal_said("dislikes", "2017-10-02", "inferred"), None),  # signs that cancel out
        (veal_said("dislikes", "2017-01-02"), -1),  # ten months ago: a refusal does not age
        (veal_said("likes", "2017-09-01") + veal_said("dislikes", "2017-10-01", until="2017-11-01"), 1),
        (veal_said("likes", "2017-09-01") + veal_said("dislikes", "2017-10-01", until="2017-11-02"), -1),
    ],
)
def test_what_counts_is_settled_when_it_is_read(shop: Shop, said: str, expected: int | None) -> None:
    shop.bring("preferences", SAID + said)
    with shop.open() as house:
        assert feeling(house) == expected


def test_every_word_is_kept_and_says_why_it_counts_or_does_not(shop: Shop) -> None:
    said = veal_said("likes", "2017-08-01") + veal_said("dislikes", "2017-10-01", quote="Plus de veau pour moi") + veal_said("likes", "2017-10-05", "inferred")
    shop.bring("preferences", SAID + said + "martin,hour,,0-10,dislikes,2017-10-02,plain,she-said,,2017-10-20,no\n")
    with shop.open() as house:
        found = statements_of(house, "martin", language="fr")
    assert [(one.standing, one.counts) for one in found] == [("declared_otherwise", False), ("expired", False), ("counts", True), ("superseded", False)]
    assert found[2].sentence == "Elle n’en veut pas : veau. Elle l’a dit le 1er octobre 2017."
    assert (found[2].quote, found[2].told, found[2].strength) == ("Plus de veau pour moi", "she_said", "plain")
    assert found[1].about == "de 0\u202fh à 10\u202fh"
    assert found[1].why == "Son temps a pris fin le 20 octobre 2017."


def test_a_word_withdrawn_counts_no_longer_and_the_past_stays_as_it_was(shop: Shop) -> None:
    shop.bring("preferences", SAID + veal_said("dislikes", "2017-10-01"))
    with shop.open() as house:
        number = statements_of(house, "martin")[0].number
        withdraw(house, "martin", number)
        assert standings(house) == ["withdrawn"]
        with pytest.raises(BadInput, match="withdrawn already"):
            withdraw(house, "martin", number)
        with pytest.raises(Unknown):
            withdraw(house, "karim", number)  # it is none of his
    with shop.open("2017-11-03") as house:
        assert feeling(house, "2017-11-03") is None
        assert feeling(house, "2017-11-01") == -1
        assert standings(house, on="2017-11-01") == ["counts"]


def test_a_correction_takes_the_old_word_back_and_keeps_both(shop: Shop) -> None:
    with shop.open() as house:
        first = note(house, "martin", liver(quote="Beurk"))
        second = correct(house, "martin", first, liver(feeling=1, told=Told.SHE_SAID))
        found = {one.number: one.standing for one in statements_of(house, "martin")}
        assert found == {first: "withdrawn", second: "counts"}
        with pytest.raises(Unknown):
            correct(house, "martin", second, liver(about="unicorn"))
        assert {one.number: one.standing for one in statements_of(house, "martin")} == found, "half a correction was kept"


def test_the_card_knows_at_once_what_she_says_at_the_counter(shop: Shop) -> None:
    with shop.open() as house:
        note(house, "martin", liver(told=Told.SHE_SAID))
        assert card_of(house, "martin").never == ("No liver: she told us on 2 November 2017.",)
        note(house, "martin", liver(feeling=1))  # pressed in the same second: the later word counts
        assert card_of(house, "martin").never == ()


def test_what_she_says_at_the_counter_is_newer_than_a_file_that_came_in_before(shop: Shop) -> None:
    """Whatever hour the file names: here, one that has not come yet."""
    here = shop.told(today="")
    said = SAID + veal_said("likes", date_time(SystemClock().instant() + 7_200))
    here.bring("preferences", said)
    with open_house(here.book().settings) as house:
        note(house, "martin", liver(about="type:MEAT/VEAL", told=Told.SHE_SAID))
        assert [(one.feeling, one.standing) for one in statements_of(house, "martin")] == [(-1, "counts"), (1, "superseded")]
    assert here.bring("preferences", said).repeated == 1


def date_time(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


def test_a_thing_is_found_by_name_by_key_or_by_its_level(shop: Shop) -> None:
    with shop.open() as house:
        for about in ("foie", "Liver", "MEAT/LIVER", "type:MEAT/LIVER"):
            note(house, "martin", liver(about=about))
        assert {one.about_key for one in statements_of(house, "martin")} == {"type:MEAT/LIVER"}
        note(house, "martin", liver(about="product:liver"))
        note(house, "martin", liver(about="BUTCHER"))
        assert {one.about_key for one in statements_of(house, "martin")} == {"type:MEAT/LIVER", "product:liver", "department:BUTCHER"}


def test_a_merged_customer_is_heard_through_all_her_profiles(shop: Shop) -> None:
    shop.bring("preferences", SAID + veal_said("dislikes", "2017-09-01") + veal_said("likes", "2017-10-01").replace("martin", "anne"))
    with shop.open() as house:
        now = house.clock.instant()
        with house.truth.transaction():
            Pairing(house.truth, house.settings, "martin", "anne", now).merge()
        assert feeling(house) == feeling(house, who="anne") == 1
        assert len(statements_of(house, "martin")) == 2
        with house.truth.transaction():
            Pairing(house.truth, house.settings, "martin", "anne", now).unmerge()
        assert (feeling(house), feeling(house, who="anne")) == (-1, 1)


HEALTHY = CONSENTS + "martin,health,shop,yes,2017-10-01\n"
ALLERGIC = (
    liver(quote="Je suis allergique"),
    liver(about="gluten", subject=Subject.ATTRIBUTE, is_about_health=True),
    liver(about="suitable for diabetics", subject=Subject.ATTRIBUTE),
    liver(about="peanut_allergy", subject=Subject.ATTRIBUTE),
    liver(where="her doctor’s letter"),
)


@pytest.mark.parametrize("noted", ALLERGIC)
def test_what_touches_health_is_not_kept_without_her_leave_not_even_in_the_log(shop: Shop, noted: Note) -> None:
    with shop.open() as house:
        before = house.truth.run("SELECT count(*) FROM event")
        with pytest.raises(Refused, match="ask her leave first"):
            note(house, "martin", noted)
        assert house.truth.run("SELECT count(*) FROM event") == before
        assert house.truth.run("SELECT count(*) FROM event_refused")[0][0] == 0


def test_a_file_keeps_nothing_of_it_either(shop: Shop) -> None:
    said = SAID + veal_said("dislikes", "2017-10-01", quote="she is pregnant: no veal") + veal_said("likes", "2017-10-02")
    with pytest.raises(AssertionError) as stopped:  # the shop of the tests allows no rejected row
        shop.bring("preferences", said)
    assert "ask her leave first" in str(stopped.value)
    with shop.open() as house:
        assert standings(house) == ["counts"]
        kept = [row for table in ("event", "event_refused", "import_reject") for row in house.truth.run(f"SELECT * FROM {table}")]
        assert "pregnant" not in str(kept)


def test_a_thing_is_read_by_its_names_and_not_by_its_key_alone(shop: Shop) -> None:
    """Product p79 says nothing; “Allergy relief tablets” does, in whichever language it is written."""
    shop.bring("products", "product,type,category,department,name_en,name_fr\np79,P7,P,P,Relief tablets,Comprimés contre l’allergie\n")
    with shop.open() as house:
        for about in ("p79", "product:p79", "relief tablets", "Comprimés contre l’allergie"):
            with pytest.raises(Refused, match="ask her leave first"):
                note(house, "martin", liver(about=about, feeling=1))
    with pytest.raises(AssertionError, match="ask her leave first"):  # the shop of the tests allows no rejected row
        shop.bring("preferences", SAID + "martin,thing,product,p79,likes,2017-10-01,plain,she-said,,,no\n")
    with shop.open() as house:
        assert standings(house) == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("martin,thing,type,MEAT/VEAL,allergique aux noix,2017-10-01,plain,she-said,,,no", "feeling: what is written there cannot be read"),
        ("martin,thing,type,MEAT/VEAL,dislikes,allergique aux noix,plain,she-said,,,no", "at: what is written there cannot be read"),
        ("martin,thing,type,MEAT/VEAL,dislikes,2017-10-01,plain,she-said,,,allergique aux noix", "health: what is written there cannot be read"),
        ("martin,thing,type,MEAT/VEAL,dislikes,2017-10-01,plain,she-said,,allergique aux noix,no", "until: what is written there cannot be read"),
        ("martin,allergique aux noix,,MEAT/VEAL,dislikes,2017-10-01,plain,she-said,,,no", "subject: what is written there cannot be read"),
        ("martin,hour,,noix le soir,dislikes,2017-10-01,plain,she-said,,,no", "item: it names no hour"),
        ("martin,thing,type,noix,dislikes,2017-10-01,plain,she-said,,,no", "item: the catalogue has no type of that key"),
    ],
)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_no_reason_repeats_what_a_file_says_of_her(shop: Shop, row: str, reason: str) -> None:
    """Rows that are set aside are kept with their reasons, before anybody can ask whether she gives leave."""
    with pytest.raises(AssertionError, match=reason):  # the shop of the tests allows no rejected row
        shop.bring("preferences", SAID + row + "\n")
    with shop.open() as house:
        assert "noix" not in str(house.truth.run("SELECT * FROM import_reject"))


def test_with_her_leave_it_counts_until_she_takes_the_leave_back(shop: Shop) -> None:
    shop.bring("consents", HEALTHY)
    with shop.open() as house:
        note(house, "martin", liver(quote="Je suis allergique"))
        assert (statements_of(house, "martin")[0].is_about_health, standings(house)) == (True, ["counts"])
    shop.bring("consents", CONSENTS + "martin,health,site,no,2017-11-05\n")
    with shop.open("2017-11-06") as house:
        shown = statements_of(house, "martin")[0]
        assert (shown.standing, shown.about, shown.quote, shown.about_key) == ("health_without_leave", "", "", "")
        assert shown.why.endswith("to be erased.")
        assert feeling(house, "2017-11-06", "MEAT/LIVER") is None
        assert feeling(house, "2017-11-05", "MEAT/LIVER") == -1


NO_MORE = CONSENTS + "martin,health,site,no,2017-11-05\n"


def test_her_words_about_her_health_are_read_nowhere_once_she_takes_her_leave_back(shop: Shop) -> None:
    """Not where their time has ended, not where they were withdrawn, not on a day when she still gave leave, not in the log."""
    shop.bring("consents", HEALTHY)
    shop.bring("preferences", SAID + veal_said("dislikes", "2017-10-05", quote="Je suis enceinte", until="2017-11-03"))
    with shop.open() as house:
        note(house, "martin", liver(quote="Je suis allergique"))
        assert card_of(house, "martin").never != ()
    shop.bring("consents", NO_MORE)
    with shop.open("2017-11-06") as house:
        withdraw(house, "martin", statements_of(house, "martin")[0].number)
        for on in ("2017-11-02", "2017-11-03", "2017-11-06"):
            shown = statements_of(house, "martin", day(on))
            assert {(one.about, one.about_key, one.quote, one.feeling) for one in shown} == {("", "", "", 0)}, on
            assert "veal" not in " ".join(one.sentence for one in shown)
            card = card_of(house, "martin", day(on))
            assert (card.never, card.facts[2].text) == ((), "Nothing that we know of"), on
        assert standings(house, on="2017-11-06") == ["health_without_leave", "health_without_leave"]
        past = decide_for(house, "martin", day("2017-11-03"))
        assert past.reason == Reason.DISLIKED  # it is known why nothing was said, but not shown
        assert "veal" not in str(past.sentences[0]) + str(card_of(house, "martin", day("2017-11-03")).do_not_say)
        told = [one.body for one in logged(house.truth, now=house.clock.instant()) if one.name == "Preference Stated"]
        assert {(event.item_key, event.quote, event.feeling) for event in told} == {("", "", 0)}


def test_what_is_hidden_can_be_withdrawn_once(shop: Shop) -> None:
    shop.bring("consents", HEALTHY)
    with shop.open() as house:
        number = note(house, "martin", liver(is_about_health=True))
        assert [one.body.item_key for one in logged(house.truth, now=house.clock.instant()) if one.name == "Preference Stated"] == ["MEAT/LIVER"]
    shop.bring("consents", NO_MORE)
    with shop.open("2017-11-06") as house:
        assert not statements_of(house, "martin")[0].is_withdrawn
        withdraw(house, "martin", number)
        assert statements_of(house, "martin")[0].is_withdrawn
        with pytest.raises(BadInput, match="withdrawn already"):
            withdraw(house, "martin", number)


def test_a_no_by_any_way_stands_for_health_whatever_a_file_says_by_another(shop: Shop) -> None:
    shop.bring("consents", HEALTHY + "martin,health,site,no,2017-10-10\n")
    shop.bring("consents", CONSENTS + "martin,health,phone,yes,2017-10-20\n")
    with shop.open() as house, pytest.raises(Refused):
        note(house, "martin", liver(is_about_health=True))


@pytest.mark.parametrize(("attributes", "expected"), [("organic", Reason.DISLIKED), ("", Reason.SAID)])
def test_she_hears_of_nothing_that_is_as_she_does_not_want_it(shop: Shop, attributes: str, expected: Reason) -> None:
    """A type has an attribute where all of its products have."""
    products = "product,type,category,department,attributes\nveal,VEAL,MEAT,BUTCHER,Organic; Label  rouge\n"
    shop.bring("products", products + f"veal2,VEAL,MEAT,BUTCHER,{attributes}\n")
    shop.bring("preferences", SAID + "martin,attribute,,ORGANIC,dislikes,2017-10-01,plain,she-said,,,no\n")
    assert shop.decides("martin").reason == expected


def test_a_thing_that_she_loves_may_be_as_she_does_not_want_things_to_be(shop: Shop) -> None:
    shop.bring("products", "product,type,category,department,attributes\nveal,VEAL,MEAT,BUTCHER,organic\n")
    shop.bring("preferences", SAID + "martin,attribute,,organic,dislikes,2017-10-20,plain,she-said,,,no\n" + veal_said("likes", "2017-10-01"))
    assert shop.decides("martin").is_touch


def test_an_attribute_that_is_none_costs_its_row_alone(shop: Shop) -> None:
    products = f"product,type,category,department,attributes\nlong,VEAL,MEAT,BUTCHER,{'x' * 90}\nlamb,LAMB,MEAT,BUTCHER,organic\n"
    with pytest.raises(AssertionError, match="attributes: An attribute is a word or a few"):  # the shop of the tests allows no rejected row
        shop.bring("products", products)
    with shop.open() as house:
        assert house.truth.run("SELECT attribute_id FROM product_attribute") == [(attribute_id("organic"),)]


def test_a_product_that_joins_a_type_may_end_what_the_type_was_like(shop: Shop) -> None:
    shop.bring("products", "product,type,category,department,attributes\nveal,VEAL,MEAT,BUTCHER,organic\n")
    shop.bring("preferences", SAID + "martin,attribute,,organic,dislikes,2017-10-20,plain,she-said,,,no\n")
    assert shop.decides("martin").reason == Reason.DISLIKED
    shop.bring("products", "product,type,category,department\nplain,VEAL,MEAT,BUTCHER\n")
    assert shop.decides("martin").is_touch


def test_a_way_that_she_does_not_want_is_not_taken(shop: Shop) -> None:
    shop.bring("preferences", SAID + "martin,channel,,email,dislikes,2017-10-20,plain,she-said,,,no\n")
    shop.book(veal(channels='["email", "shop"]'), veal(key='"by-mail"'))
    decision = shop.decides("martin")
    assert decision.is_touch
    assert "at the counter" in decision.sentences[2]
    assert verdicts_of(decision) == {"veal-aside": Reason.SAID, "by-mail": Reason.UNWELCOME_WAY}


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        ("0-10", 9, Reason.UNWELCOME_HOUR),
        ("0-10", 10, Reason.SAID),
        ("12-8", 13, Reason.UNWELCOME_HOUR),  # mornings only
        ("12-8", 11, Reason.SAID),
        ("0-24 thu", 10, Reason.UNWELCOME_HOUR),  # the day is a Thursday
        ("0-24 sat-sun", 10, Reason.SAID),
        ("0-24 wed-mon", 10, Reason.UNWELCOME_HOUR),
        ("0-24 ven-mer", 10, Reason.SAID),
    ],
)
def test_an_hour_that_she_does_not_want_is_not_used(shop: Shop, hours: str, at: int, expected: Reason) -> None:
    shop.bring("preferences", SAID + f"martin,hour,,{hours},dislikes,2017-10-20,plain,she-said,,,no\n")
    shop.book(veal(when=f"{{ hour = {at} }}"), veal(key='"at-the-counter"', channels='["shop"]', when=f"{{ hour = {at} }}", relation_cents="100"))
    verdicts = verdicts_of(shop.decides("martin"))
    assert verdicts["veal-aside"] == expected
    assert verdicts["at-the-counter"] in (Reason.SAID, Reason.ANOTHER_IS_WORTH_MORE), "across the counter there are no quiet hours"


def test_of_two_words_on_one_hour_the_newer_counts(shop: Shop) -> None:
    shop.bring("preferences", SAID + "martin,hour,,0-12,dislikes,2017-09-20,plain,she-said,,,no\nmartin,hour,,9-18,likes,2017-10-20,plain,she-said,,,no\n")
    shop.book(veal(when="{ hour = 10 }"), veal(key='"early"', when="{ hour = 8 }"))
    assert verdicts_of(shop.decides("martin")) == {"veal-aside": Reason.SAID, "early": Reason.UNWELCOME_HOUR}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("she-said", "She told us that she does not like it (veal, two days ago)."),
        ("seller-noted", "We noted that she does not like it (veal, two days ago)."),
        ("inferred", "It seems that she does not like it (veal); she has not said so."),
    ],
)
def test_the_reason_says_how_we_know(shop: Shop, told: str, sentence: str) -> None:
    shop.bring("preferences", SAID + veal_said("dislikes", "2017-10-31", told))
    decision = shop.decides("martin")
    assert (decision.reason, decision.sentences[0]) == (Reason.DISLIKED, sentence)


def test_what_is_inferred_of_a_thing_does_not_speak_against_what_she_said_of_its_category(shop: Shop) -> None:
    shop.bring(
        "preferences", SAID + "martin,thing,category,MEAT,dislikes,2017-09-01,plain,she-said,,,no\n" + veal_said("likes", "2017-10-31", "inferred", "strong")
    )
    assert shop.decides("martin").reason == Reason.DISLIKED


@pytest.mark.parametrize(
    ("subject", "about", "english", "french"),
    [
        (Subject.CHANNEL, "téléphone", "She does not want to hear from us by telephone.", "Elle ne veut pas de nos nouvelles par téléphone."),
        (Subject.CHANNEL, "E-mail", "She does not want to hear from us by e-mail.", "Elle ne veut pas de nos nouvelles par e-mail."),
        (Subject.HOUR, "0-10", "She does not want to hear from us from 00:00 to 10:00.", "Elle ne veut pas de nos nouvelles de 0\u202fh à 10\u202fh."),
    ],
)
def test_a_way_and_an_hour_are_noted_and_told_as_one_says_them(shop: Shop, subject: Subject, about: str, english: str, french: str) -> None:
    with shop.open() as house:
        note(house, "martin", Note(subject, about, -1))
        for language, sentence in (("en", english), ("fr", french)):
            assert statements_of(house, "martin", language=language)[0].sentence.startswith(sentence)


@pytest.mark.parametrize("about", ["", "ten to twelve", "25-3", "9-9", "8-10 blu"])
def test_hours_that_are_none_are_refused(shop: Shop, about: str) -> None:
    with shop.open() as house, pytest.raises(BadInput):
        note(house, "martin", Note(Subject.HOUR, about, -1))


@pytest.mark.parametrize("until", ["1960-01-01", "1970-01-01", "2017-11-01"])
@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_end_before_it_was_said_is_no_end(shop: Shop, until: str) -> None:
    with shop.open() as house:
        for noted in (liver(until_day=day(until)), Note(Subject.ATTRIBUTE, "organic", -1, until_day=day(until))):
            with pytest.raises(BadInput, match="ends nothing"):
                note(house, "martin", noted)
        assert standings(house) == []
    with pytest.raises(AssertionError, match="until: it lies before the day on which that was said"):  # the shop of the tests allows no rejected row
        shop.bring("preferences", SAID + veal_said("dislikes", "2017-11-02", until=until))


def test_an_end_of_the_day_itself_is_one(shop: Shop) -> None:
    with shop.open() as house:
        note(house, "martin", liver(until_day=day(TODAY)))
        assert standings(house) == ["counts"]
    with shop.open("2017-11-03") as house:
        assert standings(house, on="2017-11-03") == ["expired"]


def test_a_yes_to_what_things_are_like_lifts_no_wider_no(shop: Shop) -> None:
    shop.bring("products", "product,type,category,department,attributes\nveal,VEAL,MEAT,BUTCHER,organic\n")
    said = "martin,thing,category,MEAT,dislikes,2017-09-01,plain,she-said,,,no\nmartin,attribute,,organic,likes,2017-10-20,plain,she-said,,,no\n"
    shop.bring("preferences", SAID + said)
    assert shop.decides("martin").reason == Reason.DISLIKED


def test_a_log_from_before_reads_the_same(shop: Shop) -> None:
    """A statement as it was written before it could say more has the same body, so that its file may be brought again."""
    shop.bring("preferences", "customer,level,item,feeling,at,where\nmartin,type,MEAT/VEAL,dislikes,2017-10-01,shop\n")
    with shop.open() as house:
        (body,) = house.truth.run("SELECT body FROM event WHERE name = 'Preference Stated'")[0]
    assert body == '{"event":"Preference Stated","level":2,"item_key":"MEAT/VEAL","feeling":-1,"said_where":"shop"}'
    assert shop.bring("preferences", SAID[:-1] + ",where\n" + veal_said("dislikes", "2017-10-01")[:-1] + ",shop\n").repeated == 1


def test_nobody_is_known_by_strength_alone(shop: Shop) -> None:
    """Strength says how long an inference lasts and what the card names first; a plain no outweighs a strong yes that is older."""
    shop.bring("preferences", SAID + veal_said("likes", "2017-09-01", strength="strong") + veal_said("dislikes", "2017-10-01", strength="slight"))
    with shop.open(AFTERWARDS) as house:
        found: list[Statement] = statements_of(house, "martin")
        assert [one.strength for one in found] == [Strength.SLIGHT.name.lower(), Strength.STRONG.name.lower()]
        assert feeling(house, AFTERWARDS) == -1
