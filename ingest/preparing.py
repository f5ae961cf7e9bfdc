"""The slow, pure half of a report's way in: bytes → report → passages → figures → vectors. Nothing is stored here.

It touches no store, so any number of files may be prepared at once; ``pipeline`` then commits them one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from ingest.catalogue.records import NewVersion
from ingest.chunk import make_passages
from ingest.domain import Figure, Passage, Report
from ingest.errors import UnreadableReport
from ingest.figures import report_figures
from ingest.indexing import Encoder, Progress, Vectors, encode, silent
from ingest.parse.read import read_report
from ingest.results import balance_sheet, media_type

# Raise it when parsing, chunking or figures change what they read: ``check`` then lists the reports to read again.
READING_VERSION = "8"


class Read(Protocol):
    """``ingest.parse.read.read_report``; safe to call from several threads at once."""

    def __call__(self, data: bytes, /, *, name: str) -> Report:
        """Return the report. Raises ``UnreadableReport``, ``RefusedReport``."""
        ...


class MakePassages(Protocol):
    """``ingest.chunk.make_passages``."""

    def __call__(self, report: Report, /, *, key: str) -> tuple[Passage, ...]:
        """Return the passages; equal keys give equal ids."""
        ...


@dataclass(frozen=True, slots=True)
class Steps:
    """The pure part of the path: bytes → report → passages → figures."""

    read: Read = read_report
    passages: MakePassages = make_passages
    figures: Callable[[Report, tuple[Passage, ...]], Mapping[str, tuple[Figure, ...]]] = report_figures


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted and tolerated.

    ``max_bytes``: the largest file accepted. ``staged_grace``: how old an unfinished version must be before ``check``
    takes it for the leftover of a crash; zero is right for one process, an hour where several share a catalogue.
    """

    max_bytes: int = 50_000_000
    staged_grace: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came: its bytes, the name people gave it (fit to be shown), the SHA-256 of the bytes."""

    data: bytes = field(repr=False)
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be committed. ``replace``: the report it is to be the new version of, None to find out.

    ``new`` and ``vectors`` are None for bytes that were there already: committing then says so. ``instead_of``: the
    version this is another reading of, None for a file somebody gave.
    """

    file: File
    replace: str | None = None
    new: NewVersion | None = field(default=None, repr=False)
    vectors: Vectors | None = field(default=None, repr=False)
    instead_of: str | None = None


def read_file(
    file: File, *, generation: int, steps: Steps, fingerprint: str, report: Report | None = None
) -> NewVersion:
    """Return all that is to be staged of ``file``; ``report`` spares the reading where that is done already.

    ``generation``: how many versions were made of these bytes before (0-based). Raises ``UnreadableReport`` (also code
    no-text), ``RefusedReport``.
    """
    report = report or steps.read(file.data, name=file.name)
    # Ids from the bytes alone where possible: two installations then rank equal scores alike. Read again, the
    # same bytes need other ids, for both versions stand in the index until the new one is published.
    key = f"{file.sha256}:{generation}" if generation else file.sha256
    passages = steps.passages(report, key=key)
    if not passages:
        raise UnreadableReport(f"Tệp {file.name} không có đoạn văn nào để tra cứu.", code="no-text")
    figures = steps.figures(report, passages)
    return NewVersion(
        sha256=file.sha256,
        name=file.name,
        media_type=media_type(report.format),
        size=len(file.data),
        generation=generation,
        report=report,
        passages=passages,
        figures=figures,
        balance=balance_sheet(report, passages, figures),
        reading_version=READING_VERSION,
        fingerprint=fingerprint,
    )


def prepare_file(  # noqa: PLR0913 - a file, what it is to become, and what that takes
    file: File,
    *,
    generation: int,
    steps: Steps,
    encoder: Encoder,
    replace: str | None = None,
    instead_of: str | None = None,
    progress: Progress = silent,
) -> Prepared:
    """Read and encode ``file``. Raises as ``read_file``, and ``ModelUnavailable``."""
    progress("read", 0, 1)
    new = read_file(file, generation=generation, steps=steps, fingerprint=encoder.embedder.fingerprint)
    progress("read", 1, 1)
    vectors = encode(new.passages, encoder=encoder, progress=progress)
    return Prepared(file, replace, new, vectors, instead_of)


def check_size(size: int, *, limit: int) -> None:
    """Raise ``UnreadableReport`` (code file-too-large) when ``size`` bytes are more than ``limit``."""
    if size > limit:
        raise UnreadableReport(f"Tệp lớn {_megabytes(size)}, vượt giới hạn {_megabytes(limit)}.", code="file-too-large")


def _megabytes(size: int) -> str:
    # Rounded up, so that a file just over the limit is not said to be as large as the limit.
    tenths = -(-size // 100_000)
    return f"{tenths // 10},{tenths % 10} MB"
