"""Everything that is not an order: catalogue, people, consents, what was said, what came back, and what she said."""

from __future__ import annotations

import pytest

from habitue.words.clock import instant_of, parse_day
from habitue.words.vocabulary import Channel, Kind, Level, Purpose, Thread
from tests.in_side.shop_files import Bringing

PEOPLE = "customer,since,birthday,given_name,family_name,email,phone,street,postcode,city\n"
MARTIN = "martin,2017-01-01,1960-05-21,Jeanne,Martin,Jeanne.Martin@example.org,,3 rue Haute,69001,Lyon\n"
KARIM = "karim,2017-02-01,,Karim,Haddad,,+33 6 12 34 56 78,,,\n"
CATALOGUE = "product,type,category,department,name_en,name_fr\nv1,VEAL,MEAT,BUTCHER,Veal,Veau\nx9,,,GROCERY,,\n"


@pytest.fixture
def cast(shop: Bringing) -> Bringing:
    """Mme Martin and Karim, and a small catalogue."""
    shop.bring("customers", PEOPLE + MARTIN + KARIM)
    shop.bring("products", CATALOGUE)
    return shop


def test_a_catalogue_has_four_levels_and_plain_names(cast: Bringing) -> None:
    found = cast.ask("SELECT i.level, i.key, p.key FROM item AS i JOIN item AS p ON p.item_id = i.parent_id WHERE i.item_id > 0 ORDER BY i.level, i.key")
    assert found == [
        (Level.PRODUCT, "v1", "MEAT/VEAL"),
        (Level.PRODUCT, "x9", "GROCERY"),
        (Level.TYPE, "MEAT/VEAL", "MEAT"),
        (Level.CATEGORY, "MEAT", "BUTCHER"),
        (Level.DEPARTMENT, "BUTCHER", "unknown"),
        (Level.DEPARTMENT, "GROCERY", "unknown"),
    ]
    assert cast.ask("SELECT language, name FROM item_name ORDER BY language") == [("en", "Veal"), ("fr", "Veau")]
    assert cast.one("SELECT type_id FROM product JOIN item ON item_id = product_id WHERE key = 'x9'") == 0


def test_a_catalogue_imported_again_is_brought_up_to_date(cast: Bringing) -> None:
    number = cast.one("SELECT item_id FROM item WHERE key = 'v1'")
    assert cast.bring("products", CATALOGUE).repeated == 2
    report = cast.bring("products", CATALOGUE.replace("VEAL", "ROAST").replace("Veau", "Rôti"))
    assert (report.accepted, report.repeated) == (1, 1)
    row = "SELECT t.key, p.product_id FROM product AS p JOIN item AS t ON t.item_id = p.type_id WHERE p.product_id = ?"
    assert cast.ask(row, number) == [("MEAT/ROAST", number)]
    assert cast.one("SELECT name FROM item_name WHERE language = 'fr'") == "Rôti"


def test_types_and_categories_get_plain_names_of_their_own(cast: Bringing) -> None:
    report = cast.bring("products", "level,item,name_en,name_fr\ntype,MEAT/VEAL,Veal,Veau\ncategory,FISH,Fish,Poisson\n")
    assert report.accepted == 1
    assert report.rejected == ((3, "item: the catalogue has no category “FISH”"),)


def test_people_are_numbered_in_sequence_and_names_stand_in_one_place(cast: Bringing) -> None:
    assert cast.ask("SELECT profile_id, given_name FROM person ORDER BY profile_id") == [(1, "Jeanne"), (2, "Karim")]
    assert cast.ask("SELECT kind, value FROM identifier ORDER BY kind, value") == [
        ("customer", "karim"),
        ("customer", "martin"),
        ("email", "jeanne.martin@example.org"),
        ("phone", "+33612345678"),
    ]
    bodies = "".join(body for (body,) in cast.ask("SELECT body || message_id FROM event"))
    assert not any(word in bodies for word in ("Jeanne", "Haddad", "example.org", "3361234"))


