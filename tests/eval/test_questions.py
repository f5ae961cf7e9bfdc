from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.fresh import report_files, sample_questions, sample_reports
from eval.outcome import is_named, spans_of
from eval.questions import Gold, Kind, Question, SetInvalid, load, set_hash
from ingest.parse.read import read_report

ROW: dict[str, Any] = {
    "qid": "q1",
    "question": "Có bao nhiêu vụ cháy?",
    "kind": "figure",
    "answerable": True,
    "answers": ["03 vụ"],
    "evidence": [{"report": "bao-cao", "quote": "Cháy 03 vụ"}],
}
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"note": "x"}, "khóa lạ note"),
    ({"kind": "riddle"}, "không có loại câu hỏi riddle"),
    ({"qid": " "}, "thiếu qid"),
    ({"question": 7}, "question phải là chuỗi"),
    ({"answerable": "yes"}, "answerable phải là"),
    ({"answers": []}, "answers và evidence phải có"),
    ({"answerable": False}, "answers và evidence phải có"),
    ({"answers": "03 vụ"}, "answers phải là danh sách"),
    ({"evidence": [{"report": "a", "quote": "b", "page": 1}]}, "khóa lạ page"),
    ({"evidence": ["b"]}, "phải là một đối tượng"),
    ({"evidence": [{"report": "a"}]}, "hoặc quote, hoặc đủ"),
    ({"evidence": [{"report": "a", "quote": "b", "start": 1, "end": 2, "sha256": "c"}]}, "hoặc quote, hoặc đủ"),
    ({"evidence": [{"report": "a", "start": 2, "end": 2, "sha256": "c"}]}, "hoặc quote, hoặc đủ"),
    ({"evidence": [{"report": "a", "start": -1, "end": 2, "sha256": "c"}]}, "start phải là số nguyên không âm"),
]


def written(folder: Path, *rows: dict[str, Any] | str, name: str = "set.jsonl") -> Path:
    path = folder / name
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_line_becomes_a_question(tmp_path: Path) -> None:
    assert load([written(tmp_path, ROW, "")]) == (
        Question("q1", "Có bao nhiêu vụ cháy?", Kind.FIGURE, True, ("03 vụ",), (Gold("bao-cao", "Cháy 03 vụ"),)),
    )


@pytest.mark.parametrize(("change", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_a_wrong_line_is_refused_by_file_and_line(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    path = written(tmp_path, {**ROW, "qid": "q0"}, {**ROW, **change})
    with pytest.raises(SetInvalid) as caught:
        load([path])
    assert caught.value.message.startswith(f"{path}:2: ")
    assert told in caught.value.message


@pytest.mark.parametrize("line", ["{", "[]", "7"])
def test_a_line_that_is_no_object_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(SetInvalid, match=r"set\.jsonl:1: "):
        load([written(tmp_path, line)])


def test_the_same_id_twice_is_refused_over_files_too(tmp_path: Path) -> None:
    first, second = written(tmp_path, ROW), written(tmp_path, ROW, name="other.jsonl")
    with pytest.raises(SetInvalid, match=r"other\.jsonl:1: mã q1 đã dùng ở .*set\.jsonl:1"):
        load([first, second])


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(SetInvalid, match="không đọc được"):
        load([tmp_path / "none.jsonl"])
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(SetInvalid, match="không phải tệp UTF-8"):
        load([binary])
    with pytest.raises(SetInvalid, match="không có câu nào"):
        load([written(tmp_path, "")])


def test_the_hash_follows_the_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, ROW)
    before = set_hash([path])
    written(tmp_path, {**ROW, "question": "Có bao nhiêu vụ đuối nước?"})
    assert set_hash([path]) != before


def test_the_bundled_sets_are_large_and_have_every_kind() -> None:
    sets = sorted(sample_questions().parent.glob("*.jsonl"))
    questions = load(sets)
    assert len(questions) >= 400
    assert {one.kind for one in questions} == set(Kind)


def test_sets_about_reports_that_are_not_ours_keep_no_words_of_them() -> None:
    halves = [load([sample_questions().with_name(f"reports-{half}.jsonl")]) for half in ("tuning", "check")]
    assert all(gold.sha256 and not gold.quote for half in halves for one in half for gold in one.evidence)
    asked_about = [{one.report for one in half} for half in halves]
    assert all(asked_about) and not asked_about[0] & asked_about[1]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("fictional", "reports"),
        ("fictional-check", "check-reports"),
        ("second-check", "second-reports"),
        ("second-tuning", "second-reports"),
        ("third-plan", "third-reports"),
        ("third-judgements", "third-reports"),
        ("third-read", "third-reports"),
        ("fourth-texts", "fourth-reports"),
        ("fourth-counts", "fourth-reports"),
        ("fourth-talks", "fourth-talks-reports"),
        ("fifth-words", "fifth-reports"),
        ("sixth-differences", "sixth-differences-reports"),
        ("sixth-annexes", "sixth-annexes-reports"),
        ("sixth-wordings", "sixth-wordings-reports"),
        ("third-check", "third-check-reports"),
        ("fifth-check", "fifth-check-reports"),
        ("sixth-figures", "sixth-figures-reports"),
        ("sixth-checks", "sixth-checks-reports"),
        ("third-computed", "third-reports"),
        ("fourth-periods", "fourth-reports"),
        ("fourth-tables", "fourth-reports"),
    ],
)
def test_sets_about_reports_of_our_own_rest_on_their_text_and_each_report_says_it_is_made_up(
    name: str, folder: str
) -> None:
    path = sample_questions().with_name(f"{name}.jsonl")
    given = report_files([path.parent / folder])
    texts = {one.stem: read_report(one.read_bytes(), name=one.name).text for one in given}
    assert texts and all("địa danh và số liệu không có thật" in text[:200] for text in texts.values())
    questions = load([path])
    assert questions and {one.report for one in questions if one.report} <= set(texts)
    lost = [one.qid for one in questions for gold in one.evidence if not spans_of(gold, texts[gold.report])]
    assert lost == []


def test_of_a_folder_there_is_one_form_of_each_report(tmp_path: Path) -> None:
    for name in ("README.md", "a.md", "a.docx", "b.docx", "c.pdf"):
        (tmp_path / name).touch()
    assert [path.name for path in report_files([tmp_path, tmp_path / "c.pdf"])] == ["a.md", "b.docx", "c.pdf"]


def test_the_set_of_sums_and_comparisons_keeps_places_and_no_words() -> None:
    questions = load([sample_questions().with_name("computed-tuning.jsonl")])
    assert sum(one.kind in (Kind.COMPUTED, Kind.COMPARISON) for one in questions) >= 80
    assert all(gold.sha256 and not gold.quote for one in questions for gold in one.evidence)


def test_the_sample_set_asks_each_question_once() -> None:
    questions = load([sample_questions()])
    assert len(questions) >= 120
    assert all(one.answerable != one.kind.startswith("unanswerable") for one in questions)
    assert len({one.question for one in questions}) == len(questions)


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_every_gold_quote_stands_in_its_sample_report(suffix: str) -> None:
    texts = {path.name: read_report(path.read_bytes(), name=path.name).text for path in sample_reports(suffix=suffix)}
    assert len(texts) == 3
    for question in load([sample_questions()]):
        for gold in question.evidence:
            found = [spans_of(gold, text) for name, text in texts.items() if is_named(gold.report, name)]
            assert len(found) == 1 and found[0], (question.qid, gold.quote)
