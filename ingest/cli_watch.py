"""``hoibaocao ingest watch``: what is put into a folder is taken in without a further word."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ingest import cli_show as show
from ingest.cli_add import add_files
from ingest.cli_doors import AsJson, Doors, exits
from ingest.cli_files import Input
from ingest.domain import IngestResult
from ingest.errors import IngestError
from ingest.parallel import usable_cores
from ingest.watching import FolderWatch

Told = Callable[[IngestResult], None]
_Folders = Annotated[
    list[Path],
    typer.Argument(metavar="THƯ_MỤC...", exists=True, file_okay=False, help="Thư mục theo dõi, cả bên trong."),
]


def register(app: typer.Typer, doors: Doors) -> None:
    """Add the command to ``app``."""

    @app.command("watch")
    def watch(
        folders: _Folders,
        interval: Annotated[float, typer.Option(min=1, help="Số giây giữa hai lần xem.")] = 10.0,
        jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, max=64, help="Số tệp đọc cùng lúc.")] = None,
        as_json: AsJson = False,
    ) -> None:
        """Theo dõi thư mục: tệp mới được nạp, tệp sửa lại thành phiên bản mới. Dừng bằng Ctrl-C.

        Tệp bị xóa khỏi thư mục vẫn còn trong kho; dùng lệnh remove để xóa báo cáo.
        """
        show.say(f"Đang theo dõi: {', '.join(str(folder) for folder in folders)}. Dừng bằng Ctrl-C.")
        with exits():
            follow(
                doors,
                FolderWatch(folders),
                workers=jobs or usable_cores(),
                tell=lambda result: _tell(result, as_json=as_json),
                wait=lambda: time.sleep(interval),
            )


def follow(doors: Doors, watch: FolderWatch, *, workers: int, tell: Told, wait: Callable[[], None]) -> None:
    """Look, take in what is due, wait; until ``wait`` raises. The stores are opened only while there is work.

    What stops a whole round (index held by another process, database away) is told once, and tried again.
    """
    complaint = ""
    gone: tuple[Path, ...] = ()
    while True:
        due = watch.due()
        if watch.missing != gone:
            gone = watch.missing
            show.say(_of_folders(gone))
        try:
            if due:
                take_in(doors, watch, due, workers=workers, tell=tell)
                complaint = ""
        except IngestError as error:
            if error.message != complaint:
                show.say(f"Chưa nạp được, sẽ thử lại: {error.message}")
            complaint = error.message
        wait()


def take_in(doors: Doors, watch: FolderWatch, due: list[Input], *, workers: int, tell: Told) -> None:
    """Take the files in; one that stands where a report came from before becomes that report's new version.

    Raises what concerns no single file; those done until then are not done again.
    """
    with doors.ingestor() as ingestor:
        here = {info.report_id for info in ingestor.catalogue.visible()}
        before = {file: watch.report_of(file) for file in due}
        fresh = [file for file in due if before[file] not in here]
        rounds = [(fresh, None), *(([file], report) for file, report in before.items() if report in here)]
        for files, replace in rounds:
            for file, result in zip(files, add_files(ingestor, files, replace=replace, workers=workers), strict=True):
                watch.taken(file, result.report_id or None)
                tell(result)


def _of_folders(gone: tuple[Path, ...]) -> str:
    names = ", ".join(str(folder) for folder in gone)
    return f"Không thấy thư mục, sẽ xem lại: {names}" if gone else "Các thư mục đã có đủ."


def _tell(result: IngestResult, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(show.result_row(result), ensure_ascii=False), flush=True)
        return
    reason = f" ({result.error_message})" if result.error_message else ""
    print(f"{datetime.now():%d/%m/%Y %H:%M:%S}  {show.outcome_label(result)}: {result.name}{reason}", flush=True)
