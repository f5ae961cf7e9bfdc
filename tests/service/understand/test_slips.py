"""The likeliest reading of mistyped words: what gives way, and to what."""

from __future__ import annotations

import pytest

from service.understand.lexicon import NUMBER, Lexicon, lexicon
from service.understand.slips import corrected

REPORT = (
    "toàn xã xảy ra 12 vụ cháy làm 03 người bị thương công an xã khởi công trụ sở mới doanh nghiệp nộp thuế"
    " đã khởi công 02 cầu trồng rừng tập trung 45 ha nhận quà tết giá xăng tăng hàng hóa thu hoạch vải "
)


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return lexicon([REPORT * 3])


def read(known: Lexicon, text: str, *, accents: bool = True) -> str:
    words = [NUMBER if word[0].isdigit() else word for word in text.split()]
    return " ".join(corrected(words, text.split(), known, accents=accents))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("trồng rwngf tập trung", "trồng rwngf tập trung"),  # two slips in one word: left
        ("trồng rừngg tập trung", "trồng rừng tập trung"),
        ("trồng rừg tập trung", "trồng rừng tập trung"),
        ("doahn nghiệp nộp thuế", "doanh nghiệp nộp thuế"),
        ("giá xăg tăng", "giá xăng tăng"),
        ("ngươi bị thương", "người bị thương"),  # a tone left out, the word as typed stands beside nothing here
        ("trụ sơ mới", "trụ sở mới"),
    ],
)
def test_a_slip_gives_way_to_what_stands_beside_its_neighbours(known: Lexicon, typed: str, meant: str) -> None:
    assert read(known, typed) == meant


@pytest.mark.parametrize("typed", ["thu hoạch vải", "thu hoạch mía", "tặng quà tết", "thuê trụ sở", "vụ cháy", ""])
def test_words_of_the_language_stay(known: Lexicon, typed: str) -> None:
    assert read(known, typed) == typed


def test_without_accents_words_are_folded(known: Lexicon) -> None:
    assert read(known, "trong rugn tap trung", accents=False) == "trong rung tap trung"


def test_places_that_are_fixed_and_signs_are_left(known: Lexicon) -> None:
    assert corrected(["doahn", "", "nghiệp"], ["doahn", ",", "nghiệp"], known, accents=True, fixed=frozenset((0,))) == (
        "doahn",
        "",
        "nghiệp",
    )
