"""``hoibaocao ingest prune``: replaced versions and their files go, by number and age. Translation only."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from ingest import cli_show as show
from ingest.catalogue.records import VersionInfo
from ingest.catalogue.store import Catalogue
from ingest.cli_doors import AsJson, Doors, exits
from ingest.exit_codes import ExitCode
from ingest.pruning import PruneResult, PruneRule, prunable

_MAX_DAYS = 36_500


def register(app: typer.Typer, doors: Doors) -> None:
    """Put the command into ``app``."""

    @app.command("prune")
    def prune(
        keep: Annotated[
            int | None, typer.Option(min=0, help="Giữ lại chừng này bản cũ gần nhất của mỗi báo cáo.")
        ] = None,
        older_than: Annotated[
            int | None, typer.Option(min=0, max=_MAX_DAYS, help="Chỉ xóa bản đã bị thay từ chừng này ngày trở lên.")
        ] = None,
        yes: Annotated[bool, typer.Option("--yes", "-y", help="Không hỏi lại.")] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ cho biết sẽ xóa gì.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Xóa các phiên bản cũ đã bị thay và tệp gốc của chúng; bản đang dùng luôn được giữ."""
        if keep is None and older_than is None:
            raise typer.BadParameter("Cần --keep hoặc --older-than (nêu cả hai thì chỉ xóa bản thỏa cả hai).")
        rule = PruneRule(keep, None if older_than is None else timedelta(days=older_than))
        with exits(), doors.catalogue() as catalogue:
            chosen = prunable(catalogue.timeline.shown(), rule, now=datetime.now(UTC))
            originals = _originals_left_over(catalogue, chosen)
        if dry_run or not chosen:
            _show(chosen, originals, as_json=as_json, done=False)
            return
        if not yes:
            _confirm(chosen)
        with exits(), doors.ingestor() as ingestor:
            result: PruneResult = ingestor.prune(rule)
        _show(result.versions, result.originals, as_json=as_json, done=True)
        if result.leftovers:
            show.say("Còn sót lại một phần, hãy chạy: hoibaocao ingest check --repair")
            raise typer.Exit(ExitCode.PARTIAL)


def _originals_left_over(catalogue: Catalogue, chosen: Sequence[VersionInfo]) -> int:
    """Return how many files no version would be left of (a waiting job may still need one; then it stays)."""
    gone = {one.version_id for one in chosen}
    needed = {one.sha256 for one in catalogue.timeline.shown() if one.version_id not in gone}
    return len({one.sha256 for one in chosen} - needed)


def _show(versions: Sequence[VersionInfo], originals: int, *, as_json: bool, done: bool) -> None:
    if as_json:
        rows = [
            {"report_id": one.report_id, "version_id": one.version_id, "name": one.name, "size": one.size}
            for one in versions
        ]
        show.show_json({"removed": done, "versions": rows, "originals": originals})
        return
    if versions:
        show.show_versions(versions, as_json=False)
    verb = "Đã xóa" if done else "Sẽ xóa"
    print(f"{verb} {len(versions)} phiên bản cũ, {originals} tệp gốc.")


def _confirm(chosen: Sequence[VersionInfo]) -> None:
    if not sys.stdin.isatty():
        raise typer.BadParameter("Cần thêm --yes khi không chạy trên màn hình dòng lệnh.")
    for one in chosen:
        show.say(f"Sẽ xóa bản cũ của {one.name} ({one.version_id})")
    if not typer.confirm("Xóa các bản cũ trên, kể cả tệp gốc?", err=True):
        raise typer.Exit(ExitCode.OK)
