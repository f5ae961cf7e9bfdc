"""How a command of ``hoibaocao eval`` ends that could not do its work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from eval.questions import SetInvalid
from ingest.exit_codes import ExitCode
from service.cli_exits import complain, exits


@contextmanager
def set_exits() -> Iterator[None]:
    """Turn errors into a Vietnamese line on standard error and an exit code: those of ``exits``, sets and files."""
    with exits():
        try:
            yield
        except SetInvalid as error:
            complain(error.message)
            raise typer.Exit(ExitCode.USAGE) from error
        except OSError as error:
            complain(f"{error.filename}: {error.strerror}")
            raise typer.Exit(ExitCode.FAILURE) from error
