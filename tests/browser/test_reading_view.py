"""Pages of the original, what the machine read beside them, and what is said of unclear figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ingest.domain import Page, Span
from ingest.locating import boxes
from tests.browser.stub_reading import PAGE, words_of

pytestmark = pytest.mark.browser
NEAR_PX = 2


@pytest.fixture
def page(open_page: Callable[..., Any], stub_server: Any) -> Any:
    return open_page(stub_server.url)


@pytest.fixture
def parsed(page: Any) -> Any:
    """The parsed view of the scanned report, with its first page shown."""
    page.get_by_role("button", name="Báo cáo (2)").click()
    page.get_by_role("button", name="Xem máy đọc được gì").first.click()
    page.wait_for_selector("#parsed .tree-section")
    page.wait_for_selector("#parsed .paper img")
    return page


def ask(page: Any, question: str) -> None:
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".short-answer")


def test_the_quote_is_boxed_where_its_words_are_printed(page: Any, stub_module: Any) -> None:
    ask(page, "so khong ro")
    page.locator(".source-link").first.click()
    page.wait_for_selector("#source .paper img")
    start, end = stub_module.START, stub_module.START + len(stub_module.QUOTE)
    words = words_of(stub_module.TEXT, start, end)
    wanted = boxes(Page(PAGE, Span(0, end), 595, 842, words=words), Span(start, end))
    sheet = page.locator("#source .paper-sheet img").bounding_box()
    shown = [one.bounding_box() for one in page.locator("#source .paper-box").all()]
    assert len(shown) == len(wanted) == 2
    for box, want in zip(shown, wanted, strict=True):
        for got, edge, size, begin in (
            (box["x"], want.left, sheet["width"], sheet["x"]),
            (box["x"] + box["width"], want.right, sheet["width"], sheet["x"]),
            (box["y"], want.top, sheet["height"], sheet["y"]),
            (box["y"] + box["height"], want.bottom, sheet["height"], sheet["y"]),
        ):
            assert abs(got - (begin + edge * size)) <= NEAR_PX + 0.005 * size
    panel = page.locator("#source").bounding_box()
    assert panel["y"] < shown[0]["y"] < panel["y"] + panel["height"]
    assert "Trang 3" in page.locator("#source .panel-head").inner_text()
    assert page.complaints == []


def test_the_text_is_one_key_away(page: Any, stub_module: Any, until: Callable[..., None]) -> None:
    ask(page, "so khong ro")
    page.locator(".source-link").first.click()
    page.wait_for_selector("#source .paper img")
    page.get_by_role("tab", name="Trang gốc").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#source mark").inner_text() == stub_module.QUOTE
    assert page.get_by_role("tab", name="Văn bản").get_attribute("aria-selected") == "true"
    assert not page.locator("#source .paper").is_visible()


def test_an_unclear_figure_is_marked_and_leads_to_its_page(page: Any) -> None:
    ask(page, "so khong ro")
    assert "đọc từ bản quét không rõ" in page.locator(".answer .band").inner_text()
    assert page.locator(".figure.unclear .badge").inner_text() == "Đọc không rõ"
    page.get_by_role("button", name="Đối chiếu trang 3").click()
    page.wait_for_selector("#source .paper-box")


def test_a_citation_without_a_page_has_no_tabs(page: Any) -> None:
    ask(page, "dien tich rung")
    page.locator(".source-link").first.click()
    page.wait_for_selector("#source mark")
    assert page.locator("#source [role=tab]").count() == 0


def test_the_list_says_how_each_report_was_read(page: Any) -> None:
    page.get_by_role("button", name="Báo cáo (2)").click()
    page.wait_for_selector(".report")
    first = page.locator(".report").first
    assert "Bản quét" in first.inner_text()
    assert "Đọc được phần lớn" in first.inner_text()
    first.locator("summary", has_text="Đọc được tới đâu: 1 điều cần xem").click()
    first.locator(".reading-line").wait_for()
    first.get_by_role("button", name="Xem ở trang 3, II. LÂM NGHIỆP").click()
    page.wait_for_selector("#parsed .here")
    here = page.locator("#parsed .here")
    assert "1.234,5 ha" in (here.text_content() or "")
    side, place = page.locator("#parsed .parsed-side").first.bounding_box(), here.bounding_box()
    assert side["y"] <= place["y"] < side["y"] + side["height"]


def test_figures_say_how_they_were_read(parsed: Any) -> None:
    figure = parsed.locator("#parsed .fig", has_text="1.234,5 ha")
    figure.scroll_into_view_if_needed()
    parsed.locator("#parsed .parsed-side").first.focus()
    figure.focus()
    parsed.keyboard.press("Tab")
    parsed.keyboard.press("Shift+Tab")
    tip = parsed.locator(".tip")
    assert tip.evaluate("one => one.closest('dialog').id") == "parsed"  # outside it the dialog would cover it
    said = " ".join(tip.inner_text().split())
    for words in ("diện tích rừng trồng mới", "1.234,5 ha", "Số thực hiện", "quý I/2031", "huyện Mẫu Sơn", "đối chiếu"):
        assert words in said
    assert "doubt" in (figure.get_attribute("class") or "")


def test_a_figure_is_boxed_on_its_page(parsed: Any, until: Callable[..., None]) -> None:
    parsed.locator("#parsed .fig", has_text="12,5%").click()
    until(parsed, "document.querySelectorAll('#parsed .paper-box').length === 1")
    parsed.wait_for_timeout(800)  # the scrolling that came with the click turns no page
    assert "Trang 3/4 (bản quét)" in parsed.locator("#parsed .pager").inner_text()
    assert parsed.complaints == []


def test_a_mark_and_its_note_are_bound(parsed: Any) -> None:
    mark = parsed.get_by_role("button", name="Chú thích 1")
    mark.focus()
    assert "linked" in (parsed.locator("#parsed .note").get_attribute("class") or "")
    parsed.keyboard.press("Enter")
    assert parsed.evaluate("document.activeElement.className").startswith("note")
    parsed.get_by_role("button", name="về chỗ gắn").click()
    assert parsed.evaluate("document.activeElement.id") == "mark-0"


def test_pages_turn_with_the_text_and_back(parsed: Any, until: Callable[..., None]) -> None:
    assert "Trang 1/4" in parsed.locator("#parsed .pager").inner_text()
    parsed.evaluate("document.querySelector('#parsed .head').scrollIntoView({block: 'start'})")
    until(parsed, "document.querySelector('#parsed .pager').textContent.includes('Trang 3/4')")
    parsed.get_by_role("button", name="Trang sau").click()
    assert "Trang 4/4" in parsed.locator("#parsed .pager").inner_text()
    parsed.wait_for_timeout(400)
    assert "Trang 4/4" in parsed.locator("#parsed .pager").inner_text()
    assert parsed.get_by_role("button", name="Trang sau").is_disabled()


def test_a_file_without_pages_is_shown_as_text(page: Any, stub_module: Any) -> None:
    page.get_by_role("button", name="Báo cáo (2)").click()
    page.get_by_role("button", name="Xem máy đọc được gì").nth(1).click()
    page.wait_for_selector("#parsed .tree-section")
    page.locator("#parsed .fig", has_text="12,5%").click()
    assert page.locator("#parsed .paper-side mark").inner_text() == "12,5%"


def test_markup_in_a_message_stays_text(parsed: Any) -> None:
    assert parsed.locator("#parsed .issue.warning").count() == 1
    assert parsed.evaluate("window.hacked") is None
    assert parsed.locator("#parsed table th").all_text_contents() == ["Đoạn", "Nội dung"]


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_hangs_over_the_edge(open_page: Callable[..., Any], stub_server: Any, width: int) -> None:
    page = open_page(stub_server.url, viewport={"width": width, "height": 800})
    page.get_by_role("button", name="Báo cáo").first.click()
    page.wait_for_selector(".report")
    assert page.locator("#reports").evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    page.get_by_role("button", name="Xem máy đọc được gì").first.click()
    page.wait_for_selector("#parsed .tree-section")
    for side in page.locator("#parsed .parsed-side").all():
        assert side.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    if width < 900:
        assert not page.locator("#parsed .paper-side").is_visible()
        page.get_by_role("button", name="Bản gốc", exact=True).click()
        page.wait_for_selector("#parsed .paper img")


def test_a_page_can_be_looked_at_closer(page: Any) -> None:
    ask(page, "so khong ro")
    page.locator(".source-link").first.click()
    page.wait_for_selector("#source .paper img")
    before = page.locator("#source .paper-sheet").bounding_box()["width"]
    page.get_by_role("button", name="Phóng to trang 3").click()
    assert page.locator("#source .paper-sheet").bounding_box()["width"] == pytest.approx(2 * before, rel=0.02)
    assert page.locator("#source").evaluate("one => one.scrollWidth - one.clientWidth") <= 0


CONTRAST = """
(selector) => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => [r, g, b].map((c) => linear(c / 255))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const found = parse(getComputedStyle(one).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll(selector)].filter((one) => one.offsetParent).map((node) => {
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_new_can_be_read(open_page: Callable[..., Any], stub_server: Any, scheme: str) -> None:
    page = open_page(stub_server.url, color_scheme=scheme)
    ask(page, "so khong ro")
    seen = page.evaluate(CONTRAST, ".badge, .answer .place, .band")
    page.get_by_role("button", name="Báo cáo (2)").click()
    page.wait_for_selector(".report")
    seen += page.evaluate(CONTRAST, "#reports .badge, #reports summary, #reports .btn")
    page.get_by_role("button", name="Xem máy đọc được gì").first.click()
    page.wait_for_selector("#parsed .tree-section")
    seen += page.evaluate(
        CONTRAST,
        "#parsed .fig, #parsed .note-mark, #parsed .place, #parsed .issue, #parsed .note, #parsed .btn:enabled",
    )
    assert len(seen) > 20
    assert min(seen) >= 4.5


def test_controls_have_names_and_room(parsed: Any) -> None:
    buttons = parsed.locator("#parsed button")
    names = buttons.evaluate_all("all => all.map((one) => one.ariaLabel || one.textContent.trim())")
    assert len(names) > 5
    assert all(names)
    heights = parsed.locator("#parsed .btn").evaluate_all("all => all.map((one) => one.offsetHeight).filter(Boolean)")
    assert min(heights) >= 24
    parsed.keyboard.press("Escape")
    assert not parsed.evaluate("document.getElementById('parsed').open")
    assert parsed.evaluate("document.getElementById('reports').open")
