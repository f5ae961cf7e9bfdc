"""The models of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import ModelUnavailable
from service.models import embedder_of, reranker_of
from service.settings import Embedding, Rerank, Settings
from tests.ingest.test_embed import axes, toy_folder


def settings_of(tmp_path: Path, **embedding: object) -> Settings:
    return Settings(data_dir=tmp_path, embedding=Embedding.model_validate(embedding))


@pytest.mark.parametrize("model", [None, ""])
def test_no_model_is_the_shipped_one(tmp_path: Path, model: str | None) -> None:
    settings = settings_of(tmp_path, model=model)
    assert embedder_of(settings).fingerprint == embedder_of(Settings(data_dir=tmp_path)).fingerprint
    assert reranker_of(settings) is None


def test_what_is_set_reaches_the_model_and_its_fingerprint(tmp_path: Path) -> None:
    folder = str(toy_folder(tmp_path / "toy"))
    plain = embedder_of(settings_of(tmp_path, model=folder))
    said = embedder_of(settings_of(tmp_path, model=folder, query_prefix="query ", max_tokens=8, batch_tokens=64))
    assert axes(said.query("vụ")) == {"query", "vụ"} and said.rules.max_tokens == 8
    assert said.fingerprint != plain.fingerprint
    other = embedder_of(Settings(data_dir=tmp_path), Embedding(model=folder))
    assert other.fingerprint == plain.fingerprint


def test_a_reranker_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="mô hình xếp lại"):
        reranker_of(Settings(data_dir=tmp_path, rerank=Rerank(model="nobody/none")))
