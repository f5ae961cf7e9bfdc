"""``python -m eval.hostile``: make every hostile file, try it, print what became of each kind.

Exit code 1: something became of one that should not have.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from eval.hostile.cases import Fate, HostileFile
from eval.hostile.marked_files import harmless_files, marked_files
from eval.hostile.pdf_files import pdf_files
from eval.hostile.trying import try_file, watched
from eval.hostile.word_files import word_files


def main() -> int:
    """Print the tables and return the exit code."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "tmp"
        folder.mkdir()
        with watched(folder) as around:
            groups = {
                "R23 Word": word_files(around.address),
                "R24 PDF": pdf_files(around.address),
                "R35 stamped as secret": marked_files(),
                "R35 harmless": harmless_files(),
            }
            fates = {group: [try_file(file, around) for file in files] for group, files in groups.items()}
    for group, found in fates.items():
        show(group, found)
    return int(any(fate.wrong for found in fates.values() for fate in found))


def show(group: str, fates: Sequence[Fate]) -> None:
    """Print one line for each kind, and the sum."""
    print(f"\n{group}: {len(fates)} files\n{'kind':44}{'files':>6}{'longest':>9}  ended")
    for kind, same in groupby(fates, key=lambda fate: fate.file.kind):
        tried = list(same)
        ends = ", ".join(f"{end} {count}" for end, count in Counter(fate.end for fate in tried).items())
        print(f"{kind:44}{len(tried):6}{max(fate.seconds for fate in tried):8.2f}s  {ends}")
        for wrong in sorted({line for fate in tried for line in fate.wrong}):
            print(f"{'':8}WRONG: {wrong}")
    good = sum(not fate.wrong for fate in fates)
    read = sum(fate.end == "read" for fate in fates)
    print(f"refused {len(fates) - read}, read as text {read}, as it should be {good} of {len(fates)}")


def kinds(files: Sequence[HostileFile]) -> int:
    """Return how many kinds of file there are among ``files``."""
    return len({file.kind for file in files})


if __name__ == "__main__":
    sys.exit(main())
