"""Two files in, a verdict on every send out: what was wrong, what was not, and what nobody can judge."""

from __future__ import annotations

from tests.audit.conftest import HEADING, Desk, many


def test_an_offer_for_what_she_bought_yesterday_is_wrong_and_one_that_is_due_is_not(desk: Desk) -> None:
    assert desk.faults("martin,2024-02-02 10:00,email,offer,Spring,veal-1,,,", "karim,2024-02-09 10:00,email,offer,Later,BAGUETTE,,,") == [
        {"already_bought"},
        set(),
    ]


def test_the_thing_may_be_a_product_a_type_or_a_category_in_whatever_case(desk: Desk) -> None:
    rows = [f"martin,2024-02-02 1{n}:00,email,offer,C{n},{thing},,," for n, thing in enumerate(("VEAL-1", "veal", "Meat", "MEAT/VEAL"))]
    assert all("already_bought" in found for found in desk.faults(*rows[:2]))
    assert all("already_bought" in found for found in desk.faults(*rows[2:]))


def test_what_she_never_bought_anything_like_is_wrong_for_a_regular_and_unjudged_for_a_newcomer(desk: Desk) -> None:
    told = desk.audit(f"{HEADING}\nkarim,2024-02-03 10:00,email,offer,Spring,veal-1,,,\nlucie,2024-02-03 10:00,email,offer,Spring,veal-1,,,\n")
    assert (told["sends"], told["judged"], told["at_fault"], told["faults"]["no_affinity"]) == (2, 1, 1, 1)
    assert [row["why_unjudged"] for row in desk.findings()] == [None, "little_history"]


def test_a_send_that_names_nothing_or_something_unknown_is_never_counted_as_fine(desk: Desk) -> None:
    told = desk.audit(f"{HEADING}\nmartin,2024-02-07 10:00,email,content,News,,,,\nkarim,2024-02-07 10:00,email,offer,Spring,ham,,,\n")
    assert (told["judged"], told["at_fault"]) == (0, 0)
    assert [row["why_unjudged"] for row in desk.findings()] == ["no_thing", "unknown_thing"]


def test_the_third_word_in_seven_days_is_one_too_many_over_all_channels(desk: Desk) -> None:
    rows = [f"martin,2024-02-0{3 + n} 10:00,{channel},content,C{n},,S{n},," for n, channel in enumerate(("email", "sms", "post", "email"))]
    assert desk.faults(*rows) == [set(), set(), {"pressed_too_often"}, {"pressed_too_often"}]


def test_one_letter_with_many_things_in_it_is_one_word(desk: Desk) -> None:
    rows = [f"martin,2024-02-05,post,offer,Letter,{thing},,," for thing in ("bread-1", "wine-1", "veal-1")]
    assert all("pressed_too_often" not in found for found in desk.faults(*rows))


def test_the_same_thing_again_by_another_channel_is_said_already(desk: Desk) -> None:
    assert desk.faults("martin,2024-02-07 10:00,email,offer,A,VEAL,,,", "martin,2024-02-14 12:00,sms,offer,B,VEAL,,,")[1] == {"said_already"}


def test_she_waited_for_an_answer_until_a_minute_before(desk: Desk) -> None:
    desk.beside("messages", "customer,at,thread,kind,state\nmartin,2024-02-06 09:00,1,question,opened\nmartin,2024-02-07 09:59,1,question,answered\n")
    assert desk.faults("martin,2024-02-07 09:58,email,content,A,VEAL,,,", "martin,2024-02-07 10:00,email,content,B,VEAL,,,") == [
        {"waiting_for_our_answer"},
        {"said_already"},
    ]


def test_a_complaint_stays_open_when_it_is_only_answered(desk: Desk) -> None:
    desk.beside("messages", "customer,at,thread,kind,state\nmartin,2024-02-06 09:00,1,complaint,opened\nmartin,2024-02-06 10:00,1,complaint,answered\n")
    assert desk.faults("martin,2024-02-07 09:58,email,offer,A,VEAL,,,") == [{"complaint_open"}]


