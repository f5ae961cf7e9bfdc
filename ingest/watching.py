"""Which files of some folders are new or changed, and have stopped growing?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.cli_files import Input, inputs


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What tells that a file has changed: a copy still being written grows, an edited file has another time."""

    size: int
    modified_ns: int


class FolderWatch:
    """The files of ``folders`` and below, looked at again and again.

    Looking, not being told by the system, works on network drives too. A file is due once two looks in a row found it
    alike, so that one still being copied is left alone; then not again until it changes.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self.missing: tuple[Path, ...] = ()  # folders not there at the last look: a drive that is off
        self._last: dict[Path, _Stamp] = {}
        self._taken: dict[Path, _Stamp] = {}
        self._reports: dict[Path, str] = {}

    def due(self) -> list[Input]:
        """Look, and return the files to take in now, in the order of their names; [] where nothing is new."""
        there = [folder for folder in self.folders if folder.is_dir()]
        self.missing = tuple(folder for folder in self.folders if folder not in there)
        seen = dict(_stamped(inputs([str(folder) for folder in there], stdin_name="")))
        stable = [file for file, stamp in seen.items() if file.path and self._last.get(file.path) == stamp]
        due = [file for file in stable if file.path and self._taken.get(file.path) != seen[file]]
        self._last = {file.path: stamp for file, stamp in seen.items() if file.path}
        return due

    def taken(self, file: Input, report_id: str | None) -> None:
        """Remember that ``file`` was taken in, or tried, as it was at the last look; ``report_id``: as which report."""
        if file.path is None:
            return
        self._taken[file.path] = self._last[file.path]
        if report_id is not None:
            self._reports[file.path] = report_id

    def report_of(self, file: Input) -> str | None:
        """Return the report that came from the same place before: what stands there now is its new version."""
        return None if file.path is None else self._reports.get(file.path)


def _stamped(files: Sequence[Input]) -> Iterator[tuple[Input, _Stamp]]:
    for file in files:
        try:
            found = None if file.path is None else file.path.stat()
        except OSError:  # gone since it was listed, or not ours to look at: looked at again next time
            continue
        if found is not None:
            yield file, _Stamp(found.st_size, found.st_mtime_ns)