def test_judgement_knows_which_addresses_exist_from_her_first_day(cast: Bringing) -> None:
    latest = """SELECT since_day, birthday_mmdd, has_email, has_sms, has_post, has_phone, known_at FROM customer AS c
        WHERE seq = (SELECT max(seq) FROM customer AS d WHERE d.customer_id = c.customer_id) ORDER BY customer_id"""
    first = parse_day("2017-01-01")
    assert cast.ask(latest) == [
        (first, 521, 1, 0, 1, 0, instant_of(first, 0, "Europe/Paris")),
        (first + 31, 0, 0, 1, 0, 1, instant_of(first + 31, 0, "Europe/Paris")),
    ]


def test_people_imported_again_change_only_where_something_changed(cast: Bringing) -> None:
    assert cast.bring("customers", PEOPLE + MARTIN + KARIM).repeated == 2
    report = cast.bring("customers", PEOPLE + MARTIN.replace("Jeanne.Martin@example.org", "") + KARIM)
    assert (report.accepted, report.repeated) == (1, 1)
    rows = cast.ask("SELECT has_email, birthday_mmdd FROM customer WHERE customer_id = 1 ORDER BY known_at, seq")
    assert rows[-2:] == [(1, 521), (0, 521)]
    assert cast.bring("customers", PEOPLE + MARTIN + KARIM).accepted == 1  # and back again


def test_a_file_without_a_column_leaves_what_is_known(cast: Bringing) -> None:
    cast.bring("customers", "customer,city\nmartin,Paris\n")
    assert cast.ask("SELECT given_name, email, city FROM person WHERE profile_id = 1") == [("Jeanne", "Jeanne.Martin@example.org", "Paris")]


def test_two_people_behind_one_address_stay_two(cast: Bringing) -> None:
    cast.bring("customers", PEOPLE + MARTIN.replace("martin,2017", "paul,2017").replace("Jeanne,", "Paul,"))
    assert cast.one("SELECT count(*) FROM person") == 3
    assert cast.one("SELECT p.customer_id FROM identifier JOIN profile AS p USING (profile_id) WHERE kind = 'email'") == 1


def test_consents_are_a_ledger(cast: Bringing) -> None:
    content = "customer,purpose,channel,granted,at,proof\nmartin,offers,email,yes,2017-03-01,till card\nmartin,offers,email,non,2017-04-01 10:00,by phone\n"
    assert cast.bring("consents", content).accepted == 2
    assert cast.bring("consents", content).repeated == 2
    assert cast.ask("SELECT purpose, channel, is_granted FROM consent ORDER BY known_at") == [
        (Purpose.OFFERS, Channel.EMAIL, 1),
        (Purpose.OFFERS, Channel.EMAIL, 0),
    ]
    assert "till card" in cast.ask("SELECT body FROM event WHERE name = 'Consent Given'")[0][0]


def test_a_fact_about_nobody_we_know_is_rejected(cast: Bringing) -> None:
    report = cast.bring("consents", "customer,purpose,channel,at\nnobody,offers,email,2017-03-01\nmartin,world peace,email,2017-03-01\n")
    assert report.rejected == (
        (2, "customer: nobody is known as “nobody”"),
        (3, "purpose: “world peace” is none of advice, offers, invitations, service, health, profiling, audiences, measurement"),
    )


def test_customers_may_be_named_by_their_address(cast: Bringing) -> None:
    report = cast.bring("pauses", "customer,until,at\nJEANNE.MARTIN@example.org,2017-12-31,2017-11-02\n", 'customers_by = "email"')
    assert report.accepted == 1
    assert cast.ask("SELECT customer_id, until_day FROM pause") == [(1, parse_day("2017-12-31"))]


def test_a_message_that_comes_again_with_another_body_is_refused_and_set_aside(cast: Bringing) -> None:
    head = "id,customer,purpose,channel,granted,at\n"
    cast.bring("consents", head + "m1,martin,offers,email,yes,2017-03-01\n")
    report = cast.bring("consents", head + "m1,martin,offers,email,no,2017-03-01\nm1,karim,offers,email,yes,2017-03-01\n")
    assert [line for line, _ in report.rejected] == [2, 3]
    assert "another content" in report.rejected[0][1]
    assert cast.one("SELECT count(*) FROM consent") == 1
    assert [message for (message,) in cast.ask("SELECT message_id FROM event_refused")] == ["m1", "m1"]


