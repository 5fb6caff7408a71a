"""Letters out, and the form that lets them in: `habitue post`, `habitue form`."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

import typer
from markupsafe import escape
from rich.table import Table

from habitue.app.door import asked_at_door
from habitue.app.knocking import release, stopped_kinds
from habitue.app.post.evidence import settle_by_hand
from habitue.app.post.gate import close_gate, lets_out, open_gate, opened_at
from habitue.app.post.post_room import PostRoom
from habitue.app.post.relaying import NO_RELAY, names_a_relay, relay_of
from habitue.app.post.sending import balances
from habitue.channels.letters import NEVER, Kind, Letter, State, count_letters, letters, letters_in_doubt
from habitue.cli.options import Data, Json, Language, console, json_line, opened, tongue
from habitue.web.tongue import tongue as voice_of
from habitue.words.clock import date_of, local_day_and_hour, parse_day
from habitue.words.errors import OverLimit, SettingsError
from habitue.words.typesetting import typeset

SHOWN = 20
KINDS: dict[Kind, str] = {
    "confirm": "a sign-up to confirm",
    "page": "a fresh link to her page",
    "answer": "an answer to what she wrote",
    "closed": "to whoever wrote while the shop is closed",
    "remind": "to your own people: answers that are due soon",
    "escalate": "to your own people: answers that are late",
    "ask": "whether you answered well, after a conversation",
    "touch": "a word of the day’s plan",
}
STOPPED = (
    "More letters wait than on a usual day, or your mail server says of several readers in a row that there is no such address (550 5.1.1 above); "
    "so none of their kind leaves. Look at them, and at the server, then let them go: `habitue post --go-on`."
)
OPEN = "What the day’s plan says by e-mail leaves by itself. `habitue post --close` ends that."
NO_WAY_OUT = "Words of your own accord need an address that begins with https://: there she presses the way out that each of them bears."
CLOSED = "What the day’s plan says by e-mail does not leave: nobody has opened the gate of this folder. `habitue post --open` does."
BOOKED: dict[State, str] = {
    State.SENT: "Sent",
    State.WITHDRAWN: "Withdrawn",
    State.EXPIRED: "Too late",
    State.FAILED: "Refused",
    State.IN_DOUBT: "In doubt",
    State.SENDING: "On its way",
    State.WAITING: "Waiting",
}
"""What may have become of a letter, in the order of the columns."""
SNIPPET = """<form action="{action}" method="post" lang="{language}">
  <fieldset>
    <legend>{what}</legend>
{boxes}
  </fieldset>
  <p><label>{address} <input type="email" name="email" autocomplete="email" required></label></p>
  <p style="position: absolute; left: -6000px" aria-hidden="true"><label>{empty} <input name="website" tabindex="-1" autocomplete="off"></label></p>
  <p><button>{button}</button></p>
  <p><small>{after}</small></p>
</form>"""
SAID = {
    "what": "What you would like, by e-mail",
    "address": "Your e-mail address",
    "empty": "Leave this empty",
    "button": "Send me the letter to confirm",
    "after": "We send you one letter with a button. Until you press it we write nothing else, and after 48 hours we delete the address.",
}
"""The words of the page of the form, under the names that they have in the snippet."""


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.command()(post)
    app.command()(form)
    app.command()(books)


def post(
    send: Annotated[bool, typer.Option("--send", help="Send what waits now, instead of leaving it to `habitue serve`.")] = False,
    go_on: Annotated[bool, typer.Option("--go-on", help="Let letters leave again after they were stopped.")] = False,
    to_open: Annotated[bool, typer.Option("--open", help="From now on, what the day's plan says by e-mail leaves by itself.")] = False,
    to_close: Annotated[bool, typer.Option("--close", help="From now on, only what somebody asked for leaves.")] = False,
    doubts: Annotated[bool, typer.Option("--doubts", help="List every letter of which nobody knows whether it left.")] = False,
    was_sent: Annotated[int, typer.Option("--was-sent", help="The number of a letter in doubt: it did leave.", min=0, max=NEVER, show_default=False)] = 0,
    never_left: Annotated[int, typer.Option("--never-left", help="The number of a letter in doubt: it did not.", min=0, max=NEVER, show_default=False)] = 0,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show the letters that are to leave, and what became of each; addresses are not shown.

    Ends with 8 where letters are stopped because there are too many at once.
    """
    with opened(data) as house:
        if to_open:
            relay_of(house.settings)
            if not house.settings.address.startswith("https://"):
                raise SettingsError(NO_WAY_OUT)
            open_gate(house.settings, house.clock.instant())
        if to_close:
            close_gate(house.settings)
        if go_on:
            with house.truth.transaction():
                release(house.truth, house.clock.instant())
        for number, is_out in ((was_sent, True), (never_left, False)):
            if number:
                settle_by_hand(house, number, is_out)
        if send:
            room = PostRoom(house, relay_of(house.settings))
            while room.send_some():
                pass
        found = letters_in_doubt(house.truth) if doubts else letters(house.truth, SHOWN)
        counts, stopped, zone = count_letters(house.truth), bool(stopped_kinds(house.truth)), house.settings.zone
        can_leave = names_a_relay(house.settings)
        is_open, is_opened = lets_out(house.settings), bool(opened_at(house.settings))
    if as_json:
        print(json_line({"counts": counts, "is_stopped": stopped, "is_open": is_open, "letters": found}))
    else:
        out = console()
        if not can_leave:
            out.print(NO_RELAY, style="red" if counts.get(State.WAITING) else None)
        out.print(OPEN if is_open else NO_WAY_OUT if is_opened else CLOSED)
        out.print(", ".join(f"{counts[state]} {state.replace('_', ' ')}" for state in State if counts.get(state)) or "No letter was ever asked for.")
        for letter in found:
            out.print(_line(letter, zone), style="red" if letter.state == State.FAILED else None)
    if stopped:
        raise OverLimit(STOPPED)


