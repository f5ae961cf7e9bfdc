"""How the commands reach the stores, find a report by the beginning of its id, and end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Annotated, Protocol

import typer

from ingest import cli_show as show
from ingest.catalogue.records import VersionInfo
from ingest.catalogue.store import Catalogue
from ingest.domain import IngestResult, IngestStatus, Severity
from ingest.errors import IngestError, NotFound, RefusedReport
from ingest.exit_codes import ExitCode, exit_code
from ingest.indexing import Progress
from ingest.pipeline import Ingestor
from ingest.rebuilding import RebuildResult

MIN_ID_CHARS = 4  # of a report id, where the beginning is enough
_FILE_EXITS = {RefusedReport.code: ExitCode.REFUSED, NotFound.code: ExitCode.NOT_FOUND}

AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
ReportId = Annotated[str, typer.Argument(metavar="BÁO_CÁO", help="Mã báo cáo, hoặc phần đầu của mã (từ 4 ký tự).")]


class Rebuilder(Protocol):
    """What ``rebuild`` needs: an ``Ingestor``, or an ``IndexBuilder`` where the index cannot be opened."""

    def rebuild(self, *, progress: Progress) -> RebuildResult:
        """Build the index anew."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """How the commands reach the stores; each is opened by the command that needs it."""

    ingestor: Callable[[], AbstractContextManager[Ingestor]]
    catalogue: Callable[[], AbstractContextManager[Catalogue]]
    rebuilder: Callable[..., AbstractContextManager[Rebuilder]]


def found_report(catalogue: Catalogue, wanted: str) -> VersionInfo:
    """Return the visible report whose id is, or begins with, ``wanted``. Raises ``NotFound``, ``BadParameter``."""
    if len(wanted) < MIN_ID_CHARS:
        raise typer.BadParameter(f"Mã báo cáo cần ít nhất {MIN_ID_CHARS} ký tự.")
    found = [info for info in catalogue.visible() if info.report_id.startswith(wanted)]
    if not found:
        raise NotFound(f"Không có báo cáo nào mang mã {wanted}.")
    if len(found) > 1:
        raise typer.BadParameter(f"Có {len(found)} báo cáo mang mã bắt đầu bằng {wanted}; hãy ghi dài hơn.")
    return found[0]


def exit_of(results: Sequence[IngestResult]) -> ExitCode:
    """Return the exit code for what became of some files."""
    bad = [result for result in results if result.status is IngestStatus.FAILED]
    if bad and len(bad) == len(results):
        codes = {_FILE_EXITS.get(result.error_code, ExitCode.FAILURE) for result in bad}
        return codes.pop() if len(codes) == 1 else ExitCode.FAILURE
    warned = any(issue.severity is Severity.WARNING for result in results for issue in result.issues)
    return ExitCode.PARTIAL if bad or warned else ExitCode.OK


@contextmanager
def exits() -> Iterator[None]:
    """Turn errors into a Vietnamese line on standard error and an exit code."""
    try:
        yield
    except IngestError as error:
        show.say(f"Lỗi: {error.message}")
        raise typer.Exit(exit_code(error)) from error
    except KeyboardInterrupt as error:
        show.say("Đã dừng theo yêu cầu.")
        raise typer.Exit(ExitCode.INTERRUPTED) from error
