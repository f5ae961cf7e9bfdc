"""Numbers and marks of recognised words: which reading is taken, and how sure it then is."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.parse import scan_words
from ingest.parse.scan_ink import Grey
from ingest.parse.scan_words import pieces_of
from ingest.parse.tesseract import RawWord

BLANK: Grey = np.full((200, 800), 255, np.uint8)


def _pieces(
    monkeypatch: pytest.MonkeyPatch, read: str, again: str = "", sure: float = 0.9, first: float = 0.6
) -> list[tuple[str, float]]:
    """Return text and confidence of a word that was ``read`` and, where it is read a second time, ``again``."""
    monkeypatch.setattr(scan_words, "read_words", lambda *_, **__: [(again, sure)])
    word = RawWord(read, 100, 100, 200, 130, first, (1, 1, 1))
    return [(piece.text, piece.confidence) for piece in pieces_of(BLANK, [word], seconds=1)]


@pytest.mark.parametrize(
    ("read", "again", "wanted"),
    [
        ("12,5%", "12,5%", ("12,5%", 0.9)),  # both agree
        ("12,5%", "72,5%", ("72,5%", 0.45)),  # the surer one, and a warning
        ("27/300", "27300", ("27/300", 0.45)),  # a stroke is lost, not made up
        ("34,257", "34257", ("34,257", 0.45)),
        ("I11,2%", "111,2%", ("111,2%", 0.45)),
        ("4.§28", "4.828", ("4.828", 0.45)),
    ],
)
def test_a_number_read_twice(monkeypatch: pytest.MonkeyPatch, read: str, again: str, wanted: tuple[str, float]) -> None:
    assert _pieces(monkeypatch, read, again) == [wanted]


@pytest.mark.parametrize("text", ["34257", "1.936.42", "1.234,567,8", "12345%"])
def test_a_number_that_nobody_writes_so_is_unclear_however_sure_it_was_read(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    assert _pieces(monkeypatch, text, first=0.97) == [(text, 0.45)]


@pytest.mark.parametrize(
    "text", ["2024", "1.234,5", "1,234.5", "12,5%", "12.5", "1.2.1.", "15/12/2023", "2019-2024", "1.200.000", "tấn"]
)
def test_usual_numbers_stay_as_sure_as_they_were_read(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    assert _pieces(monkeypatch, text, first=0.97) == [(text, 0.97)]
