"""A sound book is read whole; an unsound one names every mistake with file, line and a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from habitue.content import BookErrors, check_book, read_book
from habitue.content.model import Basis, Gives, Mode, Things, UseBasis
from habitue.words.clock import parse_day
from habitue.words.errors import BookError
from habitue.words.vocabulary import Channel, Kind, Purpose
from tests.content.writing import SOUND, TO_HER, action_text, write_book


def mistakes_of(folder: Path) -> list[BookError]:
    with pytest.raises(BookErrors) as raised:
        read_book(folder)
    return list(raised.value.mistakes)


def the_mistake(tmp_path: Path, **changes: str | None) -> BookError:
    """The only mistake of the sound action once changed."""
    found = mistakes_of(write_book(tmp_path, action_text(**changes)))
    assert len(found) == 1, [str(each) for each in found]
    return found[0]


def test_every_key_of_an_action_arrives_in_its_place(tmp_path: Path) -> None:
    text = action_text(
        when="{ hour = 11, weekdays = [6, 1], from = 2017-10-01, until = 2017-12-24 }",
        basis='"because"',
        because='{ types = ["PASTA"], within_days = 4 }',
        whom='"item_times >= 4"',
        relation_cents="0.5",
        cost_cents="1",
        use="250",
        factor_permille="1070",
        repeat_days="14",
        after='{ action = "welcome", days = 7 }',
        budget="{ most = 40, days = 7 }",
        mode='"waits"',
        priority="9",
    )
    book = read_book(write_book(tmp_path, action_text(key='"welcome"'), text))
    action = book.actions[1]
    assert (action.kind, action.purpose, action.channels) == (Kind.SERVICE, Purpose.ADVICE, (Channel.EMAIL, Channel.SHOP))
    assert (action.when.hour, action.when.weekdays, action.when.from_day) == (11, (1, 6), parse_day("2017-10-01"))
    assert (action.basis, action.about, action.because, action.because_days) == (Basis.BECAUSE, Things(categories=("COFFEE",)), Things(types=("PASTA",)), 4)
    assert (action.relation_millicents, action.cost_millicents, action.use_basis, action.use_permille) == (500, 1000, UseBasis.FIXED, 250)
    assert action.after is not None
    assert action.budget is not None
    assert (action.gives, action.mode, action.priority, action.after.days, action.budget.most) == (Gives.REMINDER, Mode.WAITS, 9, 7, 40)


def test_what_is_left_out_takes_its_default(tmp_path: Path) -> None:
    action = read_book(write_book(tmp_path, action_text())).actions[0]
    assert (action.when.hour, action.when.weekdays, action.whom, action.repeat_days) == (10, (1, 2, 3, 4, 5, 6, 7), "true", 28)
    assert (action.cost_millicents, action.factor_permille, action.after, action.budget, action.mode) == (0, 0, None, None, Mode.ITSELF)


def test_files_are_read_by_name_and_actions_in_their_order(tmp_path: Path) -> None:
    book = read_book(write_book(tmp_path, b=action_text(key='"three"'), a=action_text(key='"one"') + action_text(key='"two"')))
    assert [action.key for action in book.actions] == ["one", "two", "three"]
    assert book.rank("three") == 2


def test_the_hash_names_the_content_and_not_its_layout(tmp_path: Path) -> None:
    book = read_book(write_book(tmp_path / "a", action_text()))
    spaced = read_book(write_book(tmp_path / "b", "# a word\n" + action_text(whom='"true"', priority="5").replace(" = ", "  =  ")))
    other = read_book(write_book(tmp_path / "c", action_text(priority="6")))
    assert book.hash == spaced.hash != other.hash


def test_the_hash_does_not_see_in_which_order_the_shop_names_its_margins(tmp_path: Path) -> None:
    one, other = (write_book(tmp_path / name, shop=f"[margins]\n{margins}\n") for name, margins in (("a", "B = 1\nA = 2"), ("b", "A = 2\nB = 1")))
    assert read_book(one).hash == read_book(other).hash


@pytest.mark.parametrize("key", sorted(set(SOUND) - {"about"}))
def test_a_key_that_is_needed_and_missing_is_named(tmp_path: Path, key: str) -> None:
    found = mistakes_of(write_book(tmp_path, action_text(**{key: None})))
    assert any(f"lacks “{key}”; write it as" in each.what and each.line == 1 for each in found)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": '"Coffee Time"'}, "small letters and digits"),
        ({"key": '""'}, "“key” is empty"),
        ({"kind": '"ofer"'}, "Did you mean “offer”?"),
        ({"purpose": "3"}, "“purpose” is 3; it must be"),
        ({"title": '"Coffee"'}, "must be a table in braces"),
        ({"title": '{ en = "  " }'}, "“en” is empty"),
        ({"title": '{ fr = "Le café" }'}, "lacks “en”"),
        ({"title": '{ en = "Coffee", de = "Kaffee" }'}, "unknown key “de”"),
        ({"say": '{ en = "{thng} is in" }'}, "{thng}, which nothing fills"),
        ({"say": '{ en = "thing} is in" }'}, "without its other half"),
        ({"say": '{ en = "as you had {because}" }'}, 'only basis = "because"'),
        ({"channels": "[]"}, "empty list"),
        ({"channels": '"email"'}, "must be a list"),
        ({"channels": '["email", "email"]'}, "same word twice"),
        ({"channels": '["email", "fax"]'}, "“channels” is “fax”"),
        ({"when": "{ hour = 24 }"}, "“hour” is 24; it must be between 0 and 23"),
        ({"when": "{ hour = true }"}, "must be a whole number, not true"),
        ({"when": "{ weekdays = [0, 1] }"}, "from 1 to 7"),
        ({"when": '{ from = "2017-10-01" }'}, "date without quotes"),
        ({"when": "{ from = 2017-10-01T10:00:00 }"}, "without an hour"),
        ({"when": "{ from = 2017-12-24, until = 2017-12-23 }"}, "“until” lies before “from”"),
        ({"basis": '"because"'}, "needs because"),
        ({"because": '{ types = ["X"], within_days = 4 }'}, "only for basis"),
        ({"basis": '"because"', "because": '{ types = ["X"] }'}, "lacks “within_days”"),
        ({"about": None}, "needs things"),
        ({"about": "{ types = [3] }"}, "catalogue key in quotes"),
        ({"about": '{ type = ["COFFEE"] }'}, "Did you mean “types”?"),
        ({"about": '{ types = ["A"], any = true }'}, "already means every thing"),
        ({**TO_HER, "about": '{ types = ["A"] }'}, "take about away"),
        ({**TO_HER, "use": '"love"'}, "no thing to love or buy"),
        ({**TO_HER, "say": '{ en = "{thing}" }'}, "says {thing}"),
        ({"use": "1001"}, "from 0 to 1000"),
        ({"use": '"often"'}, '"chance", "love" or'),
        ({"relation_cents": "-1"}, "between 0 and"),
        ({"relation_cents": "0.0005"}, "amount in cents"),
        ({"relation_cents": "nan"}, "amount in cents"),
        ({"cost_cents": '"12"'}, "amount in cents"),
        ({"priority": "10"}, "between 0 and 9"),
        ({"budget": "{ most = 0, days = 7 }"}, "“most” is 0"),
        ({"budget": "{ most = 40 }"}, "lacks “days”"),
        ({"after": '{ action = "welcom", days = 7 }'}, "not in the book"),
        ({"after": '{ action = "replenish-coffee", days = 7 }'}, "cannot come after itself"),
        ({"kind": '"offer"', "purpose": '"service"'}, "cannot leave under the purpose"),
        ({"whom": '"item_tims > 3"'}, "Did you mean “item_times”?"),
        ({"whom": "true"}, "must be a text in quotes, not true"),
        ({"repeat_dais": "14"}, "unknown key “repeat_dais”. Did you mean “repeat_days”?"),
    ],
)
def test_a_mistake_is_said_once_with_its_line(tmp_path: Path, changes: dict[str, str | None], sentence: str) -> None:
    mistake = the_mistake(tmp_path, **changes)
    assert sentence in mistake.what
    assert mistake.file == "book.toml"
    shown = (tmp_path / "book.toml").read_text(encoding="utf-8").splitlines()[mistake.line - 1]
    assert shown.split(" = ")[0] in {*changes, "[[action]]", "basis"}


def test_all_mistakes_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    write_book(tmp_path, b=action_text(kind='"x"', priority="99"), a="key = 'loose'\n" + action_text(mode='"maybe"'), c="= nothing")
    found = mistakes_of(tmp_path)
    assert [(each.file, each.line) for each in found] == [("a.toml", 1), ("a.toml", 15), ("b.toml", 2), ("b.toml", 3), ("b.toml", 14), ("c.toml", 1)]
    with pytest.raises(BookErrors, match=r"(?s)a\.toml:1: .*c\.toml:1: "):
        read_book(tmp_path)


def test_a_key_used_twice_names_where_it_was_first(tmp_path: Path) -> None:
    mistakes = mistakes_of(write_book(tmp_path, a=action_text(), b=action_text(), c=action_text()))
    assert [(mistake.file, mistake.line) for mistake in mistakes] == [("b.toml", 2), ("c.toml", 2)]
    assert {mistake.what for mistake in mistakes} == {"The key “replenish-coffee” is already used in a.toml, line 2."}


def test_a_circle_of_actions_is_a_mistake_of_each(tmp_path: Path) -> None:
    def one(key: str, after: str) -> str:
        return action_text(key=f'"{key}"', after=f'{{ action = "{after}", days = 1 }}')

    found = mistakes_of(write_book(tmp_path, one("a", "b"), one("b", "c"), one("c", "a"), one("d", "a")))
    assert [each.what for each in found] == [
        f"“after” goes round in a circle: {way}." for way in ("a after b after c after a", "b after c after a after b", "c after a after b after c")
    ]


@pytest.mark.parametrize("changes", [{"kind": '"gesture"'}, {"kind": '"set-aside"', "channels": '["shop", "sms"]'}])
def test_what_is_no_service_leaves_as_advice_and_the_check_says_so(tmp_path: Path, changes: dict[str, str | None]) -> None:
    folder = write_book(tmp_path, action_text(**{"purpose": '"service"', **changes}))
    assert [action.purpose for action in read_book(folder).actions] == [Purpose.ADVICE]
    found = [finding for finding in check_book(folder) if 'It leaves as "advice"' in finding.what]
    assert [(finding.line, finding.is_mistake) for finding in found] == [(4, False)]


@pytest.mark.parametrize(
    "changes",
    [{"channels": '["shop"]'}, {"basis": '"returned"'}, {"after": '{ action = "answered", days = 2 }'}],
    ids=["at the counter", "a return", "a complaint"],
)
def test_what_concerns_her_order_or_is_said_in_the_shop_needs_no_leave(tmp_path: Path, changes: dict[str, str | None]) -> None:
    answered = action_text(key='"answered"', purpose='"service"')
    book = read_book(write_book(tmp_path, answered, action_text(kind='"gesture"', purpose='"service"', **changes)))
    assert [action.purpose for action in book.actions] == [Purpose.SERVICE, Purpose.SERVICE]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ('[[action]]\nkey = "a\n', 2, "not closed with its quotes"),
        ("[[action]]\nfrom = 2017-02-30\n", 2, "no such date"),
        ("[[action]]\nkey = a\n", 2, "lacks its quotes"),
        ("[[action]]\nkey 1\n", 2, "comes the sign ="),
        ('[[action]]\nkey = "a"\nkey = "b"\n', 3, "written twice"),
        ("a = " + "[" * 5000, 0, "beyond all measure"),
    ],
)
def test_a_file_that_is_no_toml_says_where_reading_stopped(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    (mistake,) = mistakes_of(write_book(tmp_path, book=text))
    assert mistake.line == line
    assert sentence in mistake.what


def test_a_letter_of_another_encoding_is_found_on_its_line(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_bytes("# one\n# café\nx = 1".encode("cp1252"))
    (mistake,) = mistakes_of(tmp_path)
    assert (mistake.line, "UTF-8" in mistake.what) == (2, True)


def test_a_mark_at_the_head_and_windows_line_ends_are_welcome(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_bytes(b"\xef\xbb\xbf" + action_text().replace("\n", "\r\n").encode())
    assert read_book(tmp_path).actions[0].key == "replenish-coffee"


def test_a_huge_file_a_folder_named_like_one_and_no_folder_at_all_are_mistakes(tmp_path: Path) -> None:
    write_book(tmp_path, big="#" * 1_000_001)
    (tmp_path / "odd.toml").mkdir()
    assert ["1,000,001 bytes" in mistakes_of(tmp_path)[0].what, "cannot be opened" in mistakes_of(tmp_path)[1].what] == [True, True]
    assert "no such folder" in mistakes_of(tmp_path / "nowhere")[0].what


@pytest.mark.parametrize("text", ["action = 1\n", "[action]\nkey = 'a'\n", "action = [1]\n"])
def test_an_action_that_is_no_list_of_tables_is_explained(tmp_path: Path, text: str) -> None:
    (mistake,) = mistakes_of(write_book(tmp_path, book=text))
    assert "[[action]]" in mistake.what


def test_an_action_in_a_broken_file_does_not_make_others_lead_nowhere(tmp_path: Path) -> None:
    write_book(tmp_path, a=action_text(after='{ action = "welcome", days = 1 }'), b='[[action]]\nkey = "welcome\n')
    assert [each.file for each in mistakes_of(tmp_path)] == ["b.toml"]


SHOP = """[margins]
default = 250
"DRUG GM" = 260
[channel_costs_cents]
email = 0.1
[attention]
base_cents = 6
floor_use_permille = 200
[caps]
week = 1
month = 4
[quiet]
from = 20
until = 9
"""


def test_the_shop_is_read_and_what_it_leaves_out_keeps_its_default(tmp_path: Path) -> None:
    shop = read_book(write_book(tmp_path, action_text(), shop=SHOP)).shop
    assert (shop.margins_permille, shop.default_margin_permille, shop.attention_millicents, shop.floor_use_permille) == ({"DRUG GM": 260}, 250, 6000, 200)
    assert (shop.cost_of(Channel.EMAIL), shop.cost_of(Channel.SMS), shop.week_cap, shop.month_cap) == (100, 7000, 1, 4)
    assert [hour for hour in range(24) if shop.is_quiet_at(hour)] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 21, 22, 23]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("default = 250", "default = 1250", "between 0 and 1000"),
        ("email = 0.1", "e-mail = 0.1", "Did you mean “email”?"),
        ("[caps]", "[cap]", "Did you mean “caps”?"),
        ("week = 1", "week = 9", "more than the 4"),
        ("from = 20", "from = 3", "over midnight"),
        ("base_cents = 6", "base_cent = 6", "Did you mean “base_cents”?"),
    ],
)
def test_a_mistake_in_the_shop_is_found(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    (mistake,) = mistakes_of(write_book(tmp_path, action_text(), shop=SHOP.replace(old, new)))
    assert mistake.file == "shop.toml"
    assert sentence in mistake.what
    assert SHOP.replace(old, new).splitlines()[mistake.line - 1] == new
