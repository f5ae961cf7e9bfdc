"""The written folder: small numbers, near the vectors, the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from tokenizers import Tokenizer, models

from ingest.embed import load_embedder
from ingest.training.pack import quantise, write_model

VECTORS = arrays.arrays(np.float32, (3, 4), elements=st.floats(-100, 100, width=32, allow_subnormal=False))


@given(vectors=VECTORS)
def test_quantised_rows_are_within_half_a_step(vectors: NDArray[np.float32]) -> None:
    rows, factors = quantise(vectors)
    assert rows.dtype == np.int8
    assert np.all(np.abs(rows * factors[:, None] - vectors) <= factors[:, None] * 0.51)


def test_a_zero_row_stays_zero() -> None:
    rows, factors = quantise(np.zeros((1, 4), dtype=np.float32))
    assert not rows.any() and not factors.any()


def test_a_written_folder_loads_and_is_the_same_each_time(tmp_path: Path) -> None:
    tokenizer = Tokenizer(models.Unigram([("<unk>", 0.0), ("a", -1.0), ("b", -1.0)], unk_id=0, byte_fallback=False))
    vectors = np.array([[0.0, 0.0], [3.0, 4.0], [1.0, 0.0]], dtype=np.float32)
    for name in ("one", "two"):
        write_model(tmp_path / name, tokenizer=tokenizer, vectors=vectors)
    first, second = load_embedder(tmp_path / "one"), load_embedder(tmp_path / "two")
    assert first.fingerprint == second.fingerprint
    assert np.allclose(first.query("a"), [0.6, 0.8], atol=0.01)
