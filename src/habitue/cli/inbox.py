"""The inbox in the terminal: `habitue inbox` and what is done in a conversation."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from habitue.app.house import House
from habitue.app.inbox.among_us import NO_NAME, drop_note, drop_stranger_note, give, give_stranger, note, note_stranger, take_stranger
from habitue.app.inbox.among_us import take as take_in_hand
from habitue.app.inbox.answer_times import answer_times
from habitue.app.inbox.answer_times_words import times_said
from habitue.app.inbox.answering import answer, close, keep, let_go
from habitue.app.inbox.asking_model import suggest
from habitue.app.inbox.attached import FileLine, take_out
from habitue.app.inbox.attaching import attach
from habitue.app.inbox.fetching_mail import fetch_mail
from habitue.app.inbox.finding_talks import find_talks
from habitue.app.inbox.mailbox import account_of, opened_mailbox
from habitue.app.inbox.pleased import pleased, pleased_said
from habitue.app.inbox.receiving import Received, receive
from habitue.app.inbox.saved_answers import fill_in, saved_answers
from habitue.app.inbox.strangers import Stranger, answer_stranger, answered_strangers, done_stranger, drop, stranger, strangers
from habitue.app.inbox.talking import Conversation, NoteLine, ProposalLine, conversation, open_conversations
from habitue.app.leave_words import BY
from habitue.app.looking import looked_at_keys
from habitue.app.post.coming_back import BACK
from habitue.app.post.relaying import ANSWER_WAITS, names_a_relay
from habitue.cli.options import HIGHEST, Data, Json, Language, console, harmless, json_line, opened, tongue
from habitue.dialogue.incoming import Came
from habitue.dialogue.mail import MOST_BYTES
from habitue.words.asking import ASKING, plain_name
from habitue.words.clock import parse_day, zone
from habitue.words.errors import BadInput, Refused
from habitue.words.vocabulary import Channel

Number = Annotated[int, typer.Argument(max=HIGHEST, help="The number of a message of the conversation.")]
Last = Annotated[int, typer.Argument(max=HIGHEST, help="The number of the last message that you have read, as `habitue inbox list` shows it.")]
Proposed = Annotated[int, typer.Argument(help="The number of what it proposes, as `habitue inbox show` lists it.")]
CAME = {
    Came.ANSWER: {"en": "An answer; nobody here is known to have written it.", "fr": "Une réponse ; on ne sait pas de qui."},
    Came.BOUNCED_FOR_GOOD: {"en": "A letter of ours cannot be delivered.", "fr": "Une de nos lettres ne peut être remise."},
    Came.BOUNCED_FOR_NOW: {"en": "A letter of ours is late.", "fr": "Une de nos lettres est en retard."},
    Came.COMPLAINT: {"en": "A mailbox provider passes a complaint on.", "fr": "Un fournisseur transmet une plainte."},
    Came.ABSENCE: {"en": "A note of absence; neither an answer nor a way out.", "fr": "Une note d’absence ; ni une réponse, ni une sortie."},
    Came.LOOP: {"en": "A letter of our own came back.", "fr": "Une lettre à nous est revenue."},
    Came.TO_STAFF: {
        "en": "An answer to a letter to your own people; it is no customer’s.",
        "fr": "Une réponse à une lettre à votre équipe ; elle n’est d’aucun client.",
    },
    Came.MACHINE: {"en": "A machine wrote it.", "fr": "Une machine l’a écrit."},
}
STATES = {
    "waiting": {"en": "to be kept, or let go", "fr": "à garder, ou à laisser"},
    "bound": {"en": "holds already; to be confirmed", "fr": "compte déjà ; à confirmer"},
    "kept": {"en": "kept", "fr": "gardé"},
    "let_go": {"en": "let go", "fr": "laissé"},
}
SUGGESTED = {"en": "suggested by a machine; ", "fr": "suggéré par une machine ; "}
NEEDS_LEAVE = {"en": "only with her leave; ask for it in the answer", "fr": "seulement si elle le permet ; demandez-le dans la réponse"}
DUE = {"en": "by", "fr": "avant le"}
COMPLAINT = {"en": "complaint", "fr": "réclamation"}
STRANGER = {"en": "stranger", "fr": "inconnu"}
NOBODY = {"en": "Nobody waits for an answer.", "fr": "Personne n’attend de réponse."}
STRANGERS = {
    "en": "Nobody here is known to have written these; answer (`habitue inbox answer-stranger`), say whose each is (`attach`), or let it go (`drop`).",
    "fr": "On ne sait pas qui a écrit ceci : répondez (`habitue inbox answer-stranger`), dites de qui c’est (`attach`), ou laissez-le (`drop`).",
}
ANSWERED_STRANGERS = {
    "en": "Nobody here knows these; they have our answer, or thank.",
    "fr": "Personne ici ne les connaît ; ils ont notre réponse, ou remercient.",
}
NOTHING_SAID = {"en": "Nothing was to be answered.", "fr": "Il n’y avait rien à répondre."}
ASKED_OUT = {
    "en": "They asked to be left alone: no letter goes to this address any more, but your answer. If you know whose it is, attach it; it holds for her, too.",
    "fr": "On demande à ne plus être dérangé : aucune lettre ne part plus à cette adresse, sauf votre réponse. "
    "Si vous savez de qui c’est, rattachez-le ; cela vaudra pour elle aussi.",
}
MAY_BE = {"en": "maybe of {keys}", "fr": "peut-être de {keys}"}
UNPROVEN = {
    "en": "Nothing in it proves that it is about a letter of ours: nothing follows from it.",
    "fr": "Rien n’y prouve qu’il s’agit d’une lettre à nous : il n’en résulte rien.",
}
VERDICTS = {"en": {"yes": "yes", "partly": "in part", "no": "no"}, "fr": {"yes": "oui", "partly": "en partie", "no": "non"}}
SAYS_OF_US = {"en": "Did we answer well: {verdict}.", "fr": "Avons-nous bien répondu\u202f: {verdict}."}
WE_ASKED = {"en": "asked whether we had answered well", "fr": "demandé si nous avions bien répondu"}
WRITTEN_DOWN = {"en": "written down by {who}", "fr": "noté par {who}"}
FOR = {"en": "for {name}", "fr": "pour {name}"}
NOTED = {"en": "Note of", "fr": "Note de"}
HIDDEN = {
    "en": "It touches her health, and she does not allow us to keep that; it is shown no more.",
    "fr": "Cela touche à sa santé, et elle ne permet pas que nous le gardions ; ce n’est plus montré.",
}
Stray = Annotated[int, typer.Argument(max=HIGHEST, help="The number of the last that was said with a stranger, as `habitue inbox list` shows it.")]
OfStranger = Annotated[bool, typer.Option("--stranger", help="The number is one of what was said with a stranger.")]
group = typer.Typer(
    help="What customers write, answered and kept: list, find, show, file, saved, answer, keep, let-go, suggest, done, note-call, show-stranger, "
    "answer-stranger, done-stranger, attach, drop, take, fetch, times; among yourselves: mine, give, give-back, note, drop-note."
)


def register(app: typer.Typer) -> None:
    """Adds this page's commands."""
    app.add_typer(group, name="inbox")


