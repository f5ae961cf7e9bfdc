"""How a process takes its own rights away, before it sees the first byte of a file. (An edge: the operating system.)

Three walls, one behind the other. Limits (``setrlimit``) end what eats time or memory. The kernel (Linux) takes away
the network (an empty network namespace) and every folder but its own (Landlock); what it starts inherits both. And an
audit hook inside Python refuses sockets, programs and writing outside its folder, on every system, before the kernel
is asked: a library that tries is found out by name. Where the kernel lacks one of them the others stand.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.sandbox.limits import Limits

_MEGABYTE = 1 << 20
# <sys/prctl.h>, <sched.h>
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_SIGKILL = 9
# <linux/landlock.h>; the numbers of its calls are the same on every processor.
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION, _LANDLOCK_PATH = 1, 1
_FS_ALL_BY_VERSION = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
_FS_EXECUTE, _FS_READ_FILE, _FS_READ_DIR = 1 << 0, 1 << 2, 1 << 3
_FS_READ = _FS_EXECUTE | _FS_READ_FILE | _FS_READ_DIR
_FS_OF_FILES = (1 << 0) | (1 << 1) | (1 << 2) | (1 << 14)  # the rights that mean something for a file
# What programs and libraries need to run; neither the data directory nor anybody's home is among it.
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc",
    "/proc",
    "/sys/devices/system/cpu",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
)
_DEVICES = ("/dev/null", "/dev/urandom", "/dev/random", "/dev/zero")


# Audit events of Python's own library: what no reader needs, and what changes a folder.
_REFUSED = frozenset(
    (
        *("socket.__new__", "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname"),
        *("os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn"),
        *("os.kill", "os.killpg", "urllib.Request", "webbrowser.open", "ftplib.connect"),
    )
)
_CHANGES = frozenset(
    (
        *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.chown", "os.utime"),
        *("os.link", "os.symlink", "shutil.rmtree", "shutil.move", "shutil.copyfile"),
    )
)
_WATCHED = _REFUSED | _CHANGES | {"open", "subprocess.Popen"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Confined(PermissionError):
    """Something was tried that a reader may not do; the message names the audit event."""


@dataclass(frozen=True, slots=True)
class Watch:
    """The walls that stand: "network", "files", "limits", "audit"; ``refused`` grows with every event refused."""

    walls: tuple[str, ...]
    refused: list[str]


def confine(limits: Limits, *, folder: Path, readable: Iterable[str], parent: int) -> Watch:
    """Take away everything but reading ``readable`` and the system's programs, and writing into ``folder``.

    ``parent``: the process that waits; if it is gone this one ends (Linux). A wall that the system does not have is
    left out: ``Watch.walls`` says which stand.
    """
    walls: list[str] = []
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        walls += ["network"] if _leave_network(libc) else []
        with suppress(OSError):  # the first to go where memory runs out
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        walls += ["files"] if _close_folders(libc, folder, readable) else []
        libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit("the parent is gone")
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        with suppress(OSError):
            os.nice(5)  # questions go first
    walls += ["limits"] if _limit(limits) else []
    watch = Watch((*walls, "audit"), [])
    _hook(limits, folder, watch.refused)
    return watch


def _leave_network(libc: Any) -> bool:
    """Move into a network namespace without any interface; tell whether the kernel lets us."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    with suppress(OSError):  # keep our own name inside; without it we are nobody, who can read all the same
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True


def _close_folders(libc: Any, folder: Path, readable: Iterable[str]) -> bool:
    """Leave only ``folder`` writable, the system and ``readable`` readable (Landlock); tell whether that stands.

    Where the kernel knows how, TCP, signals to other processes and abstract sockets go with it.
    """
    version = libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    if version < 1:
        return False
    handled = sum(rights for since, rights in _FS_ALL_BY_VERSION if since <= version)
    attributes = struct.pack("=Q", handled)
    attributes += struct.pack("=Q", 3) if version >= 4 else b""
    attributes += struct.pack("=Q", 3) if version >= 6 else b""
    rules = libc.syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        return False
    try:
        _allow(libc, rules, folder, handled)
        for path in (*_SYSTEM, *map(str, Path("/opt").glob("libreoffice*")), *readable):
            _allow(libc, rules, Path(path), _FS_READ & handled)
        for path in _DEVICES:
            _allow(libc, rules, Path(path), _FS_OF_FILES & handled & ~_FS_EXECUTE)
        return bool(libc.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: Any, rules: int, path: Path, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # a folder this system does not have
    try:
        if not path.is_dir():
            rights &= _FS_OF_FILES
        libc.syscall(_LANDLOCK_ADD, rules, _LANDLOCK_PATH, struct.pack("=Qi", rights, handle), 0)
    finally:
        os.close(handle)


def _limit(limits: Limits) -> bool:
    """Set the limits of the operating system; tell whether it has any (Windows has not)."""
    try:
        import resource
    except ImportError:
        return False
    memory = limits.memory_mb * _MEGABYTE

    def hold(name: str, amount: int) -> None:
        kind = getattr(resource, name, None)
        if kind is None:
            return
        hard = resource.getrlimit(kind)[1]
        wanted = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (wanted, wanted))

    hold("RLIMIT_CORE", 0)
    hold("RLIMIT_NOFILE", limits.files)
    hold("RLIMIT_FSIZE", limits.written_mb * _MEGABYTE)
    hold("RLIMIT_CPU", limits.seconds)
    # Programs map much that they never touch: with them only private memory is counted.
    hold("RLIMIT_DATA", memory)
    if not limits.programs:
        hold("RLIMIT_AS", memory)
        hold("RLIMIT_NPROC", 0)
    return True


def _is_child(process: int) -> bool:
    """Tell whether ``process`` is a program that this one started: only those can be waited for, and ended if late."""
    if process <= 0 or not hasattr(os, "waitid"):
        return False
    try:
        os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except OSError:
        return False
    return True


def _hook(limits: Limits, folder: Path, told: list[str]) -> None:
    """Refuse by audit hook what no reader needs and note it in ``told``; a hook can never be taken off again."""
    own = os.path.realpath(folder) + os.sep
    nowhere = os.path.realpath(os.devnull)
    programs = set(limits.programs)

    def outside(path: object) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return False  # a descriptor names what was opened before
        name = os.path.realpath(os.fsdecode(path))
        return not (name + os.sep).startswith(own) and name != nowhere

    def allowed(event: str, args: tuple[Any, ...]) -> bool:
        if event == "open":
            writes = bool((args[2] or 0) & _WRITING) or bool(set(str(args[1] or "")) & set("wax+"))
            return not (writes and outside(args[0]))
        if event == "subprocess.Popen":
            return Path(os.fsdecode(args[0] or "")).stem in programs
        if event == "os.kill":
            return _is_child(args[0])
        return event not in _REFUSED and not any(outside(path) for path in args)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in _WATCHED and not allowed(event, args):
            told.append(event)
            raise Confined(event)

    sys.addaudithook(hook)
