import pytest

from ingest.vi.normalise import unify
from ingest.vi.places import bare_name, find_places, type_of, without_type


def test_places_with_their_type() -> None:
    text = "UBND xã Đông Hải, Thị trấn An Sơn (TP. Huế) và các xã, huyện HUYỆN MẪU"
    assert [place.name for place in find_places(text, unify(text))] == [
        "xã Đông Hải",
        "thị trấn An Sơn",
        "thành phố Huế",
    ]
    assert all(text[p.start : p.end].lower().endswith(p.name.split(" ", 1)[1].split()[-1].lower())
               for p in find_places(text, unify(text)))  # fmt: skip


def test_a_name_alone() -> None:
    assert bare_name("Đông Hải") == "Đông Hải"
    assert bare_name("Cấp xã") is None
    assert bare_name("Huế") is None


def names(text: str) -> list[str]:
    return [place.name for place in find_places(text, unify(text))]


def test_a_list_has_the_type_of_its_first_name() -> None:
    text = "tại 04 xã Đông Hải, Bình Minh, Tân Hòa và An Sơn; thôn Đoài"
    found = find_places(text, unify(text))
    assert [place.name for place in found] == [
        "xã Đông Hải", "xã Bình Minh", "xã Tân Hòa", "xã An Sơn", "thôn Đoài"
    ]  # fmt: skip
    assert text[found[1].start : found[1].end] == "Bình Minh"
    assert names("xã Đông Hải và Bình Minh, thị trấn An Sơn") == ["xã Đông Hải", "xã Bình Minh", "thị trấn An Sơn"]


@pytest.mark.parametrize(
    "text", ["THU NGÂN SÁCH XÃ HƯỞNG", "xã HƯỞNG THEO", "huyện ĐÔNG HẢI", "TT Y tế", "TT Huyện ủy"]
)
def test_no_place(text: str) -> None:
    assert names(text) == []


def test_an_office_behind_a_place_is_no_further_place() -> None:
    assert names("UBND xã Đông Hải, Hội Nông dân huyện và Công an") == ["xã Đông Hải"]


def test_types() -> None:
    assert (type_of("TP. Huế"), type_of("Xã Đông Hải"), type_of("Đông Hải")) == ("thành phố", "xã", "")
    assert (without_type("thị trấn An Sơn"), without_type("An Sơn")) == ("An Sơn", "An Sơn")


def test_a_period_is_no_name() -> None:
    assert names("tăng trưởng trên địa bàn tỉnh Quý III đạt 5%, của huyện Tháng 3 đạt 6%") == []
