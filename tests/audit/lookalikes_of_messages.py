"""What looks like a wrong about a message, or about her to whom it goes, and is none."""

from __future__ import annotations

from datetime import timedelta

from tests.audit.acting import Act, Repertoire
from tests.audit.faults_of_messages import NAME_ALONE

LOOKALIKES = Repertoire()
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANSWERABLE = (
    *("reply@shop.example", "casinoreply@shop.example", "piano-reply@shop.example", "We reply <hello@shop.example>", "answers@shop.example"),
    *("Noëlle <noelle@shop.example>", "nora.reply@shop.example", "Le Piano <reponse@lepiano.example>", "service@noreplica.example", "bruno@reply.example"),
)
TRULY_HERS = (
    *("Hello *|FNAME|*, your *|LAST_PRODUCT|* should be nearly empty.", "Hi {{ first_name }}, you have {{ points_balance }} points."),
    *("Bonjour {{ contact.PRENOM }}, votre commande {{ order_number }} est prête.", "%FIRSTNAME%, %FAVOURITE_TEA% is back."),
    *("Hello {FNAME}, {LAST_ORDER} again?", "Dear [[firstname]], [[favourite]] has come in."),
)
NOBODYS = ("Autumn is here. *|UNSUB|*", "Open on Sunday. {{ unsubscribe_link }}", "News of {{ company.name }}.", "100% wool, 50% off.", "We close at [6].")


@LOOKALIKES.scene(25, lead_days=20, rest_days=16)
def second_in_a_week(act: Act) -> None:
    act.give(-6)
    act.say(act.at, act.clear())


@LOOKALIKES.scene(25, lead_days=20, rest_days=16)
def third_on_the_eighth_day(act: Act) -> None:
    act.give(-7, at=act.on(-7, 9)), act.give(-3)
    at = act.on(0, 18)
    act.say(at, act.clear(at=at))


@LOOKALIKES.scene(25, lead_days=40, rest_days=28, has_gift=False)
def fifth_in_four_weeks(act: Act) -> None:
    for days in (-27, -20, -13, -6):
        act.give(days)
    act.say(act.at, act.clear())


@LOOKALIKES.scene(20, lead_days=40, rest_days=28, has_gift=False)
def sixth_in_twenty_nine_days(act: Act) -> None:
    for days in (-28, -22, -16, -11, -5):
        act.give(days, at=act.on(days, 9))
    at = act.on(0, 18)
    act.say(at, act.clear(at=at))


@LOOKALIKES.scene(25, lead_days=20, rest_days=16)
def third_in_a_week_and_of_service(act: Act) -> None:
    act.give(-5), act.give(-2)
    act.say(act.at, kind="service", subject=f"Order {len(act.plan.said)}", text="Your order is ready.", campaign="orders")


@LOOKALIKES.scene(25, lead_days=20, rest_days=16)
def one_letter_of_five_things(act: Act) -> None:
    act.give(-4)
    act.say(act.at, *(act.clear(level) for level in ("type", "type", "product", "product", "category")), message=f"m{len(act.plan.said)}")


@LOOKALIKES.scene(25)
def answered_a_minute_before(act: Act) -> None:
    thread = f"q{len(act.plan.said)}"
    act.tell("messages", act.her, act.on(-2), thread, "question", "opened")
    act.tell("messages", act.her, act.at - MINUTE, thread, "question", "answered")
    act.say(act.at, act.clear())


@LOOKALIKES.scene(20)
def asked_a_minute_after(act: Act) -> None:
    thread = f"q{len(act.plan.said)}"
    act.tell("messages", act.her, act.at + MINUTE, thread, "question", "opened")
    act.tell("messages", act.her, act.at + DAY, thread, "question", "closed")
    act.say(act.at, act.clear())


@LOOKALIKES.scene(25)
def complaint_closed_an_hour_before(act: Act) -> None:
    thread = f"c{len(act.plan.said)}"
    told_at = {"opened": act.on(-4), "answered": act.on(-3), "closed": act.at - HOUR}
    for state, at in told_at.items():
        act.tell("messages", act.her, at, thread, "complaint", state)
    act.say(act.at, act.clear())


@LOOKALIKES.scene(20)
def service_while_she_complains(act: Act) -> None:
    thread = f"c{len(act.plan.said)}"
    act.tell("messages", act.her, act.on(-2), thread, "complaint", "opened")
    act.tell("messages", act.her, act.at + HOUR, thread, "complaint", "closed")
    act.say(act.at, kind="service", subject=f"Order {thread}", text="Your order is ready.", campaign="orders")


@LOOKALIKES.scene(25)
def consent_given_again(act: Act) -> None:
    act.tell("consents", act.her, "no", act.on(-5), "", "email")
    act.tell("consents", act.her, "yes", act.at - MINUTE, "", "email")
    act.say(act.at, act.clear(), channel="email")


