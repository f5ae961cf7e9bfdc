"""The exit codes of the command line, one meaning each (69 and 75 as in BSD's sysexits.h, 130 as shells have it)."""

from __future__ import annotations

from enum import IntEnum

from ingest.errors import (
    CatalogueUnavailable,
    FingerprintMismatch,
    IndexLocked,
    IndexUnavailable,
    IngestError,
    ModelUnavailable,
    NotFound,
    ParserUnavailable,
    RefusedReport,
)


class ExitCode(IntEnum):
    """What a script may rely on."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    PARTIAL = 3  # some files failed, or were read with warnings
    NOT_FOUND = 4
    REFUSED = 5  # the law forbids storing it
    QUALITY_GATE = 6  # the evaluation fell below the wanted share of right answers
    UNAVAILABLE = 69  # database, index, model or parser
    TRY_AGAIN = 75  # another process holds the index
    INTERRUPTED = 130


_BY_ERROR: tuple[tuple[type[IngestError], ExitCode], ...] = (
    (IndexLocked, ExitCode.TRY_AGAIN),
    (IndexUnavailable, ExitCode.UNAVAILABLE),
    (CatalogueUnavailable, ExitCode.UNAVAILABLE),
    (ModelUnavailable, ExitCode.UNAVAILABLE),
    (ParserUnavailable, ExitCode.UNAVAILABLE),
    (FingerprintMismatch, ExitCode.UNAVAILABLE),
    (NotFound, ExitCode.NOT_FOUND),
    (RefusedReport, ExitCode.REFUSED),
)


def exit_code(error: IngestError) -> ExitCode:
    """Return the exit code for an error; FAILURE for what has none of its own."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), ExitCode.FAILURE)
