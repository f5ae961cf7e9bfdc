"""Which units count persons."""

from __future__ import annotations

import pytest

from service.answer.people import is_person


@pytest.mark.parametrize("unit", ["người", "học sinh", "hoc sinh", "Học sinh"])
def test_persons(unit: str) -> None:
    assert is_person(unit)


@pytest.mark.parametrize("unit", ["", "con", "tỷ đồng", "%", "vụ"])
def test_other_things(unit: str) -> None:
    assert not is_person(unit)
