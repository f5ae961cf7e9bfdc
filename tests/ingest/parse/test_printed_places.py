from __future__ import annotations

import numpy as np
import pytest

from ingest.domain import Span
from ingest.parse.printed import PrintedPage, PrintedWord
from ingest.parse.printed_places import placed, size_as_it_lies


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_a_word_stands_where_it_lies_in_the_file(quarter: int) -> None:
    lying = np.zeros((40, 60), dtype=bool)
    lying[4:8, 30:45] = True  # the word's ink, as the page lies
    upright = np.rot90(lying, quarter)
    rows, columns = np.nonzero(upright)
    word = PrintedWord("a", columns.min(), rows.min(), columns.max() + 1, rows.max() + 1, 10)
    page = PrintedPage(1, upright.shape[1], upright.shape[0], (word,), scanned=True, quarter=quarter)
    found = placed(page, word, Span(0, 1))
    box = (found.left, found.top, found.right, found.bottom)
    assert box == pytest.approx((30 / 60, 4 / 40, 45 / 60, 8 / 40))
    assert size_as_it_lies(page) == (60, 40)
