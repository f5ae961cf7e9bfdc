"""Lists of a question, its passage and counter-examples."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("scipy", reason="needs the models extra (scipy)")

from ingest.training.lexical_search import LexicalSearch
from ingest.training.lists import OTHERS, cloze_choices, heading_choices, law_choices, viquad_choices

SUBJECTS = ("cầu", "chợ", "đò", "trường", "trạm y tế", "đình", "sông", "núi")


def paragraph(subject: str) -> str:
    opening = f"{subject} của vùng này được dựng từ nhiều năm trước và nay vẫn còn dùng."
    return f"{opening} người dân quanh vùng rất quý {subject} và thường xuyên góp công sức sửa sang lại."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    text = "\n".join(f"== {subject} ==\n{paragraph(subject)}" for subject in SUBJECTS)
    laws = "\n".join(f"Điều {n}. Về {subject}\n{paragraph(subject)}" for n, subject in enumerate(SUBJECTS, 1))
    rows = {"viwiki": [{"title": "Làng cổ", "text": text}], "laws": [{"text": laws}]}
    for name, content in rows.items():
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in content)
    asked = [
        {"context": paragraph(subject), "qas": [{"question": f"{subject} được dựng từ khi nào?"}]}
        for subject in SUBJECTS
    ]
    with gzip.open(tmp_path / "train_ViQuAD.json.gz", "wt", encoding="utf-8") as file:
        json.dump({"data": [{"paragraphs": asked}]}, file)
    lists: dict[str, dict[str, list[str]]] = {"viwiki2017": {"union": []}}
    (tmp_path / "overlap_exclude.json").write_text(json.dumps(lists), encoding="utf-8")
    return tmp_path


def test_the_search_finds_the_passage_with_the_rare_word_first() -> None:
    search = LexicalSearch(["cây cầu mới", "ngôi chợ mới", "con đò cũ"])
    assert [best[0] for best in search.best(["chợ mới", "con đò"], limit=2)] == [1, 2]


def test_questions_get_other_passages_the_search_finds_and_never_their_own(data: Path) -> None:
    choices = list(viquad_choices(data, Random(1)))
    assert len(choices) == len(SUBJECTS)
    for choice in choices:
        assert choice.passage not in choice.others
        assert 5 <= len(choice.others) <= OTHERS


@pytest.mark.parametrize("source", [cloze_choices, heading_choices, law_choices])
def test_the_others_come_from_the_same_article_or_law(data: Path, source: object) -> None:
    assert callable(source)
    choices = list(source(data, Random(1)))
    assert choices
    known = {paragraph(subject) for subject in SUBJECTS}
    for choice in choices:
        assert set(choice.others) <= known and choice.passage not in choice.others
