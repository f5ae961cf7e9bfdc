"""Each measurement in a process of its own, so that memory can be told apart: ``python -m eval.scale.process``.

The parent sends a task as JSON on standard input: ``{"work": "module:function", "given": {...}}``. The child calls the
function with ``given`` as keyword arguments and writes what it returns (JSON again) as its last line.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from eval.bench_process import BenchFailed, memory_mb

Result = dict[str, Any]
_PLACES = "eval.scale."


def apart(work: Callable[..., Result], **given: Any) -> Result:
    """Run ``work``, a function of this package, in a new process and return its result.

    Arguments and result are plain JSON values. Raises ``BenchFailed`` with the end of what the process complained of.
    """
    task = {"work": f"{work.__module__}:{work.__qualname__}", "given": given}
    done = subprocess.run(
        [sys.executable, "-m", "eval.scale.process"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchFailed(f"{task['work']}: {done.stderr.strip()[-2000:]}")
    result: Result = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def memory_now() -> dict[str, float]:
    """Return this process's resident memory in MB: all of it, its own part, the mapped files', and the highest so far.

    What Python and the allocator hold without need is given back first where that is possible.
    """
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    names = {"resident": "VmRSS", "own": "RssAnon", "mapped": "RssFile", "highest": "VmHWM"}
    return {name: memory_mb(os.getpid(), field) for name, field in names.items()}


def main() -> None:
    """Do the task of standard input."""
    task = json.loads(sys.stdin.read())
    module, name = task["work"].split(":")
    if not module.startswith(_PLACES):
        raise BenchFailed(f"no work of this package: {task['work']}")
    print(json.dumps(getattr(import_module(module), name)(**task["given"])))


if __name__ == "__main__":
    main()
