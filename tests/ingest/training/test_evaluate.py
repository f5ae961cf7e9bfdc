"""The tuning figures on a set small enough to see."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.training.evaluate import QuestionSet, Scores, score


class ByFirstLetter:
    """One axis per letter a, b, c, á: two texts are near when they start alike."""

    fingerprint = "toy"
    dim = 4

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[float(text.startswith(letter)) for letter in "abcá"] for text in texts], dtype=np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.passages([text])[0]
        return vector


ASKED = QuestionSet(questions=("a?", "b?", "á?"), passages=("a.", "b.", "c.", "á."), gold=(0, 2, 3))


def test_a_right_first_passage_counts_one_a_later_one_by_its_rank() -> None:
    found = score(ByFirstLetter(), ASKED)
    # "b?" ranks its passage c behind b and, as ties count against the model, behind a and á too: rank 3, 0-based.
    assert found.hit_at_1 == pytest.approx(2 / 3)
    assert found.ndcg_at_10 == pytest.approx((1 + 1 / np.log2(5) + 1) / 3)


def test_accents_are_dropped_on_request() -> None:
    assert score(ByFirstLetter(), ASKED, bare=True).hit_at_1 == pytest.approx(1 / 3)


def test_no_questions_score_zero() -> None:
    assert score(ByFirstLetter(), QuestionSet((), ("a.",), ())) == Scores(0.0, 0.0)
