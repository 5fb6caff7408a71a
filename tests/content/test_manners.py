"""Whether a message can be answered, and whether a first name is all that is personal in it."""

from __future__ import annotations

import pytest

from habitue.content.manners import Personal, may_be_answered, personal_parts, without_name


@pytest.mark.parametrize(
    "sender",
    ["no-reply@shop.example", "noreply@shop.example", "Shop <do-not-reply@shop.example>", "ne-pas-repondre@x.example", "sans-reponse@x.example"]
    + ["keine-antwort@x.example", "noreplies@x.example", "shopnoreply@x.example", "unattended@x.example", "no-reply"],
)
def test_a_sender_that_nobody_reads_is_known(sender: str) -> None:
    assert not may_be_answered(sender)


@pytest.mark.parametrize(
    "sender", ["reply@shop.example", "piano-reply-shop@x.example", "anna@shop.example", "No answer too small <anna@x.example>", "nora@x.example"]
)
def test_a_sender_that_somebody_reads_is_let_pass(sender: str) -> None:
    assert may_be_answered(sender)


@pytest.mark.parametrize(
    "text",
    ["Dear *|FNAME|*,", "Hi {{ first_name }}!", "{{ contact.FIRSTNAME | default: 'friend' }}", "Bonjour %PRENOM%", "Hello ${first_name}", "Hi {first_name}"]
    + ["{{ salutation }} {{ last_name }}", "*|IF:FNAME|*Dear *|FNAME|**|ELSE:|*Dear friend*|END:IF|* *|UNSUB|*", "{{#if first_name}}Hi {{ first_name }}{{/if}}"]
    + ["Hi {{ user.first }}, sent to *|EMAIL|* *|MC_PREVIEW_TEXT|*", "Hi %recipient.first_name%"],
)
def test_a_first_name_alone_is_seen_whatever_tool_wrote_it(text: str) -> None:
    assert personal_parts(text) == Personal.NAME_ALONE


@pytest.mark.parametrize(
    "text", ["Hi {{ first_name }}, your {{ last_product }} waits", "*|FNAME|*, you have *|POINTS|* points", "Your order {{ order.number }} is ready"]
)
def test_something_of_hers_is_more_than_a_name(text: str) -> None:
    assert personal_parts(text) == Personal.MORE


@pytest.mark.parametrize(
    "text", ["Come and see [SALE] 50% off", "Unsubscribe: {{ unsubscribe_url }}", "100% cotton, 20% off", "Written to {{ contact.EMAIL }}"]
)
def test_what_every_message_carries_is_not_personal(text: str) -> None:
    assert personal_parts(text) == Personal.NOTHING


def test_a_text_as_she_got_it_is_known_by_her_name() -> None:
    assert personal_parts("Dear Anna, come and see", "Anna") == Personal.NAME_ALONE
    assert personal_parts("Dear Annabel, come", "Anna") == Personal.NOTHING
    assert personal_parts("DEAR WILL", "will") == Personal.NAME_ALONE
    assert personal_parts("You may come, and we will be there", "May") == Personal.NOTHING
    assert without_name("Dear anna!", "Anna") == without_name("Dear Zoe!", "Zoe")
