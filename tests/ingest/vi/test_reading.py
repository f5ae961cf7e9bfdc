"""Readings: clean text whose every character points back."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import Span
from ingest.vi.reading import read


def test_joins_pieces_and_drops_marks() -> None:
    text = "* *Chăn nuôi*: đàn\ntrâu³ có\n\n³ Ghi chú.\n\n620 con; 3*4"
    mark = Span(text.index("³"), text.index("³") + 1)
    first, second = Span(0, text.index("\n\n")), Span(text.index("620"), len(text))
    reading = read(text, (first, second), drop=(mark,))
    assert reading.text == "Chăn nuôi: đàn trâu có 620 con; 3*4"
    at = reading.text.index("trâu")
    assert [s.of(text) for s in reading.spans(at, at + 11)] == ["trâu³ có", "620"]
    assert [s.of(text) for s in reading.spans(at - 4, at + 7)] == ["đàn\ntrâu³ có"]


def test_empty() -> None:
    assert read("abc", ()).text == ""
    assert read("abc", (Span(1, 1),)).spans(0, 0) == ()


@given(st.text(alphabet="ab *\n3", max_size=40))
def test_every_character_points_at_itself(text: str) -> None:
    reading = read(text, (Span(0, len(text)),))
    assert len(reading.offsets) == len(reading.text)
    assert all(
        c == text[o] or (c == " " and text[o].isspace()) for c, o in zip(reading.text, reading.offsets, strict=True)
    )
    assert "  " not in reading.text and reading.text == reading.text.strip()