@LOOKALIKES.scene(20)
def she_left_an_hour_after(act: Act) -> None:
    act.tell("consents", act.her, "no", act.at + HOUR, "", "email")
    act.tell("consents", act.her, "yes", act.at + 2 * DAY, "", "email")
    act.say(act.at, act.clear(), channel="email")


@LOOKALIKES.scene(20)
def a_letter_after_she_left_the_emails(act: Act) -> None:
    act.tell("consents", act.her, "no", act.on(-2), "", "email")
    act.tell("consents", act.her, "yes", act.on(2), "", "email")
    act.say(act.at, act.clear(), channel="post")


@LOOKALIKES.scene(20)
def advice_after_she_left_the_offers(act: Act) -> None:
    act.tell("consents", act.her, "no", act.on(-2), "offers", "email")
    act.tell("consents", act.her, "yes", act.on(2), "offers", "email")
    act.give(0, at=act.at, channel="email")


@LOOKALIKES.scene(20, lead_days=25, place="closing")
def bounced_after_it_left(act: Act) -> None:
    act.say(act.at, act.clear(), channel="email", bounced_at=act.at + MINUTE, is_answer_settled=True)


@LOOKALIKES.scene(20, lead_days=25, place="closing")
def bounced_and_alive_again(act: Act) -> None:
    act.give(-12, channel="email", bounced_at=act.on(-11), is_answer_settled=True)
    act.give(-24, channel="email", answered_at=act.on(-4), is_answer_settled=True)
    act.say(act.at, act.clear(), channel="email")


@LOOKALIKES.scene(20, lead_days=25, place="closing")
def a_letter_after_the_email_bounced(act: Act) -> None:
    act.give(-12, channel="email", bounced_at=act.on(-11), is_answer_settled=True)
    act.say(act.at, act.clear(), channel="post")


@LOOKALIKES.scene(25)
def at_the_edge_of_the_night(act: Act) -> None:
    at = act.on(0, *act.chance.choice(((20, 59), (8, 0), (8, 1), (20, 30))))
    act.say(at, act.clear(at=at), channel="email")


@LOOKALIKES.scene(20)
def a_letter_posted_at_night(act: Act) -> None:
    at = act.on(0, act.chance.choice((22, 23, 0, 5)))
    act.say(at, act.clear(at=at), channel="post")


@LOOKALIKES.scene(20, lead_days=97, has_gift=False, place="closing")
def asked_two_more_than_given(act: Act) -> None:
    act.fresh_start(-97)
    for days in (-70, -50, -30):
        act.ask(days, "offer")
    act.give(-60)
    act.say(act.at, act.clear(), kind="offer")


@LOOKALIKES.scene(20, lead_days=103, has_gift=False, place="closing")
def asked_often_and_long_ago(act: Act) -> None:
    act.fresh_start(-103)
    for days in (-94, -50, -30):
        act.ask(days, "offer")
    act.say(act.at, act.clear(), kind="offer")


@LOOKALIKES.scene(20, lead_days=97, has_gift=False, place="closing")
def a_gift_after_much_asking(act: Act) -> None:
    act.fresh_start(-97)
    for days in (-75, -50, -25):
        act.ask(days, "question")
    act.give(0, at=act.at)


@LOOKALIKES.scene(40)
def somebody_reads_the_answer(act: Act) -> None:
    act.say(act.at, act.clear(), sender=act.chance.choice(ANSWERABLE))


@LOOKALIKES.scene(25)
def her_name_and_something_truly_hers(act: Act) -> None:
    number = act.chance.randrange(len(TRULY_HERS))
    campaign = f"Yours {act.at:%G-%V} {number}"
    act.say(act.at, kind="content", campaign=campaign, subject=campaign, text=TRULY_HERS[number])


@LOOKALIKES.scene(25)
def her_name_and_a_thing_chosen_for_her(act: Act) -> None:
    act.say(act.at, act.clear(), campaign="chosen for her", text=act.chance.choice(NAME_ALONE))


@LOOKALIKES.scene(25)
def not_even_her_name(act: Act) -> None:
    number = act.chance.randrange(len(NOBODYS))
    campaign = f"Everybody {act.at:%G-%V} {number}"
    act.say(act.at, kind="content", campaign=campaign, subject=campaign, text=NOBODYS[number])


@LOOKALIKES.scene(25, lead_days=34)
def left_alone_twice_and_lately(act: Act) -> None:
    answered = act.chance.random() < 0.5
    act.give(-28, kind="gesture", is_answer_settled=True, answered_at=None)
    act.give(-18, kind="gesture", is_answer_settled=True, answered_at=act.on(-17) if answered else None)
    act.give(-6, kind="gesture", is_answer_settled=True)
    act.give(0, at=act.at, kind="gesture", answered_at=act.at + HOUR, is_answer_settled=True)
