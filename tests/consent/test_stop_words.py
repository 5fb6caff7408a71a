"""What people answer when they want no more, and when they do not, by a labelled list that we wrote ourselves: it is no measure of strangers' letters."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

import pytest

from habitue.consent.law.hearing import law_said
from habitue.consent.stop_rules import Stop, Verdict, stop_said
from habitue.words.vocabulary import Channel

CORPUS = Path(__file__).with_name("stop_corpus.tsv")
LAW = Path(__file__).with_name("law_corpus.tsv")


def lines_of(file: Path) -> list[tuple[str, str, str]]:
    """Label, language and words of each line."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [(label, language, words.replace("\\n", "\n")) for label, language, words in rows]


def corpus() -> list[tuple[Verdict, str, str]]:
    return [(Verdict(label if label != "no" else "nothing"), language, words) for label, language, words in lines_of(CORPUS)]


def law_read(words: str) -> str:
    """What is read in a mail, by the labels of the list."""
    wish = law_said(words)
    return "no" if not wish.asked else wish.asked.name.lower() if wish.is_sure else "ask"


def broken(words: str) -> list[str]:
    """A mail with a line's end before each word that begins small, one at a time, as a mail program may break it."""
    return [f"{words[:at]}\n{words[at + 1 :]}" for at, sign in enumerate(words) if sign == " " and words[at + 1 : at + 2].islower()]


def figures(language: str = "") -> tuple[int, float, float, list[str]]:
    """How many lines, precision and recall of a stop, and the lines that were read otherwise than they are labelled."""
    lines = [(label, stop_said(words).verdict, words) for label, spoken, words in corpus() if spoken == (language or spoken)]
    right = sum(label == said == Verdict.STOP for label, said, _ in lines)
    said_stop, are_stop = (sum(each[place] == Verdict.STOP for each in lines) for place in (1, 0))
    return len(lines), right / said_stop, right / are_stop, [f"{label.value} read as {said.value}: {words}" for label, said, words in lines if label != said]


