"""The command line as a user runs it; the service runs as its own process."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.api.schemas import AnswerOut
from service.cli import shown
from tests.ingest.test_embed import toy_folder

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "ingest" / "samples"
MAIN = [sys.executable, "-m", "service.cli"]
WAIT_S = 60


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOIBAOCAO_")}
    return {**kept, "HOIBAOCAO_DATA_DIR": str(tmp_path / "var"), "NO_COLOR": "1"}


def run(environment: dict[str, str], *words: str, rc: int = 0) -> str:
    done = subprocess.run(
        [*MAIN, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=WAIT_S, check=False
    )
    assert done.returncode == rc, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if rc in (0, 4) else done.stderr


@pytest.fixture
def service(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*MAIN, "serve", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    with process:
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line + (process.stdout.read() if process.poll() is not None else "")
        yield process, found[0]
        process.kill()


def test_ask_without_the_service(environment: dict[str, str]) -> None:
    run(environment, "ingest", "add", str(SAMPLES / "quy-1-2023.docx"))
    question = "Có bao nhiêu vụ tai nạn giao thông?"
    text = run(environment, "ask", question)
    assert "[1]" in text
    answer = AnswerOut.model_validate(json.loads(run(environment, "ask", "--json", question)))
    assert answer.citations[0].quote.split()[0] in text
    assert "câu hỏi" in run(environment, "ask", "  ", rc=2)
    assert "Không có cấu hình" in run({**environment, "HOIBAOCAO_TYPO": "1"}, "ask", "x", rc=1)


def test_commands_beside_the_running_service(
    environment: dict[str, str], service: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, url = service
    address = tmp_path / "var" / "service.json"
    assert json.loads(address.read_text(encoding="utf-8"))["url"] == url
    added = json.loads(run(environment, "ingest", "add", "--json", str(SAMPLES / "quy-1-2023.docx")))
    assert added[0]["report_id"]
    assert [one["id"] for one in httpx.get(f"{url}/v1/reports").json()["reports"]] == [added[0]["report_id"]]
    assert "[1]" in run(environment, "ask", "Có bao nhiêu vụ tai nạn giao thông?")
    assert "LỖI" not in run(environment, "doctor")
    assert "Hãy dừng dịch vụ" in run(environment, "ingest", "check", rc=75)
    run(environment, "ingest", "remove", "--yes", added[0]["report_id"])
    assert httpx.get(f"{url}/v1/reports").json()["reports"] == []
    taken = run(environment, "serve", "--port", url.rpartition(":")[2], rc=75)
    assert taken.startswith("Lỗi: ")
    process.send_signal(signal.SIGTERM)
    assert process.wait(WAIT_S) == 0
    assert not address.exists()
    run(environment, "ingest", "check")


def test_the_model_is_changed_beside_the_running_service(
    environment: dict[str, str], service: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, url = service
    model = str(toy_folder(tmp_path / "toy"))
    run(environment, "ingest", "add", str(SAMPLES / "quy-1-2023.docx"))
    assert "Không thấy mô hình" in run(environment, "ingest", "rebuild", "--model", "none/none", rc=69)
    with_toy = {**environment, "HOIBAOCAO_EMBEDDING__MODEL": model}
    assert "ingest rebuild" in diagnosis(with_toy)["Chỉ mục"]  # set already, not rebuilt yet
    result = json.loads(run(environment, "ingest", "rebuild", "--model", model, "--json"))
    assert result["reports"] == 1 and result["passages"] > 10
    assert httpx.get(f"{url}/readyz").status_code == 200
    told = diagnosis(with_toy)
    assert "đúng mô hình này" in told["Chỉ mục"] and result["fingerprint"][:12] in told["Mô hình nhúng"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(WAIT_S) == 0
    assert "ingest rebuild" in run(environment, "ask", "Có bao nhiêu vụ tai nạn giao thông?", rc=69)
    assert "[1]" in run(with_toy, "ask", "Có bao nhiêu vụ tai nạn giao thông?")
    assert "Đã dựng lại chỉ mục: 1 báo cáo" in run(environment, "ingest", "rebuild")
    assert "[1]" in run(environment, "ask", "Có bao nhiêu vụ tai nạn giao thông?")


def diagnosis(environment: dict[str, str]) -> dict[str, str]:
    """What `doctor` says, by part."""
    done = subprocess.run(
        [*MAIN, "doctor"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=WAIT_S, check=False
    )
    lines = (line.partition("] ")[2].partition(": ") for line in done.stdout.splitlines())
    return {part: message for part, _, message in lines}


def test_a_stale_address_is_no_service(environment: dict[str, str], service: tuple[subprocess.Popen[str], str]) -> None:
    process, _ = service
    address = Path(environment["HOIBAOCAO_DATA_DIR"]) / "service.json"
    address.write_text('{"url": "http://127.0.0.1:9"}', encoding="utf-8")
    assert "không có dịch vụ nào trả lời" in run(environment, "ask", "x", rc=75)
    address.write_text('{"url": "http://evil.example"}', encoding="utf-8")
    assert "không có dịch vụ nào trả lời" in run(environment, "ingest", "check", rc=75)
    process.kill()
    process.wait(WAIT_S)
    run(environment, "ingest", "check")  # killed: its lock goes with it


def test_the_door_stays_closed_without_a_key(environment: dict[str, str]) -> None:
    assert "khóa truy cập" in run(environment, "serve", "--host", "0.0.0.0", "--port", "0", rc=1)


def test_keys_are_shown_once(environment: dict[str, str]) -> None:
    made = run(environment, "keys", "create", "--label", "cổng\x1b[31m huyện", "--role", "editor")
    token = re.search(r"hbc_\S+", made)
    assert token
    listed = run(environment, "keys", "list")
    assert token[0] not in listed
    assert "\x1b" not in listed
    key_id = listed.split("\t")[0]
    assert "editor\tcòn dùng" in listed
    run(environment, "keys", "revoke", key_id)
    assert "đã thu hồi" in run(environment, "keys", "list")
    run(environment, "keys", "revoke", "nope", rc=4)


def test_shown_lists_sources_and_what_to_ask_next() -> None:
    answer = AnswerOut.model_validate(
        {
            "id": "a", "conversation_id": "c", "question": "q", "understood_as": "q", "status": "answered",
            "answer": "Có 12 vụ. [1]", "short_answer": None, "figures": [], "computation": None,
            "citations": [{
                "index": 1, "report_id": "r", "version_id": "v", "report_title": "Báo cáo", "issuer": "", "period": "",
                "section_path": ["I. A", "1. B"], "footnote": "3", "page": 2, "quote": "Có\n12 vụ.", "start": 0,
                "end": 9, "url": "",
            }],
            "suggestions": ["Quý II?"], "warnings": [{"code": "w", "message": "Số liệu cũ."}], "mode": "extractive",
            "model": "", "prompt_version": "", "index_version": "", "timings_ms": {},
        }
    )  # fmt: skip
    assert shown(answer).split("\n") == [
        "Có 12 vụ. [1]",
        "Lưu ý: Số liệu cũ.",
        "",
        "[1] Báo cáo: I. A › 1. B, chú thích 3, trang 2",
        "    “Có 12 vụ.”",
        "",
        "Có thể hỏi tiếp:",
        "  - Quý II?",
    ]
