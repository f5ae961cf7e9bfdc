from __future__ import annotations

import unicodedata

import pytest

from ingest.parse.secrecy import find_stamp


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("MẬT", "MẬT"),
        (" *TỐI MẬT* ", "TỐI MẬT"),
        ("«TUYỆT  MẬT»", "TUYỆT MẬT"),
        ("M Ậ T", "MẬT"),
        ("T Ố I M Ậ T", "TỐI MẬT"),
        ("T U Y Ệ T  M Ậ T", "TUYỆT MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("ĐỘ MẬT: MẬT", "MẬT"),
        ("MẬT - Bản số: 03", "MẬT"),
        ("UBND TỈNH\tTỐI MẬT", "TỐI MẬT"),
        ("MẬT            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "MẬT"),
        ("TỐI MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỐI MẬT"),
        (unicodedata.normalize("NFD", "TUYỆT MẬT"), "TUYỆT MẬT"),
        ("Mật", ""),
        ("BẢO MẬT", ""),
        ("MẬT ONG", ""),
        ("Tài liệu MẬT được giải mật.", ""),
        ("KHÔNG MẬT", ""),
        ("Độ mật: Không", ""),
        ("B Ả O M Ậ T", ""),
        ("", ""),
        ("12.345", ""),
        ("M" * 10_000, ""),
    ],
)
def test_a_stamp_stands_alone(line: str, stamp: str) -> None:
    assert find_stamp(line) == stamp
