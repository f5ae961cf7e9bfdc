"""Reading the training texts: what is undone, what is dropped, what becomes a pair."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from ingest.training.corpus import (
    clean,
    law_pairs,
    legal_questions,
    news_pairs,
    question_pairs,
    undo_segmentation,
    wiki_pairs,
)

LONG = "con đường mới nối hai xã vừa được khánh thành sau ba năm thi công liên tục"
OTHER = "người dân trong vùng cho biết việc đi lại nay đã thuận tiện hơn trước rất nhiều lần"


def write_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def exclude(data: Path, *, news: list[str], wiki: list[str]) -> None:
    lists = {"vietnews": {"union": news}, "viwiki2017": {"union": wiki}}
    (data / "overlap_exclude.json").write_text(json.dumps(lists), encoding="utf-8")


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("Đường_ray ( tàu_hoả ) , bị gỡ .", "Đường ray (tàu hoả), bị gỡ."),
        ("giảm 5 % ; tăng", "giảm 5%; tăng"),
        ("", ""),
    ],
)
def test_segmentation_is_undone(stored: str, written: str) -> None:
    assert undo_segmentation(stored) == written


def test_clean_unifies_each_word_and_the_blanks() -> None:
    assert clean("  Xã\nHoà   BÌNH ") == "xã hòa bình"


def test_news_gives_three_pairs_of_one_group_and_drops_the_excluded(tmp_path: Path) -> None:
    article = {"title": "Mở đường", "abstract": LONG, "lead": [OTHER, OTHER]}
    write_rows(tmp_path / "vietnews_title_abstract_lead.jsonl.gz", [article, {**article, "title": "Bị loại"}])
    exclude(tmp_path, news=["train/000002"], wiki=[])
    pairs = list(news_pairs(tmp_path))
    assert [pair.anchor for pair in pairs] == ["mở đường", "mở đường", LONG]
    assert {pair.group for pair in pairs} == {"0"}


def test_wiki_pairs_headings_with_their_paragraphs(tmp_path: Path) -> None:
    text = f"{LONG}\n\n== Lịch sử ==\n{OTHER}\n\n== Tham khảo ==\n{LONG}"
    write_rows(tmp_path / "viwiki.jsonl.gz", [{"title": "Cầu", "text": text}, {"title": "Bị loại", "text": text}])
    exclude(tmp_path, news=[], wiki=["Bị loại"])
    assert [(pair.anchor, pair.passage) for pair in wiki_pairs(tmp_path)] == [("cầu", LONG), ("cầu lịch sử", OTHER)]


def test_laws_pair_the_heading_of_an_article_with_its_text(tmp_path: Path) -> None:
    write_rows(
        tmp_path / "laws.jsonl.gz",
        [{"file": "a", "text": f"LUẬT\n\nĐiều 1. Phạm vi\n\n{LONG}\n\nĐiều 2. Ngắn\n\nÍt chữ."}],
    )
    assert [(pair.anchor, pair.passage) for pair in law_pairs(tmp_path)] == [("phạm vi", LONG)]


def test_questions_come_with_their_passage_as_group(tmp_path: Path) -> None:
    squad = {"data": [{"paragraphs": [{"context": "Cầu dài.", "qas": [{"question": "Dài?"}, {"question": "Gì?"}]}]}]}
    (tmp_path / "alqac").mkdir()
    law = [{"id": "L", "articles": [{"id": "1", "text": "Phạm vi."}]}]
    asked = [
        {"text": "Hỏi?", "relevant_articles": [{"law_id": "L", "article_id": "1"}, {"law_id": "L", "article_id": "9"}]}
    ]
    contents = {"train_ViQuAD": squad, "alqac/2022_law": law, "alqac/2023_law": law, "alqac/2022_questions": asked}
    for name, content in {**contents, "alqac/2023_train": [], "alqac/2025_train_questions": []}.items():
        with gzip.open(tmp_path / f"{name}.json.gz", "wt", encoding="utf-8") as file:
            json.dump(content, file)
    pairs = list(question_pairs(tmp_path))
    assert [(pair.anchor, pair.passage) for pair in pairs] == [
        ("dài?", "cầu dài."),
        ("gì?", "cầu dài."),
        ("hỏi?", "phạm vi."),
    ]
    assert pairs[0].group == pairs[1].group != pairs[2].group


def test_two_passages_of_a_legal_question_at_most(tmp_path: Path) -> None:
    (tmp_path / "soict_legal").mkdir()
    asked = {"question": "Ai ký?", "contexts": ["Chủ tịch ký.", "Phó ký.", "Người thứ ba."]}
    write_rows(tmp_path / "soict_legal" / "test_pairs.jsonl.gz", [asked])
    assert list(legal_questions(tmp_path)) == [("Ai ký?", "Chủ tịch ký."), ("Ai ký?", "Phó ký.")]
