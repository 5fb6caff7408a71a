"""What comes along with her words is kept with them as it came, told by what is in it, left closed where it can do something, and erased with her."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from habitue.app import House
from habitue.app.backup.restoring import restore
from habitue.app.erasure.forgetting import everything_of, forget, whom_of
from habitue.app.her.data import her_data
from habitue.app.inbox.attached import FileLine
from habitue.app.inbox.attaching import attach
from habitue.app.inbox.receiving import receive
from habitue.app.inbox.strangers import drop, strangers
from habitue.app.inbox.talking import conversation
from habitue.app.looking import her_looks
from habitue.app.names import customer_of
from habitue.app.retaining import let_go
from habitue.dialogue.attachments import MOST_KEPT
from habitue.dialogue.file_kinds import FileKind, kind_of_file, safe_name
from habitue.store import save_settings
from habitue.web import create_site
from tests.backup.looking import backed_up, read_with_all_keys, rows_of
from tests.cast import Shop, settings_at, shop, thanks
from tests.command_line import command_line

__all__ = ["shop"]
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20


def zipped(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


KINDS = [
    ("photo.jpg", JPEG, FileKind.JPEG),
    ("a.png", b"\x89PNG\r\n\x1a\n..", FileKind.PNG),
    ("a.gif", b"GIF89a..", FileKind.GIF),
    ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", FileKind.WEBP),
    ("IMG_1.HEIC", b"\0\0\0\x18ftypheic....", FileKind.HEIC),
    ("bill.pdf", b"%PDF-1.7 ...", FileKind.PDF),
    ("recipe.txt", "Épaule d’agneau".encode(), FileKind.TEXT),
    ("list.csv", "épaule;1\n".encode("cp1252"), FileKind.TEXT),
    ("menu.docx", zipped("[Content_Types].xml", "word/document.xml"), FileKind.WORD),
    ("menu.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), FileKind.SHEET),
    ("menu.docx", zipped("word/document.xml", "word/vbaProject.bin"), FileKind.MACROS),
    ("all.zip", zipped("a"), FileKind.ZIP),
    ("film.mp4", b"\0\0\0\x18ftypisom....", FileKind.VIDEO),
    ("voice.m4a", b"\0\0\0\x18ftypM4A ....", FileKind.VOICE),
    ("voice.ogg", b"OggS....", FileKind.VOICE),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", FileKind.MACROS),
    ("photo.jpg", b"MZ\x90\0", FileKind.PROGRAM),
    ("photo.jpg.exe", JPEG, FileKind.PROGRAM),
    ("photo.jpg", b"<!DOCTYPE html><script>alert(1)</script>", FileKind.PAGE),
    ("drawing.svg", b"<svg onload=alert(1)>", FileKind.PAGE),
    ("run.ps1", b"Remove-Item", FileKind.PROGRAM),
    ("", b"\0\1\2\3", FileKind.UNKNOWN),
    ("nothing", b"", FileKind.UNKNOWN),
]


@pytest.mark.parametrize(("name", "content", "kind"), KINDS, ids=[f"{name or 'no name'} {kind.value}" for name, _, kind in KINDS])
def test_what_it_is_is_told_by_its_bytes_and_not_by_its_name(name: str, content: bytes, kind: FileKind) -> None:
    assert kind_of_file(content, name) == kind


NAMES = {
    "../../etc/passwd": "passwd",
    r"C:\Windows\evil.exe": "evil.exe",
    "photo\u202egpj.exe": "photogpj.exe",
    "a\r\nSet-Cookie: x=1\0.txt": "aSet-Cookie_ x=1.txt",
    "con.txt": "_con.txt",
    "COM1": "_COM1",
    "..": "",
    " . ": "",
    "a" * 10_000 + ".jpg": "a" * 96 + ".jpg",
    "bill.pdf          .exe": "bill.pdf.exe",
    '"><img src=x>.png': "___img src=x_.png",
    "%2e%2e%2fx;y.txt": "_2e_2e_2fx_y.txt",
    "e\u0301te\u0301.jpg": "été.jpg",
}


@pytest.mark.parametrize(("hostile", "safe"), NAMES.items(), ids=[str(n) for n in range(len(NAMES))])
def test_no_name_leads_anywhere_or_hides_what_it_ends_in(hostile: str, safe: str) -> None:
    assert safe_name(hostile) == safe


@pytest.fixture
def house(shop: Shop) -> Iterator[House]:
    save_settings(shop.book(thanks()).settings)
    with shop.open() as opened:
        yield opened


def mail(*files: tuple[str, bytes], words: str = "Voici la photo du rôti, avez-vous le même ?", sender: str = "jeanne@example.org") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = sender, "shop@example.org", "Re: x", f"<{len(files)}{len(words)}@client.test>"
    made.set_content(words)
    for name, content in files:
        made.add_attachment(content, "image", "jpeg", filename=name)
    return made.as_bytes()


def told(house: House, number: int, language: str = "en") -> tuple[FileLine, ...]:
    return conversation(house, number, language).messages[-1].files


def test_it_is_kept_with_her_words_once_and_saved_as_a_file_that_runs_nowhere(house: House) -> None:
    raw = mail(("rôti.jpg", JPEG), ("bill.pdf.exe", b"MZ\x90"), ("plan.pdf", b"GIF89a"))
    number = receive(house, raw).number
    assert receive(house, raw).number == number
    photo, program, lying = told(house, number)
    assert (photo.name, photo.what, photo.size_bytes, photo.size, photo.remarks) == ("rôti.jpg", "photo (JPEG)", len(JPEG), "6 kB", ())
    assert program.is_not_to_open
    assert program.remarks == ("Do not open it: it can do something by itself.", "Its name ends twice, in .pdf and in .exe.")
    assert lying.remarks == ("Its name says that it is something else.",)
    assert told(house, number, "fr")[1].remarks[0] == "Ne l’ouvrez pas : il peut agir de lui-même."
    counter = TestClient(create_site(house), base_url="http://localhost")
    page = counter.get(f"/inbox/{number}").text
    assert (f'href="/inbox/files/{photo.number}" download' in page, "Do not open it" in page) == (True, True)
    saved = counter.get(f"/inbox/files/{photo.number}")
    assert (saved.content, saved.headers["content-type"], saved.headers["x-content-type-options"]) == (JPEG, "image/jpeg", "nosniff")
    assert saved.headers["content-disposition"] == "attachment; filename=\"r_ti.jpg\"; filename*=UTF-8''r%C3%B4ti.jpg"
    assert saved.headers["content-security-policy"].startswith("sandbox")
    closed = counter.get(f"/inbox/files/{program.number}")
    assert (closed.headers["content-type"], ".exe.do-not-open" in closed.headers["content-disposition"]) == ("application/octet-stream", True)
    assert counter.get(f"/inbox/files/{10**40}").status_code == counter.get("/inbox/files/99?lang=fr").status_code == 404
    assert "what she wrote to us" in her_looks(house, "martin")[0].sentence


def test_a_photo_without_a_word_is_a_conversation_too(house: House) -> None:
    assert [each.what for each in told(house, receive(house, mail(("a.jpg", JPEG), words="")).number)] == ["photo (JPEG)"]


@pytest.mark.parametrize("how", ["too many", "not whole"])
def test_where_not_all_of_a_mail_can_be_shown_the_mail_itself_is_kept(house: House, how: str) -> None:
    raw = mail(*[(f"{n}.jpg", JPEG) for n in range(MOST_KEPT + 3)]) if how == "too many" else mail(words="x\n" * 600)
    *others, last = told(house, receive(house, raw).number)
    assert (len(others), last.what, last.size_bytes) == (MOST_KEPT if how == "too many" else 0, "e-mail, as it came", len(raw))


def test_it_is_in_her_data_and_goes_with_her_or_after_a_year(house: House, shop: Shop) -> None:
    receive(house, mail(("../rôti.jpg", JPEG)))
    receive(house, mail(("karim.jpg", JPEG), words="Bonjour, du lapin ?", sender="karim@example.org"))
    with ZipFile(BytesIO(her_data(house, "martin"))) as archive:
        (line,) = json.loads(archive.read("data.json"))["files"]
        assert (line["name"], line["size_bytes"], archive.read(line["file"])) == ("rôti.jpg", len(JPEG), JPEG)
    hers = whom_of(house.truth, customer_of(house, "martin"))
    assert [row["name"] for row in everything_of(house.truth, hers)["attachment"]] == ["rôti.jpg"]
    forget(house, "martin")
    assert [name for (name,) in house.truth.run("SELECT name FROM attachment")] == ["karim.jpg"]
    with shop.open("2018-11-04") as later:
        assert let_go(later)["attachments"] == 1


def test_a_stranger_s_goes_where_his_answer_goes(house: House) -> None:
    first, second = (receive(house, mail((name, JPEG), words=f"Du lapin {name} ?", sender="who@knows.example")).stray for name in ("one.jpg", "number-two.jpg"))
    (one,) = strangers(house)
    assert [[file.name for file in each.files] for each in one.theirs] == [["one.jpg"], ["number-two.jpg"]]
    assert [file.name for file in told(house, attach(house, first, "martin", "Camille", only=first))] == ["one.jpg"]
    drop(house, second, "Camille")
    assert [name for (name,) in house.truth.run("SELECT name FROM attachment")] == ["one.jpg"]
    receive(house, mail(("number-two.jpg", JPEG), words="Du lapin number-two.jpg ?", sender="who@knows.example"))
    assert len(house.truth.run("SELECT name FROM attachment")) == 1


@pytest.mark.parametrize("words", ["Arrêtez peut-être ?\n" + "Voici toute mon histoire. " * 2_000, "x\n" * 600], ids=["long", "not read to its end"])
def test_of_a_stranger_s_mail_that_has_a_case_nothing_is_lost(house: House, words: str) -> None:
    raw = mail(("photo.jpg", JPEG), words=words, sender="who@knows.example")
    first = receive(house, raw)
    assert (first.heard and first.heard.case, receive(house, raw).stray) == (1, first.stray)
    (waits,) = strangers(house)
    assert waits.words.startswith(words.strip()[:300])
    assert {"photo.jpg", "the e-mail"} & {file.name for file in waits.said[0].files}


def test_the_files_of_a_stranger_s_letter_that_names_her_are_hers_and_go_with_her(house: House) -> None:
    receive(house, mail(("rôti.jpg", JPEG), words="Je demande pour Jeanne Martin. Voici la photo ?", sender="who@knows.example"))
    receive(house, mail(("lapin.jpg", JPEG), words="Et ce lapin, est-il à vous ?", sender="who@knows.example"))
    shown = everything_of(house.truth, whom_of(house.truth, customer_of(house, "martin")))
    assert [each["name"] for each in shown["attachment"]] == ["rôti.jpg"]
    forget(house, "martin")
    assert house.truth.run("SELECT name FROM attachment") == [("lapin.jpg",)]


ARE_READ = {"Ne m’écrivez plus. Mon colis n’est jamais arrivé, c’est honteux.": 1, "Stop": 1, "Effacez toutes mes données.": 0}


@pytest.mark.parametrize(("words", "waits"), ARE_READ.items(), ids=["complains", "stop", "erasure"])
def test_a_stranger_who_says_stop_and_complains_is_read_by_a_person(house: House, words: str, waits: int) -> None:
    receive(house, mail(words=words, sender="who@knows.example"))
    assert len(strangers(house)) == waits


def test_the_terminal_names_it_and_takes_it_out(
    house: House, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    number = receive(house, mail(("rôti.jpg", JPEG))).number
    habitue, out = command_line(shop.settings.data, monkeypatch, capsys), tmp_path / "out"
    assert f"[{told(house, number)[0].number}] rôti.jpg, photo (JPEG), 6 kB." in habitue("inbox", "show", str(number))[1]
    assert habitue("inbox", "file", str(told(house, number)[0].number), "--out", str(out))[0] == 0
    assert out.read_bytes() == JPEG
    assert habitue("inbox", "file", str(told(house, number)[0].number), "--out", str(out))[0] > 0


def test_it_comes_back_with_a_backup_and_of_hers_who_is_forgotten_nothing_does(house: House, tmp_path: Path) -> None:
    for name in ("jeanne", "karim", "who"):
        receive(house, mail((f"{name}.jpg", JPEG), words=f"Du lapin, {name} ?", sender=f"{name}@example.org"))
    file = backed_up(house.settings, tmp_path / "disk").file
    forget(house, "martin")
    assert "jeanne.jpg" not in str(read_with_all_keys(file))
    back = settings_at(tmp_path / "back", "sqlite")
    restore(back, backed_up(house.settings, tmp_path / "disk").file)
    assert sorted(row[4:] for row in rows_of(back)["attachment"]) == [(name, "jpeg", len(JPEG), JPEG) for name in ("karim.jpg", "who.jpg")]