@group.command("list")
def listed(
    mine: Annotated[bool, typer.Option("--mine", help="Only those that you have in hand.")] = False,
    nobodys: Annotated[bool, typer.Option("--nobodys", help="Only those that nobody has in hand.")] = False,
    data: Data = None,
    as_json: Json = False,
    language: Language = "",
) -> None:
    """List who waits for us, what is due next first; then those whom nobody here knows, and whom of them we answered."""
    if mine and nobodys:
        raise BadInput("Say --mine or --nobodys, not both.")
    with opened(data) as house:
        spoken = tongue(house, language)
        of = ASKING.get().who if mine else "" if nobodys else None
        talks, others = open_conversations(house, spoken, of), strangers(house, spoken, of=of)
        answered = [] if mine else answered_strangers(house, spoken)
        if as_json:
            print(json_line({"conversations": talks, "strangers": others, "answered_strangers": answered}))
            return
        for talk in talks:
            print_line(house, talk, spoken)
        if others:
            console().print(("\n" if talks else "") + STRANGERS[spoken])
        for each in others:
            _print_stranger(house, each, spoken)
        if not talks and not others:
            console().print(NOBODY[spoken])
        if answered:
            console().print("\n" + ANSWERED_STRANGERS[spoken])
        for each in answered:
            _print_stranger(house, each, spoken)


