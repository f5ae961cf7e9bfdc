from __future__ import annotations

from pathlib import Path

from eval.formats import Errors, Group, InFormat, Reading, groups_of, measure, misread, split_notes, totals
from eval.formats_compare import Tally
from eval.fresh import sample_reports
from eval.questions import Gold, Kind, Question

ASKED = (
    Question(
        "one",
        "Ai ký báo cáo 6 tháng đầu năm 2023?",
        Kind.PERSON,
        answerable=True,
        answers=("Ngô Thị Thu Sáng",),
        evidence=(Gold("6-thang-2023", quote="Ngô Thị Thu Sáng"),),
    ),
)


def test_letters_and_digits_are_counted_apart() -> None:
    assert misread("đạt 128 ha\nlúa", "đạt  l28 ha lúa") == Errors(1, 14, 1, 3)
    assert misread("", "") + Errors(1, 2, 3, 4) == Errors(1, 2, 3, 4)


def test_the_last_lines_are_the_notes() -> None:
    assert split_notes("a\nb\nc", 1) == ("a\nb", "c")
    assert split_notes("a\nb", 0) == ("a\nb", "")


def test_totals_are_over_all_reports_or_none() -> None:
    one = Reading("a", tallies=(Tally("sections", 3, 2, ()),))
    assert totals([one, one]) == (Tally("sections", 6, 4, ()),)
    assert totals([one, Reading("b", "unsupported-format")]) == ()


def test_questions_go_with_their_group(tmp_path: Path) -> None:
    (group,) = groups_of(ASKED, samples=False, reports=[tmp_path / "khac.txt"])
    assert (group.name, group.questions) == ("reports", ())
    assert groups_of(ASKED, samples=True, reports=[])[0].questions == ASKED


def test_a_sample_text_is_held_against_its_word_file(tmp_path: Path) -> None:
    group = Group("samples", sample_reports()[:1], ASKED)
    original, text = measure(group, tmp_path, formats=("txt", "docx"), seed=1)
    assert (original.format, text.format) == ("docx", "txt")
    assert [tally.found for tally in totals(text.readings)] == [tally.total for tally in totals(original.readings)]
    for one in (original, text):
        assert one.asked is not None
        assert one.asked.total.means["right"] == 1.0


def test_a_format_that_is_not_read_is_a_result(tmp_path: Path) -> None:
    broken = tmp_path / "hong.txt"
    broken.write_text(sample_reports(suffix=".txt")[0].read_text("utf-8"), "utf-8")
    results = {one.format: one for one in measure(Group("reports", (broken,)), tmp_path, formats=("docx",), seed=1)}
    assert results["docx"].readings[0].problem == ""
    assert InFormat("reports", "doc", (Reading("hong", "unsupported-format"),)).asked is None
