"""One file through LibreOffice, in a process of its own: ``python office_kit.py FOLDER PROFILE SOURCE TARGET``.

LibreOffice is used as a library (LibreOfficeKit) rather than started as ``soffice``: that opens a socket in /tmp for
its other instances, which a confined process may not, and starts further programs, which then have to be found again
to be ended. A file crashing it ends this process only. Nothing of the project is imported, so that starting is cheap.

FOLDER holds LibreOffice's libraries, the others are file URLs. Exit codes: 0 done, 2 LibreOffice does not start,
3 the file cannot be opened, 4 it cannot be written anew.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

_LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")
# Places of functions in the class structures of LibreOfficeKit.h, which only ever grow at their end.
_LOAD_WITH_OPTIONS, _SAVE_AS = 4, 2


def main() -> int:
    """Convert as the command line says; return the exit code."""
    folder, profile, source, target = sys.argv[1:5]
    library = next((path for name in _LIBRARIES if (path := Path(folder, name)).exists()), None)
    if library is None:
        return 2
    hook = ctypes.CDLL(str(library)).libreofficekit_hook_2
    hook.restype, hook.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
    office = hook(folder.encode(), profile.encode())
    if not office:
        return 2
    load = _method(office, _LOAD_WITH_OPTIONS, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)
    document = load(office, source.encode(), b"Batch=true")
    if not document:
        return 3
    save = _method(document, _SAVE_AS, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p)
    return 0 if save(document, target.encode(), b"docx", None) else 4


def _method(thing: int, place: int, result: type, *arguments: type) -> Any:
    functions = ctypes.cast(thing, ctypes.POINTER(ctypes.c_void_p))[0]
    address = ctypes.cast(functions, ctypes.POINTER(ctypes.c_void_p))[place]
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)(address)


if __name__ == "__main__":
    os._exit(main())  # without taking LibreOffice down in order: what was to be written is written