@group.command("find")
def found(
    words: Annotated[list[str], typer.Argument(help="Words of hers or ours, or a name; large or small, with accents or without.")],
    data: Data = None,
    as_json: Json = False,
    language: Language = "",
) -> None:
    """Find the conversations, with customers and with strangers, in which all these words stand, the newest first."""
    with opened(data) as house:
        unknown = STRANGER[tongue(house, language)]
        talks = find_talks(house, " ".join(words))
        looked_at_keys(house, "inbox", [each.customer for each in talks if not each.is_stranger])
        if as_json:
            print(json_line(talks))
            return
        if not talks:
            console().print(f"“{harmless(' '.join(words))}” stands in no conversation.")
        for each in talks:
            whose = unknown if each.is_stranger else each.customer
            line = f"{each.number:>6}  {_at(house, each.at)} {whose:>8}  ", (harmless(each.name), "bold"), f"  {harmless(each.words)}"
            console().print(Text.assemble(*line))


@group.command("show")
def show(number: Number, data: Data = None, as_json: Json = False, language: Language = "") -> None:
    """Show one conversation, with what her words propose to remember."""
    with opened(data) as house:
        spoken = tongue(house, language)
        talk = conversation(house, number, spoken)
        if as_json:
            print(json_line(talk))
            return
        print_line(house, talk, spoken)
        for each in talk.notes:
            _print_note(house, each, spoken)
        for said in talk.messages:
            who = talk.name if said.is_hers else said.who or house.settings.brand
            how = _by(said.way, spoken) + (WRITTEN_DOWN[spoken].format(who=harmless(said.who)) if said.is_hers and said.who else "")
            console().print(
                Text.assemble(f"\n{said.number:>6}  ", (harmless(who), "bold"), (f"  {_at(house, said.at)}  {how}{'' if said.is_hers else said.letter}", "dim"))
            )
            if said.verdict:
                console().print(f"        {SAYS_OF_US[spoken].format(verdict=VERDICTS[spoken][said.verdict])}")
            console().print(Text.assemble(*(f"        {harmless(line)}\n" for line in said.words.splitlines())), end="")
            for file in said.files:
                _print_file(file)
            for line in said.proposals:
                _print_proposal(line, spoken)
        for one in talk.asked:
            told = f"  {VERDICTS[spoken][one.verdict]} ({_at(house, one.answered_at)})" if one.verdict else ""
            console().print(Text(f"\n        {_at(house, one.at)}  {WE_ASKED[spoken]}  {one.letter}{told}", style="dim"))


@group.command("answer")
def answered(
    number: Last,
    words: Annotated[str, typer.Option("--words", help="The answer; - reads it from the pipe.")] = "",
    saved: Annotated[str, typer.Option("--saved", help="A saved answer of the book, below these words; a terminal asks before it leaves.")] = "",
    ask_leave: Annotated[bool, typer.Option("--ask-leave", help="Ask besides whether we may remember what touches her health.")] = False,
    data: Data = None,
) -> None:
    """Answer by e-mail; the post room sends it."""
    said = sys.stdin.read() if words == "-" else words
    with opened(data) as house:
        if saved:
            said = _read_first(f"{said.rstrip()}\n\n{fill_in(house, number, saved)}".strip())
        letter = answer(house, number, said, ASKING.get().who, number, asks_leave=ask_leave)
    _print_posted(house, letter)


@group.command("saved")
def saved_ones(
    number: Number,
    name: Annotated[str, typer.Argument(help="A saved answer: shown, filled in for her; without it, all are listed.")] = "",
    data: Data = None,
) -> None:
    """List the saved answers of the book, or show one as it would stand in an answer."""
    with opened(data) as house:
        print(fill_in(house, number, name) if name else "\n".join(saved_answers(house)))


def _read_first(text: str) -> str:
    """Shows what would leave to whoever sits at a terminal. Raises: Refused where she does not want it."""
    if sys.stdin.isatty():
        console().print("\n".join(map(harmless, text.split("\n"))), markup=False)
        if not typer.confirm("Send this?"):
            raise Refused("Nothing was sent. `habitue inbox saved` shows it, to be changed and sent with --words.")
    return text


@group.command("keep")
def kept(number: Number, proposal: Proposed, data: Data = None) -> None:
    """Keep what she said, with her words and the day."""
    with opened(data) as house:
        keep(house, number, proposal, ASKING.get().who)
    console().print("It is kept.")


@group.command("let-go")
def gone(number: Number, proposal: Proposed, data: Data = None) -> None:
    """Do not keep it; what held already holds no more."""
    with opened(data) as house:
        let_go(house, number, proposal, ASKING.get().who)
    console().print("It is let go.")


