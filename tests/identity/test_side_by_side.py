"""What is laid side by side: every address and number that either told, as they are recognised by, and a birthday as it was told last."""

from __future__ import annotations

from habitue.app.comparing import Row, compared
from tests.cast import Shop
from tests.identity.conftest import Run

HEAD = "customer,since,birthday,given_name,family_name,email,phone\n"


def test_one_telephone_written_in_two_ways_is_the_same(shop: Shop) -> None:
    shop.bring("customers", HEAD + "zoe,2017-03-01,,Zoé,Blanc,,06.10.00.00.02\n")
    telephone = rows(shop, "karim", "zoe")["Telephone"]
    assert (telephone.one, telephone.other, telephone.verdict, telephone.is_same) == ("+33610000002", "+33610000002", "the same", True)


def test_all_her_addresses_are_laid_out_not_one_of_them(shop: Shop) -> None:
    shop.bring("customers", HEAD + "zoe,2017-03-01,,Zoé,Blanc,Karim@example.org,\n")
    shop.bring("customers", HEAD + "zoe,2017-03-01,,Zoé,Blanc,zoe@example.org,\n")
    mail = rows(shop, "karim", "zoe")["E-mail"]
    assert (mail.one, mail.other, mail.verdict) == ("karim@example.org", "karim@example.org, zoe@example.org", "the same")


def test_what_recognises_nobody_is_shown_as_she_told_it(shop: Shop) -> None:
    shop.bring("customers", HEAD + "zoe,2017-03-01,,Zoé,Blanc,,ask at the till\n")
    telephone = rows(shop, "karim", "zoe")["Telephone"]
    assert (telephone.other, telephone.verdict) == ("ask at the till", "differs")


def test_a_corrected_birthday_is_shown_as_it_was_told_last(shop: Shop) -> None:
    for birthday in ("05-21", "03-02"):
        shop.bring("customers", HEAD + f"zoe,2017-03-01,{birthday},Zoé,Blanc,,\n")
    assert rows(shop, "martin", "zoe")["Birthday"] == Row("Birthday", "21 May", "2 March", "differs", is_same=False)


def test_of_two_numbers_of_one_customer_both_birthdays_are_shown(shop: Shop, habitue: Run) -> None:
    shop.bring("customers", HEAD + "zoe,2017-03-01,03-02,Zoé,Blanc,,\n")
    habitue("merge", "martin", "zoe", "--yes")
    shop.bring("customers", HEAD + "yves,2017-03-01,03-02,Yves,Noir,,\n")
    assert rows(shop, "martin", "yves")["Birthday"] == Row("Birthday", "2 March, 21 May", "2 March", "the same", is_same=True)


def rows(shop: Shop, one: str, other: str) -> dict[str, Row]:
    """What is known of both, by its heading."""
    with shop.open() as house:
        return {row.heading: row for row in compared(house, one, other, "en").rows}
