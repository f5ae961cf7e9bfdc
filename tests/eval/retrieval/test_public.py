"""The readers, on made-up files of the published formats."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.retrieval.public import PUBLIC


def squad(*passages: tuple[str, list[tuple[str, str]]]) -> dict[str, Any]:
    paragraphs = [
        {"context": text, "qas": [{"id": qid, "question": question, "answers": []} for qid, question in asked]}
        for text, asked in passages
    ]
    return {"version": "1.1", "data": [{"title": "T", "paragraphs": paragraphs}]}


def write(path: Path, *rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write(tmp_path / "benchmark/xquad.vi.json", squad(("một", [("x1", "1?"), ("x2", "2?")]), ("hai", [("x3", "3?")])))
    write(tmp_path / "train/train_ViQuAD.json.gz", squad(("tập", [("t1", "?")]), ("chung", [("t2", "?")])))
    write(tmp_path / "benchmark/dev_ViQuAD.json.gz", squad(("dò", [("d1", "dò gì?")])))
    write(tmp_path / "benchmark/test_ViQuAD.json.gz", squad(("thử", [("k1", "thử gì?")]), ("chung", [("k2", "gì?")])))
    write(
        tmp_path / "benchmark/zalo2019_labelled_pairs.jsonl.gz",
        {"question": "A?", "title": "t", "text": "đúng 1", "label": True},
        {"question": "A?", "title": "t", "text": "đúng 2", "label": True},
        {"question": "A?", "title": "t", "text": "sai", "label": False},
        {"question": "B?", "title": "t", "text": "sai", "label": False},
    )
    for part, rows in {"test": [("9", "hỏi", "đáp")], "val": [("7", "h", "đ")], "train": [("9", "x", "đáp")]}.items():
        write(
            tmp_path / f"benchmark/vicov/{part}.jsonl.gz",
            *({"id": number, "question": question, "answer": answer} for number, question, answer in rows),
        )
    return tmp_path


def gold(data: Path, name: str) -> tuple[dict[str, set[str]], set[str]]:
    """Return question -> texts of its documents, and the pool."""
    one = PUBLIC[name](data)
    return {one.queries[q]: {one.documents[d] for d in found} for q, found in one.qrels.items()}, set(
        one.documents.values()
    )


def test_xquad(data: Path) -> None:
    assert gold(data, "xquad") == ({"1?": {"một"}, "2?": {"một"}, "3?": {"hai"}}, {"một", "hai"})


def test_viquad_is_searched_among_the_passages_of_all_parts_each_once(data: Path) -> None:
    pool = {"tập", "chung", "dò", "thử"}
    assert gold(data, "viquad-test") == ({"thử gì?": {"thử"}, "gì?": {"chung"}}, pool)
    assert gold(data, "viquad-dev") == ({"dò gì?": {"dò"}}, pool)


def test_zalo_asks_what_has_a_true_passage_and_searches_all(data: Path) -> None:
    assert gold(data, "zalo") == ({"A?": {"đúng 1", "đúng 2"}}, {"đúng 1", "đúng 2", "sai"})


def test_vicov_searches_the_answers_of_all_parts_each_once(data: Path) -> None:
    assert gold(data, "vicov") == ({"hỏi": {"đáp"}}, {"đáp", "đ"})


def test_the_same_file_gives_the_same_ids(data: Path) -> None:
    assert all(make(data) == make(data) for make in PUBLIC.values())
