"""``hoibaocao ingest``: add, watch, list, tree, remove, prune, rebuild, check. Translation only; see ``pipeline``.

Standard output carries the result, standard error the progress and the complaints; see ``exit_codes``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, replace
from typing import Annotated

import typer

from ingest import cli_add, cli_prune, cli_watch
from ingest import cli_show as show
from ingest.catalogue.records import VersionInfo
from ingest.catalogue.store import Catalogue
from ingest.check import CheckReport, Problem, ProblemKind
from ingest.cli_balance import add_balance
from ingest.cli_doors import AsJson, Doors, Rebuilder, ReportId, exit_of, exits, found_report
from ingest.errors import FingerprintMismatch, IndexLocked, IndexUnavailable
from ingest.exit_codes import ExitCode
from ingest.parse.outline import outline
from ingest.pipeline import Ingestor
from ingest.results import RemoveResult


def make_ingest_app(
    open_ingestor: Callable[[], AbstractContextManager[Ingestor]],
    *,
    open_catalogue: Callable[[], AbstractContextManager[Catalogue]] | None = None,
    open_rebuilder: Callable[..., AbstractContextManager[Rebuilder]] | None = None,
) -> typer.Typer:
    """Return the ``ingest`` group.

    ``open_catalogue`` serves ``list`` and ``tree`` without touching the index (so they work beside a running
    service); ``open_rebuilder`` serves ``rebuild`` where the index cannot be opened (another embedding model), and is
    given the model where the command names one.
    Without them both go through ``open_ingestor``.
    """

    @contextmanager
    def catalogue_of_ingestor() -> Iterator[Catalogue]:
        with open_ingestor() as ingestor:
            yield ingestor.catalogue

    doors = Doors(open_ingestor, open_catalogue or catalogue_of_ingestor, open_rebuilder or open_ingestor)
    app = typer.Typer(no_args_is_help=True, help="Nạp báo cáo vào kho, xem, xóa và kiểm tra kho.")
    for register in (
        cli_add.register,
        cli_watch.register,
        cli_prune.register,
        _list,
        _tree,
        _history,
        _remove,
        _rebuild,
        _check,
    ):
        register(app, doors)
    add_balance(app, doors.catalogue, find=found_report, exits=exits)
    return app


def _list(app: typer.Typer, doors: Doors) -> None:
    @app.command("list")
    def list_(
        issuer: Annotated[str, typer.Option(help="Chỉ báo cáo của cơ quan này (không cần dấu).")] = "",
        area: Annotated[str, typer.Option(help="Chỉ báo cáo về địa bàn này (không cần dấu).")] = "",
        year: Annotated[int | None, typer.Option(help="Chỉ báo cáo của năm này.")] = None,
        as_json: AsJson = False,
    ) -> None:
        """Liệt kê các báo cáo đang dùng."""
        with exits(), doors.catalogue() as catalogue:
            show.show_reports(catalogue.visible(issuer=issuer, area=area, year=year), as_json=as_json)


def _tree(app: typer.Typer, doors: Doors) -> None:
    @app.command("tree")
    def tree(report: ReportId, as_json: AsJson = False) -> None:
        """In cây mục của một báo cáo."""
        with exits(), doors.catalogue() as catalogue:
            info = found_report(catalogue, report)
            read = catalogue.load(info.version_id).report
        if as_json:
            sections = [{**asdict(section), "kind": section.kind.value} for section in read.sections]
            show.show_json({"report_id": info.report_id, "version_id": info.version_id, "sections": sections})
        else:
            sys.stdout.write(outline(read))


def _history(app: typer.Typer, doors: Doors) -> None:
    @app.command("history")
    def history(report: ReportId, as_json: AsJson = False) -> None:
        """Cho biết các phiên bản của một báo cáo và thời gian có hiệu lực của từng phiên bản."""
        with exits(), doors.catalogue() as catalogue:
            show.show_versions(catalogue.history(found_report(catalogue, report).report_id), as_json=as_json)


def _remove(app: typer.Typer, doors: Doors) -> None:
    @app.command("remove")
    def remove(
        reports: Annotated[list[str], typer.Argument(metavar="BÁO_CÁO...", help="Mã báo cáo, hoặc phần đầu của mã.")],
        yes: Annotated[bool, typer.Option("--yes", "-y", help="Không hỏi lại.")] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho biết sẽ xóa gì.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Xóa báo cáo cùng mọi phiên bản và tệp gốc của nó."""
        with exits(), doors.catalogue() if dry_run else doors.ingestor() as opened:
            catalogue = opened if isinstance(opened, Catalogue) else opened.catalogue
            chosen = list({info.report_id: info for info in (found_report(catalogue, r) for r in reports)}.values())
            if isinstance(opened, Catalogue):
                show.show_reports(chosen, as_json=as_json)
                return
            if not yes:
                _confirm(chosen)
            removed: list[RemoveResult] = [opened.remove(info.report_id) for info in chosen]
            show.show_removed(removed, as_json=as_json)
        if any(result.leftovers for result in removed):
            raise typer.Exit(ExitCode.PARTIAL)


