from ingest.vi.normalise import unify
from ingest.vi.places import bare_name, find_places


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
