from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli import make_eval_app
from eval.fresh import sample_reports, settings_for, take_in
from ingest.exit_codes import ExitCode
from service.wiring import build

SET = [
    {
        "qid": "one",
        "question": "Ai ký báo cáo 6 tháng đầu năm 2023?",
        "kind": "person",
        "answerable": True,
        "answers": ["Ngô Thị Thu Sáng"],
        "evidence": [{"report": "6-thang-2023", "quote": "Ngô Thị Thu Sáng"}],
    },
    {"qid": "two", "question": "Giá vàng hôm nay?", "kind": "unanswerable_topic", "answerable": False},
    {
        "qid": "three",
        "question": "Báo cáo này có bao nhiêu trang?",
        "kind": "figure",
        "answerable": True,
        "answers": ["7 trang"],
        "evidence": [{"report": "khong-co", "quote": "7 trang"}],
    },
]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("var")
    with build(settings_for(folder)) as services:
        for path in sample_reports(suffix=".txt"):
            take_in(services, path)
    return folder


@pytest.fixture
def questions(tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOIBAOCAO_DATA_DIR", str(data_dir))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in SET), encoding="utf-8")
    return path


def called(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(make_eval_app(), ["run", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_it_asks_the_configured_data_directory(questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    told = json.loads(called(str(questions), "--json", "--out", str(out)))
    assert told["questions"] == 3 and told["unlocated"] == ["three"]
    assert len(told["model"]) > 8 and told["index_version"]
    assert [json.loads(line)["qid"] for line in out.read_text("utf-8").splitlines()] == ["one", "two", "three"]


def test_the_gate_has_its_own_exit_code(questions: Path) -> None:
    called(str(questions), "--fail-under", "1")
    told = called(str(questions), "--fail-under", "100", "--show-errors", code=ExitCode.QUALITY_GATE)
    assert "three [figure]" in told


def test_only_asks_the_chosen_kinds(questions: Path) -> None:
    told = json.loads(called(str(questions), "--json", "--only", "person"))
    assert [one["kind"] for one in told["summary"]] == ["person", "total"]


def test_wrong_use_exits_with_2(questions: Path, tmp_path: Path) -> None:
    called(code=2)
    called(str(questions), "--samples", "--url", "http://127.0.0.1:9", code=2)
    called(str(tmp_path / "none.jsonl"), code=2)
    called(str(questions), "--only", "list", code=2)


def test_a_service_that_does_not_answer_is_told(questions: Path) -> None:
    assert "không trả lời như mong đợi" in called(str(questions), "--url", "http://127.0.0.1:9", code=75)
