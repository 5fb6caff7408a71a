"""Which words are taken to touch her health, however they are written; and which are not."""

from __future__ import annotations

import pytest

from habitue.app.imports.values import Manner, words
from habitue.memory.health import touches_health

MANNER = Manner("Europe/Paris", "Europe/Paris", 0)


@pytest.mark.parametrize(
    "text",
    [
        "halal",
        "Viande casher",
        "kosher only",
        "she is Jewish",
        "pour raisons religieuses",
        "pendant le ramadan",
        "peanut_allergy",
        "is_pregnant",
        "Céliaque",
        "cœliaque",
        "aller\u00adgique",
        "très\u200ballergique",
        "allergi\u034fque",
        "breast feeding",
        "breast-feeding",
        "breast\u2011feeding",
        "breastfed",
        "depressed",
        "enceinte de trois mois",
        "elle sera enceinte",
        "mes enceintes",  # loudspeakers, perhaps: her leave is asked
        "sous antidépresseurs",
        "an anti-depressant",
        "back from hospital",
        "sortie de l’hôpital",
        "hypertendue",
        "HIV positive",
        "le VIH",
        "son AVC",
        "after a stroke",
        "arthritis",
        "arthrose du genou",
        "a heart problem",
        "problème cardiaque",
        "problèmes de cœur",
        "a miscarriage",
        "une fausse couche",
        "an IVF",
        "une F.I.V. ou FIV",
        "autistic",
        "autiste",
        "bipolar",
        "bipolaire",
        "her doctor’s letter",
    ],
)
def test_words_of_health_are_heard_however_they_are_written(text: str) -> None:
    assert touches_health("", text)
    assert touches_health(words(text, MANNER) or ""), "a file hides it"


@pytest.mark.parametrize(
    "text",
    [
        "légumes d’hiver",
        "five sprigs of sage",
        "religieuse au chocolat",
        "Christian’s ham",
        "Easter lamb",
        "hospitality",
        "without_sugar",
        "gluten-free",
        "sans sucre",
        "a cake for her heart’s delight",
        "bio",
    ],
)
def test_tastes_and_words_that_begin_alike_are_not(text: str) -> None:
    assert not touches_health(text)
