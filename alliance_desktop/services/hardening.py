"""This process among the others of the computer: closed to their eyes, before it does anything else."""

import contextlib
import ctypes
import sys
from typing import NamedTuple

HANDOVER = "ALLIANCE_DESKTOP_HANDOVER"
"""What the process before hands over by, see `process.py`; named here, where it costs no start the reading of it."""

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE, _PT_DENY_ATTACH = 3, 4, 31
_NO_FAULT_BOXES = 0x0001 | 0x0002
# Full access for the system; for the owner only to wait for the process, to end it and to ask how it ended.
_WINDOWS_RIGHTS = "D:P(A;;0x1fffff;;;SY)(A;;0x101001;;;OW)"
_DACL, _SDDL_REVISION = 4, 1


class Hardness(NamedTuple):
    """What holds for this process: no core dump is written, no debugger may attach, no other program reads it."""

    no_core_dump: bool
    no_debugger: bool
    no_reading: bool


def harden() -> Hardness:
    """Close this process to core dumps, debuggers and other programs of the same user; return what holds.

    Each system is asked for what it has; one that refuses is no fault. Calling it again changes nothing.
    """
    if sys.platform == "win32":
        return _harden_windows()
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    no_core = resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        denied = libc.ptrace(_PT_DENY_ATTACH, 0, None, 0) == 0
        return Hardness(no_core, denied, denied)
    if sys.platform.startswith("linux"):
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        closed = libc.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0
        return Hardness(no_core, closed, closed)
    return Hardness(no_core, False, False)


def _harden_windows() -> Hardness:
    """Ask Windows for the same: no fault reports with memory in them, and a closed door for other programs."""
    if sys.platform != "win32":
        return Hardness(False, False, False)
    kernel, advapi = ctypes.windll.kernel32, ctypes.windll.advapi32
    kernel.SetErrorMode(_NO_FAULT_BOXES)
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    rights = ctypes.c_void_p()
    made = advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        _WINDOWS_RIGHTS, _SDDL_REVISION, ctypes.byref(rights), None
    )
    closed = bool(made) and bool(
        advapi.SetKernelObjectSecurity(ctypes.c_void_p(kernel.GetCurrentProcess()), _DACL, rights)
    )
    return Hardness(True, closed, closed)
