"""The sandbox as its callers see it: the same report, or an error that says what went wrong; nothing left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path

import pytest

import ingest
from ingest.domain import Report
from ingest.errors import ParserUnavailable, RefusedReport, UnreadableReport
from ingest.parse.read import read_report
from ingest.parse.sniff import FileKind
from ingest.sandbox import reader
from ingest.sandbox.child import OUT_OF_MEMORY, Job, job_of
from ingest.sandbox.kept import KeptAnswers
from ingest.sandbox.limits import Bounds, Limits, limits_of
from ingest.sandbox.reader import Sandbox

SAMPLE = Path(ingest.__file__).parent / "samples" / "quy-1-2023.docx"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="namespaces, Landlock and /proc are Linux's")


@pytest.fixture(autouse=True)
def own_tmp(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Make the sandbox's folders where they can be counted."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def acting(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child do ``code`` in place of reading; ``OUT`` answers, ``confine`` is the real one."""
    start = (
        "import sys; sys.path[:0] = sys.argv.pop(1).split('\\n')\n"
        "from ingest.parse import read\n"
        "def act(data, *, name):\n"
        + "".join(f"    {line}\n" for line in code.splitlines())
        + "    raise read.UnreadableReport(str(found), code='found')\n"
        "read.read_report = act\n"
        "from ingest.sandbox.child import main; main()"
    )
    monkeypatch.setattr(reader, "_START", start)


def told(sandbox: Sandbox | None = None) -> UnreadableReport:
    with pytest.raises(UnreadableReport) as caught:
        (sandbox or Sandbox()).read(SAMPLE.read_bytes(), name="a.docx")
    return caught.value


def test_the_report_is_the_one_read_in_process(own_tmp: Path) -> None:
    data = SAMPLE.read_bytes()
    assert Sandbox().read(data, name="a.docx") == read_report(data, name="a.docx")
    assert list(own_tmp.iterdir()) == []


def test_what_was_looked_at_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    data, kept, start = SAMPLE.read_bytes(), KeptAnswers(), reader._start
    begun: list[bool] = []

    def noted(job: Job) -> subprocess.Popen[bytes]:
        begun.append(job.look)
        return start(job)

    monkeypatch.setattr(reader, "_start", noted)
    looking, reading = Sandbox(kept=kept), Sandbox(kept=kept)
    looking.look(data, "a.docx")
    assert reading.read(data, name="a.docx") == read_report(data, name="a.docx")
    assert begun == [False]
    reading.read(data, name="a.docx")
    assert begun == [False, False]
    with pytest.raises(UnreadableReport):
        looking.look(data[:3000], "a.docx")
    assert kept.take(data[:3000]) is None


def test_long_plain_text_is_read_in_a_child_too() -> None:
    data = ("Một câu dài về sản xuất.\n" * 50_000).encode()
    assert len(data) > 1_000_000
    assert Sandbox().read(data, name="a.txt").text.startswith("Một câu")


def test_errors_of_the_file_come_back_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableReport) as caught:
        Sandbox().read(SAMPLE.read_bytes()[:3000], name="a.docx")
    assert caught.value.code == "damaged-file"
    acting(monkeypatch, "from ingest.errors import RefusedReport\nraise RefusedReport('Văn bản mật.')")
    with pytest.raises(RefusedReport) as refused:
        Sandbox().read(SAMPLE.read_bytes(), name="a.docx")
    assert (refused.value.code, refused.value.message) == ("state-secret", "Văn bản mật.")


def test_looking_raises_what_reading_would_and_returns_nothing() -> None:
    Sandbox().look(SAMPLE.read_bytes(), "a.docx")
    with pytest.raises(UnreadableReport):
        Sandbox().look(SAMPLE.read_bytes()[:3000], "a.docx")


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("import time; time.sleep(60)", "parse-timeout"),
        ("while True: pass", "parse-timeout"),
        ("found = bytearray(3_000_000_000)", "parse-memory"),
        ("found = [bytes(1000) for _ in range(10_000_000)]", "parse-memory"),
        ("import os; os.abort()", "parse-crashed"),
        ("import os; os._exit(3)", "parse-crashed"),
        ("raise ValueError('Nội dung mật')", "parse-crashed"),
        ("def deeper(): deeper()\ndeeper()", "parse-crashed"),
    ],
)
@LINUX
def test_a_child_that_goes_wrong_fails_its_file_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, own_tmp: Path, code: str, wanted: str
) -> None:
    acting(monkeypatch, code)
    error = told(Sandbox(Bounds(seconds=2 if wanted == "parse-timeout" else 60, memory_mb=300)))
    assert error.code == wanted
    assert list(own_tmp.iterdir()) == []
    assert "Nội dung mật" not in caplog.text  # what stands in a file must not reach a log


