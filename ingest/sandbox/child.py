"""The process that reads one file and ends: ``python -m ingest.sandbox.child JOB``.

JOB is a JSON object (see ``Job``). The file's bytes come in on standard input, the answer (``wire``) goes out on
what was standard output; everything else that is printed goes nowhere. A fault of ours ends it with a traceback of
places alone: the words of a file that may be secret never reach a log.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ingest.errors import IngestError
from ingest.parse import read
from ingest.parse.page_image import render_page
from ingest.sandbox.confinement import confine
from ingest.sandbox.limits import Limits
from ingest.sandbox.wire import pack_error, pack_read

OUT_OF_MEMORY = 40  # the exit code; any other but 0 is a crash


@dataclass(frozen=True, slots=True)
class Job:
    """What a child is told. ``look``: only whether the file may be stored; ``parent``: the process that waits.

    ``page`` (1-based) above 0: draw this page at ``dpi`` instead of reading; the answer is then the PNG itself.
    """

    name: str
    folder: str
    readable: list[str]
    parent: int
    look: bool
    limits: Limits
    page: int = 0
    dpi: int = 0


def job_of(text: str) -> Job:
    """Return the job written as JSON."""
    told = json.loads(text)
    limits = told.pop("limits")
    return Job(**told, limits=Limits(**{**limits, "programs": tuple(limits["programs"])}))


def main() -> None:
    """Confine this process, read the file, answer."""
    sys.excepthook = _tell_places
    job = job_of(sys.argv[1])
    # What pytesseract loads where it is installed, for a form of answer that is never asked of it: 0.4 s of each child.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    # What is started from here, and libraries that print, get nothing of our pipes.
    answers, sys.stderr = os.dup(1), os.fdopen(os.dup(2), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    watch = confine(job.limits, folder=Path(job.folder), readable=job.readable, parent=job.parent)
    try:
        data = sys.stdin.buffer.read()
        os.dup2(nowhere, 0)
        answer = _answer(job, data)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    with os.fdopen(answers, "wb") as pipe:
        pipe.write(answer)
    if watch.refused:
        print("refused:", *sorted(set(watch.refused)), file=sys.stderr, flush=True)
    os._exit(0)  # nothing is left to be tidied up: the parent removes the folder


def _answer(job: Job, data: bytes) -> bytes:
    try:
        if job.page:
            return render_page(data, job.page, dpi=job.dpi)
        if job.look:
            read.look_at(data, name=job.name)
            return pack_read(None)
        return pack_read(read.read_report(data, name=job.name))
    except IngestError as error:
        return pack_error(error)


def _tell_places(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    for frame in traceback.extract_tb(trace)[-6:]:
        print(f"{frame.filename}:{frame.lineno} {frame.name}", file=sys.stderr)
    print(kind.__name__, file=sys.stderr)


if __name__ == "__main__":
    main()
