"""`hoibaocao doctor`: what works on this machine and what to do about the rest."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from ingest.errors import IndexLocked, IngestError, UnreadableReport
from ingest.parse.office import office_folder
from ingest.parse.tesseract import version as tesseract_version
from service import running
from service.errors import ServiceError
from service.models import embedder_of
from service.settings import Settings
from service.store.database import check
from service.wiring import build_ingestor, open_database, prepare_data_dir


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``message`` is Vietnamese and says what to do when it is not ``sound``."""

    part: str
    sound: bool
    message: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at data directory, database, model and index, one after another; never raises for what is broken."""
    looks: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("Thư mục dữ liệu", _data_dir),
        ("Cơ sở dữ liệu", _database),
        ("Mô hình nhúng", _model),
        ("Chỉ mục", _index),
        ("LibreOffice", _office),
        ("Tesseract", _recognition),
    )
    for part, look in looks:
        try:
            yield Finding(part, sound=True, message=look(settings))
        except (ServiceError, IngestError) as error:
            yield Finding(part, sound=False, message=error.message)


def _data_dir(settings: Settings) -> str:
    prepare_data_dir(settings.data_dir)
    try:
        with tempfile.TemporaryFile(dir=settings.data_dir):
            return f"ghi được: {settings.data_dir}"
    except OSError as error:
        raise ServiceError(f"Không ghi được vào {settings.data_dir}: {error.strerror}.") from error


def _database(settings: Settings) -> str:
    with ExitStack() as stack:
        catalogue = open_database(settings, stack)
        check(catalogue.engine)
        return f"mở được, có {len(catalogue.visible())} báo cáo"


def _model(settings: Settings) -> str:
    embedder = embedder_of(settings, remember=False)
    embedder.query("báo cáo")
    return f"{embedder.dim} chiều, dấu vân {embedder.fingerprint[:12]}"


def _index(settings: Settings) -> str:
    try:
        with build_ingestor(settings) as ingestor:
            found = ingestor.check()
    except IndexLocked:
        service = running.find(settings)
        service.close()
        return "do dịch vụ đang chạy giữ, dịch vụ trả lời tốt"
    if not found.sound:
        raise ServiceError("Chỉ mục không khớp danh mục. Hãy chạy: hoibaocao ingest check --repair")
    return "khớp với danh mục"


def _office(_: Settings) -> str:
    folder = office_folder()
    if folder is None:
        return "chưa cài: .doc, .odt, .rtf bị từ chối; muốn đọc, hãy cài gói libreoffice-writer-nogui"
    return f"đọc được .doc, .odt, .rtf: {folder}"


def _recognition(_: Settings) -> str:
    try:
        return f"đọc được bản quét: Tesseract {tesseract_version()}"
    except UnreadableReport as error:
        return f"chưa đọc được bản quét: {error.message}"