@group.command("suggest")
def suggested(
    number: Annotated[int, typer.Argument(max=HIGHEST, help="The number of one message of hers, as `habitue inbox show` lists it.")],
    data: Data = None,
    language: Language = "",
) -> None:
    """Ask the model that the settings name what else a message says: each suggestion waits to be kept, or let go."""
    with opened(data) as house:
        found = suggest(house, number, ASKING.get().who)
        talk = conversation(house, number, tongue(house, language))
    for line in (line for said in talk.messages if said.number == number for line in said.proposals if line.is_suggested):
        _print_proposal(line, tongue(house, language))
    if not found:
        console().print("The model finds nothing that does not stand here already.")


@group.command("done")
def done(number: Number, data: Data = None) -> None:
    """Say that it is answered, or settled, by whatever way."""
    with opened(data) as house:
        close(house, number)
    console().print("It is done; nobody waits for it any more.")


@group.command("mine")
def taken(number: Number, of_stranger: OfStranger = False, data: Data = None, language: Language = "") -> None:
    """Take a conversation in hand; refused where somebody else has it."""
    with opened(data) as house:
        (take_stranger if of_stranger else take_in_hand)(house, number, ASKING.get().who)
        _print_either(house, number, of_stranger=of_stranger, language=tongue(house, language))


@group.command("give")
def given(
    number: Number,
    person: Annotated[str, typer.Argument(help="The name of somebody of the shop.")],
    of_stranger: OfStranger = False,
    data: Data = None,
    language: Language = "",
) -> None:
    """Give a conversation into somebody's hands, whoever has it now."""
    if not (name := plain_name(person)):
        raise BadInput(NO_NAME)
    with opened(data) as house:
        _give(house, number, name, of_stranger=of_stranger, language=tongue(house, language))


@group.command("give-back")
def given_back(number: Number, of_stranger: OfStranger = False, data: Data = None, language: Language = "") -> None:
    """Give a conversation back: nobody has it in hand."""
    with opened(data) as house:
        _give(house, number, "", of_stranger=of_stranger, language=tongue(house, language))


def _give(house: House, number: int, person: str, *, of_stranger: bool, language: str) -> None:
    if of_stranger:
        give_stranger(house, number, person)
    else:
        give(house, number, person, ASKING.get().who)
    _print_either(house, number, of_stranger=of_stranger, language=language)


def _print_either(house: House, number: int, *, of_stranger: bool, language: str) -> None:
    if of_stranger:
        _print_stranger(house, stranger(house, number, language), language)
    else:
        print_line(house, conversation(house, number), language)


@group.command("note")
def noted(
    number: Number,
    words: Annotated[str, typer.Option("--words", help="The note, for the shop alone; - reads it from the pipe.")],
    of_stranger: OfStranger = False,
    data: Data = None,
) -> None:
    """Note something beside a conversation, for the shop alone; it stands in her data when she asks for them."""
    with opened(data) as house:
        made = (note_stranger if of_stranger else note)(house, number, sys.stdin.read() if words == "-" else words, ASKING.get().who)
    console().print(f"It is noted (note {made}).")


@group.command("drop-note")
def unnoted(
    number: Number,
    note_number: Annotated[int, typer.Argument(max=HIGHEST, help="The number of a note, as `habitue inbox show` lists it.")],
    of_stranger: OfStranger = False,
    data: Data = None,
) -> None:
    """Delete a note."""
    with opened(data) as house:
        (drop_stranger_note if of_stranger else drop_note)(house, number, note_number)
    console().print("It is gone.")


@group.command("attach")
def attached(
    stray: Stray,
    customer: Annotated[str, typer.Argument(help="Who wrote it: a customer number, an e-mail address or a telephone number.")],
    only: Annotated[int, typer.Option("--only", max=HIGHEST, help="The one message that is hers, where the others are not.", show_default=False)] = 0,
    data: Data = None,
    language: Language = "",
) -> None:
    """Say who somebody is whom nobody here knew: what was said becomes a conversation with her."""
    with opened(data) as house:
        spoken = tongue(house, language)
        kept = attach(house, stray, customer, ASKING.get().who, stray, only)
        print_line(house, conversation(house, kept, spoken), spoken)


