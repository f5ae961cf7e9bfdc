"""Labels and marks of scanned notes: what was read wrong is what must have stood there, and nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.parse.printed import PrintedPage, PrintedWord, Rule
from ingest.parse.printed_lines import Line, make_line
from ingest.parse.printed_notes import PageNote, split_notes
from ingest.parse.scan_notes import in_sequence


def _line(text: str, top: float = 100.0) -> Line:
    """Return a line of words 40 points apart; ``^`` before a word raises it."""
    return make_line(
        PrintedWord(word.lstrip("^"), 80 + 40 * at, top, 110 + 40 * at, top + 14, 14, raised=word.startswith("^"))
        for at, word in enumerate(text.split())
    )


def _read(text: str, labels: Sequence[str], last: int = 0) -> tuple[str, list[str], int]:
    notes = [PageNote(label, (_line(f"^{label} nội dung", 700),), 1) for label in labels]
    running, told, reached = in_sequence([_line(text)], notes, last)
    return " ".join(word.text for line in running for word in line.words), [note.label for note in told], reached


def test_a_misread_label_takes_its_place_in_the_sequence() -> None:
    assert _read("xã ^6 thôn ^7 hộ ^8", ["6", "1", "8"], last=5) == ("xã 6 thôn 7 hộ 8", ["6", "7", "8"], 8)


def test_a_misread_mark_takes_the_label_between_its_neighbours() -> None:
    assert _read("xã ^1 thôn ^7 hộ ^3", ["1", "2", "3"])[0] == "xã 1 thôn 2 hộ 3"


def test_labels_may_begin_again_on_each_page() -> None:
    assert _read("xã ^1 thôn ^2", ["1", "2"], last=4) == ("xã 1 thôn 2", ["1", "2"], 2)


def test_an_exponent_is_no_mark() -> None:
    assert _read("xã ^1 sàn 5m ^2 thôn ^9", ["1", "2"])[0] == "xã 1 sàn 5m 2 thôn 2"


def test_what_agrees_with_no_sequence_stays() -> None:
    assert _read("xã ^12 thôn ^15", ["12", "15"], last=3) == ("xã 12 thôn 15", ["12", "15"], 15)
    assert _read("xã ^4 thôn", [], last=3) == ("xã 4 thôn", [], 3)
    assert _read("xã ^4 thôn", ["*"], last=3) == ("xã 4 thôn", ["*"], 3)


def test_a_note_whose_label_was_not_read_is_one_where_the_labels_leave_room() -> None:
    lost = PageNote("", (_line("' nội dung", 690),))
    for last in (0, 3):
        numbered = [PageNote(str(last + 2), (_line(f"^{last + 2} nội dung", 700),), 1)]
        running = [_line(f"xã ^{last + 1} thôn ^{last + 2}")]
        _, told, reached = in_sequence(running, [lost, *numbered], last)
        assert [(note.label, note.mark_words) for note in told] == [(str(last + 1), 1), (str(last + 2), 1)]
        assert reached == last + 2


def test_notes_whose_labels_are_signs_take_those_that_most_marks_agree_with() -> None:
    lost = [PageNote("", (_line(f"{sign} Nội dung.", 700),), 1, unread=True) for sign in "°?Š"]
    running, told, reached = in_sequence([_line("xã ^7 thôn ^8")], lost, last=4)
    assert [(note.label, note.unread) for note in told] == [("6", False), ("7", False), ("8", False)]
    assert reached == 8 and [word.text for line in running for word in line.words] == ["xã", "7", "thôn", "8"]
    # One mark alone is no agreement.
    assert [note.label for note in in_sequence([_line("xã ^9 thôn")], lost, last=4)[1]] == ["", "", ""]


def test_signs_before_capitals_open_notes_of_a_scanned_page_only() -> None:
    typed = ("° Nội dung một,", "xã và thôn.", "? Nội dung hai.", "' hộ còn lại.", "- Nội dung ba.")
    lines = [_line("Toàn xã có 12 hộ", 100), *(_small(text, 700 + 12 * at) for at, text in enumerate(typed))]
    page = PrintedPage(2, 595.0, 842.0, (), (Rule(80, 690, 205, 691),), scanned=True)
    notes = split_notes(page, lines, 14, last=None)[1]
    assert [(note.unread, len(note.lines)) for note in notes] == [(True, 2), (True, 3)]
    assert split_notes(replace(page, scanned=False), lines, 14, last=None)[1] == []


def test_a_label_counts_behind_a_note_whose_own_was_not_read() -> None:
    typed = ("Í Nội dung một,", "12 Thửa đất và", "3 hộ.", "2 Nội dung hai.")
    lines = [_line("Toàn xã có 12 hộ", 100), *(_small(text, 700 + 12 * at) for at, text in enumerate(typed))]
    page = PrintedPage(2, 595.0, 842.0, (), (Rule(80, 690, 205, 691),), scanned=True)
    notes = split_notes(page, lines, 14, last=None)[1]
    assert [(note.label, len(note.lines)) for note in notes] == [("", 3), ("2", 1)]
    _, told, _ = in_sequence([_line("xã ^1 thôn ^2")], notes, 0)
    assert [note.label for note in told] == ["1", "2"]


def _small(text: str, top: float) -> Line:
    return make_line(replace(word, size=10.0) for word in _line(text, top).words)


def test_what_goes_on_from_the_page_before_is_no_note_of_its_own() -> None:
    going_on = PageNote("", (_line("nội dung còn lại", 690),))
    numbered = [PageNote("4", (_line("^4 nội dung", 700),), 1)]
    assert [note.label for note in in_sequence([_line("xã ^4")], [going_on, *numbered], 3)[1]] == ["", "4"]