def test_a_reply_that_names_no_kind_is_of_the_kind_of_what_it_answers(desk: Desk) -> None:
    send = "martin,2024-02-07 09:58,email,offer,A,VEAL,,,"
    for kind, answered in (("complaint", {"complaint_open"}), ("question", set())):
        for thread in ("1", ""):
            desk.options.clear()
            rows = f"martin,2024-02-06 09:00,{thread},{kind},opened\nmartin,2024-02-06 10:00,{thread},,answered\n"
            desk.beside("messages", f"customer,at,thread,kind,state\n{rows}")
            assert desk.faults(send) == [answered]


def test_whoever_left_or_never_said_yes_is_written_to_without_leave(desk: Desk) -> None:
    desk.beside("consents", "customer,granted,at\nmartin,yes,2024-01-01\nmartin,no,2024-02-05\nkarim,yes,2024-01-01\n")
    rows = (f"{who},2024-02-0{day} 10:00,email,content,C,,S{day},," for who, day in (("martin", 4), ("martin", 6), ("karim", 6), ("lucie", 6)))
    assert desk.faults(*rows) == [set(), {"no_consent"}, set(), {"no_consent"}]


def test_a_file_that_holds_only_the_last_word_of_each_says_nothing_of_the_time_before_she_left(desk: Desk) -> None:
    desk.beside("consents", "customer,granted,at\nmartin,no,2024-02-05\nkarim,yes,2024-01-01\n")
    rows = (f"martin,2024-02-0{day} 10:00,email,content,C,,S{day},," for day in (4, 6))
    assert desk.faults(*rows) == [set(), {"no_consent"}]


def test_a_file_of_those_who_left_says_nothing_against_the_others(desk: Desk) -> None:
    desk.beside("consents", "customer,granted,at\nmartin,no,2024-02-05\n")
    assert desk.faults("martin,2024-02-06 10:00,email,content,C,,S,,", "karim,2024-02-06 10:00,email,content,C,,S,,") == [{"no_consent"}, set()]


def test_disliked_and_out_of_stock_come_from_their_files(desk: Desk) -> None:
    desk.beside("preferences", "customer,item,feeling,at\nkarim,BAGUETTE,dislikes,2024-01-30\n")
    desk.beside("stock", "item,units,at\nVEAL,0,2024-02-06 08:00\nVEAL,5,2024-02-08 08:00\n")
    rows = (
        "karim,2024-02-12 10:00,email,offer,A,bread-1,,,",
        "martin,2024-02-07 10:00,email,offer,B,VEAL,,,",
        "martin,2024-02-08 10:00,email,offer,C,veal-1,,,",
    )
    first, second, third = desk.faults(*rows)
    assert (first, second) == ({"disliked"}, {"out_of_stock"})
    assert "out_of_stock" not in third


def test_the_hour_is_judged_where_it_is_known_and_in_the_shops_own_zone(desk: Desk) -> None:
    rows = [f"martin,2024-02-{7 + 10 * n:02d}T{at},email,content,C{n},,S{n},," for n, at in enumerate(("20:59:00+01:00", "20:00:00Z", "07:59:00+01:00"))]
    assert desk.faults(*rows) == [set(), {"quiet_hours"}, {"quiet_hours"}]
    assert desk.faults("martin,2024-02-07,email,content,C,,S,,") == [set()]


def test_asking_four_times_without_giving_is_asking_too_much_and_giving_makes_good(desk: Desk) -> None:
    asking = many(lambda n: f"lucie,2024-0{1 + n}-20 10:00,post,offer,C{n},,S{n},,", range(3))
    assert desk.faults(*asking[:3], "lucie,2024-03-30 10:00,post,offer,D,,S9,,")[3] == {"asked_more_than_given"}
    assert desk.faults(*asking[:3], "lucie,2024-03-25 10:00,post,gesture,G,,S8,,", "lucie,2024-03-30 10:00,post,offer,D,,S9,,")[4] == set()


