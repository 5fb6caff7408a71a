"""How long customers waited, in sentences: how many were answered in time, how long most of them waited, and who waits still."""

from __future__ import annotations

from habitue.app.inbox.answer_times import Times

HOUR_SECONDS, MINUTE_SECONDS = 3_600, 60
NONE = {"en": "Nobody began a matter.", "fr": "Personne n’a ouvert d’affaire."}
MATTERS = {"en": ("1 matter: ", "{count} matters: "), "fr": ("1 affaire\u202f: ", "{count} affaires\u202f: ")}
ANSWERED = {"en": "{answered} answered, {in_time} of them in time.", "fr": "{answered} avec réponse, dont {in_time} à temps."}
HALF = {"en": "Half of them had an answer within {time}", "fr": "La moitié a eu une réponse en {time}"}
NINE = {"en": ", nine of ten within {time}", "fr": ", neuf sur dix en {time}"}
SETTLED = {"en": " Half were settled within {time}", "fr": " La moitié a été réglée en {time}"}
UNKNOWN = {"en": "For half of them it is not known yet: too many still wait", "fr": "Pour la moitié, on ne le sait pas encore\u202f: trop attendent encore"}
WAITING = {
    "en": (" 1 still waits, for {time}.", " {count} still wait, the longest for {time}."),
    "fr": (" 1 attend encore, depuis {time}.", " {count} attendent encore, la plus ancienne depuis {time}."),
}
LATE = {"en": (" 1 is or was late.", " {count} are or were late."), "fr": (" 1 en retard.", " {count} en retard.")}
HOURS = {"en": "{hours} open h {minutes} min", "fr": "{hours} h {minutes} min d’ouverture"}
WHOLE = {"en": ("1 open hour", "{count} open hours"), "fr": ("1 h d’ouverture", "{count} h d’ouverture")}
MINUTES = {"en": "{minutes} min", "fr": "{minutes} min"}


def times_said(times: Times, language: str) -> str:
    """What these figures say, in one paragraph."""
    if not times.matters:
        return NONE[language]
    said = _counted(MATTERS[language], times.matters)
    said += ANSWERED[language].format(answered=times.answered, in_time=times.in_time) + " "
    if times.answer_median_seconds is None:
        said += UNKNOWN[language]
    else:
        said += HALF[language].format(time=_time(times.answer_median_seconds, language))
        said += NINE[language].format(time=_time(times.answer_ninth_seconds, language)) if times.answer_ninth_seconds is not None else ""
    said += "."
    if times.settled_median_seconds is not None:
        said += SETTLED[language].format(time=_time(times.settled_median_seconds, language))
        said += NINE[language].format(time=_time(times.settled_ninth_seconds, language)) if times.settled_ninth_seconds is not None else ""
        said += "."
    said += _counted(LATE[language], times.late) if times.late else ""
    said += _counted(WAITING[language], times.waiting).replace("{time}", _time(times.longest_seconds, language)) if times.waiting else ""
    return said


def _counted(forms: tuple[str, str], count: int) -> str:
    return forms[0] if count == 1 else forms[1].replace("{count}", str(count))


def _time(seconds: int, language: str) -> str:
    hours, minutes = seconds // HOUR_SECONDS, seconds % HOUR_SECONDS // MINUTE_SECONDS
    if hours and not minutes:
        return _counted(WHOLE[language], hours)
    return (HOURS if hours else MINUTES)[language].format(hours=hours, minutes=minutes)
