"""Rerankers: the shipped one, a CrossEncoder of random weights, what is refused, none where none is wanted."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from ingest.errors import ModelUnavailable
from ingest.rerank import OFF, best_first, load_reranker

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "số", "vụ", "tai", "nạn", "hộ", "nghèo", "tăng", "giảm"]
QUESTION = "số vụ tai nạn"
PASSAGES = ["số vụ tai nạn giảm", "hộ nghèo giảm", "số vụ tăng", "tai nạn"]


def cross_encoder_folder(folder: Path, *, outputs: int = 1) -> Path:
    """A one-layer BERT with a head of random weights, as transformers saves it."""
    torch, transformers = (
        pytest.importorskip(name, reason="needs the models extra") for name in ("torch", "transformers")
    )
    torch.manual_seed(1)
    raw = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    raw.pre_tokenizer = pre_tokenizers.Whitespace()
    raw.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    transformers.PreTrainedTokenizerFast(tokenizer_object=raw, model_max_length=64, **special).save_pretrained(folder)
    shape = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=outputs,
        initializer_range=0.5,
    )
    transformers.BertForSequenceClassification(shape).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("source", [None, ""])
def test_where_no_model_is_named_the_shipped_one_serves(source: str | None) -> None:
    reranker = load_reranker(source)
    assert reranker is not None
    passages = [
        "Thu ngân sách đạt dự toán.",
        "Trên địa bàn xảy ra một số vụ tai nạn giao thông.",
        "Đàn bò phát triển ổn định.",
    ]
    for question in ("tai nạn giao thông xảy ra mấy vụ?", "tai nan giao thong xay ra may vu?"):
        assert best_first(reranker, question, [(text, 1.0) for text in passages])[0] == 1


def test_the_order_of_the_search_stays_where_it_is_wanted() -> None:
    assert load_reranker(OFF) is None


class Fixed:
    """Gives the scores it was made with."""

    fingerprint = "fixed"

    def __init__(self, scores: list[float], *, prior_weight: float) -> None:
        self._scores, self.prior_weight = scores, prior_weight

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        return np.array(self._scores, dtype=np.float32)


@pytest.mark.parametrize(("weight", "order"), [(0.0, [1, 0, 2]), (5.0, [0, 1, 2])])
def test_the_score_of_the_search_counts_as_much_as_the_reranker_says(weight: float, order: list[int]) -> None:
    found = [("a", 0.03), ("b", 0.015), ("c", 0.01)]
    assert best_first(Fixed([1.0, 2.0, 1.0], prior_weight=weight), "q", found) == order


def test_equal_scores_keep_the_order_of_the_search_and_nothing_found_is_nothing() -> None:
    assert best_first(Fixed([1.0, 1.0], prior_weight=0.0), "q", [("a", 0.5), ("b", 0.5)]) == [0, 1]
    assert best_first(Fixed([], prior_weight=1.0), "q", []) == []


@pytest.mark.models
def test_each_passage_is_scored_by_itself_in_the_order_given(tmp_path: Path) -> None:
    reranker = load_reranker(cross_encoder_folder(tmp_path))
    assert reranker is not None
    scores = reranker.scores(QUESTION, PASSAGES)
    assert scores.shape == (len(PASSAGES),) and scores.dtype == np.float32 and np.isfinite(scores).all()
    assert len(set(scores.tolist())) == len(PASSAGES)
    assert np.allclose(reranker.scores(QUESTION, PASSAGES[::-1]), scores[::-1], atol=1e-5)
    assert np.allclose([reranker.scores(QUESTION, [one])[0] for one in PASSAGES], scores, atol=1e-5)
    assert not np.allclose(reranker.scores("hộ nghèo", PASSAGES), scores, atol=1e-3)


@pytest.mark.models
def test_no_passages_give_no_scores_and_unicode_forms_meet(tmp_path: Path) -> None:
    reranker = load_reranker(cross_encoder_folder(tmp_path))
    assert reranker is not None
    assert reranker.scores(QUESTION, []).shape == (0,)
    apart = [unicodedata.normalize("NFD", one) for one in PASSAGES]
    found = reranker.scores(unicodedata.normalize("NFD", QUESTION), apart)
    assert np.allclose(found, reranker.scores(QUESTION, PASSAGES), atol=1e-6)


@pytest.mark.models
def test_texts_longer_than_the_model_reads_are_cut(tmp_path: Path) -> None:
    reranker = load_reranker(cross_encoder_folder(tmp_path))
    assert reranker is not None
    assert np.isfinite(reranker.scores("vụ " * 200, ["tai nạn " * 200])).all()


@pytest.mark.models
def test_the_fingerprint_names_the_weights_not_the_place(tmp_path: Path) -> None:
    first = cross_encoder_folder(tmp_path / "a")
    second = Path(shutil.copytree(first, tmp_path / "b"))
    prints = [one.fingerprint for one in map(load_reranker, (first, second)) if one is not None]
    assert len(prints) == 2 and prints[0] == prints[1]
    config = json.loads((second / "config.json").read_text("utf-8"))
    (second / "config.json").write_text(json.dumps({**config, "hidden_act": "relu"}), encoding="utf-8")
    changed = load_reranker(second)
    assert changed is not None and changed.fingerprint != prints[0]


def refused(source: Path | str) -> str:
    with pytest.raises(ModelUnavailable) as caught:
        load_reranker(source)
    return caught.value.message


def test_a_missing_model_is_refused_in_vietnamese(tmp_path: Path) -> None:
    assert "Không thấy mô hình xếp lại" in refused(tmp_path / "nowhere")
    assert "Không thấy mô hình xếp lại" in refused("nobody/nothing-of-that-name")
    assert "thiếu" in refused(tmp_path)


def test_an_embedding_model_is_refused_rather_than_given_a_random_head(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"architectures": ["BertModel"], "model_type": "bert"}', encoding="utf-8")
    assert "BertModel" in refused(tmp_path) and "không phải mô hình xếp lại" in refused(tmp_path)


@pytest.mark.models
def test_a_classifier_of_several_classes_is_refused(tmp_path: Path) -> None:
    assert "3 điểm" in refused(cross_encoder_folder(tmp_path, outputs=3))


@pytest.mark.models
def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    folder = cross_encoder_folder(tmp_path)
    (folder / "model.safetensors").write_bytes(b"{")
    assert "Không nạp được mô hình xếp lại" in refused(folder)


def test_without_the_models_extra_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    config = {"architectures": ["BertForSequenceClassification"], "model_type": "bert"}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert "hoibaocao[models]" in refused(tmp_path)
