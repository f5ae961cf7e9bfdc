from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import ir_measures
import pytest

from eval.questions import SetInvalid
from eval.retrieval.beir import (
    export,
    read_beir,
    read_trec_qrels,
    read_trec_run,
    write_beir,
    write_trec_qrels,
    write_trec_run,
)
from eval.retrieval.measures import MEASURES, by_question
from eval.retrieval.searching import Found
from eval.retrieval.sets import RetrievalSet


def test_a_set_comes_back_as_it_went(small: RetrievalSet, tmp_path: Path) -> None:
    odd = replace(small, documents={**small.documents, "d0": 'Dòng\nhai, "dấu" và\u2028khác.\t'})
    write_beir(odd, tmp_path / "small")
    assert read_beir(tmp_path / "small") == odd


def test_the_files_are_those_of_the_format(small: RetrievalSet, tmp_path: Path) -> None:
    write_beir(small, tmp_path)
    assert (tmp_path / "qrels/test.tsv").read_text("utf-8").splitlines()[:2] == [
        "query-id\tcorpus-id\tscore",
        "q0\td0\t1",
    ]
    assert (
        (tmp_path / "corpus.jsonl").read_text("utf-8").startswith('{"_id": "d0", "title": "1. Nông nghiệp", "text": ')
    )


def test_what_cannot_be_scored_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "a", "text": "x"}\n\n{"_id": "b", "title": null, "text": "y"}\n', "utf-8"
    )
    (tmp_path / "queries.jsonl").write_text('{"_id": "1", "text": "x?"}\n{"_id": "2", "text": "z?"}\n', "utf-8")
    (tmp_path / "qrels/test.tsv").write_text(
        "query-id\tcorpus-id\tscore\n1\ta\t2\n1\tb\t0\n2\tgone\t1\n3\ta\t1\n", "utf-8"
    )
    one = read_beir(tmp_path)
    assert (one.queries, one.qrels, one.contexts) == ({"1": "x?"}, {"1": {"a": 2}}, {})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("corpus.jsonl", "[1]\n"),
        ("corpus.jsonl", "{\n"),
        ("queries.jsonl", '{"text": "no id"}\n'),
        ("qrels/test.tsv", "q0\td0\n"),
        ("qrels/test.tsv", "q0\td0\tgood\n"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n"),
    ],
)
def test_a_damaged_folder_is_told(small: RetrievalSet, tmp_path: Path, name: str, text: str) -> None:
    write_beir(small, tmp_path)
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(SetInvalid):
        read_beir(tmp_path)


def test_parts_of_a_set_get_folders_of_their_own(small: RetrievalSet, tmp_path: Path) -> None:
    export([(small,), (replace(small, name="two"), replace(small, name="two"))], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small", "two-1", "two-2"]


def test_trec_files_are_read_by_others_with_the_same_values(tmp_path: Path) -> None:
    qrels = {"q1": {"a": 1, "b": 2}, "q2": {"c": 1}}
    run: dict[str, Found] = {"q1": [("z", 0.5), ("b", 0.5), ("a", 0.5)], "q2": [("c", 0.1)]}
    write_trec_qrels(qrels, tmp_path / "qrels")
    write_trec_run(run, tmp_path / "run", name="ours")
    assert (tmp_path / "run").read_text("utf-8").splitlines()[0] == "q1 Q0 z 1 3 ours"
    assert read_trec_qrels(tmp_path / "qrels") == qrels
    assert {qid: [name for name, _ in found] for qid, found in read_trec_run(tmp_path / "run").items()} == {
        "q1": ["z", "b", "a"],
        "q2": ["c"],
    }
    measures = {ir_measures.parse_measure(name): shown for name, shown in MEASURES.items()}
    theirs = ir_measures.calc_aggregate(
        list(measures),
        ir_measures.read_trec_qrels(str(tmp_path / "qrels")),
        ir_measures.read_trec_run(str(tmp_path / "run")),
    )
    ours = by_question(qrels, run)
    assert {measures[one]: value for one, value in theirs.items()} == pytest.approx(
        {name: sum(values) / 2 for name, values in ours.items()}
    )


@pytest.mark.parametrize("line", ["q Q0 d 1 x name", "q Q0 d 1"])
def test_a_damaged_run_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "run").write_text(line, "utf-8")
    with pytest.raises(SetInvalid):
        read_trec_run(tmp_path / "run")
