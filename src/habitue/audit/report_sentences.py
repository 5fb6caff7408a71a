"""The five sentences that a report opens with: what was sent, what of it was wrong, who was hurt, what silence would have done, what is not proven."""

from __future__ import annotations

from markupsafe import Markup

from habitue.audit.figures import FaultFigure, Figures, Silence
from habitue.audit.phrases import UNJUDGED
from habitue.audit.report_faults import FAULT_WORDS
from habitue.audit.report_tables import is_share_known
from habitue.audit.report_voice import Voice

MOST_HURT = 20  # as many as an audit lists; where the list is full, there may be more of the same
Labelled = tuple[Markup, Markup]


def five_sentences(figures: Figures, voice: Voice) -> list[Labelled]:
    """Each sentence with the word that stands in the margin beside it. Without a single send, the first says so and stands alone."""
    told = [("label_sent", sent_sentence(figures, voice))]
    if figures.sends:
        told += [("label_wrong", wrong_sentence(figures, voice)), ("label_hurt", hurt_sentence(figures, voice))]
        told += [("label_silence", silence_sentence(figures, voice)), ("label_proof", voice.say("proof"))]
    return [(voice.say(label), sentence) for label, sentence in told]


def sent_sentence(figures: Figures, voice: Voice) -> Markup:
    """How much was sent, to how many, and when."""
    if not figures.sends:
        return voice.say("sent_none")
    slots = {
        "span": voice.span(figures.first_day, figures.last_day),
        "people": _to("#hurt", voice.count("people_got", figures.customers)),
        "messages": voice.count("messages", figures.messages),
        "things": _to("#campaigns", voice.count("things", figures.sends)),
    }
    phrase = "sent_several" if figures.sends > figures.messages else "sent_plain" if figures.sends > 1 else "sent_one"
    return voice.say(phrase, **slots)


def wrong_sentence(figures: Figures, voice: Voice) -> Markup:
    """How much of what can be judged was wrong, and the commonest wrong."""
    if not figures.judged:
        why = max(figures.unjudged, key=lambda reason: figures.unjudged[reason], default="")
        reason = voice.either(UNJUDGED[why]) if why in UNJUDGED else voice.say("nameless")
        return voice.say("wrong_unjudged", why=_to("#unjudged", reason))
    judged = voice.count("judged", figures.judged)
    most = commonest(figures)
    if not figures.at_fault or most is None:
        return voice.say("wrong_none", judged=judged)
    clause = voice.either(FAULT_WORDS[most.fault].clause)
    slots = {"clause": clause, "most": _to(f"#fault-{most.fault}" if figures.rows_by_fault.get(most.fault) else "#wrongs", voice.number(most.sends))}
    wrong = _to("#wrongs", voice.count("sends", figures.at_fault), "bad")
    if not is_share_known(figures):
        return voice.say("wrong_only", wrong=wrong, others=voice.number(figures.sends - figures.judged), **slots)
    if figures.judged == 1:
        return voice.say("wrong_all_one", clause=clause)
    return voice.say("wrong_some", judged=judged, part=voice.percent(figures.at_fault / figures.judged), wrong=wrong, **slots)


def commonest(figures: Figures) -> FaultFigure | None:
    """The wrong that most sends have; none where none was found."""
    found = [fault for fault in figures.faults if fault.sends and fault.fault in FAULT_WORDS]
    return max(found, key=lambda fault: fault.sends, default=None)


def hurt_sentence(figures: Figures, voice: Voice) -> Markup:
    """How many people were hurt most, and by how much; no name, no key."""
    if not figures.hurt:
        return voice.say("hurt_none")
    counts = [who.at_fault for who in figures.hurt]
    least, most, people = min(counts), max(counts), len(counts)
    if people == 1:
        who = figures.hurt[0]
        return voice.say("hurt_one", all=voice.count("messages", who.sends), wrong=_to("#hurt", voice.count("had_wrong", most), "bad"))
    if least == most:
        counted = voice.count("people_hurt_full" if people >= MOST_HURT else "people_hurt", people)
        return voice.say("hurt_same", people=_to("#hurt", counted, "bad"), wrong=voice.count("wrong_messages", most))
    worst = voice.count("worst", counts.count(most), most=voice.number(most))
    counted = _to("#hurt", voice.count("people_hurt", people), "bad")
    return voice.say("hurt_range", people=counted, least=voice.count("wrong_messages", least), worst=worst)


def silence_sentence(figures: Figures, voice: Voice) -> Markup:
    """What leaving the wrong ones unsent would have saved, and which answers might not have come, with the interval."""
    if not figures.at_fault:
        return voice.say("silence_needless")
    return voice.say("silence_is", cost=cost_clause(figures.silence, figures.currency, voice), answers=answers_clause(figures, voice))


def cost_clause(silence: Silence, currency: str, voice: Voice) -> Markup:
    """What would have been saved, by told costs, by usual prices, or unknown."""
    if not silence.spent_cents:
        return voice.say("cost_unknown")
    if not silence.saved_cents:
        return voice.say("cost_nothing")
    saved = _to("#silence", voice.money(silence.saved_cents, currency), "peace")
    return voice.say("cost_told" if silence.is_cost_told else "cost_usual", saved=saved)


def answers_clause(figures: Figures, voice: Voice) -> Markup:
    """Which answers came to the wrong ones."""
    silence = figures.silence
    if not figures.told.get("answers"):
        return voice.say("answers_unknown")
    if not silence.answers:
        return voice.say("answers_none")
    if not silence.answers_spared:
        return voice.count("answers_none_lost", silence.answers)
    every, part = voice.count("answers", silence.answers), voice.percent(silence.lost_share.value)
    return voice.count("answers_some", silence.answers_spared, all=every, part=part, between=voice.between(silence.lost_share))


def _to(where: str, text: Markup | str, name: str = "") -> Markup:
    """A link inside the report."""
    return Markup('<a class="{}" href="{}">{}</a>').format(name, where, text) if name else Markup('<a href="{}">{}</a>').format(where, text)
