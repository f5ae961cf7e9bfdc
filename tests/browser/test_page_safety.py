"""What must hold whatever the service sends: nothing runs, nothing leaves, nothing overflows, contrast holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

WEB = Path(__file__).parents[2] / "service" / "web"
LAST_CARD = ".turn:last-child .card:not(.waiting)"
TARGETS_UNDER_24_PX = """
() => [...document.querySelectorAll('button, a, select, textarea, input')]
  .filter(node => node.checkVisibility({visibilityProperty: true}) && !node.closest('.offscreen, .check, .skip'))
  .map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([html]) => html)
"""
# WCAG 2.2 relative luminance; a transparent background is looked for among the ancestors.
LOW_CONTRAST = """
() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const linear = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(linear);
    return .2126 * x + .7152 * y + .0722 * z; };
  const ground = node => { for (; node; node = node.parentElement) {
    const found = rgb(getComputedStyle(node).backgroundColor); if (found[3] > 250) return found; }
    return [255, 255, 255]; };
  const bad = [];
  for (const node of document.querySelectorAll('body *')) {
    const says = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    if (!says || !node.checkVisibility({visibilityProperty: true}) || node.matches(':disabled, option')) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) bad.push([node.outerHTML.slice(0, 90), ((a + .05) / (b + .05)).toFixed(2)]);
  }
  return bad;
}
"""


def ask(page: Any, question: str) -> Any:
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.wait_for_selector(LAST_CARD)
    return page.locator(LAST_CARD)


def test_markup_in_any_field_stays_text(open_page: Callable[..., Any], stub_server: Any, stub_module: Any) -> None:
    page = open_page(stub_server.url)
    card = ask(page, f"xss {stub_module.XSS}")
    assert card.inner_text().count("<script>") >= 8
    card.locator(".answer-text .cite").first.click()
    page.wait_for_selector("#source .band")
    assert stub_module.XSS in page.locator("#source").text_content()
    page.keyboard.press("Escape")
    ask(page, "loi")
    page.reload()
    page.wait_for_selector(".card.answer")
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, main svg, main script, dialog img, dialog script").count() == 0
    assert page.complaints == []
    assert page.locator("[href^='javascript'], [src^='javascript']").count() == 0


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_nothing_is_asked_of_another_origin(open_page: Callable[..., Any], stub_server: Any, path: str) -> None:
    page = open_page(stub_server.url + path)
    ask(page, "xss").locator(".answer-text .cite").first.click()
    page.wait_for_selector("#source .details")
    assert len(page.requests) > 10
    assert [one for one in page.requests if not one.startswith(stub_server.url + "/")] == []
    assert page.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_small_screen_has_no_sideways_scroll_and_big_targets(
    open_page: Callable[..., Any], stub_server: Any, theme: str
) -> None:
    page = open_page(stub_server.url, viewport={"width": 360, "height": 720}, color_scheme=theme)
    for question in ("Bao nhiêu rừng?", "xss", "khong co", "loi"):
        ask(page, question)
    page.get_by_role("button", name="Chưa đúng").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(TARGETS_UNDER_24_PX) == []
    page.locator(".turn").nth(1).locator(".answer-text .cite").first.click()
    page.wait_for_selector("#source .details")
    assert page.evaluate("document.getElementById('source').matches(':modal')")
    assert page.evaluate("document.getElementById('source').scrollWidth") <= 360
    page.keyboard.press("Escape")
    page.click("#open-reports")
    page.wait_for_selector(".report")
    assert page.evaluate("document.getElementById('reports').scrollWidth") <= 360


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_and_screenshot_in_both_themes(
    open_page: Callable[..., Any], stub_server: Any, theme: str, tmp_path: Path
) -> None:
    page = open_page(stub_server.url, color_scheme=theme, viewport={"width": 1280, "height": 900})
    ask(page, "khong co")
    ask(page, "loi")
    ask(page, "Bao nhiêu rừng?").locator(".answer-text .cite").first.click()
    page.wait_for_selector("mark")
    assert page.evaluate(LOW_CONTRAST) == []
    shot = page.screenshot(path=tmp_path / f"{theme}.png")
    assert shot.startswith(b"\x89PNG")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground))) < 120) == (theme == "dark")


def test_the_theme_switch_wins_over_the_system_and_lasts(open_page: Callable[..., Any], stub_server: Any) -> None:
    page = open_page(stub_server.url, color_scheme="light")
    page.get_by_role("button", name="Nền tối").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_by_role("button", name="Nền sáng").is_visible()


def test_line_height_and_live_region(open_page: Callable[..., Any], stub_server: Any) -> None:
    page = open_page(stub_server.url)
    card = ask(page, "Bao nhiêu rừng?")
    ratio = (
        "node => [...node.querySelectorAll('*')].map(one => getComputedStyle(one))"
        ".every(one => parseFloat(one.lineHeight) / parseFloat(one.fontSize) >= 1.49)"
    )
    assert card.evaluate(ratio)
    assert page.locator("#live").get_attribute("aria-live") == "polite"
    assert "Đã trả lời. 1.234,5 ha" in page.locator("#live").text_content()


def test_sources_keep_the_rules() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|https?://(?!www\.w3\.org|SERVICE)"
    )
    files = [one for one in WEB.rglob("*") if one.suffix in {".js", ".html", ".css", ".svg"}]
    assert len(files) > 15
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 300, file
        assert not forbidden.search(text), file
        if file.suffix == ".html":
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text), file
    assert sum(one.stat().st_size for one in files) < 150_000
