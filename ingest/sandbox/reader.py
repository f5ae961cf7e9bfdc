"""The parent's side: one child for each file, killed with all it started when it takes too long. (Edge: processes.)"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

import ingest
from ingest.domain import Report
from ingest.errors import ParserUnavailable, UnreadableReport
from ingest.parse.read import look_at, read_report
from ingest.parse.sniff import FileKind, sniff
from ingest.sandbox.child import OUT_OF_MEMORY, Job
from ingest.sandbox.kept import KeptAnswers
from ingest.sandbox.limits import MAX_ANSWER_BYTES, MAX_PLAIN_BYTES, PAGE_LIMITS, Bounds, Limits, limits_of
from ingest.sandbox.wire import WrongAnswer, unpack_answer

LOG = logging.getLogger(__name__)
_PACKAGE = Path(ingest.__file__).parent
# The child begins without the "site" module: no user's folder, no .pth file has a say in it.
_START = "import sys; sys.path[:0] = sys.argv.pop(1).split('\\n'); from ingest.sandbox.child import main; main()"
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX")
_MAX_TOLD_BYTES = 4_000
_PNG = b"\x89PNG\r\n"
DEFAULT_BOUNDS = Bounds()
_ADVICE = "Hãy mở tệp, lưu lại (hoặc tách thành các tệp ngắn hơn) rồi nạp lần nữa."


@dataclass(frozen=True, slots=True)
class _Ended:
    """How a child ended: what it answered, its exit code (negative: the signal), whether the clock ended it."""

    answer: bytes
    told: str
    code: int
    late: bool


class Sandbox:
    """Reads each file in a child of its own, ``at_once`` at a time. Safe to call from threads: they only wait."""

    def __init__(
        self, bounds: Bounds = DEFAULT_BOUNDS, *, at_once: int | None = None, kept: KeptAnswers | None = None
    ) -> None:
        """``kept``, shared by two sandboxes: what one looks at is read at once, and not again by the other."""
        self._bounds = bounds
        self._kept = kept
        self._places = threading.BoundedSemaphore(at_once or max(2, os.cpu_count() or 2))

    def read(self, data: bytes, /, *, name: str) -> Report:
        """Return the report in ``data``, as ``parse.read.read_report`` does, whose errors it raises too.

        Raises UnreadableReport also for parse-timeout, parse-memory, parse-crashed; ``ParserUnavailable`` when no child
        could be started.
        """
        report = self._run(data, name=name, look=False)
        if report is None:
            raise _crashed()
        return report

    def look(self, data: bytes, name: str) -> None:
        """Raise what ``read`` would raise of a file that cannot or may not be stored; nothing touches the disk."""
        self._run(data, name=name, look=True)

    def page(self, data: bytes, number: int, *, dpi: int) -> bytes:
        """Return page ``number`` (1-based) as PNG, as ``parse.page_image.render_page`` does, drawn in a child too.

        Raises what ``read`` raises, and UnreadableReport for a page that is not there or cannot be drawn.
        """
        memory = min(PAGE_LIMITS.memory_mb, self._bounds.memory_mb)
        limits = replace(PAGE_LIMITS, seconds=min(PAGE_LIMITS.seconds, self._bounds.seconds), memory_mb=memory)
        job = Job("", "", _readable(), os.getpid(), look=False, limits=limits, page=number, dpi=dpi)
        answer = self._answer(data, job)
        if answer.startswith(_PNG):
            return answer
        _unpacked(answer)
        raise _crashed()

    def _run(self, data: bytes, *, name: str, look: bool) -> Report | None:
        kind = sniff(data)
        if kind is FileKind.TEXT and len(data) <= MAX_PLAIN_BYTES:
            if not look:
                return read_report(data, name=name)
            look_at(data, name=name)
            return None
        limits = limits_of(kind, size=len(data), bounds=self._bounds)
        kept = self._kept.take(data) if self._kept and not look else None
        briefly = look and self._kept is None
        answer = kept or self._answer(data, Job(name, "", _readable(), os.getpid(), briefly, limits))
        report = _unpacked(answer)
        if look and self._kept:
            self._kept.put(data, answer)
        return report

    def _answer(self, data: bytes, job: Job) -> bytes:
        """Return what a child answers to ``job``, whose folder is made here."""
        with self._places, _own_folder() as folder:
            ended = _wait(_start(replace(job, folder=folder)), data, seconds=job.limits.seconds)
        if ended.told or ended.code:
            LOG.warning("reading %d bytes: exit %d %s", len(data), ended.code, ended.told)
        return _judged(ended, job.limits)


def _start(job: Job) -> subprocess.Popen[bytes]:
    paths = "\n".join([str(_PACKAGE.parent), *_libraries()])
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _START, paths, json.dumps(asdict(job))]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=job.folder,
            env=_environment(job.folder, os.environ),
            start_new_session=True,
        )
    except OSError as error:
        raise ParserUnavailable("Không khởi động được bộ đọc tệp. Máy có thể đang quá tải; hãy thử lại.") from error


def _wait(child: subprocess.Popen[bytes], data: bytes, *, seconds: int) -> _Ended:
    """Hand ``data`` over, take the answer; kill the child and all it started at the end, or after ``seconds``."""
    assert child.stdin and child.stdout and child.stderr
    late = threading.Event()

    def end_late() -> None:
        late.set()
        _kill(child)

    told: list[bytes] = []
    clock = threading.Timer(seconds, end_late)
    hands = [
        threading.Thread(target=_feed, args=(child.stdin, data), daemon=True),
        threading.Thread(target=lambda pipe: told.append(_drain(pipe)), args=(child.stderr,), daemon=True),
        clock,
    ]
    for hand in hands:
        hand.start()
    try:
        answer = child.stdout.read(MAX_ANSWER_BYTES + 1)
        if len(answer) > MAX_ANSWER_BYTES:
            _kill(child)
        _await(child)
    finally:
        clock.cancel()
        clock.join()
        _kill(child)
        child.wait()
        for hand in hands:
            hand.join()
        child.stdout.close()
    return _Ended(answer, b"".join(told).decode("utf-8", "replace").strip(), child.returncode, late.is_set())


def _await(child: subprocess.Popen[bytes]) -> None:
    """Wait for the end of the child and leave it unburied: its number is not given away while its session is killed."""
    if hasattr(os, "waitid"):
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    else:
        child.wait()


def _feed(pipe: IO[bytes], data: bytes) -> None:
    with suppress(OSError), pipe:  # a child that ended early reads no further
        pipe.write(data)


def _drain(pipe: IO[bytes]) -> bytes:
    with pipe:
        told = pipe.read(_MAX_TOLD_BYTES)
        while pipe.read(_MAX_TOLD_BYTES):
            pass
    return told


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill the child's whole session: programs it started go with it."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _judged(ended: _Ended, limits: Limits) -> bytes:
    """Return the answer of a child that ended as it should."""
    if ended.late or ended.code == -getattr(signal, "SIGXCPU", 0):
        raise UnreadableReport(
            f"Đọc tệp chưa xong sau {limits.seconds} giây nên đã dừng. {_ADVICE}", code="parse-timeout"
        )
    if ended.code in (OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 9)):
        raise UnreadableReport(
            f"Đọc tệp cần hơn {limits.memory_mb} MB bộ nhớ nên đã dừng. {_ADVICE}", code="parse-memory"
        )
    if ended.code != 0 or len(ended.answer) > MAX_ANSWER_BYTES:
        raise _crashed()
    return ended.answer


def _unpacked(answer: bytes) -> Report | None:
    try:
        return unpack_answer(answer)
    except WrongAnswer as error:
        LOG.warning("a child answered what no child may: %s", error)
        raise _crashed() from error


def _crashed() -> UnreadableReport:
    return UnreadableReport(f"Bộ đọc tệp dừng đột ngột vì nội dung bất thường. {_ADVICE}", code="parse-crashed")


def _own_folder() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="hoibaocao-", ignore_cleanup_errors=True)
    except OSError as error:
        raise ParserUnavailable("Không tạo được thư mục tạm để đọc tệp; đĩa có thể đã đầy.") from error


def _environment(folder: str, ours: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in ours.items() if name.upper() in _KEPT_VARIABLES}
    return kept | {
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), folder),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }


def _libraries() -> list[str]:
    """Return the folders of our own ``sys.path`` where libraries lie; never a working directory."""
    prefixes = tuple({sys.prefix, sys.base_prefix})
    return [path for path in sys.path if path.startswith(prefixes) and Path(path).exists()]


def _readable() -> list[str]:
    tesseract = os.environ.get("TESSDATA_PREFIX")
    return [sys.prefix, sys.base_prefix, str(_PACKAGE), *_libraries(), *([tesseract] if tesseract else [])]
