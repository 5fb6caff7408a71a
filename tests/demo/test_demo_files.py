"""The demo's files: nothing of the grocer's is lost, everything invented is the same twice, and the cast suits its roles."""

import csv
from collections import Counter
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from habitue.app.imports.kinds import KINDS
from habitue.app.imports.mapping import read_mapping, told_by
from habitue.events.files import open_table
from habitue.store import Settings
from habitue.workshop.cast import CAST, DEMO_DAY, KARIM, LIVER, LUCIE, MARTIN, NORA, PAUL, ROSA, THEO
from habitue.workshop.demo_files import DemoFile, prepare_files
from habitue.workshop.grocer import CURRENCY, LICENCE_NOTE, ZONE, grocer

Rows = list[dict[str, str]]
LOCAL_DAY = f"(sold_at at time zone 'UTC' at time zone '{ZONE}')::date"


@pytest.fixture(scope="module")
def files(written: Path) -> list[DemoFile]:
    return prepare_files(written)


def rows(files: list[DemoFile], title: str) -> Rows:
    path = next(file.path for file in files if file.title == title)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_household_is_a_customer_from_the_first_day(files: list[DemoFile]) -> None:
    customers = rows(files, "customers")
    assert len(customers) == len({row["customer"] for row in customers}) == 2469
    assert {row["since"] for row in customers} == {"2017-01-01"}


def test_each_of_the_27_letters_reaches_every_household_that_had_it(files: list[DemoFile]) -> None:
    letters = [row for row in rows(files, "touches") if row["action"].startswith("coupon-")]
    assert len(letters) == 6589
    assert len({row["action"] for row in letters}) == 27
    assert {(row["channel"], row["kind"]) for row in letters} == {("post", "offer")}
    assert min(row["at"] for row in letters) == "2016-11-14"
    assert len({row["touch"] for row in letters}) == 6589


def test_every_coupon_redeemed_answers_a_letter_that_was_sent(files: list[DemoFile]) -> None:
    sent = {row["touch"]: row for row in rows(files, "touches")}
    answers = [row for row in rows(files, "answers") if row["touch"].startswith("coupon-")]
    assert len(answers) == len({row["id"] for row in answers}) == 2102
    assert all(sent[row["touch"]]["customer"] == row["customer"] and row["at"] >= sent[row["touch"]]["at"] for row in answers)


def test_the_same_files_are_written_twice(files: list[DemoFile], tmp_path: Path) -> None:
    again = prepare_files(tmp_path / "again")
    for first, second in zip(files, again, strict=True):
        assert first.path.read_bytes() == second.path.read_bytes()


def test_files_that_are_there_are_left_alone(files: list[DemoFile]) -> None:
    before = {file.path: file.path.stat().st_mtime_ns for file in files}
    assert {file.path: file.path.stat().st_mtime_ns for file in prepare_files(files[2].path.parent)} == before


def test_every_mapping_reads_its_file(files: list[DemoFile], tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, zone=ZONE, currency=CURRENCY)
    for file in files:
        mapping = read_mapping(file.mapping, file.kind, settings)
        with closing(open_table(file.path, mapping.sheet)) as table:
            told = told_by(mapping, table.columns, file.path.name)
        assert {field.name for field in KINDS[file.kind] if field.is_needed} <= {one.field.name for one in told}


def test_nobody_can_be_reached_at_a_real_address(files: list[DemoFile]) -> None:
    for row in rows(files, "customers"):
        assert row["email"].partition("@")[2] in ("", "example.com", "example.net", "example.org")
        assert row["phone"] == "" or (row["phone"].startswith("+1") and row["phone"][5:10] == "55501" and len(row["phone"]) == 12)
        assert row["postcode"] == "" or row["postcode"].startswith("000")  # no such codes are given out


def test_no_two_people_share_a_mailbox_or_a_telephone(files: list[DemoFile]) -> None:
    for field in ("email", "phone"):
        given = [row[field] for row in rows(files, "customers") if row[field]]
        assert len(given) == len(set(given)) > 1500


@pytest.mark.parametrize(("purpose", "channel", "share"), [("advice", "email", 0.62), ("offers", "email", 0.48), ("offers", "post", 0.70)])
def test_consents_come_in_realistic_shares(files: list[DemoFile], purpose: str, channel: str, share: float) -> None:
    given = {row["customer"] for row in rows(files, "consents") if (row["purpose"], row["channel"], row["granted"]) == (purpose, channel, "yes")}
    assert len(given) / 2469 == pytest.approx(share, abs=0.03)


