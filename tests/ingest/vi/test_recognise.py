"""Which encoding a text was written in, told by its syllables."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from ingest.vi.legacy import Scheme
from ingest.vi.recognise import identify, recover
from tests.ingest.vi.legacy_made import to_tcvn3, to_viqr, to_vni

TEXT = """BÁO CÁO
Kết quả phát triển kinh tế - xã hội quý I năm 2004

Tổng diện tích gieo trồng ước đạt 1.214,5 ha, bằng 98,3% kế hoạch và tăng 2,1% so với cùng kỳ năm trước; sản lượng
lương thực có hạt đạt 6.350 tấn. Thu ngân sách trên địa bàn huyện 14 tỷ 350 triệu đồng (ngày 31/3/2004).
"""


def misread(codec: str) -> Callable[[str], str]:
    def read_wrongly(text: str) -> str:
        if codec == "mac_roman":
            return text.encode().decode(codec)
        return "".join(
            chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode(codec)
            for byte in text.encode()
        )

    return read_wrongly


WAYS: dict[Scheme, Callable[[str], str]] = {
    Scheme.TCVN3: to_tcvn3,
    Scheme.VNI: to_vni,
    Scheme.VIQR: to_viqr,
    Scheme.UTF8_AS_1252: misread("cp1252"),
    Scheme.UTF8_AS_MAC: misread("mac_roman"),
}


@pytest.mark.parametrize("scheme", WAYS)
def test_each_encoding_is_recognised_and_read(scheme: Scheme) -> None:
    made = WAYS[scheme](TEXT)
    assert made != TEXT
    assert recover(made) == (TEXT, scheme)


@pytest.mark.parametrize("scheme", [Scheme.TCVN3, Scheme.VNI])
def test_bytes_read_as_windows_1258(scheme: Scheme) -> None:
    assert recover(WAYS[scheme](TEXT).encode("latin-1").decode("cp1258")) == (TEXT, scheme)


def test_twice_misread() -> None:
    twice = misread("cp1252")(misread("cp1252")(TEXT))
    assert recover(twice) == (TEXT, Scheme.UTF8_AS_1252)


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT,
        unicodedata.normalize("NFD", TEXT),
        TEXT.upper(),
        "Bao cao khong dau, 12 vu. It's a test (a) of e-mail: a.b@c.vn? Yes.",
        "A plain report. Cost 5 × 3 = 15; café, naïve, 30°C ± 2.",
        "def f(a): return a*2 + o('x')? u.v.w.x",
    ],
)
def test_unicode_and_other_languages_are_left_alone(text: str) -> None:
    assert identify(text) is None and recover(text) == (text, None)
