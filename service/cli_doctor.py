"""`hoibaocao doctor`: what works on this machine and what to do about the rest."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from ingest.errors import IndexLocked, IngestError, UnreadableReport
from ingest.model_texts import Segmenter, TextForm, TextRules
from ingest.parse.office import office_folder
from ingest.parse.tesseract import version as tesseract_version
from service import running
from service.errors import ServiceError
from service.models import embedder_of, reranker_of
from service.settings import Settings
from service.store.database import check
from service.wiring import build_ingestor, open_database, prepare_data_dir
from service.wiring_index import made_with


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
        ("Mô hình xếp lại", _reranker),
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
    name = settings.embedding.model or "có sẵn trong phần mềm"
    return f"{name}; {embedder.dim} chiều; dấu vân {embedder.fingerprint[:12]}; {described(embedder.rules)}"


def described(rules: TextRules) -> str:
    """Return in Vietnamese how a model gets its texts."""
    prefixes = [
        f"{where} {prefix!r}"
        for where, prefix in (("trước câu hỏi", rules.query_prefix), ("trước đoạn", rules.passage_prefix))
        if prefix
    ]
    parts = [
        "thêm " + ", ".join(prefixes) if prefixes else "không thêm tiền tố",
        "chữ như bản gốc" if rules.text is TextForm.AS_WRITTEN else "chữ thường",
        "không tách từ" if rules.segmenter is Segmenter.NONE else f"tách từ bằng {rules.segmenter}",
        f"cắt ở {rules.max_tokens} token" if rules.max_tokens else "không cắt",
    ]
    return "; ".join([*parts, f"theo bảng: {rules.known_as}"] if rules.known_as else parts)


def _reranker(settings: Settings) -> str:
    found = reranker_of(settings)
    if found is None:
        return "không dùng"
    found.scores("báo cáo", ["báo cáo"])
    return f"{settings.rerank.model or 'có sẵn trong phần mềm'}; dấu vân {found.fingerprint[:12]}"


def _index(settings: Settings) -> str:
    try:
        with build_ingestor(settings) as ingestor:
            found = ingestor.check()
    except IndexLocked:
        service = running.find(settings)
        service.close()
        return _index_of_service(settings)
    if not found.sound:
        raise ServiceError("Chỉ mục không khớp danh mục. Hãy chạy: hoibaocao ingest check --repair")
    return "khớp với danh mục, do đúng mô hình này tạo ra"


def _index_of_service(settings: Settings) -> str:
    made, wanted = made_with(settings), embedder_of(settings).fingerprint
    if made != wanted:
        raise ServiceError(
            f"Dịch vụ đang chạy trả lời tốt bằng mô hình {(made or 'không rõ')[:12]}, khác cấu hình ({wanted[:12]}). "
            "Trước khi khởi động lại, hãy chạy: hoibaocao ingest rebuild, hoặc đặt lại embedding.model."
        )
    return "do dịch vụ đang chạy giữ, dịch vụ trả lời tốt, đúng mô hình này tạo ra"


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
