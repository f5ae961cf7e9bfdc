"""Figures that no words before them date: the period behind them, or what the months so far are set against."""

from ingest.domain import Figure, FigureRole, Span
from ingest.vi.figures import find_figures
from ingest.vi.openings import Defaults
from ingest.vi.period_rules import cumulative, month
from ingest.vi.periods import period_label
from ingest.vi.reading import read


def figures(text: str, *, titled: bool = True) -> tuple[Figure, ...]:
    short = month(2031, 8) if titled else None
    defaults = Defaults("", cumulative(2031, 8), "huyện Vân Trạch", short=short)
    return find_figures(read(text, [Span(0, len(text))]), canonical=text, defaults=defaults)


def told(text: str, *, titled: bool = True) -> list[tuple[str, str]]:
    return [(f.text, period_label(f.period) if f.period else "") for f in figures(text, titled=titled)]


SO_FAR = "8 tháng đầu năm 2031"


def test_what_is_set_against_the_months_so_far_is_of_the_last_of_them() -> None:
    assert told("Cấp phép 12 bến đò, 03 bãi cát; lũy kế 95 bến đò, tăng 4 bến đò so với cùng kỳ.") == [
        ("12 bến", "tháng 8/2031"),
        ("03 bãi", "tháng 8/2031"),
        ("95 bến", SO_FAR),
        ("4 bến", SO_FAR),
    ]
    assert told("Cá chép 40 tấn (lũy kế 310 tấn); cá mè 9 tấn, cộng dồn 71 tấn.") == [
        ("40 tấn", "tháng 8/2031"),
        ("310 tấn", SO_FAR),
        ("9 tấn", "tháng 8/2031"),
        ("71 tấn", SO_FAR),
    ]


def test_without_a_month_in_the_title_nothing_is_guessed() -> None:
    assert told("Cấp phép 12 bến đò; lũy kế 95 bến đò.", titled=False)[0] == ("12 bến", SO_FAR)


def test_a_standing_that_is_more_than_the_months_so_far_is_no_part_of_them() -> None:
    assert told("Hiện có 120 bến đò; lũy kế cấp mới 95 bến đò.")[0] == ("120 bến", SO_FAR)


def test_a_period_may_stand_behind_its_figure() -> None:
    assert told("Tiếp 2.140 lượt công dân trong tháng, thu phí 30 triệu đồng.") == [
        ("2.140 lượt", "tháng 8/2031"),
        ("30 triệu đồng", SO_FAR),
    ]
    assert told("Tiếp 210 lượt công dân, tăng 5% so với tháng 7.")[0] == ("210 lượt", SO_FAR)


def test_a_whole_year_is_the_one_the_sentence_opens_with() -> None:
    assert told("Năm 2030, thu phí đò cả năm đạt 950 triệu đồng.") == [("950 triệu đồng", "năm 2030")]


def test_the_plan_in_brackets_is_of_the_year() -> None:
    found = figures("Thu phí đò đạt 61,2% kế hoạch năm (1.400 triệu đồng).")
    assert found[1].role is FigureRole.TARGET and found[1].period is not None
    assert period_label(found[1].period) == "năm 2031"


def test_what_only_happens_is_of_what_was_spoken_of_before() -> None:
    found = figures("Đuối nước: trong tháng không có. Tám tháng đầu năm xảy ra 06 vụ, tăng 2 vụ so với cùng kỳ.")
    assert {f.indicator for f in found} == {"Đuối nước, xảy ra vụ"}
    assert figures("Cấp phép 12 bến đò. Xảy ra 06 vụ chìm đò.")[1].indicator == "Xảy ra vụ chìm đò"


def test_an_aim_without_a_name_is_of_what_was_spoken_of_before() -> None:
    assert figures("Thu phí đò 610 triệu đồng. Phấn đấu cả năm đạt 980 triệu đồng.")[1].indicator.startswith("Thu phí")


def test_what_did_not_move_names_nothing_that_did() -> None:
    found = figures("So với cùng kỳ tăng 02 vụ, số người chết không tăng, không giảm, tăng 01 người bị thương.")
    assert "không" not in found[1].indicator
