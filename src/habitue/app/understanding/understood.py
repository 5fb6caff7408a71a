"""What was understood of a file, as lines for a terminal: its columns and what they tell, what is left unused, and what is in doubt."""

from __future__ import annotations

from habitue.app.understanding.layouts import layouts
from habitue.app.understanding.recognised import Recognised
from habitue.app.understanding.remarks import KINDS, LABELS, said

UNUSED_SHOWN = 12
SURENESS: dict[str, tuple[str, str]] = {
    "layout": ("", ""),
    "mapping": ("as the mapping says", "selon le fichier de correspondance"),
    "sure": ("", ""),
    "likely": ("probably", "probablement"),
    "guess": ("a guess", "supposé"),
}
WORDS: dict[str, tuple[str, str]] = {
    "no_layout": ("by the names of its columns", "d'après les noms de ses colonnes"),
    "looked_at": ("{rows} rows looked at", "{rows} lignes regardées"),
    "for_all": ("the same for all: {value}", "le même pour tous : {value}"),
    "unused": ("Not used: ", "Sans emploi : "),
    "more": (" and {count} more", " et {count} autres"),
    "doubt": ("Please check: ", "À vérifier : "),
}
SAID_SO = {"yes": ("yes", "oui"), "no": ("no", "non")}


def understood_text(recognised: Recognised, language: str = "en") -> list[str]:
    """The lines that say what was understood, in `en` or `fr`."""
    which = int(language == "fr")

    def words(code: str, **told: object) -> str:
        return WORDS[code][which].format(**told)

    one = recognised
    rows = words("looked_at", rows=one.rows_looked_at)
    how = (layouts()[one.layout].title_fr if which else layouts()[one.layout].title) if one.layout else words("no_layout")
    lines = [f"{one.path.name}: {KINDS[one.kind][which]} ({how}; {rows})."]
    width = max(len(LABELS[found.field][which]) for found in one.found)
    for found in one.found:
        shown = "  ".join(f"“{sample}”" for sample in found.samples) or "–"
        sure = SURENESS[found.sureness][which]
        lines.append(f"  {LABELS[found.field][which]:<{width}}  {found.column}  {shown}{f'  ({sure})' if sure else ''}")
    for field, value in one.mapping.fixed.items():
        lines.append(f"  {LABELS[field][which]:<{width}}  {words('for_all', value=SAID_SO.get(value, (value, value))[which])}")
    if one.unused:
        more = len(one.unused) - UNUSED_SHOWN
        lines.append(f"  {words('unused')}{', '.join(one.unused[:UNUSED_SHOWN])}{words('more', count=more) if more > 0 else ''}.")
    lines += [f"  {said(remark, language)}" for remark in one.notes]
    lines += [f"  {words('doubt')}{said(remark, language)}" for remark in one.doubts]
    return ["".join(sign if sign.isprintable() else " " for sign in line) for line in lines]
