"""Every set by its name: the public ones, those about reports, and folders in BEIR's format."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from eval.fresh import report_files, sample_reports
from eval.questions import SetInvalid, load
from eval.retrieval.public import PUBLIC, TUNING
from eval.retrieval.report_sets import report_sets
from eval.retrieval.sets import RetrievalSet

_SETS = Path(str(files("eval.sets")))
# Question sets about reports that are in the repository -> those reports.
_BUNDLED: dict[str, Callable[[], tuple[Path, ...]]] = {
    "samples": sample_reports,
    "fictional": lambda: report_files([_SETS / "reports"]),
    "fictional-check": lambda: report_files([_SETS / "check-reports"]),
    "second-tuning": lambda: report_files([_SETS / "second-reports"]),
    "second-check": lambda: report_files([_SETS / "second-reports"]),
}
# Those about reports that are not: their folder has to be given.
_ELSEWHERE = ("reports-tuning", "reports-check")

NAMES = (*PUBLIC, *_BUNDLED, *_ELSEWHERE)


def usual(reports: Path | None) -> list[str]:
    """Return the sets of a run of everything."""
    return [name for name in NAMES if name not in TUNING and (reports is not None or name not in _ELSEWHERE)]


def read(name: str, *, data: Path, reports: Path | None) -> tuple[RetrievalSet, ...]:
    """Return the parts of a set (one of ``NAMES``): one for public sets, one for each report asked about else.

    Evidence that stands in no report at hand is left out. Raises ``OSError``, ``SetInvalid``, ``IngestError``.
    """
    if name in PUBLIC:
        return (PUBLIC[name](data),)
    given = _BUNDLED[name]() if name in _BUNDLED else report_files([reports] if reports else [])
    parts = report_sets(name, load([_SETS / f"{name}.jsonl"]), given).parts
    if not parts:
        raise SetInvalid(f"Bộ {name} hỏi về những báo cáo không có ở đây; hãy cho thư mục chứa chúng bằng --reports.")
    return parts
