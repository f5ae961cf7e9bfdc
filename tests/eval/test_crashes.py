"""A short campaign; ``python -m eval.crashes --rounds 100`` is the long one."""

from __future__ import annotations

from pathlib import Path

from eval.crashes import campaign
from ingest.embed import load_embedder


def test_whatever_the_moment_of_the_kill_reports_are_whole_or_absent(tmp_path: Path) -> None:
    outcome = campaign(5, 20261, embedder=load_embedder(None), folder=tmp_path)
    assert outcome.failures == []
    assert outcome.killed_by_moment + outcome.killed_between_writes >= 3
