"""Telex and VNI keys left in a word."""

from __future__ import annotations

import pytest

from ingest.vi.keystrokes import from_telex, from_vni, is_syllable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dduwowngf", "đường"),
        ("truwowngf", "trường"),
        ("quys", "quý"),
        ("giaf", "già"),
        ("hoaf", "hòa"),
        ("thuyr", "thủy"),
        ("Nghieepj", "nghiệp"),
        ("xax", "xã"),
    ],
)
def test_telex(typed: str, meant: str) -> None:
    assert from_telex(typed) == meant


@pytest.mark.parametrize("word", ["xe", "cam", "w", "tx", "internets"])
def test_no_telex(word: str) -> None:
    assert from_telex(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("d9u7o7ng2", "đường"), ("tie62n", "tiền"), ("na8m", "năm"), ("vu5", "vụ"), ("so61", "số")]
)
def test_vni(typed: str, meant: str) -> None:
    assert from_vni(typed) == meant


@pytest.mark.parametrize("word", ["m2", "h5n1", "xe", "2024"])
def test_no_vni(word: str) -> None:
    assert from_vni(word) is None


def test_shape_of_a_syllable() -> None:
    assert all(is_syllable(word) for word in ("nghiêng", "quả", "giếng", "ở", "hòa"))
    assert not any(is_syllable(word) for word in ("sinhgiỏi", "htx", "nông thôn", "mạngg"))
