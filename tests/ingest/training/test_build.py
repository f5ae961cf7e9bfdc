"""The whole recipe on a made-up corpus: one command from texts to a folder that answers."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import load_embedder
from ingest.interaction import load_interaction
from ingest.training.recipe import InteractionRecipe, Recipe, VocabularySizes

pytestmark = pytest.mark.models

TOPICS = {
    "đàn bò": "chăn_nuôi bò sữa và trâu cày ở các hộ nông_dân vùng núi tiếp_tục phát_triển ổn_định",
    "cầu đường": "công_trình giao_thông nối hai bờ sông được khởi_công và thi_công suốt mùa khô vừa qua",
    "trường lớp": "học_sinh và giáo_viên bước vào năm học mới với nhiều phòng học khang_trang hơn trước đây",
    "bệnh viện": "bác_sĩ khám chữa bệnh và tiêm_chủng cho người_dân tại các trạm y_tế vùng sâu vùng xa",
}
TINY = replace(
    Recipe(), dim=16, nested=(16, 8), batch=16, steps=60, vocabulary=VocabularySizes(pieces=80, min_count=2), threads=1
)

TINY_RERANKER = replace(InteractionRecipe(), dim=16, steps=200, batch=4, candidates=4, fewest=1, shared=16, threads=1)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight articles on each topic, the other sources empty."""
    folder = tmp_path_factory.mktemp("train")
    (folder / "alqac").mkdir()
    (folder / "soict_legal").mkdir()
    news = [
        {"title": f"{title} số {number}", "abstract": text, "lead": [f"{text} {title}"]}
        for number in range(8)
        for title, text in TOPICS.items()
    ]
    rows = {"vietnews_title_abstract_lead": news, "viwiki": [], "laws": [], "soict_legal/test_pairs": []}
    for name, content in rows.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in content)
    empty = ["2022_law", "2022_questions", "2023_law", "2023_train", "2025_train_questions"]
    for name, whole in {"train_ViQuAD": {"data": []}, **{f"alqac/{stem}": [] for stem in empty}}.items():
        with gzip.open(folder / f"{name}.json.gz", "wt", encoding="utf-8") as file:
            json.dump(whole, file)
    lists: dict[str, dict[str, list[str]]] = {"vietnews": {"union": []}, "viwiki2017": {"union": []}}
    (folder / "overlap_exclude.json").write_text(json.dumps(lists), encoding="utf-8")
    return folder


def test_the_recipe_runs_from_texts_to_a_model_that_tells_topics_apart(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the models extra (torch)")
    from ingest.training.__main__ import build_model

    for name in ("one", "two"):
        build_model(data, tmp_path / name, recipe=TINY)
    model = load_embedder(tmp_path / "one")
    assert model.fingerprint == load_embedder(tmp_path / "two").fingerprint
    passages = model.passages([text.replace("_", " ") for text in TOPICS.values()])
    for typed in (TOPICS, ["dan bo", "cau duong", "truong lop", "benh vien"]):
        best = [int(np.argmax(passages @ model.query(title))) for title in typed]
        assert best == [0, 1, 2, 3]


def test_the_reranker_learns_to_tell_topics_apart_and_reads_the_same_with_numpy(data: Path, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs the models extra (torch)")
    from ingest.training.interaction import PassageNumbers, numbered, train_interaction, trained_weights, word_rows
    from ingest.training.lists import Choice
    from ingest.training.pack import write_interaction

    texts = {title: text.replace("_", " ") for title, text in TOPICS.items()}
    choices = [
        Choice(title, text, tuple(other for other in texts.values() if other != text)) for title, text in texts.items()
    ] * 4
    words = word_rows(choices, recipe=TINY_RERANKER)
    passages = PassageNumbers(words, longest=60)
    lists = {"viquad": numbered(choices, passages, words, longest=20)}
    model = train_interaction(lists, passages.texts(), len(words), recipe=TINY_RERANKER)
    write_interaction(tmp_path, words=words, weights=trained_weights(model))
    reranker = load_interaction(tmp_path)
    known = list(texts.values())
    for typed in (list(texts), ["dan bo", "cau duong", "truong lop", "benh vien"]):
        assert [int(np.argmax(reranker.scores(title, known))) for title in typed] == [0, 1, 2, 3]
    asked = torch.tensor([[*words.of(["đàn", "bò"], bare=False)]])
    said = torch.tensor([[[*words.of(text.split(), bare=False)] for text in [known[0]]]])
    with torch.no_grad():
        seen = float(model(asked, said)[0, 0])
    assert float(reranker.scores("đàn bò", known[:1])[0]) == pytest.approx(seen, abs=0.05)  # int8 and float16


def test_the_one_command_builds_a_reranker(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the models extra (torch)")
    from ingest.training.__main__ import build_reranker

    build_reranker(data, tmp_path / "one", recipe=TINY_RERANKER)
    build_reranker(data, tmp_path / "two", recipe=TINY_RERANKER)
    assert load_interaction(tmp_path / "one").fingerprint == load_interaction(tmp_path / "two").fingerprint


def test_excluded_articles_do_not_reach_the_vocabulary(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the models extra (torch)")
    from ingest.training.__main__ import count
    from ingest.training.corpus import sources

    lists = {"vietnews": {"union": [f"train/{number:06d}" for number in range(1, 33)]}, "viwiki2017": {"union": []}}
    for path in data.rglob("*.gz"):
        target = tmp_path / path.relative_to(data)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    (tmp_path / "overlap_exclude.json").write_text(json.dumps(lists), encoding="utf-8")
    counted = count({name: list(source(tmp_path)) for name, source in sources().items()}, data=tmp_path)
    assert not counted.syllables and not counted.words
