"""Word files. Not read yet."""

from __future__ import annotations

from ingest.errors import UnreadableReport
from ingest.parse.blocks import Source


def read_docx(data: bytes) -> tuple[Source, tuple[str, ...]]:
    """Return the blocks of a Word file and the lines of its page headers."""
    raise UnreadableReport("Tệp Word chưa đọc được.", code="unsupported-format")
