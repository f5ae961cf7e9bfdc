"""Old encodings: what was made from Unicode comes back letter by letter; Unicode is never touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.vi.legacy import Scheme, decode_run, decode_tcvn3, decode_vni, font_scheme, with_lost_capitals
from tests.ingest.vi.legacy_made import SMALL, set_in_tcvn3_fonts, to_tcvn3, to_vni

HEAD = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
# As many samples as make 100,000 letters and more of each encoding.
MANY = settings(max_examples=600)
ALL = st.text(
    st.sampled_from([*SMALL, *map(str.upper, SMALL), *" 0123456789.,-%/()", *"bcghkmnpqrstvxz"]), max_size=400
)
NO_CAPITAL_TONES = st.text(
    st.sampled_from([*SMALL, *"ĂÂÊÔƠƯĐ", *"AEIOUYBCGHKMN", *" 0123456789.,-%/()", *"bcghkmnpqrstvxz"]), max_size=400
)


def test_known_samples() -> None:
    assert decode_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc") == HEAD
    assert decode_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc") == HEAD


@pytest.mark.parametrize("letter", [*SMALL, *map(str.upper, SMALL)])
def test_every_letter_comes_back(letter: str) -> None:
    assert decode_vni(to_vni(letter)) == letter
    if to_tcvn3(letter) == to_tcvn3(letter.lower()) and letter.isupper():
        assert decode_run(to_tcvn3(letter), ".VnTimeH") == letter
    else:
        assert decode_tcvn3(to_tcvn3(letter)) == letter


@MANY
@given(NO_CAPITAL_TONES)
def test_tcvn3_there_and_back(text: str) -> None:
    assert decode_tcvn3(to_tcvn3(text)) == text


@MANY
@given(ALL)
def test_tcvn3_in_its_two_fonts_there_and_back(text: str) -> None:
    read = [
        decode_tcvn3(made).upper() if font.endswith("H") else decode_tcvn3(made)
        for made, font in set_in_tcvn3_fonts(text)
    ]
    assert "".join(read) == text


@MANY
@given(ALL)
def test_vni_there_and_back(text: str) -> None:
    # A Western letter of VNI's marks behind a vowel is that vowel with a mark; the alphabet here has none.
    assert decode_vni(to_vni(text)) == text


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20)))
def test_ascii_stays(text: str) -> None:
    assert decode_tcvn3(text) == decode_vni(text) == text
    assert decode_run(text, ".VnTime") in (text, text or None)


@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "cp1258"])
def test_all_ways_a_byte_may_arrive(codec: str) -> None:
    for made, decode in ((to_tcvn3(HEAD), decode_tcvn3), (to_vni(HEAD), decode_vni)):
        arrived = made.encode("latin-1").decode(codec)
        assert decode(arrived) == HEAD
        assert decode("".join(chr(0xF000 + ord(ch)) if ord(ch) > 0x7F else ch for ch in made)) == HEAD


def test_the_soft_hyphen_is_a_letter() -> None:
    assert "\xad" in to_tcvn3("nước") and decode_run("n\xad\xedc", ".VnTime") == "nước"


@pytest.mark.parametrize(
    ("font", "scheme"),
    [
        (".VnTime", Scheme.TCVN3),
        (".vntime", Scheme.TCVN3),
        ("ABCDEF+.VnArialH", Scheme.TCVN3),
        ("VnTimes", Scheme.TCVN3),
        ("VNI-Times", Scheme.VNI),
        ("BCDEEE+VNI-Helve-Condense", Scheme.VNI),
        ("Times New Roman", None),
        ("SVN-Arial", None),
        ("", None),
    ],
)
def test_fonts_say_the_encoding(font: str, scheme: Scheme | None) -> None:
    assert font_scheme(font) is scheme


def test_runs_by_font() -> None:
    assert decode_run("céng hßa", ".VnTimeH") == "CỘNG HÒA"
    assert decode_run("Bieân baûn soá 12/BB ngaøy 5/6/2004", "VNI-Times") == "Biên bản số 12/BB ngày 5/6/2004"
    assert decode_run("Báo cáo", "Times New Roman") is None
    # Unicode pasted under the old font's name.
    assert decode_run("Kết quả thực hiện", ".VnTime") is None
    assert decode_run("Báo cáo của các xã", "VNI-Times") is None


def test_capitals_that_tcvn3_lacks() -> None:
    assert with_lost_capitals("BáO CáO\nHà NộI, ngày 5\nMỹ Hà, Vũ Lê") == "BÁO CÁO\nHà NỘI, ngày 5\nMỹ Hà, Vũ Lê"
    assert with_lost_capitals("UBND TỉNH Hà TĩNH") == "UBND TỈNH HÀ TĨNH"
