"""The chat page against the stand-in service: answers, sources, keyboard, errors, small screens."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.browser

QUESTION = "Toàn huyện trồng được bao nhiêu rừng?"
LAST_CARD = ".turn:last-child .card:not(.waiting)"


def ask(page: Any, question: str) -> Any:
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.wait_for_selector(LAST_CARD)
    return page.locator(LAST_CARD)


@pytest.fixture
def page(open_page: Callable[..., Any], stub_server: Any) -> Any:
    opened = open_page(stub_server.url)
    opened.wait_for_selector("#starters button")
    return opened


def test_answer_card_shows_every_part(page: Any) -> None:
    card = ask(page, QUESTION)
    assert card.locator(".short-answer").inner_text() == "1.234,5 ha"
    assert "Hiểu là: diện tích rừng trồng mới" in card.locator(".understood").inner_text()
    assert card.locator(".answer-text .cite").all_inner_texts() == ["1", "1"]
    assert "[1]" not in card.locator(".answer-text").inner_text()
    assert card.locator(".figure-value").first.inner_text().startswith("1.234,5 ha")
    assert "Số thực hiện" in card.locator(".figure").first.inner_text()
    assert "1.234,5 − 1.097,3 = 137,2" in card.locator(".computation").inner_text()
    assert "số ước tính" in card.locator(".band").inner_text()
    assert "cần kiểm tra với nguồn" in page.locator(".notice").inner_text()
    assert page.locator(".notice").is_visible()


def test_a_short_answer_that_is_the_whole_sentence_is_said_once(page: Any) -> None:
    card = ask(page, "nguyen cau")
    assert card.inner_text().count("Công tác phòng cháy được duy trì.") == 1
    assert card.locator(".answer-text .cite").count() == 1


def test_highlight_is_the_quote_letter_by_letter(page: Any, stub_module: ModuleType) -> None:
    ask(page, QUESTION).locator(".answer-text .cite").first.click()
    mark = page.wait_for_selector("mark#trich-dan")
    assert mark.text_content() == stub_module.QUOTE
    assert page.locator("mark").count() == 1
    shown = page.locator("#source .report-text").text_content()
    assert shown in stub_module.TEXT
    box, panel = mark.bounding_box(), page.locator("#source").bounding_box()
    assert panel["y"] <= box["y"] and box["y"] + box["height"] <= panel["y"] + panel["height"]
    assert "12/BC-UBND" in page.locator("#source .details").inner_text()
    assert "Chú thích 1" in page.locator("#source .panel-head").inner_text()


def test_the_section_is_shown_whole_or_two_thousand_characters_around(page: Any, stub_module: ModuleType) -> None:
    text = stub_module.TEXT
    ask(page, QUESTION).locator(".answer-text .cite").first.click()
    page.wait_for_selector("mark")
    here = text.index("II. LÂM NGHIỆP")
    shown = page.locator("#source .report-text")
    assert shown.text_content() == text[here : here + stub_module.SECTION_LENGTH]
    page.keyboard.press("Escape")
    ask(page, "dai").locator(".answer-text .cite").first.click()
    page.wait_for_selector("mark")
    assert page.locator("mark").text_content() == stub_module.QUOTE
    assert 4000 < len(shown.text_content()) < 5000


def test_more_text_grows_to_both_ends(page: Any, stub_module: ModuleType) -> None:
    ask(page, QUESTION).locator(".answer-text .cite").first.click()
    page.wait_for_selector("mark")
    for label in ("Xem thêm phần trước", "Xem thêm phần sau"):
        more = page.get_by_role("button", name=label)
        while more.is_visible():
            more.click()
    assert page.locator("#source .report-text").text_content() == stub_module.TEXT
    assert page.locator("mark").text_content() == stub_module.QUOTE


def test_a_quote_that_no_longer_stands_there_is_said_not_marked(page: Any, stub_module: ModuleType) -> None:
    ask(page, "lech").locator(".answer-text .cite").first.click()
    page.wait_for_selector("#source .band")
    assert "không còn khớp" in page.locator("#source .band").inner_text()
    assert page.locator("mark").count() == 0
    assert page.locator("#source blockquote").text_content() == stub_module.QUOTE


def test_a_quote_of_a_version_since_replaced_says_so_and_leads_to_the_present_one(page: Any) -> None:
    ask(page, QUESTION).locator(".answer-text .cite").first.click()
    page.wait_for_selector("mark")
    assert page.locator("#source .band").count() == 0
    page.keyboard.press("Escape")
    ask(page, "bancu").locator(".answer-text .cite").first.click()
    page.wait_for_selector("#source .band")
    assert "đã có bản mới" in page.locator("#source .band").inner_text()
    assert page.locator("mark").count() == 1
    page.get_by_role("button", name="Xem bản đang dùng").click()
    page.wait_for_selector("#source .band", state="detached")
    page.locator("#source .report-text").wait_for()
    assert page.locator("mark").count() == 0


def test_focus_goes_to_the_source_and_comes_back(page: Any, until: Callable[..., None]) -> None:
    chip = ask(page, QUESTION).locator(".answer-text .cite").nth(1)
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    assert page.evaluate("document.activeElement.id") == "source-title"
    page.keyboard.press("Escape")
    until(page, "!document.getElementById('source').open")
    assert chip.evaluate("node => node === document.activeElement")


def test_tooltip_on_keyboard_focus_and_escape(page: Any, stub_module: ModuleType) -> None:
    card = ask(page, QUESTION)
    page.keyboard.press("Shift+Tab")
    chip = card.locator(".answer-text .cite").first
    chip.focus()
    tip = page.locator("#tip")
    assert stub_module.QUOTE in tip.inner_text()
    assert chip.get_attribute("aria-describedby") == "tip"
    page.keyboard.press("Escape")
    assert tip.is_hidden()


def test_keyboard_alone_asks_and_follows_up(page: Any, stub_server: Any, until: Callable[..., None]) -> None:
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "question"
    page.keyboard.type("Dòng một")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("dòng hai")
    assert page.input_value("#question") == "Dòng một\ndòng hai"
    page.keyboard.press("Escape")
    assert page.input_value("#question") == ""
    ask(page, QUESTION)
    page.get_by_role("button", name="Có bao nhiêu vụ cháy rừng?").click()
    until(page, "document.querySelectorAll('.card.answer').length === 2")
    page.keyboard.press("Alt+1")
    page.wait_for_selector("mark")


def test_enter_that_ends_a_composition_does_not_send(page: Any) -> None:
    page.fill("#question", "Số vụ cháy rưng")
    page.evaluate("document.getElementById('question').dispatchEvent(new CompositionEvent('compositionstart'))")
    page.press("#question", "Enter")
    assert page.locator(".turn").count() == 0
    page.evaluate("document.getElementById('question').dispatchEvent(new CompositionEvent('compositionend'))")
    page.evaluate(
        "document.getElementById('question').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"
    )
    assert page.locator(".turn").count() == 0
    page.fill("#question", QUESTION)
    page.press("#question", "Enter")
    page.wait_for_selector(LAST_CARD)


def test_the_conversation_goes_on_and_can_be_begun_anew(page: Any, stub_server: Any, stub_app: Any) -> None:
    ask(page, QUESTION)
    ask(page, "còn 6 tháng thì sao?")
    assert [one["conversation_id"] for one in stub_app.state.asked[-2:]] == [None, "c1"]
    page.reload()
    assert page.locator(".card.answer").count() == 2
    page.click("#renew")
    assert page.locator(".turn").count() == 0
    ask(page, QUESTION)
    assert stub_app.state.asked[-1]["conversation_id"] is None


def test_a_conversation_the_service_forgot_is_begun_anew(page: Any, stub_app: Any) -> None:
    ask(page, QUESTION)
    page.evaluate(
        "sessionStorage.setItem('hoibaocao-conversation',"
        'sessionStorage.getItem(\'hoibaocao-conversation\').replace(\'"id":"c1"\', \'"id":"c-gone"\'))'
    )
    page.reload()
    card = ask(page, "còn 6 tháng thì sao?")
    assert card.locator(".short-answer").inner_text() == "1.234,5 ha"
    assert [one["conversation_id"] for one in stub_app.state.asked[-2:]] == ["c-gone", None]


def test_scope_is_sent_and_shown(page: Any, stub_app: Any) -> None:
    page.select_option("#scope-report", "r2")
    page.select_option("#scope-year", "2030")
    card = ask(page, QUESTION)
    assert stub_app.state.asked[-1]["filters"] == {"report_ids": ["r2"], "year": 2030}
    assert "Phạm vi: Báo cáo 6 tháng đầu năm 2030" in card.locator(".understood").inner_text()


@pytest.mark.parametrize(
    ("question", "status", "title", "next_question"),
    [
        ("khong co", "not_found", "Không tìm thấy trong báo cáo", "Có bao nhiêu xe buýt?"),
        ("nam nao", "clarify", "Cần hỏi rõ thêm", "Quý I năm 2031?"),
    ],
)
def test_calm_cards_are_no_errors(page: Any, question: str, status: str, title: str, next_question: str) -> None:
    card = ask(page, question)
    assert card.get_attribute("data-status") == status
    assert card.locator("h3").inner_text() == title
    assert page.locator(".error, [role=alert]").count() == 0
    card.get_by_role("button", name=next_question).click()
    page.wait_for_selector(".short-answer")


def test_error_card_has_its_codes_and_retries(page: Any, stub_app: Any, until: Callable[..., None]) -> None:
    card = ask(page, "loi")
    assert "Kho chỉ mục đang bận" in card.inner_text()
    assert "Mã lỗi: index-unavailable" in card.inner_text()
    assert "Mã tra cứu: req-7f3a" in card.inner_text()
    asked = len(stub_app.state.asked)
    card.get_by_role("button", name="Thử lại").click()
    page.wait_for_selector(LAST_CARD)
    until(page, "!document.querySelector('.waiting')")
    assert len(stub_app.state.asked) == asked + 1
    assert page.locator(".turn").count() == 1


@pytest.mark.parametrize("way", ["key", "button"])
def test_stop_keeps_what_had_come(page: Any, way: str, until: Callable[..., None]) -> None:
    page.fill("#question", "cham")
    page.press("#question", "Enter")
    page.wait_for_selector(".stages li:nth-child(2)")
    assert "Đang tìm trong 2 báo cáo" in page.locator(".stages").inner_text()
    until(page, "document.querySelector('.partial').textContent !== ''")
    if way == "key":
        page.keyboard.press("Escape")
    else:
        page.locator("#ask").get_by_role("button", name="Dừng").click()
    card = page.locator(".card.stopped")
    card.wait_for()
    assert "Phần đầu đã kiểm chứng." in card.inner_text()
    assert "Đã dừng" in card.inner_text()
    assert card.get_by_role("button", name="Hỏi lại").is_visible()


def test_plain_json_answers_are_taken_too(page: Any) -> None:
    assert ask(page, "json").locator(".short-answer").inner_text() == "1.234,5 ha"


def test_copy_carries_the_sources(open_page: Callable[..., Any], stub_server: Any, stub_module: ModuleType) -> None:
    page = open_page(stub_server.url, permissions=["clipboard-read", "clipboard-write"])
    card = ask(page, QUESTION)
    card.get_by_role("button", name="Sao chép kèm nguồn").click()
    card.get_by_role("button", name="Đã sao chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert "Trả lời: 1.234,5 ha" in copied
    assert "Nguồn:\n[1] " in copied
    assert stub_module.QUOTE in copied
    assert "cần kiểm tra với nguồn" in copied


def test_feedback_with_reasons(page: Any, stub_app: Any) -> None:
    card = ask(page, QUESTION)
    card.get_by_role("button", name="Chưa đúng").click()
    card.get_by_label("Sai kỳ").check()
    card.get_by_label("Ý kiến thêm").fill("Phải là quý II")
    card.get_by_role("button", name="Gửi lý do").click()
    card.get_by_text("đã ghi nhận lý do").wait_for()
    answer_id, sent = stub_app.state.feedback[-1]
    assert answer_id == "a1"
    assert sent["rating"] == "down"
    assert "wrong_period" in str(sent)
    assert sent["comment"] == "Phải là quý II"
