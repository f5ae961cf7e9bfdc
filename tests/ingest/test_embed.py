"""The embedding loader: what every model promises, what the shipped one is worth, what is refused."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from ingest.embed import Embedder, load_embedder, prepare
from ingest.errors import ModelUnavailable

SHIPPED = Path(__file__).parents[2] / "ingest" / "model"
WORDS = ["<unk>", "vụ", "tai", "nạn", "query", "passage", "hòa"]
MODULES = [
    {"idx": 0, "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


@pytest.fixture(scope="module")
def shipped() -> Embedder:
    return load_embedder()


def toy_folder(folder: Path, **files: object) -> Path:
    """A static model whose token i points along axis i; ``files`` are further JSON files by stem."""
    folder.mkdir(exist_ok=True)
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    rows = np.eye(len(WORDS), dtype=np.float32)
    rows[0] = 0.0
    save_file({"embedding.weight": rows}, folder / "model.safetensors")
    for stem, content in {"modules": MODULES, **files}.items():
        (folder / f"{stem}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def axes(vector: NDArray[np.float32]) -> set[str]:
    """The words a toy vector is made of."""
    return {word for word, value in zip(WORDS, vector, strict=True) if value > 0}


def refused(source: Path | str) -> str:
    with pytest.raises(ModelUnavailable) as caught:
        load_embedder(source)
    return caught.value.message


@given(text=st.text(max_size=60))
@settings(deadline=None)
def test_any_text_gives_a_unit_vector_or_zeros_the_same_each_time(shipped: Embedder, text: str) -> None:
    vector = shipped.query(text)
    assert vector.shape == (shipped.dim,) and vector.dtype == np.float32
    assert np.isclose(np.linalg.norm(vector), 1.0, atol=1e-5) or not vector.any()
    assert np.array_equal(vector, shipped.query(text))


@given(texts=st.lists(st.text(max_size=30), max_size=6))
@settings(deadline=None)
def test_a_batch_equals_its_texts_one_by_one(shipped: Embedder, texts: list[str]) -> None:
    together = shipped.passages(texts)
    assert together.shape == (len(texts), shipped.dim)
    for row, text in zip(together, texts, strict=True):
        assert np.array_equal(row, shipped.passages([text])[0])


@pytest.mark.parametrize("text", ["", "   ", "…", "北京"])
def test_a_text_without_known_tokens_is_zeros_without_nan(shipped: Embedder, text: str) -> None:
    assert np.array_equal(shipped.query(text), np.zeros(shipped.dim, dtype=np.float32))


@pytest.mark.parametrize(
    "other",
    [
        "QUÝ I, XÃ HOÀ BÌNH",
        "Quý I, xã Hoà Bình",
        unicodedata.normalize("NFD", "quý I, xã Hòa Bình"),
        "quý I,  xã\u00a0Hòa Bình",
    ],
)
def test_case_unicode_form_and_tone_spelling_do_not_matter(shipped: Embedder, other: str) -> None:
    assert np.allclose(shipped.query(other), shipped.query("quý i, xã hòa bình"), atol=1e-6)


def test_a_question_typed_without_accents_stays_near_its_twin(shipped: Embedder) -> None:
    written = shipped.query("bao nhiêu hộ gia đình được vay vốn chăn nuôi bò?")
    typed = shipped.query("bao nhieu ho gia dinh duoc vay von chan nuoi bo?")
    other = shipped.query("tình hình xâm nhập mặn ở các cửa sông")
    assert written @ typed > 0.5 > abs(typed @ other)


def test_the_shipped_model_finds_the_passage_that_says_it_in_other_words(shipped: Embedder) -> None:
    passages = shipped.passages(
        [
            "Lực lượng chức năng đã bắt giữ hai đối tượng trộm cắp xe máy.",
            "Diện tích gieo trồng lúa vụ đông xuân tăng so với cùng kỳ.",
            "Nhà trường tổ chức lễ khai giảng năm học mới cho học sinh.",
        ]
    )
    for question, best in (
        ("công an tóm gọn kẻ gian lấy xe", 0),
        ("nông dân cấy được mấy héc ta ruộng", 1),
        ("thầy cô và lớp học", 2),
    ):
        assert int(np.argmax(passages @ shipped.query(question))) == best


def test_the_shipped_folder_is_small_and_of_the_size_promised(shipped: Embedder) -> None:
    size = sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file())
    assert size <= 12_000_000
    assert shipped.dim == 256


def test_prefixes_go_before_questions_and_passages(tmp_path: Path) -> None:
    config = {"prompts": {"query": "query ", "document": "passage "}}
    model = load_embedder(toy_folder(tmp_path, config_sentence_transformers=config))
    assert axes(model.query("vụ")) == {"query", "vụ"}
    assert axes(model.passages(["vụ"])[0]) == {"passage", "vụ"}


def test_our_own_settings_win_over_the_prompts(tmp_path: Path) -> None:
    config = {"prompts": {"query": "passage "}}
    model = load_embedder(
        toy_folder(tmp_path, config_sentence_transformers=config, hoibaocao={"query_prefix": "query "})
    )
    assert axes(model.query("vụ")) == {"query", "vụ"}


def test_long_texts_are_cut_at_max_tokens(tmp_path: Path) -> None:
    model = load_embedder(toy_folder(tmp_path, hoibaocao={"max_tokens": 2}))
    assert axes(model.query("vụ tai nạn")) == {"vụ", "tai"}


def test_rows_shared_and_scaled_per_token_are_read(tmp_path: Path) -> None:
    """The int8 layout of model2vec: token 'nạn' shares the row of 'tai', at twice its length."""
    folder = toy_folder(tmp_path)
    rows = (np.eye(len(WORDS)) * 100).astype(np.int8)
    mapping = np.array([0, 1, 2, 2, 4, 5, 6])
    weights = np.array([0, 1, 1, 2, 1, 1, 1], dtype=np.float32)
    save_file({"embeddings": rows, "weights": weights, "mapping": mapping}, folder / "model.safetensors")
    vector = load_embedder(folder).query("vụ nạn")
    assert np.allclose(vector[[1, 2]], np.array([1.0, 2.0]) / np.sqrt(5), atol=1e-6)


def test_the_fingerprint_is_that_of_the_contents_not_of_the_place(tmp_path: Path) -> None:
    first, second = toy_folder(tmp_path / "a"), toy_folder(tmp_path / "b")
    (second / "README.md").write_text("Ghi chú", encoding="utf-8")
    assert load_embedder(first).fingerprint == load_embedder(second).fingerprint


@pytest.mark.parametrize("changed", ["weight", "prefix", "tokenizer", "normalising"])
def test_the_fingerprint_changes_with_whatever_changes_vectors(
    tmp_path: Path, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = toy_folder(tmp_path)
    before = load_embedder(folder).fingerprint
    if changed == "weight":
        weights = load_file(folder / "model.safetensors")
        weights["embedding.weight"][3, 3] = 0.5
        save_file(weights, folder / "model.safetensors")
    elif changed == "prefix":
        (folder / "hoibaocao.json").write_text('{"query_prefix": "query "}', encoding="utf-8")
    elif changed == "tokenizer":
        text = (folder / "tokenizer.json").read_text(encoding="utf-8")
        (folder / "tokenizer.json").write_text(text.replace("hòa", "bình"), encoding="utf-8")
    else:
        monkeypatch.setattr("ingest.model_texts.TEXT_VERSION", "another")
    assert load_embedder(folder).fingerprint != before


def test_a_missing_folder_or_name_is_refused_in_vietnamese(tmp_path: Path) -> None:
    assert "Không thấy mô hình nhúng" in refused(tmp_path / "nowhere")
    assert "Không thấy mô hình nhúng" in refused("nobody/nothing-of-that-name")


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    assert "thiếu" in refused(tmp_path)


@pytest.mark.parametrize("name", ["modules.json", "tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize("content", [b"", b"{", b'{"a": 1}', b"\xff\xfe"])
def test_a_damaged_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    folder = toy_folder(tmp_path)
    (folder / name).write_bytes(content)
    assert "mô hình nhúng" in refused(folder) or name in refused(folder)


def test_too_few_vectors_for_the_tokenizer_are_refused(tmp_path: Path) -> None:
    folder = toy_folder(tmp_path)
    save_file({"embedding.weight": np.eye(3, dtype=np.float32)}, folder / "model.safetensors")
    assert "ít vectơ hơn" in refused(folder)


@pytest.mark.parametrize("own", [{"max_tokens": 0}, {"max_tokens": "8"}, {"query_prefix": 1}, {"unknown": 1}])
def test_an_odd_setting_is_refused_by_name(tmp_path: Path, own: dict[str, Any]) -> None:
    assert next(iter(own)) in refused(toy_folder(tmp_path, hoibaocao=own))


def test_without_the_models_extra_a_transformer_is_refused_and_the_extra_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    modules = [{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"}]
    assert "hoibaocao[models]" in refused(toy_folder(tmp_path, modules=modules))


@pytest.mark.models
def test_sentence_transformers_gives_the_same_vectors(shipped: Embedder) -> None:
    library = pytest.importorskip("sentence_transformers", reason="needs the models extra (torch)")
    texts = [
        "Quý I có bao nhiêu vụ tai nạn giao thông?",
        "",
        "北京",
        "ước đạt 1.234,5 tấn, bằng 102,3% kế hoạch",
        "XÃ HOÀ AN",
    ]
    plain = library.SentenceTransformer(str(SHIPPED), device="cpu", local_files_only=True)
    assert np.abs(plain.encode([prepare(text) for text in texts]) - shipped.passages(texts)).max() < 1e-6


@pytest.mark.models
def test_a_transformer_folder_runs_with_its_prefixes(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the models extra (torch)")
    plain = load_embedder(transformer_folder(tmp_path / "plain"))
    shutil.copytree(tmp_path / "plain", tmp_path / "prefixed")
    (tmp_path / "prefixed" / "hoibaocao.json").write_text('{"query_prefix": "query "}', encoding="utf-8")
    prefixed = load_embedder(tmp_path / "prefixed")
    assert plain.passages([]).shape == (0, plain.dim)
    assert np.allclose(np.linalg.norm(plain.passages(["vụ tai nạn", "hòa"]), axis=1), 1.0, atol=1e-5)
    assert np.allclose(prefixed.query("vụ"), plain.query("query vụ"), atol=1e-6)
    assert np.allclose(prefixed.passages(["vụ"])[0], plain.query("VỤ"), atol=1e-6)
    assert prefixed.fingerprint != plain.fingerprint


@pytest.mark.models
def test_damaged_weights_of_a_transformer_are_refused(tmp_path: Path) -> None:
    folder = transformer_folder(tmp_path)
    (folder / "model.safetensors").write_bytes(b"{")
    assert "Không nạp được mô hình nhúng" in refused(folder)


def transformer_folder(folder: Path) -> Path:
    """A one-layer BERT with random weights, saved by sentence-transformers itself."""
    torch, transformers = (
        pytest.importorskip(name, reason="needs the models extra") for name in ("torch", "transformers")
    )
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    torch.manual_seed(0)
    words = {word: i for i, word in enumerate(["[PAD]", *WORDS])}
    raw = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    raw.pre_tokenizer = pre_tokenizers.Whitespace()
    base = folder / "base"
    transformers.PreTrainedTokenizerFast(tokenizer_object=raw, pad_token="[PAD]", unk_token="<unk>").save_pretrained(
        base
    )
    shape = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    transformers.BertModel(shape).save_pretrained(base)
    body = Transformer(str(base))
    model = SentenceTransformer(modules=[body, Pooling(body.get_embedding_dimension())], device="cpu")
    shutil.rmtree(base)
    model.save(str(folder))
    return folder