def test_whoever_had_a_letter_allowed_letters_and_has_an_address(files: list[DemoFile]) -> None:
    had = {row["customer"] for row in rows(files, "touches") if row["channel"] == "post"}
    allowed = {row["customer"] for row in rows(files, "consents") if row["channel"] == "post" and row["purpose"] == "offers" and row["granted"] == "yes"}
    housed = {row["customer"] for row in rows(files, "customers") if row["street"]}
    assert had <= allowed
    assert had <= housed


def test_a_consent_is_taken_back_only_after_it_was_given(files: list[DemoFile]) -> None:
    last: dict[tuple[str, str, str], str] = {}
    withdrawn = 0
    for row in rows(files, "consents"):
        question = (row["customer"], row["purpose"], row["channel"])
        assert (row["granted"] == "no") == (last.get(question) == "yes")
        last[question] = row["granted"]
        withdrawn += row["granted"] == "no"
    assert withdrawn > 100


def test_names_cover_the_whole_catalogue_in_both_languages(files: list[DemoFile]) -> None:
    named = Counter(row["level"] for row in rows(files, "names"))
    types = grocer().ask("select count(distinct coalesce(product_category, '') || '/' || product_type) from products")[0][0]
    assert named == {"department": 32, "category": 303, "type": types}
    assert all(row["name_en"].strip() and row["name_fr"].strip() for row in rows(files, "names"))


def test_the_licence_is_told() -> None:
    assert "research and education" in LICENCE_NOTE
    assert "invented" in LICENCE_NOTE


# the cast: each on a household whose real year suits the role


def test_mme_martin_is_a_regular_at_the_butchers_who_said_that_she_hates_liver(files: list[DemoFile]) -> None:
    baskets, meat, liver = grocer().ask(
        "select count(distinct basket_id), count(*) filter (department = 'MEAT'), count(*) filter (type_key like '%OFFAL%') "
        f"from lines where household = '{MARTIN.household}' and {LOCAL_DAY} < '{DEMO_DAY}'"
    )[0]
    said = {row["item"] for row in rows(files, "preferences") if row["customer"] == MARTIN.household and row["feeling"] == "dislikes"}
    assert (baskets >= 60, meat >= 50, liver) == (True, True, 0)
    assert said == set(LIVER)


def test_karim_bought_his_coffee_in_the_shop_the_day_before() -> None:
    times, last = grocer().ask(f"select count(*), max({LOCAL_DAY}) from lines where household = '{KARIM.household}' and type_key like 'COFFEE/%' "
                               f"and {LOCAL_DAY} < '{DEMO_DAY}'")[0]  # fmt: skip
    assert times >= 15
    assert last == date(2017, 11, 1)


def test_lucie_was_written_to_often_and_allows_nothing_any_more(files: list[DemoFile]) -> None:
    hers = [row for row in rows(files, "consents") if row["customer"] == LUCIE.household]
    standing = {(row["purpose"], row["channel"]): row["granted"] for row in hers}
    assert standing
    assert set(standing.values()) == {"no"}
    assert sum(row["customer"] == LUCIE.household for row in rows(files, "touches")) >= 8


def test_paul_complained_and_waits(files: list[DemoFile]) -> None:
    turns = [row for row in rows(files, "conversations") if row["customer"] == PAUL.household and row["at"] < f"{DEMO_DAY}T10:00:00Z"]
    assert [(row["kind"], row["state"]) for row in turns] == [("complaint", "opened")]


def test_rosa_and_theo_share_a_door_and_nothing_else(files: list[DemoFile]) -> None:
    rosa, theo = (next(row for row in rows(files, "customers") if row["customer"] == role.household) for role in (ROSA, THEO))
    assert [rosa[key] == theo[key] for key in ("street", "postcode", "email", "phone", "given_name")] == [True, True, False, False, False]


def test_nora_came_for_the_first_time_a_week_ago() -> None:
    first = grocer().ask(f"select min({LOCAL_DAY}) from lines where household = '{NORA.household}'")[0][0]
    assert 0 < (DEMO_DAY - first).days <= 10


def test_the_cast_is_known_by_name(files: list[DemoFile]) -> None:
    named = {row["customer"]: row["given_name"] for row in rows(files, "customers") if row["customer"] in CAST}
    assert named == {household: role.given_name for household, role in CAST.items()}


def test_somebody_waits_for_an_answer_on_any_autumn_morning(files: list[DemoFile]) -> None:
    turns = rows(files, "conversations")
    for day in ("2017-09-14", "2017-10-12", "2017-11-02", "2017-12-07"):
        state: dict[str, str] = {}
        for row in turns:
            if datetime.fromisoformat(row["at"]) < datetime.fromisoformat(f"{day}T10:00:00Z"):
                state[row["thread"]] = row["state"]
        assert sum(word != "closed" for word in state.values()) >= 2
