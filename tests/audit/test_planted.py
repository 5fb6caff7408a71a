"""Wrongs are planted into real history, and look-alikes that are none: the audit finds the ones and leaves the others alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.audit import faults_of_messages, faults_of_things, lookalikes_of_messages, lookalikes_of_things
from tests.audit.audited import audited
from tests.audit.calendar_of_scenes import planted
from tests.audit.history import History
from tests.audit.planted_files import Label, write

pytestmark = pytest.mark.slow
HOUSEHOLDS, SEED, LEAST = 360, 7, 0.98
FEWEST_OF_A_FAULT, FEWEST_OF_A_SCENE = 90, 10
WRONGS = [*faults_of_things.FAULTS, *faults_of_messages.FAULTS]
LOOKALIKES = [*lookalikes_of_things.LOOKALIKES, *lookalikes_of_messages.LOOKALIKES]
FAULTS = (
    *("already_bought", "not_due", "no_affinity", "disliked", "out_of_stock", "pressed_too_often", "said_already", "ignored_lately"),
    *("waiting_for_our_answer", "complaint_open", "no_consent", "unreachable", "quiet_hours", "asked_more_than_given", "cannot_be_answered"),
    "first_name_alone",
)


@dataclass(frozen=True)
class Findings:
    """What was planted and what was found, by line of sends.csv."""

    planted: dict[int, Label]
    found: dict[int, set[str]]

    def wrong(self, fault: str) -> Counter[tuple[str, str]]:
        """By scene: how often this was found without being planted, or planted without being found."""
        pairs = ((label, fault in label.faults, fault in self.found[line]) for line, label in self.planted.items())
        return Counter((label.scene, "missed" if is_planted else "found") for label, is_planted, is_found in pairs if is_planted != is_found)

    def precision_and_recall(self, fault: str) -> tuple[float, float]:
        planted = {line for line, label in self.planted.items() if fault in label.faults}
        found = {line for line, faults in self.found.items() if fault in faults}
        both = len(planted & found)
        return both / max(1, len(found)), both / max(1, len(planted))


@pytest.fixture(scope="module")
def history() -> History:
    return History(HOUSEHOLDS, SEED)


@pytest.fixture(scope="module")
def findings(history: History, tmp_path_factory: pytest.TempPathFactory) -> Findings:
    folder = tmp_path_factory.mktemp("planted")
    labels = write(planted(history, [*WRONGS, *LOOKALIKES], SEED), folder)
    return Findings(labels, audited(folder))


def test_each_wrong_and_each_lookalike_is_planted_often_enough(findings: Findings) -> None:
    scenes = Counter(label.scene for label in findings.planted.values())
    faults = Counter(fault for label in findings.planted.values() for fault in label.faults)
    assert not [scene.play.__name__ for scene in [*WRONGS, *LOOKALIKES] if scenes[scene.play.__name__] < FEWEST_OF_A_SCENE]
    assert set(faults) == set(FAULTS)
    assert min(faults.values()) >= FEWEST_OF_A_FAULT, faults


def test_every_send_gets_a_verdict(findings: Findings) -> None:
    assert findings.found.keys() == findings.planted.keys()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_wrong_is_found_and_its_lookalikes_are_not(findings: Findings, fault: str) -> None:
    precision, recall = findings.precision_and_recall(fault)
    assert min(precision, recall) >= LEAST, (precision, recall, findings.wrong(fault))


def test_nothing_is_found_in_a_clean_file(history: History, tmp_path: Path) -> None:
    labels = write(planted(history, LOOKALIKES, SEED + 1), tmp_path)
    found = audited(tmp_path)
    assert len(found) == len(labels) > 2000
    assert Counter((labels[line].scene, fault) for line, faults in found.items() for fault in faults) == Counter()
