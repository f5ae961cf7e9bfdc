"""Word processors' other files (.doc, .odt, .rtf) -> .docx, by LibreOffice in a child process. (Edge: processes.)

The file is another's: LibreOffice runs without windows, on a profile of its own in a folder of its own that is
deleted with it, with macros, links to outside and active content off, for a limited time, and all it started ends
with it. Where the reader itself is confined (``ingest.sandbox``) so is what it starts.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ingest.errors import UnreadableReport
from ingest.parse import office_kit
from ingest.parse.blocks import Source
from ingest.parse.docx import read_docx
from ingest.parse.sniff import FileKind

SECONDS = 100  # below what the sandbox gives the whole reading
MAX_MADE_BYTES = 100_000_000
_PROGRAMS = ("soffice", "libreoffice")
# Path of a setting, its name, its value.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Misc", "FirstRun", "false"),
    ("Common/Save/Document", "AutoSave", "false"),
    ("Writer/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Field", "false"),
    ("Recovery/RecoveryInfo", "Enabled", "false"),
)


def read_office(data: bytes, kind: FileKind) -> Source:
    """Return the blocks of a .doc, .odt or .rtf file; ``format`` is its own kind.

    Raises UnreadableReport: office-unavailable (LibreOffice is not installed), damaged-file, parse-timeout.
    """
    return replace(read_docx(to_docx(data, kind)), format=kind.value)


def office_folder() -> Path | None:
    """Return the folder of LibreOffice's libraries, None where it is not installed."""
    started = (Path(found).resolve().parent for name in _PROGRAMS if (found := shutil.which(name)))
    return next((folder for folder in started if any(folder.glob("lib*lo.so"))), None)


def to_docx(data: bytes, kind: FileKind) -> bytes:
    """Return the .docx LibreOffice makes of ``data``. Raises as ``read_office`` does."""
    libraries = office_folder()
    if libraries is None:
        message = (
            "Máy chủ chưa cài LibreOffice nên chưa đọc được tệp .doc, .odt, .rtf. "
            "Hãy cài gói libreoffice-writer-nogui, hoặc lưu tệp thành .docx rồi nạp lại."
        )
        raise UnreadableReport(message, code="office-unavailable")
    with tempfile.TemporaryDirectory(prefix="hoibaocao-office-") as name:
        folder = Path(name)
        _write_profile(folder / "profile")
        (folder / f"report.{kind.value}").write_bytes(data)
        _convert(libraries, folder, kind)
        made = folder / "report.docx"
        if not made.is_file() or made.stat().st_size > MAX_MADE_BYTES:
            message = "LibreOffice không mở được tệp (hỏng hoặc có mật khẩu). Hãy lưu thành .docx rồi nạp lại."
            raise UnreadableReport(message, code="damaged-file")
        return made.read_bytes()


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    text = f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (profile / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _convert(libraries: Path, folder: Path, kind: FileKind) -> None:
    urls = [(folder / name).as_uri() for name in ("profile", f"report.{kind.value}", "report.docx")]
    command = [sys.executable, "-I", "-S", office_kit.__file__, str(libraries), *urls]
    home = {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"}
    environment = {"PATH": os.environ.get("PATH", os.defpath), **home}
    # A process group of its own: whatever it starts ends with it.
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableReport(
            f"Chuyển đổi tệp quá {SECONDS} giây nên đã dừng. Hãy lưu tệp thành .docx rồi nạp lại.", code="parse-timeout"
        ) from None
    finally:
        if child.poll() is None:
            # In the sandbox nobody may send signals: there the parent ends all that is left.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):
                child.wait(5)
