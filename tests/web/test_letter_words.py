"""Every reason for which a message is set aside is said in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from habitue.app.collect import letters, owning, refusing, sorting, values, wire
from habitue.app.pull import lines, settling, unpacking
from habitue.web.letter_words import REASONS
from habitue.web.retelling import form_of, retold
from habitue.web.tongue import tongue
from tests.web.test_pages import words_of

WHERE_IT_IS_SAID = (letters, lines, sorting, unpacking, values, wire)
CONSTANTS = (settling.NO_ORDER, sorting.ENDED, refusing.REFUSED.format("m-1"), owning.NOT_HERS.format("o-1"))
RAISED = ("BadInput", "TooLarge")


def sentences() -> Iterator[str]:
    """Each sentence with which something is refused there, with an x for whatever it names."""
    yield from CONSTANTS
    for module in WHERE_IT_IS_SAID:
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                if isinstance(said := node.args[0], ast.Constant | ast.JoinedStr):
                    yield written(said)
            elif isinstance(node, ast.Tuple):
                yield from (written(part) for part in node.elts if isinstance(part, ast.JoinedStr) and written(part).endswith("."))


def written(text: ast.Constant | ast.JoinedStr) -> str:
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_every_reason_is_known_in_french(sentence: str) -> None:
    assert form_of(sentence, REASONS) is not None
    french = retold(tongue("fr"), sentence, REASONS)
    assert french != sentence
    assert retold(tongue("en"), sentence, REASONS).split() == sentence.split()


def test_no_reason_stands_in_the_list_that_nobody_says() -> None:
    assert {known[0] for sentence in sentences() if (known := form_of(sentence, REASONS))} == set(REASONS)


def test_a_reason_that_is_new_is_shown_as_it_was_said() -> None:
    assert retold(tongue("fr"), "Something else.", REASONS) == "Something else."


def test_the_page_says_why_in_french(client: TestClient) -> None:
    said = words_of(client.get("/letters?lang=fr").text)
    assert "doit être une liste de produits." in said
    assert "commence comme du gzip et est abîmé." in said
