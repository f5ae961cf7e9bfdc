from decimal import Decimal

import pytest

from ingest.vi.units import canonical_unit, is_unit, match_unit, same_unit, split_scale, to_base, unit_kind


@pytest.mark.parametrize(
    ("text", "unit", "end"),
    [
        ("9 tỉ đồng", "tỷ đồng", 9),
        ("5 m2 đất", "m²", 4),
        ("7 triệu đồng/người/năm", "triệu đồng/người/năm", 22),
        ("6 tạ/ha", "tạ/ha", 7),
        ("8 vụ việc", "vụ việc", 9),
        ("8 vụ cháy", "vụ", 4),
        ("3 người bị thương", "người", 7),
        ("4 ngàn con", "nghìn con", 10),
        ("2 ty dong", "tỷ đồng", 9),
        ("6 ho so", "hồ sơ", 7),
        ("5 %", "%", 3),
        ("9 bác sĩ/10.000 dân", "bác sĩ/10.000 dân", 19),
        ("4 lượt/7 người", "lượt", 6),
        ("1 nghìn tỷ đồng", "nghìn tỷ đồng", 15),
        ("3 tỷ", "tỷ đồng", 4),
    ],
)
def test_unit_after_a_number(text: str, unit: str, end: int) -> None:
    assert match_unit(text, 1) == (unit, end)


@pytest.mark.parametrize("text", ["5 và", "5", "5 condo", "5 đường", "5, vụ"])
def test_no_unit(text: str) -> None:
    assert match_unit(text, 1) is None


def test_a_unit_can_be_glued_to_its_number() -> None:
    assert match_unit("7.250m³", 5) == ("m³", 7)


def test_scales_of_money() -> None:
    assert to_base(Decimal("27.781"), "tỷ đồng") == (Decimal(27_781_000_000), "đồng")
    assert to_base(Decimal("2.534"), "tỷ đồng") == to_base(Decimal("2534.00"), "triệu đồng")
    assert split_scale("nghìn tỷ đồng/năm") == ("nghìn tỷ", "đồng/năm")
    assert split_scale("con") == ("", "con")


def test_kinds_and_spellings() -> None:
    assert [unit_kind(u) for u in ("tỷ đồng", "%", "ha", "con", "lạ", "lần")] == [
        "money",
        "percent",
        "measure",
        "count",
        "count",
        "ratio",
    ]
    assert canonical_unit("Tr Đ/ha") == "triệu đồng/ha"
    assert canonical_unit("một thứ  lạ") == "một thứ lạ"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("trường", "trường học", True),
        ("suất quà", "suất", True),
        ("hộ gia đình", "hộ", True),
        ("hộ nghèo", "hộ", False),
        ("tỷ đồng", "triệu đồng", True),
        ("tạ/ha", "tấn/ha", False),
        ("luống", "luống", True),
    ],
)
def test_units_that_count_the_same(first: str, second: str, same: bool) -> None:
    assert same_unit(first, second) is same and same_unit(second, first) is same


def test_tien_is_money_and_a_conviction_is_none() -> None:
    assert match_unit("bao nhiêu tiền", 9) == ("đồng", 14)
    assert match_unit("02 tiền án", 2) == ("tiền án", 10)
    assert is_unit("thí sinh") and not is_unit("tỷ đồng")


@pytest.mark.parametrize("text", [" đồng bào dân tộc", " trang trọng", " tấn công", " lần lượt", " xã hội"])
def test_a_syllable_that_opens_another_word_is_no_unit(text: str) -> None:
    assert match_unit(text, 0) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (" đồng chí đảng viên", "đồng chí"),
        (" tỷ đồng bộ trang bị", "tỷ đồng"),
        (" bộ phận", "bộ phận"),
        (" trang", "trang"),
    ],
)
def test_a_longer_unit_wins(text: str, unit: str) -> None:
    found = match_unit(text, 0)
    assert found is not None
    assert found[0] == unit
