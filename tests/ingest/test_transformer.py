"""Transformers of the real architectures: what each wants of its texts reaches the encoder."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import Options, load_embedder
from ingest.errors import ModelUnavailable
from ingest.model_texts import Segmenter, TextForm, prepare
from ingest.transformer import TransformerEmbedder
from tests.ingest import made_models as made

pytestmark = pytest.mark.models
TEXT = "Toàn tỉnh xảy ra 18 vụ tai nạn giao thông, giảm 7 vụ."
JOINED = "Toàn tỉnh xảy ra 18 vụ tai_nạn giao_thông , giảm 7 vụ ."
INSTRUCTION = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One folder for each architecture, under names the table of known models does not have."""
    root = tmp_path_factory.mktemp("models")
    kinds = {"xlm": made.xlm_roberta, "bert": made.bert_uncased, "pho": made.phobert, "qwen": made.qwen3}
    return {name: kind(root / name) for name, kind in kinds.items()}


def loaded(folder: Path, **texts: object) -> TransformerEmbedder:
    model = load_embedder(folder, options=Options(texts=texts))
    assert isinstance(model, TransformerEmbedder)
    return model


def named(folder: Path, place: Path) -> Path:
    return Path(shutil.copytree(folder, place))


def close(left: object, right: object) -> bool:
    return bool(np.allclose(np.asarray(left), np.asarray(right), atol=1e-5))


@pytest.mark.parametrize(
    ("kind", "pooling", "text", "query", "passage"),
    [
        ("xlm", "mean", TextForm.AS_WRITTEN, TEXT, TEXT),
        ("bert", "cls", TextForm.PREPARED, prepare(TEXT), prepare(TEXT)),
        ("qwen", "lasttoken", TextForm.AS_WRITTEN, INSTRUCTION + TEXT, TEXT),
    ],
)
def test_each_architecture_reads_the_text_it_wants_and_pools_as_it_says(
    folders: dict[str, Path], kind: str, pooling: str, text: TextForm, query: str, passage: str
) -> None:
    model = loaded(folders[kind])
    assert (model.rules.text, model.rules.segmenter, model.dim) == (text, Segmenter.NONE, made.WIDTH)
    assert close(model.query(TEXT), made.by_hand(folders[kind], query, pooling=pooling))
    assert close(model.passages([TEXT])[0], made.by_hand(folders[kind], passage, pooling=pooling))
    assert close(model.query(unicodedata.normalize("NFD", TEXT)), model.query(TEXT))


@pytest.mark.parametrize("kind", ["xlm", "bert", "pho", "qwen"])
def test_texts_of_many_lengths_come_back_in_their_order_whatever_stands_beside_them(
    folders: dict[str, Path], kind: str
) -> None:
    pytest.importorskip("pyvi", reason="needs the words extra")
    texts = [" ".join(["vụ tai nạn"] * count) for count in (1, 9, 3, 40, 2)] + ["", TEXT]
    small = load_embedder(folders[kind], options=Options(batch_tokens=16))
    whole = loaded(folders[kind])
    assert whole.passages([]).shape == (0, whole.dim)
    assert close(small.passages(texts), whole.passages(texts))
    for row, text in zip(whole.passages(texts), texts, strict=True):
        assert close(row, whole.passages([text])[0])
        assert np.isclose(np.linalg.norm(row), 1.0, atol=1e-5) or not row.any()


def test_the_prefixes_of_a_known_model_are_found_by_its_name(folders: dict[str, Path], tmp_path: Path) -> None:
    folder = named(folders["xlm"], tmp_path / "multilingual-e5-base")
    model = loaded(folder)
    assert model.rules.known_as == "intfloat/multilingual-e5-base"
    assert close(model.query(TEXT), made.by_hand(folder, f"query: {TEXT}", pooling="mean"))
    assert close(model.passages([TEXT])[0], made.by_hand(folder, f"passage: {TEXT}", pooling="mean"))


