"""The wrongs about a message, or about her to whom it goes, that are planted, many ways of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.audit.acting import Act, NoMaterial, Repertoire
from tests.audit.faults_of_things import is_bought

FAULTS = Repertoire()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NO_REPLY = (
    *("noreply@shop.example", "The shop <no-reply@mail.shop.example>", "no_reply@shop.example", "DoNotReply@shop.example", "do-not-reply@shop.example"),
    *("shop.noreply@shop.example", "ne-pas-repondre@boutique.example", "nepasrepondre@boutique.example", "La boutique <ne_pas_repondre@boutique.example>"),
    *("Do not reply <news@shop.example>", "no.reply@shop.example", "noreply+17@shop.example", "donotrespond@shop.example", "never-reply@shop.example"),
)
NAME_ALONE = (
    *("Hello *|FNAME|*, autumn is here.", "Hi {{ first_name }}! New in.", "Dear {{ contact.FIRSTNAME }}, see you soon.", 'Bonjour [[data:firstname:""]] !'),
    *("%FIRSTNAME%, only this week.", "Hi {{ person.first_name|default:'there' }}, come by.", "Bonjour {{ contact.PRENOM }}, à bientôt. {{ unsubscribe }}"),
    *(
        "Hey {FNAME}! *|LIST:COMPANY|* greets you.",
        "{{customer.first_name}}, new at {{shop.name}}.",
        "Hello %%FirstName%%, our shelves are full. %%unsub_center_url%%",
    ),
)
WORKINGS = (
    *("*|MC_PREVIEW_TEXT|* Hello *|FNAME|*, autumn is here. Sent to *|EMAIL|*.", "*|IF:FNAME|*Hello *|FNAME|**|ELSE:|*Hello*|END:IF|*, autumn is here."),
    *("{{#if first_name}}Hi {{first_name}}{{else}}Hi{{/if}}, new in.", "[SALE] Hello *|FNAME|*!", "Hi {{ contact.FIRSTNAME }}! Sent to {{ contact.EMAIL }}."),
)
"""Her first name, and what a tool for newsletters needs to write it and to find her."""
QUIET = ((21, 0), (21, 1), (23, 59), (0, 0), (3, 30), (6, 15), (7, 59), (22, 40))


@FAULTS.scene(60, lead_days=20, rest_days=16)
def third_in_a_week(act: Act) -> None:
    act.give(-5), act.give(-2)
    act.say(act.at, act.clear(), faults=("pressed_too_often",))


@FAULTS.scene(50, lead_days=40, rest_days=28, has_gift=False)
def sixth_in_four_weeks(act: Act) -> None:
    for days in (-26, -21, -16, -11, -5):
        act.give(days)
    act.say(act.at, act.clear(), act.clear("product"), faults=("pressed_too_often",))


@FAULTS.scene(40, rest_days=12)
def same_thing_again(act: Act) -> None:
    what = act.clear(at=act.on(-9))
    if not act.standing(what).is_clear:
        raise NoMaterial
    act.say(act.on(-9), what, kind="content")
    act.say(act.at, what, faults=("said_already",), campaign="again", subject="Again")


@FAULTS.scene(20, rest_days=12)
def same_thing_in_other_letters(act: Act) -> None:
    what = act.clear(act.chance.choice(("type", "category")))
    other = replace(what, text=act.chance.choice((what.text.lower(), what.text.title())), level=act.chance.choice((what.level, "")))
    act.say(act.on(-4), what, kind="content")
    act.say(act.at, other, faults=("said_already",))


@FAULTS.scene(20, rest_days=12)
def same_thing_by_text_message_and_by_letter(act: Act) -> None:
    what = act.clear()
    act.say(act.on(-3, 9), what, kind="content", channel="email")
    act.say(act.at, what, faults=("said_already",), channel="post", text="", subject="")


@FAULTS.scene(30)
def same_words_again(act: Act) -> None:
    told = {"subject": f"Winter {act.her}", "text": f"Our winter hours, for you {act.her} and for everybody.", "kind": "content"}
    act.say(act.on(-8), **told)
    act.say(act.at, faults=("said_already",), campaign="another name", **told)


@FAULTS.scene(30)
def same_subject_or_campaign_again(act: Act) -> None:
    told = act.chance.choice(({"subject": f"Winter {act.her}", "campaign": "{}"}, {"subject": "", "campaign": f"Winter {act.her}"}))
    for at, number, faults in ((act.on(-8), 1, ()), (act.at, 2, ("said_already",))):
        act.say(at, faults=faults, kind="content", text="", subject=told["subject"], campaign=told["campaign"].format(f"no. {number} {act.her}"))


@FAULTS.scene(110)
def question_open(act: Act) -> None:
    thread, asked_at = f"q{len(act.plan.said)}", act.at - act.chance.choice((timedelta(minutes=1), HOUR, 2 * DAY))
    act.tell("messages", act.her, asked_at, thread, "question", "opened")
    act.tell("messages", act.her, act.at + timedelta(minutes=1), thread, "question", "answered")
    act.say(act.at, act.clear(), faults=("waiting_for_our_answer",))


@FAULTS.scene(110)
def complaint_not_settled(act: Act) -> None:
    thread, course = f"c{len(act.plan.said)}", act.chance.choice((("opened",), ("opened", "answered"), ("opened", "closed", "opened")))
    for hours, state in zip(range(-50, 0, 20), course, strict=False):
        act.tell("messages", act.her, act.at + hours * HOUR, thread, "complaint", state)
    act.tell("messages", act.her, act.at + timedelta(minutes=1), thread, "complaint", "closed")
    act.say(act.at, act.clear(), faults=("complaint_open",))


@FAULTS.scene(40)
def after_she_left(act: Act) -> None:
    act.tell("consents", act.her, "no", act.at - act.chance.choice((timedelta(minutes=1), 3 * DAY)), "", "email")
    act.tell("consents", act.her, "yes", act.at + DAY, "", "email")
    act.say(act.at, act.clear(), faults=("no_consent",), channel="email")


@FAULTS.scene(30)
def after_she_left_the_offers(act: Act) -> None:
    act.tell("consents", act.her, "no", act.on(-2), "offers", "email")
    act.tell("consents", act.her, "yes", act.on(2), "offers", "email")
    act.say(act.at, act.clear(), faults=("no_consent",), channel="email", kind="offer")


@FAULTS.scene(30)
def by_a_way_she_never_allowed(act: Act) -> None:
    if act.plan.has_sms(act.her):
        raise NoMaterial
    act.say(act.at, act.clear(), faults=("no_consent",), channel="sms")


@FAULTS.scene(20, place="opening", has_gift=False)
def before_her_yes(act: Act) -> None:
    act.plan.consents_from[act.her] = act.at + HOUR
    act.say(act.at, faults=("no_consent",), campaign=f"new {act.her}", subject="", kind="content")


@FAULTS.scene(110, lead_days=25, place="closing")
def bounced_before(act: Act) -> None:
    channel = "sms" if act.plan.has_sms(act.her) and act.chance.random() < 0.3 else "email"
    first = act.give(-10, channel=channel, is_answer_settled=True)
    first.bounced_at = first.at + HOUR
    act.say(act.at, act.clear(), faults=("unreachable",), channel=channel, is_answer_settled=True)


@FAULTS.scene(110)
def at_night(act: Act) -> None:
    at = act.on(0, *act.chance.choice(QUIET))
    channel = act.chance.choice(["email"] * 3 + ["sms"] * act.plan.has_sms(act.her))
    act.say(at, act.clear(at=at), faults=("quiet_hours",), channel=channel)


@FAULTS.scene(110, lead_days=97, has_gift=False, place="closing")
def asked_and_asked(act: Act) -> None:
    act.fresh_start(-97)
    asking = (-88, -66, -44, -22) if (is_given := act.chance.random() < 0.4) else (-75, -50, -25)
    for days in asking:
        act.ask(days, act.chance.choice(("offer", "question")))
    if is_given:
        act.give(-55)
    act.say(act.at, act.clear(), faults=("asked_more_than_given",), kind=act.chance.choice(("offer", "question")))


@FAULTS.scene(110)
def nobody_reads_the_answer(act: Act) -> None:
    act.say(act.at, act.clear(), faults=("cannot_be_answered",), sender=act.chance.choice(NO_REPLY))


@FAULTS.scene(80)
def only_her_first_name(act: Act) -> None:
    number = act.chance.randrange(len(NAME_ALONE))
    campaign = f"Hello {act.at:%G-%V} {number}"
    act.say(act.at, kind="content", campaign=campaign, subject=campaign, text=NAME_ALONE[number], faults=("first_name_alone",))


@FAULTS.scene(30)
def only_her_first_name_among_the_workings_of_a_tool(act: Act) -> None:
    number = act.chance.randrange(len(WORKINGS))
    campaign = f"Works {act.at:%G-%V} {number}"
    act.say(act.at, kind="content", campaign=campaign, subject=campaign, text=WORKINGS[number], faults=("first_name_alone",))


@FAULTS.scene(40)
def only_her_first_name_and_one_thing_for_all(act: Act) -> None:
    what = act.first_of(act.hers("category"), lambda one: one.text in ("SOFT DRINKS", "CHEESE", "BREAD"))
    act.say(act.at, what, kind="content", campaign=f"All {what.text}", text=act.chance.choice(NAME_ALONE), faults=("first_name_alone",))


@FAULTS.scene(30)
def only_her_first_name_in_a_letter_of_the_month(act: Act) -> None:
    wanted = ("SOFT DRINKS", "CHEESE", "BREAD", "EGGS")[act.at.month % 4]
    what = act.first_of(act.hers("category"), lambda one: one.text == wanted)
    told = {"campaign": "Letter of the month", "subject": f"Month {act.at.month}", "text": f"{NAME_ALONE[0]} This is letter {act.at.month}."}
    act.say(act.at, what, kind="content", faults=("first_name_alone",), **told)


@FAULTS.scene(30)
def only_her_first_name_and_two_things_for_all(act: Act) -> None:
    things = [act.first_of(act.hers("category"), lambda one, text=text: one.text == text) for text in ("FROZEN PIZZA", "YOGURT")]
    act.say(act.at, *things, kind="content", campaign="The two of the year", message="two", text=NAME_ALONE[0], faults=("first_name_alone",))


@FAULTS.scene(110, lead_days=34)
def left_alone_three_times(act: Act) -> None:
    for days in (-30, -20, -8):
        act.give(days, kind="gesture", is_answer_settled=True)
    act.give(0, at=act.at, kind="gesture", faults=("ignored_lately",), answered_at=act.at + HOUR, is_answer_settled=True)


@FAULTS.scene(40)
def three_wrongs_at_once(act: Act) -> None:
    at = act.on(0, 22)
    told = {"faults": ("quiet_hours", "cannot_be_answered"), "channel": "email", "sender": NO_REPLY[0]}
    act.say(at, (act.pick(is_bought, at=at), ("already_bought",)), act.clear(at=at), **told)
