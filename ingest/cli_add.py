"""``hoibaocao ingest add``: files and whole folders, read side by side, told one by one as they go in."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from ingest import cli_show as show
from ingest.cli_doors import AsJson, Doors, exit_of, exits, found_report
from ingest.cli_files import Bound, Input, inputs
from ingest.domain import IngestResult, IngestStatus
from ingest.errors import IngestError, NotFound, RefusedReport, UnreadableReport
from ingest.parallel import in_order, usable_cores
from ingest.pipeline import Ingestor
from ingest.preparing import Prepared
from ingest.results import failed

LOG = logging.getLogger(__name__)
Tell = Callable[[IngestResult], None]


def register(app: typer.Typer, doors: Doors) -> None:
    """Add the command to ``app``."""

    @app.command("add")
    def add(
        files: Annotated[list[str], typer.Argument(metavar="TỆP...", help="Tệp, thư mục, mẫu *.docx, hoặc - (stdin).")],
        replace: Annotated[str | None, typer.Option(help="Thay phiên bản mới cho báo cáo có mã này.")] = None,
        name: Annotated[str, typer.Option(help="Tên tệp khi đọc từ stdin.")] = "stdin.txt",
        as_one: Annotated[bool, typer.Option("--as-one", help="Các ảnh là các trang của một báo cáo.")] = False,
        jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, max=64, help="Số tệp đọc cùng lúc.")] = None,
        report: Annotated[Path | None, typer.Option(help="Ghi kết quả từng tệp vào tệp này (JSONL).")] = None,
        as_json: AsJson = False,
    ) -> None:
        """Nạp báo cáo. Tệp đã có trong kho thì không thay đổi gì, nên chạy lại là nạp tiếp phần còn thiếu."""
        given = inputs(files, stdin_name=name)
        if not given:
            raise typer.BadParameter("Không tìm thấy tệp báo cáo nào.")
        wanted: Sequence[Input | Bound] = (Bound(given),) if as_one else given
        if replace is not None and len(wanted) > 1:
            raise typer.BadParameter("--replace chỉ dùng với một tệp.")
        results: list[IngestResult] = []
        live = not as_json and len(wanted) > 1
        with exits(), _kept(report) as keep:
            try:
                with doors.ingestor() as ingestor, _told(len(wanted), live=live) as tell:
                    replaced = None if replace is None else found_report(ingestor.catalogue, replace).report_id
                    for result in add_files(ingestor, wanted, replace=replaced, workers=jobs or usable_cores()):
                        results.append(result)
                        keep(result)
                        tell(result)
            finally:
                if results and (not live or sys.stdout.isatty()):
                    show.show_results(results, as_json=as_json)
                if results and len(wanted) > 1:
                    show.say(summary(results))
                if results and len(results) < len(wanted):
                    show.say(f"Đã dừng: còn {len(wanted) - len(results)} tệp chưa nạp.")
        raise typer.Exit(exit_of(results))


def add_files(
    ingestor: Ingestor, wanted: Sequence[Input | Bound], *, replace: str | None, workers: int
) -> Iterator[IngestResult]:
    """Take files in, ``workers`` of them read at a time, and yield their results in the order of ``wanted``.

    They are committed in that order too: of two files that are the same report, the later one answers, as if they had
    been added one after another. Raises what concerns no single file.
    """
    ready = in_order(partial(_prepare, ingestor, replace=replace), wanted, workers=workers)
    for file, prepared in ready:
        yield _commit(ingestor, file, prepared)


def summary(results: Sequence[IngestResult]) -> str:
    """Return how many files came to what, and how many failed for which reason: "12 tệp: 9 đã đọc; ..."."""
    counts = Counter(show.outcome_label(result) for result in results)
    reasons = Counter(result.error_code for result in results if result.status is IngestStatus.FAILED)
    said = "; ".join(f"{count} {label}" for label, count in counts.most_common())
    why = ", ".join(f"{code}: {count}" for code, count in reasons.most_common())
    return f"{len(results)} tệp: {said}" + (f" ({why})." if why else ".")


def _prepare(ingestor: Ingestor, file: Input | Bound, *, replace: str | None) -> Prepared:
    name, data = file.read_named(limit=ingestor.limits.max_bytes)
    return ingestor.prepare(data, name=name, replace=replace)


def _commit(ingestor: Ingestor, file: Input | Bound, prepared: Future[Prepared]) -> IngestResult:
    """Commit one file; what is wrong with the file itself becomes its result, the rest is raised.

    A declared edge, like the job runner: a defect that one file brings to light must not stop the other files.
    """
    try:
        return ingestor.commit(prepared.result())
    except (UnreadableReport, RefusedReport, NotFound) as error:
        return failed(error, name=file.name)
    except IngestError:
        raise
    except Exception as error:
        LOG.exception("%s could not be taken in", file.name, exc_info=error)
        message = "Hệ thống gặp lỗi ngoài dự kiến khi đọc tệp này."
        return failed(IngestError(message, code="internal-error"), name=file.name)


@contextmanager
def _kept(place: Path | None) -> Iterator[Tell]:
    """Give a function that adds a result to the file at ``place``, there for good when it returns."""
    if place is None:
        yield lambda _result: None
        return
    try:
        file = place.open("a", encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"Không ghi được {place}: {error.strerror or error}") from error
    with file:

        def keep(result: IngestResult) -> None:
            file.write(json.dumps(show.result_row(result), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

        yield keep


@contextmanager
def _told(total: int, *, live: bool) -> Iterator[Tell]:
    """Give a function that tells a result as it comes.

    In a pipe (``live``) it is the row on standard output; on a terminal a line above a bar with rate and time left.
    """
    console = Console(stderr=True)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=total, rate="")

        def tell(result: IngestResult) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, advance=1, rate=f"{speed * 60:.0f} tệp/phút" if speed else "")
            if live and not sys.stdout.isatty():
                show.show_results([result], as_json=False)
                sys.stdout.flush()
            elif live:
                bar.console.print(f"{show.outcome_label(result)}: {result.name}", markup=False, highlight=False)

        yield tell