def test_words_are_joined_for_a_vocabulary_of_words(folders: dict[str, Path]) -> None:
    pytest.importorskip("pyvi", reason="needs the words extra")
    model = loaded(folders["pho"])
    assert (model.rules.text, model.rules.segmenter) == (TextForm.AS_WRITTEN, Segmenter.PYVI)
    assert close(model.query(TEXT), made.by_hand(folders["pho"], JOINED, pooling="mean"))
    assert not close(model.query(TEXT), made.by_hand(folders["pho"], TEXT, pooling="mean"))


def test_where_words_are_not_to_be_joined_a_setting_says_so(folders: dict[str, Path]) -> None:
    model = loaded(folders["pho"], segmenter="none")
    assert close(model.query(TEXT), made.by_hand(folders["pho"], TEXT, pooling="mean"))


def test_without_pyvi_a_model_of_words_is_refused_and_the_extra_named(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import segment

    segment._tokenizer.cache_clear()
    monkeypatch.setitem(sys.modules, "pyvi", None)
    with pytest.raises(ModelUnavailable, match=r"hoibaocao\[words\]"):
        load_embedder(folders["pho"])
    segment._tokenizer.cache_clear()


@pytest.mark.parametrize(("kind", "tokens"), [("xlm", 64), ("pho", 32), ("bert", 64), ("qwen", 256)])
def test_a_text_ends_at_the_last_position_the_model_has(folders: dict[str, Path], kind: str, tokens: int) -> None:
    pytest.importorskip("pyvi", reason="needs the words extra")
    model = loaded(folders[kind])
    assert model.rules.max_tokens == tokens
    long = "vụ 7 " * 400
    assert np.isclose(np.linalg.norm(model.passages([long])[0]), 1.0, atol=1e-5)


def test_a_shorter_cut_reaches_the_encoder(folders: dict[str, Path]) -> None:
    model = loaded(folders["xlm"], max_tokens=8)
    assert close(model.query(TEXT), made.by_hand(folders["xlm"], TEXT, pooling="mean", max_tokens=8))
    assert close(model.query(TEXT), model.query(TEXT + " Tỷ lệ hộ nghèo còn 3,2%."))
    assert loaded(folders["xlm"], max_tokens=9999).rules.max_tokens == 64


def test_settings_win_over_the_file_beside_the_model_and_that_over_its_prompts(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    folder = made.note(named(folders["qwen"], tmp_path / "q"), query_prefix="query: ", passage_prefix="passage: ")
    model = loaded(folder, passage_prefix="")
    assert (model.rules.query_prefix, model.rules.passage_prefix) == ("query: ", "")
    assert close(model.query(TEXT), made.by_hand(folder, f"query: {TEXT}", pooling="lasttoken"))


@pytest.mark.parametrize(
    "texts", [{"query_prefix": "q: "}, {"max_tokens": 9}, {"text": "prepared"}, {"segmenter": "pyvi"}]
)
def test_whatever_changes_vectors_changes_the_fingerprint(folders: dict[str, Path], texts: dict[str, object]) -> None:
    pytest.importorskip("pyvi", reason="needs the words extra")
    plain, changed = loaded(folders["xlm"]), loaded(folders["xlm"], **texts)
    assert plain.fingerprint != changed.fingerprint
    again = load_embedder(folders["xlm"], options=Options(batch_tokens=64, threads=1))
    assert again.fingerprint == plain.fingerprint


def test_threads_share_a_model(folders: dict[str, Path]) -> None:
    model = loaded(folders["xlm"])
    texts = [f"{TEXT} {number}" for number in range(24)]
    wanted = model.passages(texts)
    with ThreadPoolExecutor(4) as pool:
        passages = [pool.submit(model.passages, texts) for _ in range(3)]
        queries = list(pool.map(model.query, texts))
    assert all(close(one.result(), wanted) for one in passages)
    assert close(queries, wanted)


def test_a_model_that_brings_code_of_its_own_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(
        '{"model_type": "of-its-own", "auto_map": {"AutoModel": "modeling.Own"}, "architectures": ["Own"]}',
        encoding="utf-8",
    )
    (tmp_path / "modeling.py").write_text("raise SystemExit('run')", encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="không chạy mã lạ"):
        load_embedder(tmp_path)