def form(
    data: Data = None,
    language: Language = "",
    shop: Annotated[str, typer.Option("--shop", help="The shop that goes into the proof, for a form that is filled in there.", show_default=False)] = "",
) -> None:
    """Print the sign-up form as plain HTML, to be put into any page of the brand's own site. It needs no script; nothing in it is ticked."""
    with opened(data) as house:
        spoken, settings = tongue(house, language), house.settings
        if not settings.address:
            raise SettingsError('The settings name no address yet: where customers reach this house, as in address = "https://regulars.example.org".')
        asked = asked_at_door(house.notices, spoken)
    boxes = "\n".join(
        f'    <p><label><input type="checkbox" name="for-{each.purpose.name.lower()}" value="{each.hash}"> {escape(each.title)}</label><br>'
        f"<small>{escape(each.text)}</small></p>"
        for each in asked
    )
    query = urlencode({"lang": spoken} | ({"shop": shop} if shop else {}))
    said = {name: escape(typeset(voice_of(spoken).say(text), spoken)) for name, text in SAID.items()}
    print(SNIPPET.format(action=escape(f"{settings.address.rstrip('/')}/join?{query}"), language=spoken, boxes=boxes, **said))


def books(
    since: Annotated[str, typer.Option("--since", help="The first day; seven days back unless said.", show_default=False)] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show the books of the post: for each day and way, what was decided and what became of it. They always balance."""
    with opened(data) as house:
        found = balances(house, parse_day(since) if since else house.today - 6, house.today)
    if as_json:
        for each in found:
            posted = {str(state): count for state, count in each.posted.items()}
            print(
                json_line(
                    {"day": str(date_of(each.day)), "channel": each.channel.name.lower(), "decided": each.decided}
                    | posted
                    | {"by_hand": each.by_hand, "came_back": each.came_back}
                )
            )
        return
    table = Table("Day", "By", "Decided", *BOOKED.values(), "By hand", "Came back", box=None, header_style="bold", padding=(0, 1, 0, 0), pad_edge=False)
    for column in table.columns:
        column.min_width = max(map(len, str(column.header).split()))
    table.columns[0].min_width = len("2017-11-02")
    for column in table.columns[2:]:
        column.justify = "right"
    for each in found:
        counts = (str(each.posted.get(state, 0)) for state in BOOKED)
        table.add_row(str(date_of(each.day)), each.channel.name.lower(), str(each.decided), *counts, str(each.by_hand), str(each.came_back))
    console().print(table if found else "Nothing was decided on these days.")


def _line(letter: Letter, zone: str) -> str:
    day, hour = local_day_and_hour(letter.made_at, zone)
    tried = f", {letter.attempts} {'attempt' if letter.attempts == 1 else 'attempts'}" if letter.attempts else ""
    state = letter.state.replace("_", " ")
    return f"{letter.letter_id:>8}  {state:<9} {KINDS[letter.kind]}, asked for on {date_of(day)} at {hour} h{tried}. {letter.answer}".rstrip()