def _rebuild(app: typer.Typer, doors: Doors) -> None:
    @app.command("rebuild")
    def rebuild(
        reread: Annotated[bool, typer.Option("--reread", help="Đọc lại cả tệp gốc bằng bộ quy tắc hiện tại.")] = False,
        model: Annotated[
            str | None,
            typer.Option("--model", help="Thư mục hoặc tên của mô hình nhúng, thay cho cấu hình."),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        """Dựng lại chỉ mục từ danh mục (để đổi mô hình, hoặc khi chỉ mục hỏng). Dịch vụ đang chạy vẫn trả lời."""
        if reread and model is not None:
            raise typer.BadParameter("--reread không đi cùng --model.")
        if reread:
            with exits(), doors.ingestor() as ingestor, show.progress_bar() as progress:
                results = ingestor.reread(progress=progress)
            show.show_results(results, as_json=as_json)
            raise typer.Exit(exit_of(results))
        given = () if model is None else (model,)
        with exits(), doors.rebuilder(*given) as rebuilder, show.progress_bar() as progress:
            result = rebuilder.rebuild(progress=progress)
        if as_json:
            show.show_json(asdict(result))
            return
        print(f"Đã dựng lại chỉ mục: {result.reports} báo cáo, {result.passages} đoạn.")
        if model is not None:
            show.say(f"Trước lần khởi động sau, hãy đặt embedding.model = {model!r} trong cấu hình.")


def _check(app: typer.Typer, doors: Doors) -> None:
    @app.command("check")
    def check(
        repair: Annotated[bool, typer.Option("--repair", help="Sửa những sai lệch sửa được.")] = False,
        deep: Annotated[bool, typer.Option("--deep", help="So cả các vectơ (chậm hơn).")] = False,
        as_json: AsJson = False,
    ) -> None:
        """So danh mục, tệp gốc và chỉ mục với nhau."""
        with exits():
            report = _checked(doors, repair=repair, deep=deep)
        show.show_check(report, as_json=as_json)
        raise typer.Exit(ExitCode.OK if report.sound else ExitCode.FAILURE)


def _checked(doors: Doors, *, repair: bool, deep: bool) -> CheckReport:
    """Check; an index that cannot be opened is made anew first, where ``repair`` says so."""
    try:
        with doors.ingestor() as ingestor:
            return ingestor.check(repair=repair, deep=deep)
    except IndexLocked:
        raise
    except (IndexUnavailable, FingerprintMismatch) as error:
        if not repair:
            raise
        with doors.rebuilder() as rebuilder, show.progress_bar() as progress:
            rebuilder.rebuild(progress=progress)
        problem = Problem(ProblemKind.BROKEN_INDEX, "index", f"{error.message} (đã dựng lại)", repaired=True)
    with doors.ingestor() as ingestor:
        found = ingestor.check(repair=True, deep=deep)
    return replace(found, problems=(problem, *found.problems))


def _confirm(chosen: Sequence[VersionInfo]) -> None:
    if not sys.stdin.isatty():
        raise typer.BadParameter("Cần thêm --yes khi không chạy trên màn hình dòng lệnh.")
    for info in chosen:
        show.say(f"Sẽ xóa {info.report_id}: {info.name} ({info.meta.title})")
    if not typer.confirm("Xóa các báo cáo trên, kể cả tệp gốc?", err=True):
        raise typer.Exit(ExitCode.OK)
