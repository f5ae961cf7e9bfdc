"""What a model wants of its texts: which source says so, and which of them wins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import ModelUnavailable
from ingest.model_texts import Segmenter, TextForm, TextRules, allowed, known_model, text_rules

LOWER = ["<s>", "[CLS]", "báo", "cáo", "nạn"]
CASED = [*LOWER, "Báo", "Tỉnh"]
WORDS = ["báo_cáo", "tai_nạn", "Tỉnh", "nạn", "giao_thông@@"]
# A vocabulary of code: joined words without a Vietnamese letter.
CODE = ["snake_case", "max_length", "Báo"]


def rules(folder: Path, *, vocabulary: list[str] = LOWER, **options: Any) -> TextRules:
    return text_rules(folder, vocabulary=vocabulary, **options)


def write(folder: Path, name: str, content: object) -> None:
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("vocabulary", "text", "segmenter"),
    [
        (LOWER, TextForm.PREPARED, Segmenter.NONE),
        (CASED, TextForm.AS_WRITTEN, Segmenter.NONE),
        (WORDS, TextForm.AS_WRITTEN, Segmenter.PYVI),
        (CODE, TextForm.AS_WRITTEN, Segmenter.NONE),
        ([], TextForm.PREPARED, Segmenter.NONE),
        # One stray capital or joined word among very many tokens is no feature of the vocabulary.
        ([*(f"từ {i}" for i in range(500)), "Báo", "báo_cáo"], TextForm.PREPARED, Segmenter.NONE),
    ],
)
def test_the_vocabulary_shows_letters_and_words(
    tmp_path: Path, vocabulary: list[str], text: TextForm, segmenter: Segmenter
) -> None:
    found = rules(tmp_path, vocabulary=vocabulary)
    assert (found.text, found.segmenter, found.known_as) == (text, segmenter, "")


def test_texts_are_made_ready_as_the_rules_say() -> None:
    prepared = TextRules(query_prefix="hỏi: ", passage_prefix="đoạn: ")
    assert prepared.query("Xã HOÀ An") == "hỏi: xã hòa an"
    assert prepared.passage("") == "đoạn: "
    assert TextRules(text=TextForm.AS_WRITTEN).passage("Xã HOÀ An\r\n") == "Xã HOÀ An\n"


@pytest.mark.parametrize(
    "place",
    ["bge-m3", "BAAI_bge-m3", "BAAI--bge-m3", "BAAI/bge-m3", "models--BAAI--bge-m3/snapshots/5617a9f", "BGE_M3"],
)
def test_a_known_model_is_known_however_its_folder_is_written(tmp_path: Path, place: str) -> None:
    assert known_model(tmp_path / place)["known_as"] == "BAAI/bge-m3"


@pytest.mark.parametrize("place", ["bge-m3/other", "bge-m3-tuned", "mine", "m3"])
def test_another_model_is_not_taken_for_it(tmp_path: Path, place: str) -> None:
    assert known_model(tmp_path / place) == {}


def test_every_entry_of_the_table_holds_allowed_values_and_a_source() -> None:
    import tomllib

    import ingest.model_texts

    table = Path(ingest.model_texts.__file__).with_name("known_models.toml")
    entries = tomllib.loads(table.read_text(encoding="utf-8"))["model"]
    assert len(entries) > 8
    for entry in entries:
        assert entry.pop("source").startswith("https://") and entry.pop("names")
        assert all(allowed(name, value) for name, value in entry.items()), entry


def test_the_sources_win_in_their_order(tmp_path: Path) -> None:
    folder = tmp_path / "multilingual-e5-base"
    folder.mkdir()
    assert rules(folder).query_prefix == "query: "
    write(folder, "config_sentence_transformers.json", {"prompts": {"query": "", "document": ""}})
    assert rules(folder).query_prefix == "query: "  # an empty prompt is what libraries write by themselves
    write(folder, "config_sentence_transformers.json", {"prompts": {"query": "Q ", "document": "D "}})
    assert (rules(folder).query_prefix, rules(folder).passage_prefix) == ("Q ", "D ")
    write(folder, "hoibaocao.json", {"query_prefix": "", "text": "as_written"})
    own = rules(folder)
    assert (own.query_prefix, own.passage_prefix, own.text) == ("", "D ", TextForm.AS_WRITTEN)
    assert rules(folder, settings={"query_prefix": "hỏi: "}).query_prefix == "hỏi: "


def test_a_default_prompt_goes_before_both(tmp_path: Path) -> None:
    config = {"prompts": {"sts": "giống: "}, "default_prompt_name": "sts"}
    write(tmp_path, "config_sentence_transformers.json", config)
    assert (rules(tmp_path).query_prefix, rules(tmp_path).passage_prefix) == ("giống: ", "giống: ")


@pytest.mark.parametrize(
    ("config", "limit", "own", "cut"),
    [
        ({}, None, {}, None),
        ({}, 512, {}, 512),
        ({"model_type": "bert", "max_position_embeddings": 512}, 8192, {}, 512),
        # RoBERTa numbers positions from the padding's id + 1 on: of 258 there are 256.
        ({"model_type": "roberta", "max_position_embeddings": 258, "pad_token_id": 1}, 512, {}, 256),
        ({"model_type": "xlm-roberta", "max_position_embeddings": 8194, "pad_token_id": 1}, 8192, {}, 8192),
        ({"max_position_embeddings": -1}, 512, {}, 512),
        ({}, 512, {"max_tokens": 128}, 128),
        ({}, 512, {"max_tokens": 4096}, 512),
    ],
)
def test_a_text_is_cut_at_the_tightest_limit(
    tmp_path: Path, config: dict[str, object], limit: int | None, own: dict[str, object], cut: int | None
) -> None:
    write(tmp_path, "config.json", config)
    write(tmp_path, "hoibaocao.json", own)
    assert rules(tmp_path, limit=limit).max_tokens == cut


@pytest.mark.parametrize(
    "own", [{"max_tokens": True}, {"text": "lower"}, {"segmenter": 1}, {"known_as": "x"}, ["query_prefix"], "x"]
)
def test_odd_settings_beside_a_model_are_refused(tmp_path: Path, own: object) -> None:
    write(tmp_path, "hoibaocao.json", own)
    with pytest.raises(ModelUnavailable, match=r"hoibaocao\.json"):
        rules(tmp_path)


def test_the_mark_names_what_changes_vectors_and_nothing_else() -> None:
    plain = TextRules()
    assert plain.mark == TextRules(known_as="BAAI/bge-m3").mark
    others = [TextRules(query_prefix="q"), TextRules(max_tokens=9), TextRules(text=TextForm.AS_WRITTEN)]
    assert len({plain.mark, *(one.mark for one in others)}) == 4
