"""How a command ends that could not do its work: a Vietnamese line on standard error and an exit code."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from ingest.errors import IngestError
from ingest.exit_codes import ExitCode, exit_code
from service.errors import ServiceError

_BY_STATUS = {404: ExitCode.NOT_FOUND, 422: ExitCode.USAGE, 503: ExitCode.TRY_AGAIN}


@contextmanager
def exits() -> Iterator[None]:
    """Turn the errors of service and ingest into a line on standard error and ``typer.Exit``."""
    try:
        yield
    except ServiceError as error:
        complain(error.message)
        raise typer.Exit(_BY_STATUS.get(error.status, ExitCode.FAILURE)) from error
    except IngestError as error:
        complain(error.message)
        raise typer.Exit(exit_code(error)) from error


def complain(message: str) -> None:
    """Print ``message`` on standard error."""
    print(printable(f"Lỗi: {message}"), file=sys.stderr)


def printable(text: str) -> str:
    """Return ``text`` without control sequences, which a report may hold and a terminal would obey."""
    return "".join(ch if ch in "\n\t" or unicodedata.category(ch) != "Cc" else " " for ch in text)
