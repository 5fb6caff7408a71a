"""What a brand's own styles do to the lines that no letter leaves without: nothing, in Chromium; or the letter does not leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from habitue.words.errors import BookError
from tests.content.test_mjml_letters import HEAD, page, sent

FULL = "position: absolute; top: 0; left: 0; width: 600px; height: 1200px; background: #fffdf8"
SHEETS = {
    "far down": "p { padding-top: 1200px; margin: 1200px 0 } td { height: 1200px } div { margin-bottom: 1200px } table { margin-top: 1200px }",
    "squeezed": "* { line-height: 0 !important; font-size: 0 !important; max-height: 0 !important; letter-spacing: -1em; text-indent: -900px !important }",
    "the page squeezed": "html, body, :root { line-height: 0; font-size: 1px; height: 10px; max-height: 10px; overflow: hidden; letter-spacing: -9px }",
    "the page gone": "body { display: none !important } html { visibility: hidden; opacity: 0 } :root body > div { display: none !important }",
    "moved": "* { transform: translateX(-1100px) scale(0.01); clip-path: inset(100%); clip: rect(0 0 0 0); position: absolute !important; left: -1100px }",
    "seen through": "* { opacity: 0 !important; color: #fffdf8 !important; filter: opacity(0); mix-blend-mode: screen; visibility: hidden !important }",
    "covered": f".over {{ {FULL} }}",
    "pulled over it": ".over { margin-bottom: -600px; position: relative; z-index: 9; background: #fff } .words { height: 0; margin-bottom: -900px }",
    "beside it": "div { float: left; width: 0 !important } body ~ div, body + div, html body > * { display: none } div > div { display: none !important }",
    "by its place": "div:last-child, div:nth-child(n), body > div > div:last-of-type, [class^=hab] { display: none !important; color: #fff !important }",
}
BY_HAND = {
    f"by hand: {name}": f"<div style='{style}'>x</div>"
    for name, style in {"covered": FULL, "pulled": "margin-bottom:-1100px;position:relative;background:#fff"}.items()
}
DEFAULTS = (
    "<mj-attributes><mj-all height='1px' width='10px' font-size='1px' line-height='0' padding='200px' color='#fffdf8' />"
    "<mj-body width='20px' /></mj-attributes>"
)
REFUSED = [
    "padding-top: 5000px",
    "padding: 90em",
    "line-height: 999",
    "height: 500vh",
    "margin: 1e6px",
    "position: fixed",
    "position:/**/fixed",
    "height: calc(900px * 9)",
]
SEEN = """() => [...document.querySelectorAll('.habitue-after p')].map(line => {
  line.scrollIntoView({block: 'center'});
  const words = line.querySelector('a') || line, style = getComputedStyle(words), box = words.getBoundingClientRect();
  const range = document.createRange(); range.selectNodeContents(words);
  const first = range.getClientRects()[0], top = document.elementFromPoint(first.left + 5, first.top + first.height / 2);
  const linear = part => (part /= 255) <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
  const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(linear); return .2126 * r + .7152 * g + .0722 * b; };
  let ground = words; while (/, 0\\)$/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
  const [dark, bright] = [light(style.color), light(getComputedStyle(ground).backgroundColor)].sort((a, b) => a - b);
  return [box.width >= 90, box.height >= 14, first.left >= 0, parseFloat(style.fontSize) >= 13, parseFloat(style.lineHeight) >= 17,
    style.letterSpacing === 'normal', (bright + .05) / (dark + .05) >= 4.5, words.contains(top) || top.contains(words),
    words.checkVisibility({opacityProperty: true, visibilityProperty: true})].every(each => each);
})"""


def test_the_lines_below_are_seen_read_and_not_covered_whatever_a_brand_s_styles_say(browser: Browser, tmp_path: Path) -> None:
    letters = {"plain": ("", ""), "defaults of all parts": (DEFAULTS, "")} | {name: ("", words) for name, words in BY_HAND.items()}
    for name, sheet in SHEETS.items():
        important = sheet.replace(" !important", "").replace(";", " !important;").replace(" }", " !important }")
        letters |= {
            name: (f"<mj-style>{sheet}</mj-style>", ""),
            f"{name}, in the window": (f"<mj-style>@media (min-width: 1px) {{ {important} }}</mj-style>", ""),
        }
    window = browser.new_page(viewport={"width": 360, "height": 640})
    seen = {}
    for name, (head, words) in letters.items():
        mjml = page(f"<mj-text css-class='words over'><div class='over'>Hello{words}</div></mj-text>", HEAD + head)
        window.set_content(sent(tmp_path, mjml).html)
        seen[name] = window.evaluate(SEEN)
    window.close()
    assert seen == dict.fromkeys(letters, [True] * 4)


@pytest.mark.parametrize("said", REFUSED)
def test_what_is_larger_than_any_letter_or_stands_in_the_window_s_place_does_not_leave(tmp_path: Path, said: str) -> None:
    for mjml in (page("<mj-text>Hello</mj-text>", f"{HEAD}<mj-style>p {{ {said} }}</mj-style>"), page(f"<mj-text><p style='{said}'>Hello</p></mj-text>")):
        with pytest.raises(BookError, match="is not sent"):
            sent(tmp_path, mjml)