def test_the_list_is_read_as_it_is_labelled() -> None:
    for language in ("en", "fr"):
        lines, precision, recall, otherwise = figures(language)
        sys.stdout.write(f"{language}: {lines} lines, precision {precision:.3f}, recall {recall:.3f}\n" + "".join(f"  {each}\n" for each in otherwise))
        assert lines >= 60
        assert (precision, recall) == (1.0, 1.0)
        assert not otherwise


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Stop SMS", Stop(Verdict.STOP, (Channel.SMS,))),
        ("Ne m'appelez plus", Stop(Verdict.STOP, (Channel.PHONE,))),
        ("Ne m'envoyez plus de catalogue papier", Stop(Verdict.STOP, (Channel.POST,))),
        ("Plus de mails ni de SMS", Stop(Verdict.STOP, (Channel.SMS, Channel.EMAIL))),
        ("Plus de courrier électronique", Stop(Verdict.STOP, (Channel.EMAIL,))),
        ("Stop, plus de lettres. Vous avez du poulet ?", Stop(Verdict.STOP, (Channel.POST, Channel.EMAIL))),
        ("No more letters, please", Stop(Verdict.STOP, (Channel.POST, Channel.EMAIL))),
        ("Stop la lettre d'information", Stop(Verdict.STOP, (Channel.EMAIL,))),
        ("Plus de mails, SMS ni appels", Stop(Verdict.STOP, (Channel.SMS, Channel.PHONE, Channel.EMAIL))),
        ("Plus de SMS et envoyez-moi des mails", Stop(Verdict.ASK)),
        ("Envoyez-moi des mails et plus de SMS", Stop(Verdict.STOP, (Channel.SMS,), is_doubtful=True)),
        ("STOP SMS/MAIL", Stop(Verdict.STOP, (Channel.SMS, Channel.EMAIL))),
        ("No more calls/texts/emails please", Stop(Verdict.STOP, (Channel.SMS, Channel.PHONE, Channel.EMAIL))),
        ("Stop the texts and the emails too", Stop(Verdict.STOP, (Channel.SMS, Channel.EMAIL))),
        ("Stop SMS. Stop emails as well as calls.", Stop(Verdict.STOP, (Channel.SMS, Channel.PHONE, Channel.EMAIL))),
        ("Plus de SMS svp. Plus de mails non plus.", Stop(Verdict.STOP, (Channel.SMS, Channel.EMAIL))),
        ("Please stop the text messages. I am tired of your emails too.", Stop(Verdict.STOP, (Channel.SMS,), is_doubtful=True)),
        ("Ne m'appelez plus et ne m'écrivez plus", Stop(Verdict.STOP, (Channel.PHONE, Channel.EMAIL))),
        ("Plus de SMS ni d'offres", Stop(Verdict.STOP, (Channel.SMS, Channel.EMAIL))),
        ("Stop sms offers", Stop(Verdict.STOP, (Channel.SMS,))),
        ("Ne m'écrivez plus par SMS", Stop(Verdict.STOP, (Channel.SMS,))),
        ("Stop. Plus de SMS svp", Stop(Verdict.STOP, (Channel.SMS, Channel.EMAIL))),
        ("I don't want your mails, I told you on the phone.", Stop(Verdict.STOP, (Channel.EMAIL,))),
        ("Je vous ai appelé hier, je ne veux plus recevoir vos mails.", Stop(Verdict.STOP, (Channel.EMAIL,), is_doubtful=True)),
        ("Ne m'appelez plus et ne m'envoyez plus de mails.", Stop(Verdict.STOP, (Channel.PHONE, Channel.EMAIL))),
        ("Merci de ne plus m'appeler et de ne plus m'envoyer de mails", Stop(Verdict.STOP, (Channel.PHONE, Channel.EMAIL))),
        ("Please do not phone and do not text me", Stop(Verdict.STOP, (Channel.SMS,), is_doubtful=True)),
        ("Plus de mails. Ni de SMS.", Stop(Verdict.STOP, (Channel.EMAIL,), is_doubtful=True)),
        ("Supprimez mon numéro de vos listes", Stop(Verdict.STOP, (Channel.SMS, Channel.PHONE))),
        ("Don't contact me by anything but email", Stop(Verdict.ASK)),
        ("No more catalogues, I find everything on your site.", Stop(Verdict.STOP, (Channel.POST,))),
        ("Stop SMS, je lis mes mails", Stop(Verdict.STOP, (Channel.SMS,))),
        ("Stop SMS, I never read my emails", Stop(Verdict.ASK)),
        ("Bonjour, je ne veux plus être contactée\npar téléphone. Merci", Stop(Verdict.STOP, (Channel.PHONE, Channel.EMAIL))),
        ("Stop sending me messages\nby text", Stop(Verdict.STOP, (Channel.SMS, Channel.EMAIL))),
        ("Stop calling me, email", Stop(Verdict.ASK)),
        ("Plus de SMS mail ok", Stop(Verdict.ASK)),
        ("Ne me contactez plus", Stop(Verdict.STOP, (), is_everything=True)),
        ("Leave me alone", Stop(Verdict.STOP, (), is_everything=True)),
        ("Merci pour le mail. Désinscrivez-moi.", Stop(Verdict.STOP)),
        ("", Stop(Verdict.NOTHING)),
        ("...", Stop(Verdict.NOTHING)),
    ],
)
def test_it_hears_which_ways_she_names(words: str, said: Stop) -> None:
    assert stop_said(words) == said


def test_what_is_asked_by_law_is_read_as_it_is_labelled() -> None:
    read = [(law_read(words), label, words) for label, _language, words in lines_of(LAW)]
    assert [each for each in read if each[0] != each[1]] == []
    assert len(read) >= 70


def test_a_line_s_end_makes_no_stop_and_loses_none() -> None:
    """Where it is in doubt, a person reads it."""
    read = [(label, stop_said(each).verdict, each) for label, _, words in corpus() for each in broken(words)]
    assert [each for each in read if Verdict.STOP in each[:2] and each[0] != each[1] != Verdict.ASK] == []


def test_a_line_s_end_makes_nobody_s_erasure_sure_and_loses_no_request() -> None:
    read = [(label, law_read(each), each) for label, _, words in lines_of(LAW) for each in broken(words)]
    assert [each for each in read if each[0] != each[1] and (each[1] == "erasure" or (each[0] != "no" and each[1] == "no"))] == []


def test_hostile_text_is_read_in_no_time() -> None:
    began = time.process_time()
    for words in ("stop " * 100_000, "ne m'" * 100_000, "\u0300" * 100_000, "plus de de de de " * 20_000, "want " + "a " * 50_000, "any all the " * 30_000):
        stop_said(words)
        law_said(words)
    for words in ("stop " + "all the " * 400 + "veal", "no more " + "any of your " * 300 + "veal", "stop " + "commercial" * 300, "stop " + "promotions" * 300):
        stop_said(words)
    for words in ("delete " * 100_000, "my data all the " * 30_000, "supprimez mes " * 30_000, "copy of " * 40_000, "ne " * 50_000):
        law_said(words)
    assert time.process_time() - began < 20


if __name__ == "__main__":
    for spoken in ("en", "fr", ""):
        count, exact, found, _ = figures(spoken)
        sys.stdout.write(f"{spoken or 'both'}: {count} lines, precision {exact:.3f}, recall {found:.3f}\n")