@group.command("show-stranger")
def shown_stranger(
    number: Annotated[int, typer.Argument(max=HIGHEST, help="A number of what was said with a stranger.")],
    data: Data = None,
    as_json: Json = False,
    language: Language = "",
) -> None:
    """Show all that was said with somebody whom nobody here knows."""
    with opened(data) as house:
        spoken = tongue(house, language)
        found = stranger(house, number, spoken)
        if as_json:
            print(json_line(found))
            return
        _print_stranger(house, found, spoken)
        if found.is_out:
            console().print(ASKED_OUT[spoken])
        for each in found.notes:
            _print_note(house, each, spoken)
        for said in found.said:
            who = said.sender if said.is_theirs else said.who or house.settings.brand
            how = _by(said.way, spoken) if said.is_theirs else said.letter
            console().print(Text.assemble(f"\n{said.number:>6}  ", (harmless(who), "bold"), (f"  {_at(house, said.at)}  {how}", "dim")))
            told = said.words or ("" if said.is_theirs else NOTHING_SAID[spoken])
            console().print(Text.assemble(*(f"        {harmless(line)}\n" for line in told.splitlines())), end="")
            for file in said.files:
                _print_file(file)


@group.command("answer-stranger")
def answered_stranger(
    stray: Stray,
    words: Annotated[str, typer.Option("--words", help="The answer; - reads it from the pipe.")],
    data: Data = None,
) -> None:
    """Answer somebody whom nobody here knows, at the address that was named and in the chat; the post room sends it, and nothing else follows from it."""
    with opened(data) as house:
        letter = answer_stranger(house, stray, sys.stdin.read() if words == "-" else words, ASKING.get().who, stray)
    _print_posted(house, letter)


@group.command("done-stranger")
def done_with_stranger(stray: Stray, data: Data = None) -> None:
    """Say that a stranger needs no answer, or had it by another way; what was written stays."""
    with opened(data) as house:
        done_stranger(house, stray, ASKING.get().who, stray)
    console().print("It is done; nobody waits for it any more.")


@group.command("drop")
def dropped(stray: Stray, data: Data = None) -> None:
    """Let go what somebody wrote whom nobody here knows: all words of it are deleted, theirs and ours."""
    with opened(data) as house:
        drop(house, stray, ASKING.get().who, stray)
    console().print("It is gone.")


@group.command("file")
def file(
    number: Annotated[int, typer.Argument(max=HIGHEST, help="The number of a file that came along, as `habitue inbox show` has it in brackets.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write it; nothing that is there is written over.")],
    data: Data = None,
) -> None:
    """Take out a file that came along with what somebody wrote, as it came; it is neither opened nor run."""
    with opened(data) as house:
        taken = take_out(house, number)
    try:
        with out.open("xb") as made:
            made.write(taken.content)
    except OSError as wrong:
        raise BadInput(f"{out} cannot be written: {wrong.strerror}.") from wrong
    console().print(f"{harmless(taken.name)} is in {harmless(str(out))}.")


@group.command("times")
def timed(
    since: Annotated[str, typer.Option("--since", help="The first day; twelve weeks unless said.", show_default=False)] = "",
    by_month: Annotated[bool, typer.Option("--by-month", help="Month by month, not week by week.")] = False,
    data: Data = None,
    as_json: Json = False,
    language: Language = "",
) -> None:
    """Say how long customers waited for a first answer, and until their matter was settled, in open hours; and how they say that we answered."""
    with opened(data) as house:
        spoken = tongue(house, language)
        day = parse_day(since) if since else None
        (total, spans), asked = answer_times(house, day, by_month=by_month), pleased(house, day)
    if as_json:
        print(json_line({"all": total, "spans": spans, "asked": asked}))
        return
    for each in (total, *spans):
        console().print(f"{each.from_on}  {times_said(each, spoken)}")
    console().print(f"{asked.from_on}  {pleased_said(asked, spoken)}")


@group.command("take")
def take(
    mail: Annotated[str, typer.Option("--mail", help="An e-mail as it came, as a file; - reads it from a mail server's pipe.")],
    came_to: Annotated[str, typer.Option("--to", help="The address that the server took it for, where it tells.")] = "",
    data: Data = None,
    as_json: Json = False,
    language: Language = "",
) -> None:
    """Take an e-mail in: a stop and a refusal count at once, an answer goes to its conversation."""
    with opened(data) as house:
        spoken = tongue(house, language)
        received = receive(house, _read(mail), came_to)
        if as_json:
            print(json_line(received))
        else:
            _print_received(house, received, spoken)


