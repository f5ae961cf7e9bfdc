"""``hoibaocao ingest``: add, list, tree, remove, rebuild, check. Translation only; ``pipeline`` does the work.

Standard output carries the result, standard error the progress and the complaints; see ``exit_codes``.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from typing import Annotated, Protocol

import typer

from ingest import cli_show as show
from ingest.catalogue.records import VersionInfo
from ingest.catalogue.store import Catalogue
from ingest.cli_balance import add_balance
from ingest.cli_files import Input, inputs
from ingest.domain import IngestResult, IngestStatus, Severity
from ingest.errors import IngestError, NotFound, RefusedReport, UnreadableReport
from ingest.exit_codes import ExitCode, exit_code
from ingest.indexing import Progress, RebuildResult
from ingest.parse.outline import outline
from ingest.pipeline import Ingestor
from ingest.results import RemoveResult, failed

LOG = logging.getLogger(__name__)
MIN_ID_CHARS = 4  # of a report id, where the beginning is enough

_Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
_Report = Annotated[str, typer.Argument(metavar="BÁO_CÁO", help="Mã báo cáo, hoặc phần đầu của mã (từ 4 ký tự).")]


class Rebuilder(Protocol):
    """What ``rebuild`` needs: an ``Ingestor``, or an ``IndexBuilder`` where the index cannot be opened."""

    def rebuild(self, *, progress: Progress) -> RebuildResult:
        """Build the index anew."""
        ...


@dataclass(frozen=True, slots=True)
class _Doors:
    """How the commands reach the stores; each is opened by the command that needs it."""

    ingestor: Callable[[], AbstractContextManager[Ingestor]]
    catalogue: Callable[[], AbstractContextManager[Catalogue]]
    rebuilder: Callable[[], AbstractContextManager[Rebuilder]]


def make_ingest_app(
    open_ingestor: Callable[[], AbstractContextManager[Ingestor]],
    *,
    open_catalogue: Callable[[], AbstractContextManager[Catalogue]] | None = None,
    open_rebuilder: Callable[[], AbstractContextManager[Rebuilder]] | None = None,
) -> typer.Typer:
    """Return the ``ingest`` group.

    ``open_catalogue`` serves ``list`` and ``tree`` without touching the index (so they work beside a running
    service); ``open_rebuilder`` serves ``rebuild`` where the index cannot be opened (another embedding model).
    Without them both go through ``open_ingestor``.
    """

    @contextmanager
    def catalogue_of_ingestor() -> Iterator[Catalogue]:
        with open_ingestor() as ingestor:
            yield ingestor.catalogue

    doors = _Doors(open_ingestor, open_catalogue or catalogue_of_ingestor, open_rebuilder or open_ingestor)
    app = typer.Typer(no_args_is_help=True, help="Nạp báo cáo vào kho, xem, xóa và kiểm tra kho.")
    for register in (_add, _list, _tree, _remove, _rebuild, _check):
        register(app, doors)
    add_balance(app, doors.catalogue, find=_found, exits=_exits)
    return app


def _add(app: typer.Typer, doors: _Doors) -> None:
    @app.command("add")
    def add(
        files: Annotated[list[str], typer.Argument(metavar="TỆP...", help="Tệp, thư mục, mẫu *.docx, hoặc - (stdin).")],
        replace: Annotated[str | None, typer.Option(help="Thay phiên bản mới cho báo cáo có mã này.")] = None,
        name: Annotated[str, typer.Option(help="Tên tệp khi đọc từ stdin.")] = "stdin.txt",
        as_json: _Json = False,
    ) -> None:
        """Nạp báo cáo. Tệp đã có trong kho thì không thay đổi gì."""
        wanted = inputs(files, stdin_name=name)
        if not wanted:
            raise typer.BadParameter("Không tìm thấy tệp báo cáo nào.")
        if replace is not None and len(wanted) > 1:
            raise typer.BadParameter("--replace chỉ dùng với một tệp.")
        results: list[IngestResult] = []
        with _exits():
            try:
                with doors.ingestor() as ingestor:
                    replaced = None if replace is None else _found(ingestor.catalogue, replace).report_id
                    for file in wanted:
                        results.append(_add_one(ingestor, file, replace=replaced))
            finally:
                if results:
                    show.show_results(results, as_json=as_json)
                if results and len(results) < len(wanted):
                    show.say(f"Đã dừng: còn {len(wanted) - len(results)} tệp chưa nạp.")
        raise typer.Exit(_exit_of(results))


def _list(app: typer.Typer, doors: _Doors) -> None:
    @app.command("list")
    def list_(
        issuer: Annotated[str, typer.Option(help="Chỉ báo cáo của cơ quan này (không cần dấu).")] = "",
        area: Annotated[str, typer.Option(help="Chỉ báo cáo về địa bàn này (không cần dấu).")] = "",
        year: Annotated[int | None, typer.Option(help="Chỉ báo cáo của năm này.")] = None,
        as_json: _Json = False,
    ) -> None:
        """Liệt kê các báo cáo đang dùng."""
        with _exits(), doors.catalogue() as catalogue:
            show.show_reports(catalogue.visible(issuer=issuer, area=area, year=year), as_json=as_json)


def _tree(app: typer.Typer, doors: _Doors) -> None:
    @app.command("tree")
    def tree(report: _Report, as_json: _Json = False) -> None:
        """In cây mục của một báo cáo."""
        with _exits(), doors.catalogue() as catalogue:
            info = _found(catalogue, report)
            read = catalogue.load(info.version_id).report
        if as_json:
            sections = [{**asdict(section), "kind": section.kind.value} for section in read.sections]
            show.show_json({"report_id": info.report_id, "version_id": info.version_id, "sections": sections})
        else:
            sys.stdout.write(outline(read))


def _remove(app: typer.Typer, doors: _Doors) -> None:
    @app.command("remove")
    def remove(
        reports: Annotated[list[str], typer.Argument(metavar="BÁO_CÁO...", help="Mã báo cáo, hoặc phần đầu của mã.")],
        yes: Annotated[bool, typer.Option("--yes", "-y", help="Không hỏi lại.")] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho biết sẽ xóa gì.")] = False,
        as_json: _Json = False,
    ) -> None:
        """Xóa báo cáo cùng mọi phiên bản và tệp gốc của nó."""
        with _exits(), doors.catalogue() if dry_run else doors.ingestor() as opened:
            catalogue = opened if isinstance(opened, Catalogue) else opened.catalogue
            chosen = list({info.report_id: info for info in (_found(catalogue, r) for r in reports)}.values())
            if isinstance(opened, Catalogue):
                show.show_reports(chosen, as_json=as_json)
                return
            if not yes:
                _confirm(chosen)
            removed: list[RemoveResult] = [opened.remove(info.report_id) for info in chosen]
            show.show_removed(removed, as_json=as_json)
        if any(result.leftovers for result in removed):
            raise typer.Exit(ExitCode.PARTIAL)


def _rebuild(app: typer.Typer, doors: _Doors) -> None:
    @app.command("rebuild")
    def rebuild(
        reread: Annotated[bool, typer.Option("--reread", help="Đọc lại cả tệp gốc bằng bộ quy tắc hiện tại.")] = False,
        as_json: _Json = False,
    ) -> None:
        """Dựng lại chỉ mục từ danh mục (sau khi đổi mô hình hoặc khi chỉ mục hỏng)."""
        if reread:
            with _exits(), doors.ingestor() as ingestor, show.progress_bar() as progress:
                results = ingestor.reread(progress=progress)
            show.show_results(results, as_json=as_json)
            raise typer.Exit(_exit_of(results))
        with _exits(), doors.rebuilder() as rebuilder, show.progress_bar() as progress:
            result = rebuilder.rebuild(progress=progress)
        if as_json:
            show.show_json(asdict(result))
        else:
            print(f"Đã dựng lại chỉ mục: {result.reports} báo cáo, {result.passages} đoạn.")


def _check(app: typer.Typer, doors: _Doors) -> None:
    @app.command("check")
    def check(
        repair: Annotated[bool, typer.Option("--repair", help="Sửa những sai lệch sửa được.")] = False,
        as_json: _Json = False,
    ) -> None:
        """So danh mục, tệp gốc và chỉ mục với nhau."""
        with _exits(), doors.ingestor() as ingestor:
            report = ingestor.check(repair=repair)
        show.show_check(report, as_json=as_json)
        raise typer.Exit(ExitCode.OK if report.sound else ExitCode.FAILURE)


def _add_one(ingestor: Ingestor, file: Input, *, replace: str | None) -> IngestResult:
    """Add one file; what is wrong with the file itself becomes its result, the rest is raised.

    A declared edge, like the job runner: a defect that one file brings to light must not stop the other files.
    """
    try:
        data = file.read(limit=ingestor.limits.max_bytes)
        with show.progress_bar(file.name) as progress:
            return ingestor.add(data, name=file.name, replace=replace, progress=progress)
    except (UnreadableReport, RefusedReport, NotFound) as error:
        return failed(error, name=file.name)
    except IngestError:
        raise
    except Exception as error:
        LOG.exception("%s could not be taken in", file.name, exc_info=error)
        message = "Hệ thống gặp lỗi ngoài dự kiến khi đọc tệp này."
        return failed(IngestError(message, code="internal-error"), name=file.name)


def _found(catalogue: Catalogue, wanted: str) -> VersionInfo:
    """Return the visible report whose id is, or begins with, ``wanted``. Raises ``NotFound``, ``BadParameter``."""
    if len(wanted) < MIN_ID_CHARS:
        raise typer.BadParameter(f"Mã báo cáo cần ít nhất {MIN_ID_CHARS} ký tự.")
    found = [info for info in catalogue.visible() if info.report_id.startswith(wanted)]
    if not found:
        raise NotFound(f"Không có báo cáo nào mang mã {wanted}.")
    if len(found) > 1:
        raise typer.BadParameter(f"Có {len(found)} báo cáo mang mã bắt đầu bằng {wanted}; hãy ghi dài hơn.")
    return found[0]


def _confirm(chosen: Sequence[VersionInfo]) -> None:
    if not sys.stdin.isatty():
        raise typer.BadParameter("Cần thêm --yes khi không chạy trên màn hình dòng lệnh.")
    for info in chosen:
        show.say(f"Sẽ xóa {info.report_id}: {info.name} ({info.meta.title})")
    if not typer.confirm("Xóa các báo cáo trên, kể cả tệp gốc?", err=True):
        raise typer.Exit(ExitCode.OK)


def _exit_of(results: Sequence[IngestResult]) -> ExitCode:
    bad = [result for result in results if result.status is IngestStatus.FAILED]
    if bad and len(bad) == len(results):
        codes = {_FILE_EXITS.get(result.error_code, ExitCode.FAILURE) for result in bad}
        return codes.pop() if len(codes) == 1 else ExitCode.FAILURE
    warned = any(issue.severity is Severity.WARNING for result in results for issue in result.issues)
    return ExitCode.PARTIAL if bad or warned else ExitCode.OK


_FILE_EXITS = {RefusedReport.code: ExitCode.REFUSED, NotFound.code: ExitCode.NOT_FOUND}


@contextmanager
def _exits() -> Iterator[None]:
    """Turn errors into a Vietnamese line on standard error and an exit code."""
    try:
        yield
    except IngestError as error:
        show.say(f"Lỗi: {error.message}")
        raise typer.Exit(exit_code(error)) from error
    except KeyboardInterrupt as error:
        show.say("Đã dừng theo yêu cầu.")
        raise typer.Exit(ExitCode.INTERRUPTED) from error