def test_likes_and_dislikes_name_things_of_any_level(cast: Bringing) -> None:
    said = ("martin,product,v1,likes,2017-03-01,shop", "martin,category,MEAT,-1,2017-03-02,", "martin,product,liver,-1,2017-03-02,")
    content = "customer,level,item,feeling,at,where\n" + "\n".join(said)
    report = cast.bring("preferences", content)
    assert report.rejected == ((4, "item: the catalogue has no product of that key"),)
    found = cast.ask("SELECT i.key, p.feeling, p.said_where FROM preference AS p JOIN item AS i ON i.item_id = p.item_id ORDER BY p.known_at")
    assert found == [("v1", 1, "shop"), ("MEAT", -1, "")]


def test_touches_and_their_answers_find_each_other(cast: Bringing) -> None:
    touches = "touch,customer,action,kind,channel,at,item\nt1,martin,spring,offer,post,2017-03-01,v1\nt2,karim,hello,gesture,sms,2017-03-02,\n"
    assert cast.bring("touches", touches, "[forms]\ndays = ['at']").accepted == 2
    answers = "touch,customer,at\nt1,martin,2017-03-05\nt9,martin,2017-03-05\nt2,martin,2017-03-05\nt2,,2017-02-01\n"
    report = cast.bring("answers", answers)
    assert report.accepted == 1
    assert report.rejected == (
        (3, "touch: there is none “t9”"),
        (4, "touch: “t2” was sent to somebody else than this customer"),
        (5, "at: it lies before touch “t2” was sent"),
    )
    joined = """SELECT t.kind, t.channel, t.is_asking, i.key, a.day - t.day
        FROM touch AS t LEFT JOIN answer AS a USING (touch_id) JOIN item AS i USING (item_id) ORDER BY t.day"""
    assert cast.ask(joined) == [(Kind.OFFER, Channel.POST, 1, "v1", 4), (Kind.GESTURE, Channel.SMS, 0, "unknown", None)]
    assert (cast.bring("touches", touches, "[forms]\ndays = ['at']").repeated, cast.bring("answers", answers).repeated) == (2, 1)


def test_action_numbers_are_those_of_the_book(cast: Bringing) -> None:
    cast.bring("touches", "customer,action,kind,channel,at\nmartin,spring,offer,post,2017-03-01\nmartin,spring,offer,post,2017-03-02\n")
    assert cast.ask("SELECT key FROM action_key") == [("spring",)]


def test_a_conversation_is_open_until_it_is_answered_or_for_a_complaint_closed(cast: Bringing) -> None:
    turns = [
        "martin,q,question,opened,2017-03-01",
        "martin,q,question,answered,2017-03-02",
        "karim,c,complaint,opened,2017-03-01",
        "karim,c,complaint,answered,2017-03-02",
        "karim,c,complaint,closed,2017-03-03",
    ]
    cast.bring("conversations", "customer,thread,kind,state,at\n" + "\n".join(turns))
    found = cast.ask("SELECT kind, is_open FROM conversation ORDER BY kind, known_at")
    assert found == [(Thread.QUESTION, 1), (Thread.QUESTION, 0), (Thread.COMPLAINT, 1), (Thread.COMPLAINT, 1), (Thread.COMPLAINT, 0)]


def test_stock_concerns_no_customer(cast: Bringing) -> None:
    report = cast.bring("stock", "item,units,at\nv1,3,2017-03-01\nv1,-1,2017-03-02\nv1,0.5,2017-03-02\n")
    assert [reason for _, reason in report.rejected] == ["units: “-1” is no count of units", "units: “0.5” is no count of units"]
    assert cast.ask("SELECT i.key, s.units FROM stock AS s JOIN item AS i USING (item_id)") == [("v1", 3)]
    assert cast.one("SELECT profile_id FROM event WHERE name = 'Stock Counted'") == 0
