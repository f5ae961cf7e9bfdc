import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.domain import Period, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.period_rules import cumulative, month, quarter
from ingest.vi.periods import Vague, contains, find_periods, find_vague, is_base, period_label, resolve, same

YEARS = st.integers(1990, 2060)
PERIODS = st.one_of(
    st.builds(month, st.none() | YEARS, st.integers(1, 12)),
    st.builds(quarter, st.none() | YEARS, st.integers(1, 4)),
    st.builds(cumulative, st.none() | YEARS, st.integers(1, 12)),
    st.builds(lambda y: Period(PeriodKind.YEAR, y), YEARS),
    st.builds(lambda y, n: Period(PeriodKind.RANGE, y, last_year=y + n), YEARS, st.integers(1, 9)),
    st.builds(lambda y, m, d: Period(PeriodKind.DATE, y, m, m, day=d), YEARS, st.integers(1, 12), st.integers(1, 28)),
)


@settings(deadline=None)
@given(PERIODS)
def test_a_label_is_read_back(period: Period) -> None:
    label = period_label(period)
    for text in (f"Trong {label}, có 5 vụ", label, fold(label), label.upper()):
        assert [found for _, found in find_periods(text)] == [period]


@settings(deadline=None)
@given(PERIODS, YEARS)
def test_same_and_contains_are_reflexive(period: Period, year: int) -> None:
    assert same(period, period, default_year=year)
    assert contains(period, period, default_year=year)
    whole = Period(PeriodKind.YEAR, period.year or year)
    assert period.kind is PeriodKind.RANGE or contains(whole, period, default_year=year)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("quy 2 co bao nhieu vu", ["quý II"]),
        ("quy iii nam 2022", ["quý III/2022"]),
        ("Quý 4/2021 và quí I", ["quý IV/2021", "quý I"]),
        ("thu tháng 5 là 7 tỷ, 05 tháng là 30 tỷ", ["tháng 5", "5 tháng đầu năm"]),
        ("5 tháng 27,4 tỷ đồng", ["5 tháng đầu năm"]),
        ("chín tháng đầu năm 2022", ["9 tháng đầu năm 2022"]),
        ("06 tháng cuối năm 2023", ["từ tháng 7 đến tháng 12/2023"]),
        ("nhiệm kỳ 2021 – 2026", ["giai đoạn 2021-2026"]),
        ("từ 14/11/2022- 12/2/2023", ["từ tháng 11/2022 đến tháng 2/2023"]),
        ("ngày 05 tháng 7 năm 2023", ["ngày 5/7/2023"]),
        ("đến hết ngày 30/9", ["ngày 30/9"]),
        ("nửa đầu năm 2023", ["6 tháng đầu năm 2023"]),
        ("kế hoạch 2025", ["năm 2025"]),
        ("T7/2023", ["tháng 7/2023"]),
        ("Kết quả 6 tháng đầu năm 2023", ["6 tháng đầu năm 2023"]),
        ("ket qua 6 thang dau nam 2023", ["6 tháng đầu năm 2023"]),
        ("đầu tư 9 tháng, tử vong 9 tháng", ["9 tháng đầu năm", "9 tháng đầu năm"]),
        ("giữa năm 2023", ["6 tháng đầu năm 2023"]),
        ("giữa năm 2022 và năm 2023", ["năm 2022", "năm 2023"]),
        ("rà soát cuối năm 2022", ["năm 2022"]),
        ("phấn đấu năm 2023", ["năm 2023"]),
        ("đầu năm 2024", ["những tháng đầu năm 2024"]),
        ("bao nhieu van ban ky so quy 1 nam 2024", ["quý I/2024"]),
    ],
)
def test_forms(text: str, labels: list[str]) -> None:
    found = find_periods(text)
    assert [period_label(period) for _, period in found] == labels
    assert all(span.of(text).strip() == span.of(text) for span, _ in found)


