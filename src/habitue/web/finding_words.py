"""What `book check` says of a letter, in the reader's language: the sentences of `content`, each with its place in the catalogue."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from habitue.web.retelling import form_of
from habitue.web.tongue import Tongue


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


GUARD = _("Write %(guard)s around it.")
GUESS = _("Did you mean “%(word)s”?")
OF_LIQUID = (
    _("Nothing fills {{ %(name)s }}; known are %(known)s."),
    _("There is no filter “%(name)s” in a letter; known are %(known)s."),
    _("{{ %(use)s }} has no parts; write {{ %(name)s }}."),
    _("{{ %(name)s }} is empty for some who would read this."),
    _("It goes round more than %(most)s times; a letter does not."),
    _("It grows past %(most)s bytes; nobody reads so long a letter."),
    _("It has conditions within conditions beyond all measure."),
    _("There is no %(tag)s here; a letter knows %(known)s, each closed by its own end."),
    _("A tag is opened and never closed: %(tag)s is missing."),
    _("A {{ or %(tag)s is opened and never closed."),
    _("This is no Liquid that a letter understands: %(library)s."),
)
OF_FILES = (
    _("The letter says nothing."),
    _("The letter has no subject for her."),
    _('A letter begins with a line of +++, then subject = "…", then another line of +++.'),
    _("A letter needs its subject: write <mj-title>It is in: {{ thing }}</mj-title> into <mj-head>."),
    _("There is no %(file)s; %(language)s readers will get the English letter."),
    _("There is no letter “%(name)s” in this book."),
    _("No action can name this file; a letter is called as thanks.en.md, thanks.fr.md or thanks.en.mjml."),
    _("%(file)s is the same letter, and nobody knows which of the two to send: take one away."),
    _("The letter has %(count)s characters; %(most)s are allowed."),
    _("The file has %(count)s bytes; %(most)s are allowed."),
    _("The file cannot be opened: %(library)s."),
    _("A letter here is not in UTF-8; save the file with the encoding UTF-8."),
    _("The file has brackets within brackets beyond all measure."),
    _("The file cannot be read from here on: there is no such date or hour."),
    _("The file cannot be read from here on: this key or table is written twice."),
    _("The file cannot be read from here on: this table is written twice."),
    _("The file cannot be read from here on: the value is missing, or a text lacks its quotes."),
    _("The file cannot be read from here on: after a key comes the sign =."),
    _("The file cannot be read from here on: a text is not closed with its quotes on this line."),
    _("The file cannot be read from here on: a text or a list is opened and never closed."),
    _("The file cannot be read from here on: a list or a brace is opened and never closed."),
    _("The file cannot be read from here on: a backslash in a text is written twice: \\\\."),
    _("The file cannot be read from here on: %(library)s."),
    _("What stands over the letter lacks “%(key)s”; write it as %(example)s."),
    _("What stands over the letter has an unknown key “%(key)s”."),
    _("“%(key)s” must be a text in quotes, not %(shown)s."),
    _("“%(key)s” is empty."),
)
OF_ADDRESSES = (
    _("The link to “%(address)s” leads nowhere: a letter has no such place in it. Write the whole address, from https:// on."),
    _("A link leads nowhere: its address is empty."),
    _("The link to “%(address)s” leads nowhere: it must begin with https:// and a host, or with mailto: or tel:."),
    _("The link to her page, or the way out, leads nowhere."),
    _("“%(said)s” is no link; write [the words](https://…)."),
    _("An image is the same for everybody: nothing can be filled into its address."),
    _("The image “%(address)s” lies elsewhere: whoever keeps it sees who opens this letter, and when. Put it into %(folder)s."),
    _("The image “%(address)s” is not shown to anybody: put it into %(folder)s, and write its name alone, as in veal.jpg."),
    _("The image “%(name)s” cannot be shown. %(why)s"),
    _("Nobody can see the image “%(address)s”: set `address`, where your customers reach this house."),
    _("There is no such image."),
    _("The image has %(count)s bytes; %(most)s are allowed."),
    _("The image cannot be opened: %(library)s."),
    _("This is no JPEG, PNG, GIF or WebP that mail shows; save it as one of them."),
    _("The image is %(width)s by %(height)s pixels; %(most)s are allowed on a side."),
    _("An image has no alternative text: write what is to be seen into its alt, for whoever does not see it."),
    _("An image has no alternative text: write what is to be seen between the square brackets, for whoever does not see it."),
    _("The images have %(count)s bytes together; a backup keeps the newest %(most)s. Take those away that no letter shows any more."),
    _("No letter can show this file; an image is called as veal.jpg, with letters, digits and hyphens, and is a JPEG, PNG, GIF or WebP."),
    _("No letter shows this image. Letters that have left may, so keep it for some weeks more."),
)
OF_TONE = (
    _("It says “%(said)s”; every letter can be answered, and a person reads it. Take these words away."),
    _("It says “%(said)s”; a shopkeeper would not. Say it as you would across the counter."),
    _("It promises something (“%(said)s”) and does not say until when. Name the day."),
    _("“%(said)s” is for whom one knows, and “%(action)s” may reach somebody who came once. Say it otherwise, or ask for baskets in its “whom”."),
    _("The subject has about %(count)s characters; past %(most)s a telephone cuts it off."),
    _("Her first name is the only thing in it that is about her. Say what you know: %(values)s."),
    _("The letter does not say why she gets it."),
)
OF_MJML = (
    _("A letter in MJML begins with <mjml>."),
    _("A letter begins with <mjml>, not with <!DOCTYPE …>."),
    _("A letter has no <%(tag)s>: %(why)s."),
    _("A letter has no <%(tag)s>."),
    _("There is a second <%(tag)s>."),
    _("<%(tag)s> cannot stand here."),
    _("<%(tag)s> cannot stand in <%(parent)s>, only in <mj-text>, <mj-button> and <mj-table>."),
    _("<%(tag)s> cannot stand in <%(parent)s>; its place is %(places)s."),
    _("<%(tag)s>, opened on line %(line)s, is not closed before this."),
    _("<%(tag)s> names no image: write the name of one into its src."),
    _("<%(tag)s> has no “%(name)s” in a letter."),
    _("“%(name)s” would run something; nothing runs in a letter."),
    _("“%(name)s” cannot stand in <mj-attributes>; write it where it is shown."),
    _("Nobody sees “%(said)s” in <%(tag)s>: words stand in <mj-text>, <mj-button> and <mj-table>."),
    _("Nothing can be filled into “%(name)s”: it is the same for everybody. Values may stand in the words, in href, alt and title."),
    _("Nothing can be filled into a style: it is the same for everybody."),
    _("Something stands after </mjml>; nobody would see it."),
    _("Tags stand in tags, more than %(most)s deep; nobody sees so deep."),
    _("The letter says nothing: there are no words and no image in its <mj-body>."),
    _("This is no MJML from here on (%(library)s)."),
    _("This becomes no page; look at the sizes and colours in it (%(library)s)."),
    _("As a page the letter has %(count)s bytes; past %(most)s a mailbox cuts it off, and its ways out with it."),
)
OF_STYLES = (
    _("“%(found)s” is not sent: nothing in a letter is larger than %(most)s pixels, reckoned with calc(…) or the like, or fixed to the window."),
    _("“%(name)s” is what we add below each letter; no letter says how it looks."),
    _("A style with “%(found)s” is not sent: it may fetch something from elsewhere, which tells who opens this letter."),
    _("A style has a comment or a “ that is not closed, or quotes { } ; / or @."),
    _("A style is written as p { color: #221d17; }; this one has something else in it."),
    _("A style in a letter has no %(name)s, only rules and @media."),
    _("A rule of a style stands in another; few mailboxes read that. Write one below the other."),
    _("A { of a style is never closed."),
)
WHYS = (
    _("it runs past every check; write it into <mj-text>"),
    _("it takes in another file; put what that file says in its place"),
    _("whoever keeps the font sees who opens this letter, and when; name fonts that everybody has in font-family"),
    _("its icons lie elsewhere, and whoever keeps them sees who opens this letter; write links, or <mj-image href=…> with icons of your own"),
    _("few mailboxes show it; write links into <mj-text>"),
    _("few mailboxes show it; write one <mj-image> below the other"),
    _("few mailboxes show it; write all of it into <mj-text>"),
    _("few mailboxes show it; give a background to <mj-section>"),
    _("nothing runs in a letter"),
    _("styles stand in <mj-style>, in the head"),
    _("nothing is fetched from elsewhere; styles stand in <mj-style>"),
    _("mailboxes stop it; let her answer the letter, or lead her to a page by a link"),
)
VALUES = (_("a list"), _("a table"))
FINDINGS = (*OF_LIQUID, *OF_FILES, *OF_ADDRESSES, *OF_TONE, *OF_MJML, *OF_STYLES)
"""Each form before one that would take its sentences too. A `%(library)s` is in the words of a library, which are quoted as they are."""
_COUNT = re.compile(r"\d{1,3}(,\d{3})+")
_JOINT = re.compile(r"(?<=[\">]) (and|or) (?=[\"<])")
_JOINTS = {"and": _("and"), "or": _("or")}


def said_of_letter(tongue: Tongue, what: str) -> tuple[Markup, bool]:
    """The sentence in the reader's language, what a library says marked as English in it; and whether all of it stayed in English, as the terminal says it."""
    if tongue.language == "en":
        return escape(what), False
    said, guess, word = what.rpartition(" Did you mean “") if what.endswith("”?") else (what, "", "")
    said, guard, tags = said.rpartition(" Write {% if ") if said.endswith("{% endif %} around it.") else (said, "", "")
    told = _told(tongue, said, FINDINGS)
    if told is None:
        return escape(what), True
    told += escape(f" {tongue.say(GUESS, word=word.removesuffix('”?'))}") if guess else ""
    told += escape(f" {tongue.say(GUARD, guard='{% if ' + tags.removesuffix(' around it.'))}") if guard else ""
    return told, False


def _told(tongue: Tongue, said: str, forms: tuple[str, ...]) -> Markup | None:
    known = form_of(said, forms)
    if known is None:
        return None
    form, values = known
    sentence = escape(tongue.say(form))
    return sentence % {name: _value(tongue, name, value) for name, value in values.items()} if values else sentence


def _value(tongue: Tongue, name: str, value: str) -> Markup:
    """What stands in a sentence of a letter: its own words as they are, a number, a list or a reason in the reader's language."""
    if name == "library":
        return Markup('<q lang="en">%s</q>') % value
    if name in ("why", "shown"):
        told = _told(tongue, value, WHYS + VALUES if name == "shown" or not value.endswith(".") else FINDINGS)
        return told if told is not None else escape(value)
    if name in ("known", "places"):
        return escape(_JOINT.sub(lambda found: f" {tongue.say(_JOINTS[found[1]])} ", value))
    return escape(tongue.number(int(value.replace(",", ""))) if _COUNT.fullmatch(value) else value)