@group.command("fetch")
def fetch(data: Data = None, as_json: Json = False, language: Language = "") -> None:
    """Take in what waits in the mailbox that the settings name, once; `habitue serve` does it by itself, twice a minute."""
    with opened(data) as house:
        spoken, how_many = tongue(house, language), 0
        with opened_mailbox(account_of(house.settings)) as mailbox:
            for how_many, fetched in enumerate(fetch_mail(house, mailbox, Counter()), 1):  # noqa: B007 - told below
                if as_json:
                    print(json_line(fetched))
                elif fetched.stays or not fetched.received:
                    console().print(f"A mail stays in the mailbox, flagged, for a person to read: {fetched.stays}", style="red")
                else:
                    _print_received(house, fetched.received, spoken)
    if not how_many and not as_json:
        console().print("No mail waits in the mailbox.")


def _print_posted(house: House, letter: int) -> None:
    console().print(f"The answer is in the post (letter {letter}).")
    if not names_a_relay(house.settings):
        console().print(ANSWER_WAITS, style="red")


def _print_received(house: House, received: Received, spoken: str) -> None:
    if received.number:
        print_line(house, conversation(house, received.number, spoken), spoken)
    else:
        console().print(CAME[received.came][spoken])
        if received.came in BACK and not received.letter:
            console().print(UNPROVEN[spoken])


def print_line(house: House, talk: Conversation, language: str) -> None:
    """One conversation in the list."""
    due = f"{DUE[language]} {_at(house, talk.due_at)}" if talk.due_at else ""
    words = next((said.words for said in reversed(talk.messages) if said.is_hers), "").replace("\n", " ")
    line = (
        f"{talk.last:>6}  {due:<24} {talk.customer:>8}  ",
        (harmless(talk.name), "bold"),
        f"  {harmless(talk.subject)}  {_by(talk.way, language)}",
        (harmless(words[:80]), "dim"),
        f"  {FOR[language].format(name=harmless(talk.person))}" if talk.person else "",
        f"  {COMPLAINT[language]}" if talk.is_complaint else "",
    )
    console().print(Text.assemble(*line), style="red" if talk.is_late or talk.is_complaint else None)


def _print_stranger(house: House, stranger: Stranger, language: str) -> None:
    may_be = MAY_BE[language].format(keys=", ".join(map(harmless, stranger.may_be))) if stranger.may_be else ""
    who = harmless(f"{stranger.name} {stranger.sender}".strip())
    words = _by(stranger.way, language) + stranger.words[:80].replace("\n", " ")
    due = f"{DUE[language]} {_at(house, stranger.due_at)}" if stranger.due_at else ""
    line = (
        f"{stranger.last:>6}  {due:<24} ",
        (who, "bold"),
        f"  {harmless(stranger.subject)}  ",
    )
    given = FOR[language].format(name=harmless(stranger.person)) if stranger.person else ""
    told = "".join(f"  {each}" for each in (may_be, given, COMPLAINT[language] if stranger.is_complaint else "") if each)
    console().print(Text.assemble(*line, (harmless(words), "dim"), told), style="red" if stranger.is_late or stranger.is_complaint else None)


def _print_note(house: House, note: NoteLine, language: str) -> None:
    console().print(Text.assemble(f"{note.number:>6}  ", (f"{NOTED[language]} {harmless(note.who)}  {_at(house, note.at)}", "dim")))
    words = HIDDEN[language] if note.is_hidden else note.words
    console().print(Text.assemble(*(f"        | {harmless(line)}\n" for line in words.splitlines())), end="")


def _print_proposal(line: ProposalLine, spoken: str) -> None:
    state = NEEDS_LEAVE[spoken] if line.needs_leave and line.state == "waiting" else STATES[line.state][spoken]
    by = SUGGESTED[spoken] if line.is_suggested else ""
    console().print(Text.assemble(f"        → {harmless(line.sentence)} ", (f"{by}{state} ({line.number})", "dim")))


def _print_file(file: FileLine) -> None:
    told = f"        [{file.number}] {harmless(file.name)}, {file.what}, {file.size}. " + " ".join(file.remarks)
    console().print(Text(told.rstrip(), style="red" if file.remarks else ""))


def _by(way: str, language: str) -> str:
    return f"{BY[Channel[way.upper()]][language == 'fr']}  " if way else ""


def _at(house: House, instant: int) -> str:
    return datetime.fromtimestamp(instant, zone(house.settings.zone)).strftime("%Y-%m-%d %H:%M")


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1) if name == "-" else Path(name).read_bytes()
    except OSError as wrong:
        raise BadInput(f"The file {name} cannot be read: {wrong.strerror}.") from wrong
