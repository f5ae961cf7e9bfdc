"""The files that the words of a command line mean: paths, patterns, folders, ``-`` for standard input."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import NotFound, UnreadableReport
from ingest.parse.page_bundle import bound
from ingest.preparing import check_size

# What is taken out of a folder; a file named outright is tried whatever its ending.
REPORT_SUFFIXES = (
    *(".docx", ".docm", ".dotx", ".doc", ".dot", ".odt", ".rtf"),
    *(".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".html", ".htm", ".mht", ".mhtml", ".txt", ".md"),
)
STDIN = "-"
_DISCARD_BYTES = 1_000_000  # what comes after the limit is counted, not kept


@dataclass(frozen=True, slots=True)
class Input:
    """One file to be read; ``path`` None is standard input. ``name`` is what the file calls itself."""

    name: str
    path: Path | None

    def read_named(self, *, limit: int) -> tuple[str, bytes]:
        """Return name and bytes; raises as ``read``."""
        return self.name, self.read(limit=limit)

    def read(self, *, limit: int) -> bytes:
        """Return the bytes, at most ``limit``.

        Raises ``UnreadableReport`` (file-too-large, file-unreadable), ``NotFound`` (file-not-found).
        """
        if self.path is None:
            data, rest = sys.stdin.buffer.read(limit), 0
            while more := sys.stdin.buffer.read(_DISCARD_BYTES):
                rest += len(more)
            check_size(len(data) + rest, limit=limit)
            return data
        try:
            check_size(self.path.stat().st_size, limit=limit)
            return self.path.read_bytes()
        except FileNotFoundError as error:
            raise NotFound(f"Không có tệp {self.path}.", code="file-not-found") from error
        except OSError as error:
            reason = error.strerror or error
            raise UnreadableReport(f"Không mở được tệp {self.path}: {reason}", code="file-unreadable") from error


@dataclass(frozen=True, slots=True)
class Bound:
    """Several images that are the pages of one report; ``name`` is that of the first until they are read."""

    pages: tuple[Input, ...]

    @property
    def name(self) -> str:
        """What the report is told under where its pages cannot be read."""
        return self.pages[0].name

    def read_named(self, *, limit: int) -> tuple[str, bytes]:
        """Return name and bytes of the file they make. Raises as ``Input.read``, and what ``bound`` raises."""
        name, data = bound([(page.name, page.read(limit=limit)) for page in self.pages])
        check_size(len(data), limit=limit)
        return name, data


def inputs(words: Sequence[str], *, stdin_name: str) -> tuple[Input, ...]:
    """Return the files meant by ``words``, in order, each once.

    A folder means the reports in it and below (hidden files and Word's "~$" lock files left out); a pattern such as
    ``*.docx`` means what it matches, for shells that do not expand it.
    """
    found: dict[str, Input] = {}
    for word in words:
        if word == STDIN:
            found.setdefault(word, Input(stdin_name, None))
            continue
        for path in _paths(word):
            found.setdefault(str(path), Input(path.name, path))
    return tuple(found.values())


def _paths(word: str) -> Iterator[Path]:
    path = Path(word)
    if path.is_dir():
        yield from sorted(found for found in path.rglob("*") if _is_report(found, below=path))
    elif path.exists() or not glob.has_magic(word):
        yield path
    else:
        matched = sorted(Path(name) for name in glob.glob(word, recursive=True))  # noqa: PTH207 - absolute patterns too
        yield from (found for found in matched if found.is_file()) if matched else (path,)


def _is_report(path: Path, *, below: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(below).parts)
    return not hidden and path.suffix.lower() in REPORT_SUFFIXES and path.is_file()
