from __future__ import annotations

from pathlib import Path

import pytest

from eval.questions import SetInvalid
from eval.retrieval.named import NAMES, read, usual


def test_a_run_of_everything_leaves_out_what_is_for_tuning_and_what_has_no_reports_at_hand() -> None:
    assert "viquad-dev" not in usual(None)
    assert set(NAMES) - set(usual(None)) == {"viquad-dev", "reports-tuning", "reports-check"}
    assert set(NAMES) - set(usual(Path())) == {"viquad-dev"}


def test_a_set_about_bundled_reports_has_a_part_for_each_of_them() -> None:
    parts = read("fictional", data=Path(), reports=None)
    assert len(parts) == 2
    assert {one.name for one in parts} == {"fictional"}
    assert sum(len(one.queries) for one in parts) > 100


def test_a_set_whose_reports_are_not_at_hand_is_told(tmp_path: Path) -> None:
    for reports in (None, tmp_path):
        with pytest.raises(SetInvalid, match="--reports"):
            read("reports-check", data=Path(), reports=reports)
