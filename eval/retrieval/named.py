"""Every set by its name: the public ones, those about reports, and folders in BEIR's format."""

from __future__ import annotations

from pathlib import Path

from eval.fresh import BUNDLED, ELSEWHERE, report_files, set_file
from eval.questions import SetInvalid, load
from eval.retrieval.public import PUBLIC, TUNING
from eval.retrieval.report_sets import report_sets
from eval.retrieval.sets import RetrievalSet

NAMES = (*PUBLIC, *BUNDLED, *ELSEWHERE)


def usual(reports: Path | None) -> list[str]:
    """Return the sets of a run of everything."""
    return [name for name in NAMES if name not in TUNING and (reports is not None or name not in ELSEWHERE)]


def read(name: str, *, data: Path, reports: Path | None) -> tuple[RetrievalSet, ...]:
    """Return the parts of a set (one of ``NAMES``): one for public sets, one for each report asked about else.

    Evidence that stands in no report at hand is left out. Raises ``OSError``, ``SetInvalid``, ``IngestError``.
    """
    if name in PUBLIC:
        return (PUBLIC[name](data),)
    given = BUNDLED[name]() if name in BUNDLED else report_files([reports] if reports else [])
    parts = report_sets(name, load([set_file(name)]), given).parts
    if not parts:
        raise SetInvalid(f"Bộ {name} hỏi về những báo cáo không có ở đây; hãy cho thư mục chứa chúng bằng --reports.")
    return parts
