from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.vi.viqr import decode_viqr
from tests.ingest.vi.legacy_made import to_viqr

SYLLABLES = [
    "Việt",
    "Nam",
    "đến",
    "năm",
    "tỉnh",
    "được",
    "ươm",
    "huyện",
    "quý",
    "nghị",
    "quyết",
    "thủy",
    "sản",
    "khoẻ",
    "gì",
    "ỷ",
    "giữ",
    "Đông",
    "Ánh",
    "ĂN",
    "uống",
    "2.315,4",
    "tấn",
]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Vie^.t Nam dde^'n na(m 2004", "Việt Nam đến năm 2004"),
        ("DDa` Na(~ng", "Đà Nẵng"),
        ("co' bao nhie^u xa~? Thu+a", "có bao nhiêu xã? Thưa"),
        ("nghi. quye^'t chi. a", "nghị quyết chị a"),
        ("nam. Tie^'p", "nam. Tiếp"),
        ("tha`nh 3.5 ha.\n", "thành 3.5 ha.\n"),
        ("file.doc www.abc.vn add it's", "file.doc www.abc.vn add it's"),
        ("qua\\. d\\^a\\(", "qua. d^a("),
        ("u+o+'c u*o*'c", "ước ước"),
    ],
)
def test_viqr(typed: str, read: str) -> None:
    assert decode_viqr(typed) == read


@settings(max_examples=400)
@given(st.lists(st.sampled_from(SYLLABLES), max_size=60))
def test_viqr_there_and_back(words: list[str]) -> None:
    # A sentence's last "." is its own; inside it, "ị" and "i." are told apart by what follows.
    text = " ".join(words).lower() + "\n"
    assert decode_viqr(to_viqr(text + "kết thúc")) == text + "kết thúc"
