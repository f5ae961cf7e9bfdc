"""Errors of the ingest side. Messages are Vietnamese: staff read them.

IngestError
├── UnreadableReport      the file cannot be read as a report (empty, damaged, wrong kind, too large ...)
├── ParserUnavailable     no process could be started to read a file in
├── RefusedReport         the file may not be stored (state secret markings)
├── IndexUnavailable      the passage index cannot be opened or reached
│   └── IndexLocked       another process holds the embedded index
├── FingerprintMismatch   the index was built with another embedding model
├── ModelUnavailable      the embedding model cannot be loaded
├── CatalogueUnavailable  the catalogue database cannot be opened or reached
│   └── DiskFull          no room is left to write; an IndexUnavailable, too
└── NotFound              no such report, version or job
"""

from __future__ import annotations


class IngestError(Exception):
    """Base of the tree. ``code`` is a stable kebab-case name, ``message`` is Vietnamese."""

    code = "ingest-error"
    status = 500

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class UnreadableReport(IngestError):
    """Nothing could be read.

    Codes: empty-file, no-text, damaged-file, unsupported-format, file-too-large, encrypted-file, too-many-pages,
    no-such-page; parse-timeout, parse-memory, parse-crashed where reading was ended.
    """

    code = "unreadable-report"
    status = 422


class ParserUnavailable(IngestError):
    """No process could be started to read a file in; the file itself may be good."""

    code = "parser-unavailable"
    status = 503


class RefusedReport(IngestError):
    """The law forbids storing it (MẬT, TỐI MẬT, TUYỆT MẬT)."""

    code = "state-secret"
    status = 422


class IndexUnavailable(IngestError):
    """The index cannot be opened or reached."""

    code = "index-unavailable"
    status = 503


class IndexLocked(IndexUnavailable):
    """Another process has the embedded index open."""

    code = "index-locked"


class FingerprintMismatch(IngestError):
    """The index holds vectors of another model: run ``hoibaocao ingest rebuild``."""

    code = "fingerprint-mismatch"
    status = 503


def mismatch(found: str, wanted: str) -> FingerprintMismatch:
    """Return the error that says what the index was made with, what the settings name, and what to do."""
    return FingerprintMismatch(
        f"Chỉ mục được tạo với mô hình {found}, cấu hình hiện tại là {wanted}. "
        "Hãy chạy lệnh: hoibaocao ingest rebuild, hoặc đặt lại mô hình cũ trong cấu hình (embedding.*)."
    )


class ModelUnavailable(IngestError):
    """The embedding model cannot be loaded."""

    code = "model-unavailable"
    status = 503


class CatalogueUnavailable(IngestError):
    """The catalogue database cannot be opened or reached."""

    code = "catalogue-unavailable"
    status = 503


_NO_ROOM = (
    "Đĩa đã đầy nên chưa lưu được; những gì đã có không đổi. Hãy giải phóng dung lượng (xem: hoibaocao ingest prune "
    "--help) rồi thử lại."
)


class DiskFull(CatalogueUnavailable, IndexUnavailable):
    """No room is left to write, in whichever of the stores: nothing new is kept, and what is there is unchanged."""

    code = "disk-full"
    status = 507

    def __init__(self, message: str = _NO_ROOM) -> None:
        super().__init__(message)


class NotFound(IngestError):
    """No such report, version or job."""

    code = "not-found"
    status = 404