@pytest.mark.parametrize(
    "text",
    [
        "sau 6 tháng triển khai",
        "thời hạn 3 tháng",
        "qua 6 thang",
        "quỹ 2 tỷ đồng",
        "thắng 3 trận",
        "trong vòng 3 tháng",
        "trẻ 6 tháng tuổi",
        "2010 hộ",
        "tỷ lệ 1/2000",
        "13/24 nhà",
    ],
)
def test_no_period(text: str) -> None:
    assert find_periods(text) == []


def test_a_question_names_a_year_before_a_noun_that_is_counted() -> None:
    assert find_periods("Đến 2030 hộ nào còn nghèo") == []
    assert [period_label(p) for _, p in find_periods("Đến 2030 hộ nghèo còn mấy hộ?", asked=True)] == ["năm 2030"]
    assert find_periods("Trong số 2010 hộ có mấy hộ nghèo?", asked=True) == []


def test_a_quarter_and_the_months_up_to_its_end() -> None:
    assert same(quarter(2023, 1), cumulative(2023, 3))
    assert not same(quarter(2023, 2), cumulative(2023, 6))
    assert contains(cumulative(2023, 6), quarter(2023, 2))
    assert not contains(quarter(2023, 2), quarter(2022, 2))
    assert same(cumulative(None, 12), Period(PeriodKind.YEAR, 2023), default_year=2023)
    assert not same(quarter(None, 1), quarter(2023, 1))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("so với cùng kỳ năm trước", "quý II/2022"),
        ("luỹ kế", "6 tháng đầu năm 2023"),
        ("trong tháng", "tháng 6/2023"),
        ("cả năm", "năm 2023"),
        ("tháng trước", "tháng 5/2023"),
        ("năm ngoái", "năm 2022"),
        ("trong quy", "quý II/2023"),
        ("đến cuối năm", "năm 2023"),
        ("đến hết năm", "năm 2023"),
    ],
)
def test_vague_periods(text: str, label: str) -> None:
    [(_, vague)] = find_vague(text)
    assert period_label(resolve(vague, quarter(2023, 2))) == label


def test_resolve_gives_the_year_and_the_months() -> None:
    assert resolve(month(None, 4), quarter(2023, 2)) == month(2023, 4)
    assert resolve(cumulative(2023, None), quarter(2023, 2)) == cumulative(2023, 6)
    assert resolve(Vague.LAST_MONTH, month(2023, 1)) == month(2022, 12)


def test_the_word_of_a_status_belongs_to_its_period() -> None:
    for text in ("giữa năm 2023", "đến hết năm 2023", "cuối năm 2023", "tính đến cuối năm 2023", "từ đầu năm 2023"):
        [(span, _)] = find_periods(text)
        assert span.of(text) == text


def test_a_word_with_other_accents_names_no_vague_period() -> None:
    assert find_vague("của quỹ đất, trong thắng lợi") == []


@pytest.mark.parametrize(
    ("before", "base"),
    [
        ("tăng 5% so với cùng kỳ ", True),
        ("tăng so ", True),
        ("cao hon so voi ", True),
        ("van ban ky so ", False),
        ("trong ", False),
    ],
)
def test_a_base_of_comparison(before: str, base: bool) -> None:
    year = "nam 2023" if before == fold(before) else "năm 2023"
    assert is_base(before + year, len(before)) is base


def test_months_whose_number_is_not_said_cover_the_year() -> None:
    assert contains(cumulative(2023, None), quarter(2023, 2))


def test_so_far_up_to_a_month() -> None:
    for text in ("lũy kế đến tháng 10", "Cộng dồn tới hết tháng 10", "từ đầu năm đến tháng 10", "luy ke den thang 10"):
        assert [period for _, period in find_periods(text)] == [cumulative(None, 10)]


def test_one_month_is_how_long_something_takes() -> None:
    assert find_periods("hưởng 1,4 triệu đồng một tháng, 1 tháng họp hai lần") == []
    assert [period for _, period in find_periods("1 tháng đầu năm 2031")] == [cumulative(2031, 1)]
