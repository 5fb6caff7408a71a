"""Lays out the demo's book: the actions that stand in `demo_book`, and one for each of the grocer's 27 coupon letters.

A coupon concerns the types that it covers, from the letter's first day to its last. Letters of type A are apart: the grocer sent each household
sixteen coupons of hundreds, chosen from what it had bought, and the data does not say which. Their action names the categories, and waits
for a person before anything is said.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.dates import format_date

from habitue import content
from habitue.content.letters import FOLDER
from habitue.workshop.grocer import Grocer, grocer
from habitue.workshop.plain_names import LANGUAGES, plain_names

BOOK, FIRST_BOOK = Path(__file__).with_name("demo_book"), Path(content.__file__).with_name("first_book")
OF_THE_FIRST_BOOK = ("discovery", "invitation", "letter", "question", "set-aside", "thanks")
"""Letters that the demo takes from the book that a shop begins with."""
COUPONS_FILE = "coupons.toml"
CHOSEN_FOR_EACH = "Type A"
NOT_TO_BRING_UP = (
    "ADULT INCONTINENCE", "ANALGESICS", "ANTACIDS", "BEERS/ALES", "COLD AND FLU", "DIETARY AID PRODUCTS", "EYE AND EAR CARE PRODUCTS", "FAMILY PLANNING",
    "FEMININE HYGIENE", "FOOT CARE PRODUCTS", "HOME HEALTH CARE", "LAXATIVES", "PHARMACY", "RESTRICTED DIET", "SINUS AND ALLERGY", "SMOKING CESSATIONS",
)  # fmt: skip
"""Categories of which a shopkeeper does not speak unasked; their coupons were in the letters, and no action says them."""

_HEAD = """# The grocer's 27 coupon letters of 2017, made from the data by workshop/demo_coupons.py. Never bought before,
# near what she loves: there a coupon moves most (1.64 against 1.07 for what she bought lately), so none is offered for what she buys anyway.
"""


@dataclass(frozen=True)
class Letter:
    """One coupon letter: its number, its days, and what its coupons cover (types, or categories where they were chosen for each)."""

    number: int
    is_chosen_for_each: bool
    first: date
    last: date
    covers: tuple[str, ...]
    mostly: tuple[str, ...]  # the two categories with the most products


def prepare_book(folder: Path) -> None:
    """Lays the demo's book into a folder; a file that is there already is left as it is, for somebody may have changed it.

    Raises: BadInput where the grocer's package is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FOLDER).mkdir(exist_ok=True)
    ours = [each for name in OF_THE_FIRST_BOOK for each in sorted((FIRST_BOOK / FOLDER).glob(f"{name}.*"))]
    pages, letters_ours = sorted(BOOK.glob("*.toml")), [*ours, *sorted((BOOK / FOLDER).iterdir())]
    (folder / "answers").mkdir(exist_ok=True)
    answers = ((answer, folder / "answers") for answer in sorted((FIRST_BOOK / "answers").glob("*.md")))
    for file, at in [*((page, folder) for page in pages), *((letter, folder / FOLDER) for letter in letters_ours), *answers]:
        if not (at / file.name).exists():
            shutil.copyfile(file, at / file.name)
    if not (folder / COUPONS_FILE).exists():
        fresh = folder / (COUPONS_FILE + ".new")
        fresh.write_text(coupons_text(grocer()), encoding="utf-8")
        fresh.replace(folder / COUPONS_FILE)


def coupons_text(shop: Grocer) -> str:
    """The TOML of one action a letter, in the order of their numbers."""
    return _HEAD + "".join(_action(letter) for letter in letters(shop))


def letters(shop: Grocer) -> Iterator[Letter]:
    """The coupon letters as the data tells them."""
    asked = shop.ask(
        f"with unasked as (select unnest({list(NOT_TO_BRING_UP)}) as category), "
        "covered as (select distinct c.campaign_id, c.product_id, p.product_category as category, "
        "  case when p.product_category is null then p.product_type else p.product_category || '/' || p.product_type end as type_key "
        "  from coupons as c join products as p using (product_id) where p.product_category is not null and p.product_type is not null "
        "  and p.product_category not like 'COUPON%' and p.product_category not in (select category from unasked)), "
        "by_category as (select campaign_id, category, row_number() over (partition by campaign_id order by count(*) desc, category) as place "
        "  from covered group by campaign_id, category) "
        "select d.campaign_id, d.campaign_type, d.start_date::date, d.end_date::date, "
        "  (select list(distinct type_key order by type_key) from covered as c where c.campaign_id = d.campaign_id), "
        "  (select list(category order by place) from by_category as b where b.campaign_id = d.campaign_id) "
        "from campaign_descriptions as d order by d.campaign_id"
    )
    for number, kind, first, last, types, categories in asked:
        is_chosen = kind == CHOSEN_FOR_EACH
        covers = sorted(categories) if is_chosen else types
        yield Letter(number, is_chosen, first, last, tuple(covers), tuple(categories[:2]))


def _action(letter: Letter) -> str:
    lines = [
        "",
        "[[action]]" + (" # which sixteen coupons each household was sent is not in the data" if letter.is_chosen_for_each else ""),
        f'key = "coupon-{letter.number:02d}"',
        'kind = "offer"',
        'purpose = "offers"',
        f"title = {_texts(_title(letter))}",
        f"say = {_texts(_say(letter))}",
        'channels = ["email", "post"]',
        f"when = {{ from = {letter.first}, until = {letter.last} }}",
        'basis = "near"',
        f"about = {{ {'categories' if letter.is_chosen_for_each else 'types'} = [",
        *(f"  {json.dumps(key)}," for key in letter.covers),
        "] }",
        'whom = "category_decayed >= 2000"',
        'gives = "money"',
        'asks = "purchase"',
        "relation_cents = 6",
        'use = "love"',
        "factor_permille = 1640",
        f"repeat_days = {(letter.last - letter.first).days}",
        f'mode = "{"waits" if letter.is_chosen_for_each else "itself"}"',
        "priority = 2",
        "",
    ]
    return "\n".join(lines)


def _title(letter: Letter) -> dict[str, str]:
    between = {"en": "; ", "fr": " ; "}
    names = {language: between[language].join(plain_names().of_category(key)[language] for key in letter.mostly) for language in LANGUAGES}
    until = {language: _day(letter.last, language) for language in LANGUAGES}
    if letter.is_chosen_for_each:
        return {"en": f"Coupons chosen for each household, until {until['en']}", "fr": f"Bons choisis pour chaque foyer, jusqu'au {until['fr']}"}
    return {"en": f"Coupons until {until['en']}: {names['en']}", "fr": f"Bons jusqu'au {until['fr']} : {names['fr']}"}


def _say(letter: Letter) -> dict[str, str]:
    return {
        "en": f"Send {{name}} a coupon to try something new, {{thing}}; it is good until {_day(letter.last, 'en')}.",
        "fr": f"Envoyer à {{name}} un bon pour essayer autre chose, {{thing}} ; il est valable jusqu'au {_day(letter.last, 'fr')}.",
    }


def _day(on: date, language: str) -> str:
    """November 5, or 5 novembre."""
    return format_date(on, "MMMM d" if language == "en" else "d MMMM", locale=language)


def _texts(by_language: dict[str, str]) -> str:
    inner = ", ".join(f"{language} = {json.dumps(text, ensure_ascii=False)}" for language, text in by_language.items())
    return f"{{ {inner} }}"
