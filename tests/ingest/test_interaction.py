"""The shipped reranker on numpy: what counts, what does not, and what a damaged folder says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ModelUnavailable
from ingest.interaction import PARTS, STRETCH, InteractionReranker, InteractionWeights, WordRows, load_interaction

WORDS = ("đàn", "bò", "lúa", "tai", "nạn", "giao", "thông", "xã", "thu", "ngân", "sách", "nghìn", "con")
BARE = ("dan", "bo", "lua", "tai", "nan", "giao", "thong", "xa", "thu", "ngan", "sach", "nghin", "con")


def reranker(mix: dict[str, float] | None = None) -> InteractionReranker:
    words = WordRows(WORDS, BARE, shared=32)
    rng = np.random.default_rng(3)
    vectors = rng.standard_normal((len(words), 16))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[0] = 0.0
    weights = InteractionWeights(
        rows=np.rint(vectors * 127).astype(np.int8),
        factors=np.full(len(words), 1 / 127, dtype=np.float32),
        importance=np.ones(len(words), dtype=np.float32),
        before=np.eye(16, dtype=np.float32) * 0.2,
        after=np.eye(16, dtype=np.float32) * 0.1,
        steepness=8.0,
        middle=0.6,
        mixed=(0.4, 0.6, 0.2),
        scale=2.0,
    )
    return InteractionReranker(words, weights, fingerprint="made", mix=mix)


def test_the_passage_with_the_asked_words_scores_highest() -> None:
    scores = reranker().scores("tai nạn giao thông", ["thu ngân sách", "xã có tai nạn giao thông", "đàn bò"])
    assert int(np.argmax(scores)) == 1


def test_words_that_stand_together_count_more_than_the_same_words_far_apart() -> None:
    filler = " ".join(["thu"] * (3 * STRETCH))
    near, far = f"tai nạn giao thông {filler}", f"tai nạn {filler} giao thông"
    first, second = reranker().scores("tai nạn giao thông", [near, far])
    assert first > second


def test_a_question_without_accents_meets_the_passage_without_its_accents() -> None:
    scores = reranker().scores("dan bo", ["lúa", "đàn bò"])
    assert scores[1] > scores[0]


def test_forms_that_look_alike_score_alike() -> None:
    one = reranker()
    assert one.scores("ĐÀN BÒ", ["đàn bò"]) == pytest.approx(one.scores("đàn bò", ["Đàn bò"]))


def test_nothing_asked_or_nothing_said_scores_zero() -> None:
    one = reranker()
    assert one.scores("?!", ["đàn bò"]).tolist() == [0.0]
    assert one.scores("đàn bò", ["", "..."]).tolist() == [0.0, 0.0]
    assert one.scores("đàn bò", []).shape == (0,)


def test_a_passage_with_the_kind_of_thing_asked_for_scores_higher() -> None:
    passages = ["đàn bò nghìn con", "đàn bò 7 con", "đàn bò 8 con"]
    question = "bao nhiêu con đàn bò, không phải 8"
    one = reranker({"stretch": 1.0, "number": 0.5, "prior": 3.0})
    seen = one.parts(question, passages)
    assert seen[:, PARTS.index("number")].tolist() == [0.0, 1.0, 0.0]
    assert one.scores(question, passages) == pytest.approx(seen[:, PARTS.index("stretch")] + np.array([0, 0.5, 0]))
    assert one.prior_weight == 3.0
    assert not one.parts("đàn bò", passages)[:, PARTS.index("number")].any()


def test_what_is_seen_is_zero_where_nothing_can_be_seen() -> None:
    seen = reranker().parts("đàn bò", ["", "đàn bò"])
    assert seen.shape == (2, len(PARTS))
    assert seen[0].tolist() == [0.0] * len(PARTS)
    assert seen[1, PARTS.index("stretch")] > seen[1, PARTS.index("lack")] >= 0.0


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=70).map(" ".join), min_size=1, max_size=6))
def test_a_score_does_not_depend_on_the_passages_beside_it(passages: list[str]) -> None:
    one = reranker()
    together = one.scores("tai nạn giao thông xã", passages)
    alone = [float(one.scores("tai nạn giao thông xã", [passage])[0]) for passage in passages]
    assert together.tolist() == pytest.approx(alone, abs=1e-5)


def test_rare_words_share_rows_and_stay_the_same() -> None:
    words = WordRows(WORDS, BARE, shared=32)
    rows = words.of(["hiếmhoi", "đàn", "502"], bare=False)
    assert rows[1] == 1
    assert all(row > len(WORDS) + len(BARE) for row in (rows[0], rows[2]))
    assert rows.tolist() == WordRows(WORDS, BARE, shared=32).of(["hiếmhoi", "đàn", "502"], bare=False).tolist()


@pytest.mark.parametrize("damage", ["missing", "format", "rows"])
def test_a_damaged_folder_is_told(tmp_path: Path, damage: str) -> None:
    if damage != "missing":
        (tmp_path / "accented.txt").write_text("đàn\nbò", encoding="utf-8")
        (tmp_path / "bare.txt").write_text("dan\nbo", encoding="utf-8")
        settings = {"format": 1 if damage == "rows" else 99, "shared": 4}
        (tmp_path / "interaction.json").write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(ModelUnavailable):
        load_interaction(tmp_path)
