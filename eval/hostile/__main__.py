"""``python -m eval.hostile``: make every hostile file, try it, print what became of each kind.

In the sandbox by itself; with ``--http`` through the API of a service started for it, with ``--url`` through one that
runs (what it reads of the files is removed again). Exit code 1: something became of one that should not have.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from itertools import groupby
from pathlib import Path

from eval.hostile.cases import Fate, HostileFile
from eval.hostile.file_names import named_files
from eval.hostile.image_files import image_files
from eval.hostile.marked_files import harmless_files, marked_files
from eval.hostile.pdf_files import pdf_files
from eval.hostile.posting import Served, own_service, post_file
from eval.hostile.trying import try_file, watched
from eval.hostile.word_files import word_files
from service.running import RunningService


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables and return the exit code."""
    asked = _arguments(arguments)
    with tempfile.TemporaryDirectory(prefix="hoibaocao-hostile-") as place, ExitStack() as stack:
        folder = Path(place) / "own"
        folder.mkdir()
        if asked.url:
            service = RunningService(asked.url, key=asked.key)
            stack.callback(service.close)
            where = Served(asked.url, service, asked.key)
        elif asked.http:
            where = stack.enter_context(own_service(folder))
        around = stack.enter_context(watched(folder / "tmp" if asked.http else folder))
        attempt = (
            partial(post_file, where=where, around=around)
            if asked.http or asked.url
            else partial(try_file, around=around)
        )
        fates = {}
        for group, files in _groups(around.address).items():
            fates[group] = [attempt(file) for file in files]
            show(group, fates[group])
    every = [fate for found in fates.values() for fate in found]
    print(f"\n{_summed(every)}")
    return int(any(fate.wrong for fate in every))


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.hostile", description=__doc__)
    parser.add_argument("--http", action="store_true", help="through the API of a service started for it")
    parser.add_argument("--url", help="through the API of a service that runs there")
    parser.add_argument("--key", help="access key for --url")
    return parser.parse_args(arguments)


def _groups(canary: str) -> dict[str, Sequence[HostileFile]]:
    return {
        "R23 Word": word_files(canary),
        "R24 PDF": pdf_files(canary),
        "R25 images": image_files(canary),
        "R26 names": named_files(),
        "R35 stamped as secret": marked_files(),
        "R35 harmless": harmless_files(),
    }


def _summed(fates: Sequence[Fate]) -> str:
    """Return the line over all files."""
    read = sum(fate.end == "read" for fate in fates)
    longest = max((fate.seconds for fate in fates), default=0.0)
    good = sum(not fate.wrong for fate in fates)
    tried = sum("tried " in line for fate in fates for line in fate.wrong)
    left = sum("left " in line for fate in fates for line in fate.wrong)
    ends = f"refused with a reason {len(fates) - read}, read as text only {read}, longest {longest:.2f} s"
    return f"{len(fates)} files: {ends}; sockets {tried}, files outside {left}; as it should be {good}"


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
