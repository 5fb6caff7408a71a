"""The images of letters: told by what they hold, served under an address that is the same for everybody, or not at all."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

import pytest

from habitue.content.letter_images import IMAGES, MOST_BYTES, Picture, bytes_together, kept, picture, picture_at
from habitue.content.letters import letter_of
from habitue.content.rendering import Frame, Rendered, render
from habitue.words.errors import BookError
from tests.content.images import png, put_image

JPEG = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xff\xdb\x00\x03\x00\xff\xc2\x00\x11\x08\x00\x1e\x00\x28\x03\x00\x00\x00"
WEBP = b"RIFF\x00\x00\x00\x00WEBP"
KINDS = {
    "png": png(40, 30),
    "gif": b"GIF89a\x28\x00\x1e\x00\x00\x00\x00;",
    "jpg": JPEG,
    "webp": WEBP + b"VP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x27\x00\x00\x1d\x00\x00",
}
LOSSY = WEBP + b"VP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x28\x00\x1e\x40"
LOSSLESS = WEBP + b"VP8L\x00\x00\x00\x00\x2f" + (39 | 29 << 14).to_bytes(4, "little")
SITE = "https://regulars.example.org"


def put(book: Path, content: bytes, name: str = "i.png") -> Picture:
    put_image(book, name, content)
    return picture(book, name)


def shown(book: Path, markdown: str, site: str | None = SITE, subject: str = "x", **values: str) -> Rendered:
    """A letter of the book that holds this, as it leaves."""
    (book / "letters").mkdir(exist_ok=True)
    (book / "letters" / "a.en.md").write_text(f'+++\nsubject = "{subject}"\n+++\n{markdown}\n', encoding="utf-8")
    return render(letter_of(book, "a", "en"), values, Frame("Martin", "Because.", f"{SITE}/her/x", f"{SITE}/out/x", site))


@pytest.mark.parametrize(("kind", "content"), [*KINDS.items(), ("webp", LOSSY), ("webp", LOSSLESS)])
def test_what_it_is_and_how_large_is_told_by_its_content_and_not_by_its_name(tmp_path: Path, kind: str, content: bytes) -> None:
    found = put(tmp_path, content, "misnamed.gif")
    assert (found.kind, found.width, found.height) == (kind, 40, 30)
    assert found.path == f"/images/{sha256(content).hexdigest()[:32]}.{kind}"


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload=alert(1)>", b"GIF89a", b"GIF89a<script>"[:9], JPEG[:8], b"\xff\xd8\xff" + b"\xff" * 900, WEBP, png(0, 4), b"%PDF-1.7", b"BMx",
     png(4_001, 1)],
)  # fmt: skip
def test_what_is_no_image_that_mail_shows_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BookError):
        put(tmp_path, content)


@pytest.mark.parametrize("name", ["../../secret.png", "none.png", "a/b.png", "", ".png", "x" * 70 + ".png", "images.png/../i.png", "é.png"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    put(tmp_path, KINDS["png"])
    (tmp_path / "secret.png").write_bytes(KINDS["png"])
    with pytest.raises(BookError, match="no such image"):
        picture(tmp_path, name)


def test_it_is_found_by_its_content_alone_and_a_changed_one_has_another_address(tmp_path: Path) -> None:
    first = put(tmp_path, KINDS["png"])
    address = first.path.removeprefix("/images/")
    assert picture_at(tmp_path, address) == (first, KINDS["png"])
    for other in (address.replace(".png", ".gif"), "0" * 32 + ".png", "../" + address, "i.png", "", address.upper()):
        assert picture_at(tmp_path, other) is None
    put_image(tmp_path, "broken.png", b"no")
    second = put(tmp_path, png(41, 30))
    assert second.path != first.path
    assert picture_at(tmp_path, address) is None
    put_image(tmp_path, "i.png", KINDS["png"] + b"x" * MOST_BYTES)
    assert picture_at(tmp_path, second.path.removeprefix("/images/")) is None


def test_everybody_gets_the_same_address_with_its_size(tmp_path: Path) -> None:
    wide = put(tmp_path, png(972, 100))
    put(tmp_path, png(40, 30), "small.png")
    pages = [shown(tmp_path, "Hello {{ name }},\n\n![Two loaves](i.png)\n\n![One](small.png)", name=name) for name in ("Alma", "Bea")]
    images = [re.findall(r"<img[^>]*>", page.html) for page in pages]
    assert images[0] == images[1]
    assert f'src="{SITE}{wide.path}"' in images[0][0]
    assert 'width="486"' in images[0][0]
    assert 'height="50"' in images[0][0]
    assert 'width="40"' in images[0][1]
    assert "[Two loaves]" in pages[0].text


def test_a_backup_keeps_the_newest_that_it_can_hold(tmp_path: Path) -> None:
    assert kept(tmp_path) == []
    for number in range(32):
        put_image(tmp_path, f"i{number}.png", b"x" * 999_000)
        os.utime(tmp_path / IMAGES / f"i{number}.png", (number, number))
    put_image(tmp_path, "film.png", b"x" * (MOST_BYTES + 1))
    assert [file.name for file in kept(tmp_path)] == [f"i{number}.png" for number in range(31, 1, -1)]
    assert bytes_together(tmp_path) == 32 * 999_000


@pytest.mark.parametrize(
    ("markdown", "site", "sentence"),
    [
        ("![x](none.png)", SITE, "There is no such image."),
        ("![x](i.png)", None, "set `address`"),
        ("![x](https://a.example/{{ name }}.png)", SITE, "An image is the same for everybody"),
        ("![x][r]\n\n[r]: https://a.example/{{ name }}.png", SITE, "An image is the same for everybody"),
        ("![x](<https://a.example/{{ name }}>)", SITE, "An image is the same for everybody"),
        ("![x\ny](https://a.example/{% if name %}i{% endif %})", SITE, "An image is the same for everybody"),
        ("{% if name %}![x](n{% else %}![x](i{% endif %}.png)", SITE, "An image is the same for everybody"),
    ],
)
def test_a_letter_does_not_leave_whose_image_nobody_sees_or_that_tells_who_reads(tmp_path: Path, markdown: str, site: str | None, sentence: str) -> None:
    put(tmp_path, KINDS["png"])
    with pytest.raises(BookError, match=re.escape(sentence)):
        shown(tmp_path, markdown, site, name="Alma")
