"""The page against the real service with the sample reports: the highlighted words are the quote of the API."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "ingest" / "samples"
QUESTION = "Quý I có bao nhiêu vụ tai nạn giao thông?"
START_TIMEOUT_S = 120
COMMAND = [sys.executable, "-m", "service.cli"]


def run(*arguments: str, env: dict[str, str], cwd: Path) -> None:
    done = subprocess.run([*COMMAND, *arguments], env=env, cwd=cwd, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stdout + done.stderr


def address_when_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """Read the address from what the service says once it takes questions, and wait for /readyz."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        said = re.search(r"http://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8", errors="replace"))
        try:
            if said and httpx.get(f"{said.group()}/readyz", timeout=5).status_code == 200:
                return said.group()
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail(f"the service did not become ready:\n{log.read_text(encoding='utf-8', errors='replace')}")


@pytest.fixture(scope="module")
def service_url(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``hoibaocao ingest add`` of the samples, then ``hoibaocao serve``, in an empty data folder."""
    folder = tmp_path_factory.mktemp("real")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOIBAOCAO_")}
    env = kept | {"HOIBAOCAO_DATA_DIR": str(folder / "var"), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    run("ingest", "add", *map(str, sorted(SAMPLES.glob("*.docx"))), env=env, cwd=folder)
    log = folder / "serve.log"
    with log.open("wb") as out:
        command = [*COMMAND, "serve", "--host", "127.0.0.1", "--port", "0"]
        process = subprocess.Popen(command, env=env, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield address_when_ready(process, log)
        finally:
            process.terminate()
            process.wait(timeout=60)


def test_the_marked_words_are_the_quote(open_page: Callable[..., Any], service_url: str) -> None:
    answer = httpx.post(f"{service_url}/v1/answers", json={"question": QUESTION}, timeout=60).json()
    assert answer["status"] == "answered", answer
    citation = answer["citations"][0]
    text = httpx.get(f"{service_url}/v1/reports/{citation['report_id']}/text", timeout=30).json()["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]

    page = open_page(service_url)
    page.fill("#question", QUESTION)
    page.press("#question", "Enter")
    page.wait_for_selector(".card.answer")
    assert answer["short_answer"] in page.locator(".card.answer").inner_text()
    page.locator(".answer-text .cite").first.click()
    assert page.wait_for_selector("mark#trich-dan").text_content() == citation["quote"]
    assert citation["report_title"] in page.locator("#source-title").inner_text()
    assert page.complaints == []
    assert [one for one in page.requests if not one.startswith(service_url)] == []


def test_every_suggested_question_is_answered_with_a_source(open_page: Callable[..., Any], service_url: str) -> None:
    page = open_page(service_url)
    page.wait_for_selector("#starters button")
    for question in page.locator("#starters button").all_inner_texts():
        page.fill("#question", question)
        page.press("#question", "Enter")
        card = page.locator(".turn:last-child .card.answer")
        card.wait_for()
        assert card.get_attribute("data-status") == "answered", question
        card.locator(".answer-text .cite").first.click()
        page.wait_for_selector("mark#trich-dan")
        page.keyboard.press("Escape")


def test_upload_list_and_removal_through_the_drawer(
    open_page: Callable[..., Any], service_url: str, until: Callable[..., None]
) -> None:
    page = open_page(service_url)
    page.click("#open-reports")
    page.wait_for_selector(".report")
    before = page.locator(".report").count()
    said = "BÁO CÁO\nTình hình quý II năm 2031\nI. NÔNG NGHIỆP\nToàn xã có 37 trang trại chăn nuôi gia súc, gia cầm.\n"
    page.set_input_files(
        "#reports input[type=file]", [{"name": "thu.txt", "mimeType": "text/plain", "buffer": said.encode()}]
    )
    row = page.locator(".upload", has_text="thu.txt")
    row.locator("progress").wait_for(state="hidden", timeout=60_000)
    assert row.get_attribute("data-status") in ("complete", "partial"), row.inner_text()
    until(page, f"document.querySelectorAll('.report').length === {before + 1}")
    page.locator(".report .danger").first.click()
    page.get_by_role("button", name="Gỡ báo cáo", exact=True).click()
    until(page, f"document.querySelectorAll('.report').length === {before}")
    assert page.complaints == []
