"""What `book check` says of a letter, in the reader's language: the sentences of `content`, each with its place in the catalogue."""

from __future__ import annotations

from habitue.web.retelling import form_of, retold
from habitue.web.tongue import Tongue


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


GUARD = _("Write %(guard)s around it.")
GUESS = _("Did you mean “%(word)s”?")
FINDINGS = (
    _("Nothing fills {{ %(name)s }}; known are %(known)s."),
    _("There is no filter “%(name)s” in a letter; known are %(known)s."),
    _("{{ %(use)s }} has no parts; write {{ %(name)s }}."),
    _("{{ %(name)s }} is empty for some who would read this."),
    _("The letter says nothing."),
    _("The letter has no subject for her."),
    _('A letter begins with a line of +++, then subject = "…", then another line of +++.'),
    _("A letter needs its subject: write <mj-title>It is in: {{ thing }}</mj-title> into <mj-head>."),
    _("There is no %(file)s; %(language)s readers will get the English letter."),
    _("No action can name this file; a letter is called as thanks.en.md, thanks.fr.md or thanks.en.mjml."),
    _("The link to “%(address)s” leads nowhere: a letter has no such place in it. Write the whole address, from https:// on."),
    _("A link leads nowhere: its address is empty."),
    _("The link to “%(address)s” leads nowhere: it must begin with https:// and a host, or with mailto: or tel:."),
    _("“%(said)s” is no link; write [the words](https://…)."),
    _("An image is the same for everybody: nothing can be filled into its address."),
    _("The image “%(address)s” lies elsewhere: whoever keeps it sees who opens this letter, and when. Put it into %(folder)s."),
    _("The image “%(address)s” is not shown to anybody: put it into %(folder)s, and write its name alone, as in veal.jpg."),
    _("The image “%(name)s” cannot be shown. There is no such image."),
    _("An image has no alternative text: write what is to be seen %(place)s, for whoever does not see it."),
    _("No letter shows this image. Letters that have left may, so keep it for some weeks more."),
    _("It says “%(said)s”; every letter can be answered, and a person reads it. Take these words away."),
    _("It says “%(said)s”; a shopkeeper would not. Say it as you would across the counter."),
    _("It promises something (“%(said)s”) and does not say until when. Name the day."),
    _("“%(said)s” is for whom one knows, and “%(action)s” may reach somebody who came once. Say it otherwise, or ask for baskets in its “whom”."),
    _("The subject has about %(count)s characters; past %(most)s a telephone cuts it off."),
    _("Her first name is the only thing in it that is about her. Say what you know: %(values)s."),
    _("A letter has no <%(tag)s>."),
    _("<%(tag)s>, opened on line %(line)s, is not closed before this."),
    _("Nothing can be filled into “%(name)s”: it is the same for everybody. Values may stand in the words, in href, alt and title."),
    _("“%(found)s” is not sent: nothing in a letter is larger than %(most)s pixels, reckoned with calc(…) or the like, or fixed to the window."),
)


def said_of_letter(tongue: Tongue, what: str) -> tuple[str, bool]:
    """The sentence in the reader's language, and whether it stayed in English, as the terminal says it."""
    if tongue.language == "en":
        return what, False
    said, guess, word = what.partition(" Did you mean “")
    said, guard, tags = said.partition(" Write {% if ")
    told = retold(tongue, said, FINDINGS)
    end = f" {tongue.say(GUESS, word=word.removesuffix('”?'))}" if guess else ""
    end += f" {tongue.say(GUARD, guard='{% if ' + tags.removesuffix(' around it.'))}" if guard else ""
    return (told + end, False) if form_of(said, FINDINGS) else (what, True)
