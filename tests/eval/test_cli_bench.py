from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli_bench import make_bench_app
from eval.retrieval.beir import write_beir
from eval.retrieval.sets import RetrievalSet
from ingest.exit_codes import ExitCode

SMALL = RetrievalSet(
    "small",
    {"q1": "hộ nghèo", "q2": "thu ngân sách"},
    {"a": "Tỷ lệ hộ nghèo còn 1,2 %.", "b": "Thu ngân sách đạt 12 tỷ đồng.", "c": "Trồng 3 ha rừng."},
    {"q1": {"a": 1}, "q2": {"b": 1}},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_beir(SMALL, tmp_path / "small")
    return tmp_path / "small"


def called(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(make_bench_app(), ["retrieval", *arguments])
    assert result.exit_code == code, result.output
    return result.stdout


def test_any_folder_in_beirs_format_is_measured(folder: Path, tmp_path: Path) -> None:
    runs, exported = tmp_path / "runs", tmp_path / "exported"
    options = ["--beir", str(folder), "--searchers", "hybrid", "--searchers", "bm25s", "--json"]
    found = json.loads(called(*options, "--write-runs", str(runs), "--export-beir", str(exported)))
    assert [(one["set"], one["accents"]) for one in found["sets"]] == [("small", True), ("small", False)]
    assert [one["searcher"] for one in found["sets"][0]["searchers"]] == ["hybrid", "bm25s"]
    assert all(one["hit@1"] == 1 for one in found["sets"][0]["searchers"])
    assert {one["measure"] for one in found["sets"][0]["against_best_peer"]} == {"hit@1", "nDCG@10"}
    assert (runs / "small.no-accents.hybrid.run").read_text("utf-8").startswith("q1 Q0 a 1 ")
    assert (exported / "small" / "corpus.jsonl").read_bytes() == (folder / "corpus.jsonl").read_bytes()


def test_the_plain_output_has_a_row_for_each_searcher(folder: Path) -> None:
    lines = called("--beir", str(folder), "--searchers", "lexical", "--limit-queries", "1").splitlines()
    assert lines[0] == "small, câu hỏi có dấu: 1 câu, 3 đoạn"
    assert lines[1].split("\t")[:3] == ["cách tìm", "nDCG@10", "hit@1"]
    assert lines[2].split("\t")[:3] == ["lexical", "1.000", "1.000"]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    called("--only", "nothing", code=ExitCode.USAGE)
    called("--searchers", "nothing", code=ExitCode.USAGE)
    called("--beir", str(tmp_path), "--searchers", "bm25s", code=ExitCode.FAILURE)
    called("--data", str(tmp_path), "--only", "xquad", "--searchers", "bm25s", code=ExitCode.FAILURE)
