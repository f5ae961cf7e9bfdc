from __future__ import annotations

from ingest.domain import Page, PlacedWord, Report, ReportMeta, Section, SectionKind, Span
from ingest.locating import Box, boxes, page_at, pages_of, section_at

TEXT = "I. THU\nThu đạt 12 tỷ đồng, tăng\n3% so với cùng kỳ"


def placed(word: str, left: float, right: float, top: float, *, after: int = 0) -> PlacedWord:
    start = TEXT.index(word, after)
    return PlacedWord(Span(start, start + len(word)), left, top, right, round(top + 0.02, 4))


PAGE = Page(
    2,
    Span(7, len(TEXT)),
    595,
    842,
    words=(
        placed("Thu", 0.1, 0.15, 0.3, after=7),
        placed("đạt", 0.16, 0.2, 0.3),
        placed("12", 0.21, 0.24, 0.296),  # a taller letter begins a little higher
        placed("tỷ", 0.25, 0.28, 0.3),
        placed("đồng,", 0.29, 0.35, 0.3),
        placed("tăng", 0.36, 0.4, 0.3),
        placed("3%", 0.1, 0.14, 0.33),
        placed("so", 0.15, 0.18, 0.33),
    ),
)


def test_a_quote_is_boxed_line_by_line() -> None:
    start, end = TEXT.index("12"), TEXT.index(" so")
    first, second = boxes(PAGE, Span(start, end))
    assert first == Box(2, 0.21, 0.296, 0.4, 0.32)
    assert second == Box(2, 0.1, 0.33, 0.14, 0.35)


def test_words_are_boxed_whole() -> None:
    inside = TEXT.index("đồng") + 1
    assert boxes(PAGE, Span(inside, inside + 2)) == (Box(2, 0.29, 0.3, 0.35, 0.32),)


def test_two_columns_are_two_boxes() -> None:
    back = Page(1, Span(0, 9), 1, 1, words=(placed("12", 0.6, 0.7, 0.3), placed("tỷ", 0.1, 0.2, 0.3)))
    assert len(boxes(back, Span(0, len(TEXT)))) == 2


def test_nothing_to_box() -> None:
    assert boxes(PAGE, Span(0, 3)) == ()
    assert boxes(Page(1, Span(0, 5), 1, 1), Span(0, 5)) == ()


def test_pages_and_sections_of_a_place() -> None:
    root = Section(0, None, 0, SectionKind.ROOT, "", "", None, Span(0, len(TEXT)))
    one = Section(1, 0, 1, SectionKind.ROMAN, "I.", "THU", Span(0, 6), Span(0, 31))
    inner = Section(2, 1, 2, SectionKind.ARABIC, "1.", "Nhỏ", Span(8, 12), Span(8, 20))
    pages = (Page(1, Span(0, 7), 1, 1), PAGE)
    report = Report(TEXT, "pdf", ReportMeta(), (root, one, inner), (), pages=pages)
    assert [getattr(page_at(report, at), "number", None) for at in (0, 6, 7, 40)] == [1, 1, 2, 2]
    assert pages_of(report, Span(5, 9)) == (1, 2)
    assert pages_of(report, Span(7, 9)) == (2,)
    assert section_at(report, 10) == ("I. THU", "1. Nhỏ")
    assert section_at(report, 25) == ("I. THU",)
    assert section_at(report, 40) == ()
    bare = Report(TEXT, "text", ReportMeta(), (root,), ())
    assert (page_at(bare, 3), pages_of(bare, Span(0, 3))) == (None, ())