def test_a_sender_that_cannot_be_answered_and_a_first_name_alone(desk: Desk) -> None:
    rows = (
        "martin,2024-02-07 10:00,email,content,A,,Hello,Dear *|FNAME|* come and see,no-reply@shop.example",
        "karim,2024-02-07 10:00,email,content,A,,Hello,Dear {{ first_name }} your order {{ order }} waits,karim@shop.example",
        "lucie,2024-02-07 10:00,email,content,B,,Hello,Come and see,hello@shop.example",
    )
    assert desk.faults(*rows) == [{"cannot_be_answered", "first_name_alone"}, set(), set()]


def test_texts_may_be_there_without_subjects_and_missing_here_and_there(desk: Desk) -> None:
    desk.audit("customer,sent_at,text,first_name\nmartin,2024-02-05 10:00,Hello Jeanne come and see,Jeanne\nkarim,2024-02-15 10:00,,Karim\n")
    assert [row["first_name_alone"] for row in desk.findings()] == [True, False]


def test_only_the_second_mail_to_an_address_that_bounces_is_wrong(desk: Desk) -> None:
    rows = "customer,sent_at,subject,bounced\nmartin,2024-02-05 10:00,A,yes\nmartin,2024-02-15 10:00,B,no\n"
    desk.audit(rows)
    assert [row["unreachable"] for row in desk.findings()] == [False, True]


def test_a_refund_makes_it_unbought(desk: Desk) -> None:
    orders = "order,customer,sold_at,product,quantity,amount\n" + "".join(f"{n},martin,2024-01-{n:02d} 10:00,lamp,1,30\n" for n in (2, 9, 16, 23))
    send = f"{HEADING}\nmartin,2024-01-24 12:00,email,offer,A,lamp,,,\n"
    assert desk.audit(send, orders)["faults"]["already_bought"] == 1
    assert desk.audit(send, orders + "23,martin,2024-01-24 11:00,lamp,-1,-30\n")["faults"]["already_bought"] == 0


def test_a_refund_under_a_receipt_of_its_own_takes_back_the_last_purchase(desk: Desk) -> None:
    send = f"{HEADING}\nmartin,2024-01-24 12:00,email,offer,A,lamp,,,\n"
    days = (2, 9, 16, 23)
    for heading, receipts, back in (
        ("order,customer,sold_at,product,quantity,amount\n", [f"{day}," for day in days], "R1,"),
        ("customer,sold_at,product,quantity,amount\n", [""] * len(days), ""),
    ):
        orders = heading + "".join(f"{receipt}martin,2024-01-{day:02d} 10:00,lamp,1,30\n" for receipt, day in zip(receipts, days, strict=True))
        assert desk.audit(send, orders)["faults"]["already_bought"] == 1
        assert desk.audit(send, f"{orders}{back}martin,2024-01-24 11:00,lamp,-1,-30\n")["faults"]["already_bought"] == 0
        assert desk.audit(send, f"{orders}{back}martin,2024-01-24 13:00,lamp,-1,-30\n")["faults"]["already_bought"] == 1


def test_a_negative_amount_without_a_quantity_is_given_back(desk: Desk) -> None:
    orders = "order,customer,sold_at,product,amount\n" + "".join(f"{n},martin,2024-01-{n:02d} 10:00,lamp,30\n" for n in (2, 9, 16, 23))
    send = f"{HEADING}\nmartin,2024-01-24 12:00,email,offer,A,lamp,,,\n"
    assert desk.audit(send, orders)["faults"]["already_bought"] == 1
    assert desk.audit(send, orders + "23,martin,2024-01-24 11:00,lamp,-30\n")["faults"]["already_bought"] == 0


def test_what_was_bought_on_the_web_and_brought_back_to_the_shop_was_no_visit(desk: Desk) -> None:
    orders = ORDERS_BEFORE.replace("category\n", "category,place\n").replace("MEAT\n", "MEAT,web\n")
    send = f"{HEADING}\nmartin,2024-01-29 10:00,email,offer,A,VEAL,,,\n"
    desk.audit(send, orders)
    assert [row["days_bought_in_91_days"] for row in desk.findings()] == [4]
    desk.audit(send, orders + "4,martin,2024-01-26 10:00,veal-1,-1,-12.50,VEAL,MEAT,shop\n")
    assert [row["days_bought_in_91_days"] for row in desk.findings()] == [3]