@pytest.mark.parametrize(
    "code",
    [
        "import socket\nfound = socket.socket()",
        "import subprocess\nfound = subprocess.run(['id'])",
        "import os\nfound = os.system('id')",
        "import os\nfound = os.fork()",
        "found = open('/etc/hoibaocao-was-here', 'w')",
        "import os\nfound = os.open('/tmp/hoibaocao-was-here', os.O_CREAT | os.O_WRONLY)",
        "import os\nfound = os.remove('/etc/passwd')",
        "import os\nfound = os.rename('x', '/tmp/x')",
        "import os\nfound = os.kill(os.getppid(), 0)",
        "import os\nfound = os.kill(0, 0)",
    ],
)
def test_what_no_reader_needs_is_refused(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    acting(
        monkeypatch,
        "try:\n" + "".join(f"    {line}\n" for line in code.splitlines()) + "except PermissionError:\n    found = 'no'",
    )
    error = told()
    assert (error.code, error.message) == ("found", "no")
    assert "refused:" in caplog.text


@LINUX
def test_the_kernel_holds_what_gets_past_python(monkeypatch: pytest.MonkeyPatch, own_tmp: Path) -> None:
    """C code is asked by no audit hook: it is libc itself that is refused here."""
    outside = own_tmp.parent / "catalogue.db"
    outside.write_text("báo cáo khác", encoding="utf-8")
    acting(
        monkeypatch,
        "import ctypes\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        f"reads = libc.open({str(outside).encode()!r}, 0)\n"
        f"writes = libc.open({str(outside.parent / 'new').encode()!r}, 0o101, 0o600)\n"
        "inside = libc.open(b'own', 0o101, 0o600)\n"
        "networks = open('/proc/self/net/dev').read().count(':')\n"
        "found = (reads, writes, inside >= 0, networks)",
    )
    assert told(Sandbox()).message == "(-1, -1, True, 1)"  # one interface: its own loopback, which is down
    assert not (outside.parent / "new").exists()


@LINUX
def test_programs_started_by_a_child_die_with_it(monkeypatch: pytest.MonkeyPatch, own_tmp: Path) -> None:
    sleeper = Limits(seconds=2, memory_mb=512, programs=("sleep",))
    monkeypatch.setattr(reader, "limits_of", lambda *_, **__: sleeper)
    acting(monkeypatch, "import subprocess\nfound = subprocess.run(['sleep', '4321'])")
    assert told().code == "parse-timeout"
    left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert "sleep 4321" not in left


@LINUX
def test_a_child_may_end_a_program_that_it_started_and_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = Limits(seconds=20, memory_mb=512, programs=("sleep",))
    monkeypatch.setattr(reader, "limits_of", lambda *_, **__: sleeper)
    acting(
        monkeypatch,
        "import subprocess\ntry:\n    subprocess.run(['sleep', '60'], timeout=0.2)\n"
        "except subprocess.TimeoutExpired:\n    found = 'late'",
    )
    assert told().message == "late"


@LINUX
def test_a_child_sees_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIBAOCAO_AUTH__API_KEYS", "hbc_secret")
    acting(monkeypatch, "import os\nfound = sorted(os.environ), len(os.listdir('/proc/self/fd'))")
    names, handles = told().message.split("], ")
    assert "HOIBAOCAO" not in names
    assert int(handles.strip("()")) <= 7


def test_many_threads_share_the_places(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox, found = Sandbox(at_once=2), []
    data = SAMPLE.read_bytes()

    def one() -> None:
        found.append(sandbox.read(data, name="a.docx"))

    hands = [threading.Thread(target=one) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(found) == 4
    assert all(isinstance(report, Report) and report == found[0] for report in found)


def test_no_child_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ParserUnavailable):
        Sandbox().read(SAMPLE.read_bytes(), name="a.docx")


def test_limits_grow_with_the_file_up_to_the_bounds() -> None:
    small = limits_of(FileKind.DOCX, size=10_000, bounds=Bounds())
    large = limits_of(FileKind.DOCX, size=40_000_000, bounds=Bounds())
    assert small.seconds < large.seconds <= 1800
    assert limits_of(FileKind.DOCX, size=40_000_000, bounds=Bounds(seconds=60, memory_mb=300)).seconds == 60
    assert limits_of(FileKind.DOCX, size=1, bounds=Bounds(memory_mb=300)).memory_mb == 300
    assert small.programs == ()


def test_a_job_survives_its_journey() -> None:
    job = Job("a.docx", "/x", ["/y"], os.getpid(), True, Limits(1, 2, ("tesseract",)))
    assert job_of(json.dumps(asdict(job))) == job
    assert OUT_OF_MEMORY not in (0, 1)
