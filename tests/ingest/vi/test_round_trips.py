"""What is written in a Vietnamese form is read back: numbers, units, periods, and the places they were read from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.domain import Period, PeriodKind, Span
from ingest.vi.figures import find_figures
from ingest.vi.normalise import canonical, fold, unify
from ingest.vi.numbers import find_numbers, format_number, parse_number
from ingest.vi.openings import Defaults
from ingest.vi.period_rules import cumulative, month, quarter
from ingest.vi.periods import find_periods, period_label, same
from ingest.vi.places import find_places
from ingest.vi.quantities import find_quantities
from ingest.vi.reading import read
from ingest.vi.units import match_unit, split_scale, to_base

ROMAN = ("I", "II", "III", "IV")
WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
YEARS = st.integers(1990, 2060)
MONTHS = st.integers(1, 12)
COUNTS = st.integers(1, 99_999_999).map(Decimal)
EXACT = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=1, max_value=10**9)
SCALES = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")
# One page of a report in pieces: every kind of thing that is read, and what only looks like it.
PIECES = (
    "Quý II năm 2023, ", "thu 27 tỷ 781 triệu đồng", " (tăng 05 vụ, ", "đạt 97,38% ", "10/13 công trình", "; ",
    "tháng 3: 66,950 tỷ đồng, ", "xã Đồi Cam", " và thị trấn Sông Mơ ", "từ 05 - 06%", ". ", "giá 1.210.000đồng ",
    "diện tích 9.905,3m²", " ngày 15/3/2023", " số 12/BC-UBND", "QL37, ", "so với cùng kỳ năm 2022", "\n",
    "31 lượt/34 người", "hơn 2,534 tỷ đồng", " 6 tháng đầu năm ", "giai đoạn 2021 - 2025", "đàn bò 502 con ", "(-3,1%)",
    "bản đồ 1/500 ",
)  # fmt: skip
PAGES = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy àáảãạằắẳẵặầấẩẫậèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ ĐÀÔƯ 0123/.,", max_size=40
)


def spellings() -> Iterable[tuple[str, str]]:
    """Yield (spelling, canonical unit) for every line of the table of units."""
    for line in files("ingest.vi").joinpath("units.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            unit, others, _ = line.split("\t")
            yield from ((one, unit) for one in (unit, *others.split("|")) if one)


@settings(deadline=None)
@given(COUNTS | EXACT, st.sampled_from(SCALES), st.booleans())
def test_amounts_of_money(value: Decimal, scale: str, plus: bool) -> None:
    unit = f"{scale} đồng".strip()
    text = f"{'+' if plus else ''}{format_number(value)} {unit}"
    [one] = find_quantities(f"thu ({text})", unify(f"thu ({text})"), bytearray(len(text) + 6))
    assert (one.value, one.unit) == (value, unit)
    assert to_base(one.value, one.unit) == (value * {"": 1}.get(scale, to_base(Decimal(1), unit)[0]), "đồng")


@settings(deadline=None)
@given(st.integers(1, 99_999), st.integers(1, 999), st.sampled_from([("tỷ", "triệu"), ("triệu", "nghìn")]))
def test_compound_money(big: int, small: int, scales: tuple[str, str]) -> None:
    text = f"thu {format_number(Decimal(big))} {scales[0]} {small} {scales[1]} đồng"
    [one] = find_quantities(text, unify(text), bytearray(len(text)))
    assert one.value == Decimal(big) + Decimal(small) / 1000 and one.unit == f"{scales[0]} đồng"
    assert text[one.start : one.end] == text.removeprefix("thu ")


@settings(deadline=None)
@given(st.integers(0, 9_999), st.integers(1, 9_999), st.sampled_from(["{:02}", "{}"]))
def test_parts_of_a_whole(part: int, whole: int, form: str) -> None:
    text = f"đạt {form.format(part)}/{form.format(whole)} công trình"
    [one] = find_quantities(text, unify(text), bytearray(len(text)))
    assert (one.value, one.whole, one.unit) == (Decimal(part), Decimal(whole), "công trình")


@settings(deadline=None)
@given(EXACT, EXACT, st.sampled_from(["-", " - ", "–", " – "]), st.sampled_from(["%", " %", " ha"]))
def test_ranges(one: Decimal, other: Decimal, dash: str, unit: str) -> None:
    low, high = sorted((one, other))
    text = f"tăng {format_number(low)}{dash}{format_number(high)}{unit}"
    found = find_quantities(text, unify(text), bytearray(len(text)))
    if low == high:
        assert {q.value for q in found} == {low}
    else:
        [read_back] = found
        assert (read_back.value, read_back.high, read_back.unit) == (low, high, unit.strip())


@pytest.mark.parametrize(("spelling", "unit"), list(spellings()))
def test_every_spelling_of_the_table_is_read(spelling: str, unit: str) -> None:
    for text in (
        f"5 {spelling}",
        f"5 {spelling},",
        f"5 {spelling.upper()}",
        unicodedata.normalize("NFD", f"5 {spelling}"),
    ):
        assert match_unit(canonical(text), 1) == (unit, len(canonical(f"5 {spelling}"))), text
    assert match_unit(f"5{spelling}", 1) == (unit, 1 + len(spelling)), "glued to its number"


@pytest.mark.parametrize(("spelling", "unit"), list(spellings()))
def test_no_unit_reads_another_without_accents(spelling: str, unit: str) -> None:
    read_back = match_unit(f"5 {fold(spelling)}", 1)
    alike = {own for other, own in spellings() if fold(other) == fold(spelling)}
    assert read_back is not None and read_back[0] in alike


@pytest.mark.parametrize("scale", SCALES[1:])
@pytest.mark.parametrize("unit", ["đồng", "USD", "ha", "con", "đồng/người/năm"])
def test_scales_are_part_of_the_unit(scale: str, unit: str) -> None:
    assert match_unit(f"7 {scale} {unit} và", 1) == (f"{scale} {unit}", len(f"7 {scale} {unit}"))
    assert split_scale(f"{scale} {unit}") == (scale, unit)


def quarters(number: int, year: int) -> list[str]:
    roman = ROMAN[number - 1]
    return [f"quý {roman}/{year}", f"quý {number}/{year}", f"quý {roman} năm {year}", f"Quý 0{number} năm {year}",
            f"quí {roman} năm {year}", f"Q{number}/{year}", f"quý {number}, năm {year}"]  # fmt: skip


def months(number: int, year: int) -> list[str]:
    return [f"tháng {number}/{year}", f"tháng {number:02}/{year}", f"tháng {number} năm {year}", f"T{number}/{year}",
            f"tháng {WORDS[number - 1]} năm {year}", f"Tháng {number}, năm {year}"]  # fmt: skip


def cumulatives(count: int, year: int) -> list[str]:
    return [f"{count} tháng đầu năm {year}", f"{count:02} tháng đầu năm {year}", f"{count} tháng năm {year}",
            f"{count} tháng/{year}", f"{WORDS[count - 1]} tháng đầu năm {year}"]  # fmt: skip


@settings(deadline=None)
@given(st.integers(1, 4), MONTHS, YEARS)
def test_spellings_of_one_period_are_one(number: int, count: int, year: int) -> None:
    forms = [
        *((text, quarter(year, number)) for text in quarters(number, year)),
        *((text, month(year, count)) for text in months(count, year)),
        *((text, cumulative(year, count)) for text in cumulatives(count, year)),
    ]
    for written, period in forms:
        for text in (written, f"Trong {written}, đạt 5 ha", written.upper(), without_accents(written)):
            assert [found for _, found in find_periods(text)] == [period], text
            assert same(period, find_periods(period_label(period))[0][1])


@settings(deadline=None)
@given(YEARS, st.integers(1, 9), MONTHS, st.integers(1, 28))
def test_ranges_and_dates(year: int, years: int, number: int, day: int) -> None:
    several = Period(PeriodKind.RANGE, year, last_year=year + years)
    for text in (
        f"giai đoạn {year}-{year + years}",
        f"nhiệm kỳ {year} – {year + years}",
        f"từ năm {year} đến năm {year + years}",
    ):
        assert [found for _, found in find_periods(text)] == [several], text
    date = Period(PeriodKind.DATE, year, number, number, day=day)
    long = f"ngày {day:02} tháng {number:02} năm {year}"
    for text in (f"ngày {day}/{number}/{year}", long, f"{day:02}/{number:02}/{year}", f"{day}-{number}-{year}"):
        assert [found for _, found in find_periods(text)] == [date], text


def without_accents(text: str) -> str:
    return fold(text)


@given(VIETNAMESE)
def test_forms_of_a_text_agree(text: str) -> None:
    stored = canonical(text)
    assert canonical(unicodedata.normalize("NFD", text)) == stored
    assert fold(unify(stored)) == fold(stored) == unify(fold(stored))
    assert unify(stored.upper()) == unify(stored)


@settings(deadline=None)
@given(PAGES)
def test_what_is_read_stands_where_it_was_read(page: str) -> None:
    for number in find_numbers(page):
        written = page[number.start : number.end]
        if number.whole is None and number.high is None:
            assert parse_number(written) == number.value
        else:
            assert [n.value for n in find_numbers(written)] == [number.value]
    for span, period in find_periods(page):
        assert [found for _, found in find_periods(span.of(page))] == [period]
    for place in find_places(page, unify(page)):
        assert place.name.endswith(page[place.start : place.end].split(" ", 1)[-1])
    for quantity in find_quantities(page, unify(page), bytearray(len(page))):
        assert 0 <= quantity.start < quantity.unit_start <= quantity.end <= len(page)
        assert page[quantity.start].isdigit() or page[quantity.start] in "+-–−"


@settings(deadline=None)
@given(PAGES)
def test_figures_stand_where_they_were_read(page: str) -> None:
    whole = Span(0, len(page))
    found = find_figures(read(page, [whole]), canonical=page, defaults=Defaults("", quarter(2023, 2), "huyện Mẫu"))
    for figure in found:
        assert figure.span.of(page) == figure.text
        assert figure.sentence.covers(figure.span) and whole.covers(figure.sentence)
        assert abs(figure.value) in {n.value for n in find_numbers(figure.text)} | {
            q.value for q in find_quantities(figure.text, unify(figure.text), bytearray(len(figure.text)))
        }
    assert [figure.span for figure in found] == sorted(figure.span for figure in found)