def test_what_happened_after_the_send_changes_nothing(desk: Desk) -> None:
    send = f"{HEADING}\nmartin,2024-01-29 10:00,email,offer,A,VEAL,,,\n"
    desk.audit(send)
    before = [{name: row[name] for name in row if name != "score"} for row in desk.findings()]
    desk.audit(send, "\n".join(line for line in ORDERS_BEFORE.splitlines()) + "\n")
    assert [{name: row[name] for name in row if name != "score"} for row in desk.findings()] == before


ORDERS_BEFORE = """order,customer,sold_at,product,quantity,amount,type,category
1,martin,2024-01-04 10:00,veal-1,1,12.50,VEAL,MEAT
2,martin,2024-01-11 10:00,veal-1,1,12.50,VEAL,MEAT
3,martin,2024-01-18 10:00,veal-1,1,12.50,VEAL,MEAT
4,martin,2024-01-25 10:00,veal-1,1,12.50,VEAL,MEAT
"""


def test_too_much_at_fault_ends_with_eight_and_the_report_is_there(desk: Desk) -> None:
    sends, orders = desk.write("sends.csv", f"{HEADING}\nmartin,2024-02-02 10:00,email,offer,A,VEAL,,,\n"), desk.write("orders.csv", ORDERS_ALL)
    code, _, err = desk.run(str(sends), str(orders), "--out", str(desk.out), "--fail-over", "0.2", "--json")
    assert (code, err) == (8, "1 of 1 sends are at fault, 100.0%; --fail-over allows 20.0%.")
    assert (desk.out / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert desk.run(str(sends), str(orders), "--out", str(desk.out), "--fail-over", "1")[0] == 0


ORDERS_ALL = ORDERS_BEFORE + "5,martin,2024-02-01 10:00,veal-1,1,12.50,VEAL,MEAT\n"


def test_what_was_bought_on_the_day_of_the_send_is_not_held_against_it_where_orders_tell_no_hour(desk: Desk) -> None:
    orders = "order,customer,sold_at,product,quantity,amount\n" + "".join(f"{n},martin,2024-01-{n:02d},lamp,1,30\n" for n in (2, 9, 16, 23))
    assert desk.audit(f"{HEADING}\nmartin,2024-01-23 15:00,email,offer,A,lamp,,,\n", orders)["faults"]["already_bought"] == 0
    assert desk.audit(f"{HEADING}\nmartin,2024-01-24 15:00,email,offer,A,lamp,,,\n", orders)["faults"]["already_bought"] == 1


def test_sends_that_tell_nothing_are_not_the_same_thing_again(desk: Desk) -> None:
    desk.audit("customer,sent_at\nmartin,2024-02-05 10:00\nmartin,2024-02-15 10:00\n")
    assert [row["said_already"] for row in desk.findings()] == [False, False]


def test_a_message_that_came_back_was_not_heard(desk: Desk) -> None:
    desk.audit("customer,sent_at,thing,bounced\nmartin,2024-02-15 10:00,VEAL,yes\nmartin,2024-02-16 10:00,VEAL,no\n")
    assert [row["said_already"] for row in desk.findings()] == [False, False]


def test_what_is_exchanged_is_bought_on_the_day_of_the_exchange(desk: Desk) -> None:
    orders = "order,customer,sold_at,product,quantity,amount\n" + "".join(f"{n},martin,2024-01-{n:02d} 10:00,lamp,1,30\n" for n in (2, 9, 16))
    orders += "7,martin,2024-01-10 10:00,vase,1,20\n7,martin,2024-01-23 10:00,vase,-1,-20\n7,martin,2024-01-23 10:00,lamp,1,30\n"
    assert desk.audit(f"{HEADING}\nmartin,2024-01-24 15:00,email,offer,A,lamp,,,\n", orders)["faults"]["already_bought"] == 1
