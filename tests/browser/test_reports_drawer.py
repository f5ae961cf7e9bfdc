"""The reports drawer against the stand-in service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI

pytestmark = pytest.mark.browser

DROP = """
() => {
  const carried = new DataTransfer();
  carried.items.add(new File(['x'], 'keo-tha.docx'));
  window.dispatchEvent(new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true}));
}
"""


@pytest.fixture
def drawer(open_page: Callable[..., Any], stub_server: Any) -> Any:
    page = open_page(stub_server.url)
    page.get_by_role("button", name="Báo cáo (2)").click()
    page.wait_for_selector(".report")
    return page


def upload(page: Any, name: str) -> Any:
    page.set_input_files("#reports input[type=file]", [{"name": name, "mimeType": "x/y", "buffer": b"x"}])
    row = page.locator(".upload", has_text=name)
    row.locator("progress").wait_for(state="hidden")
    return row


def test_the_list_tells_what_is_stored(drawer: Any) -> None:
    first = drawer.locator(".report").first.inner_text()
    assert "Số 12/BC-UBND" in first
    assert "02/04/2031" in first
    assert "12 mục · 3 chú thích · 1 bảng · 148 số liệu" in first


def test_an_upload_shows_its_balance_sheet_and_issues(drawer: Any) -> None:
    row = upload(drawer, "bao-cao.docx")
    row.locator(".reading-line").wait_for()
    said = row.inner_text()
    assert "có điểm cần xem lại; thay cho bản trước của cùng báo cáo" in said
    assert "Đọc được phần lớn" in said
    assert "2/3 chú thích, 1 bảng, 148 số liệu · 1 điều cần xem" in said
    assert "Chú thích 3 không tìm thấy dấu" in said
    row.locator("summary", has_text="Trong tệp so với trong kho").click()
    assert "Con số trong văn bản 210" in " ".join(row.locator(".balance").inner_text().split())
    assert drawer.evaluate("window.hacked") is None


def test_page_images_are_sent_as_one_report(drawer: Any, stub_app: Any) -> None:
    pages = [{"name": f"trang {number}.jpg", "mimeType": "image/jpeg", "buffer": b"x"} for number in (1, 2)]
    with drawer.expect_file_chooser() as chooser:
        drawer.get_by_role("button", name="Ghép ảnh các trang của một báo cáo").click()
    chooser.value.set_files(pages)
    drawer.locator(".upload", has_text="trang 1.jpg và 1 ảnh khác").locator("progress").wait_for(state="hidden")
    assert stub_app.state.uploaded == ["trang 1.jpg", "trang 2.jpg"]


def test_a_refusal_says_why_and_offers_no_second_try(drawer: Any) -> None:
    row = upload(drawer, "mat-1.docx")
    assert "Văn bản có dấu mật" in row.inner_text()
    assert row.get_by_role("button", name="Thử lại").count() == 0


def test_a_file_dropped_on_the_page_is_taken(open_page: Callable[..., Any], stub_server: Any) -> None:
    page = open_page(stub_server.url)
    page.evaluate(DROP)
    page.locator(".upload", has_text="keo-tha.docx").wait_for()
    assert page.evaluate("document.getElementById('reports').open")


def test_asking_within_one_report(drawer: Any) -> None:
    drawer.get_by_role("button", name="Hỏi trong báo cáo này").nth(1).click()
    assert drawer.input_value("#scope-report") == "r2"
    assert drawer.evaluate("document.activeElement.id") == "question"


def test_reading_a_report_from_its_start(drawer: Any, stub_module: Any) -> None:
    drawer.get_by_role("button", name="Xem văn bản").first.click()
    drawer.wait_for_selector("#source .report-text")
    shown = drawer.locator("#source .report-text").text_content()
    assert stub_module.TEXT.startswith(shown)
    assert len(shown) > 1000


def test_removal_asks_first(
    open_page: Callable[..., Any], chromium: Any, serve: Any, stub_module: Any, until: Callable[..., None]
) -> None:
    app = stub_module.create_stub()
    page = open_page(serve(app).url)
    page.get_by_role("button", name="Báo cáo (2)").click()
    page.locator(".report .danger").first.click()
    assert page.evaluate("document.activeElement.textContent") == "Giữ lại"
    page.get_by_role("button", name="Giữ lại").click()
    assert len(app.state.stored) == 2
    page.locator(".report .danger").first.click()
    page.get_by_role("button", name="Gỡ báo cáo", exact=True).click()
    until(page, "document.querySelectorAll('.report').length === 1")
    assert [one["id"] for one in app.state.stored] == ["r2"]


def test_a_list_read_again_leaves_the_question_open(drawer: Any) -> None:
    drawer.locator(".report .danger").first.click()
    with drawer.expect_response(lambda one: one.url.endswith("/v1/reports") and one.request.method == "GET"):
        upload(drawer, "bao-cao.docx")
    drawer.wait_for_timeout(100)  # the page has the list now and would have shown it
    assert drawer.locator(".confirm").count() == 1
    assert drawer.evaluate("document.activeElement.textContent") == "Giữ lại"


def test_escape_closes_and_focus_returns(drawer: Any, until: Callable[..., None]) -> None:
    drawer.keyboard.press("Escape")
    until(drawer, "!document.getElementById('reports').open")
    assert drawer.evaluate("document.activeElement.id") == "open-reports"


def test_a_service_with_keys_asks_for_the_code_once(
    open_page: Callable[..., Any], serve: Any, stub_module: Any
) -> None:
    app: FastAPI = stub_module.create_stub()

    @app.middleware("http")
    async def locked(request: Any, call_next: Any) -> Any:
        if request.url.path.startswith("/v1/") and request.headers.get("authorization") != "Bearer ma-dung":
            return stub_module.problem(401, "unauthorized", "Cần mã truy cập.")
        return await call_next(request)

    page = open_page(serve(app).url)
    page.get_by_label("Mã truy cập", exact=True).fill("ma-dung")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Báo cáo (2)").wait_for()
    page.locator("#starters button").first.click()
    page.wait_for_selector(".short-answer")
    assert not page.evaluate("document.getElementById('access').open")
    assert "ma-dung" not in page.content()


def test_a_folder_with_other_files_says_what_is_left_out(drawer: Any) -> None:
    files = [{"name": name, "mimeType": "x/y", "buffer": b"x"} for name in ("a.pdf", "b.tif", "Thumbs.db", "~$c.docx")]
    drawer.set_input_files("#reports .drop input[multiple]", files)
    drawer.locator(".upload", has_text="b.tif").locator("progress").wait_for(state="hidden")
    assert drawer.locator(".upload .upload-name").all_inner_texts()[-2:] == ["a.pdf", "b.tif"]
    assert "Bỏ qua 2 tệp" in drawer.locator("#reports").inner_text()


def test_a_report_is_replaced_by_a_new_file(
    open_page: Callable[..., Any], serve: Any, stub_module: Any, until: Callable[..., None]
) -> None:
    app: FastAPI = stub_module.create_stub()
    sent: list[bytes] = []

    @app.middleware("http")
    async def watched(request: Any, call_next: Any) -> Any:
        if request.method == "POST" and request.url.path == "/v1/reports":
            sent.append(await request.body())
        return await call_next(request)

    page = open_page(serve(app).url)
    page.get_by_role("button", name="Báo cáo (2)").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Thay bằng tệp mới").nth(1).click()
    chooser.value.set_files([{"name": "moi.docx", "mimeType": "x/y", "buffer": b"x"}])
    page.locator(".upload", has_text="moi.docx").locator("progress").wait_for(state="hidden")
    assert b'name="replace"\r\n\r\nr2' in sent[0]
