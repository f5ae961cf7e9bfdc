"""Damage to single characters, put right in the canonical text; what an author wrote stays."""

from __future__ import annotations

import pytest

from ingest.vi.normalise import canonical


@pytest.mark.parametrize(
    ("arrived", "stored"),
    [
        ("a\u0301\u0302p", "ấp"),
        ("Vie\u0302\u0323\u0323t", "Việt"),
        ("o\u031b\u0301", "ớ"),
        ("Viêt\u0323 Nam", "Việt Nam"),
        ("quy \u0301 I", "quý I"),
        ("\u00d0ông \u0189ức", "Đông Đức"),
        ("\u200bA\u200e\u202eB\u2066\U000e0041", "AB"),
        ("1\u00a0214,5\u202fha\u3000x", "1 214,5 ha x"),
        ("\uff11\uff12\uff05 \ufb01le", "12% file"),
        ("a\x0bb\x0cc\x85d\r\ne\rf\u2028g", "a\nb\nc\nd\ne\nf\ng"),
        ("c\u0430\u0301c", "các"),
        ("\u0421\u041eVID", "COVID"),
        ("l\u0171y kế", "lũy kế"),
        ("B Á O   C Á O", "BÁO CÁO"),
        ("B Á O C Á O", "BÁO CÁO"),
    ],
)
def test_repaired(arrived: str, stored: str) -> None:
    assert canonical(arrived) == stored


@pytest.mark.parametrize(
    "text",
    ["A B C D", "Ê A", "μm Ω", "москва", "El Niño", "Gdańsk", "nguốn", "m² 10³", "Nhóm A B Ă C", "x\u0304", "½ ℃"],
)
def test_left_alone(text: str) -> None:
    assert canonical(text) == text
