"""Roles and what each may do: one table, one function, deny by default."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from service.domain import Principal
from service.errors import Forbidden


class Role(StrEnum):
    """Each role may also do what the ones before it may."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"


class Action(StrEnum):
    """What can be asked of the service."""

    ASK = "ask"
    READ_REPORTS = "read_reports"
    EDIT_REPORTS = "edit_reports"
    READ_JOBS = "read_jobs"
    OWN_CONVERSATIONS = "own_conversations"
    REBUILD_INDEX = "rebuild_index"


LOCAL_SUBJECT = "local"

_NEEDED: Mapping[Action, Role] = MappingProxyType(
    {
        Action.ASK: Role.READER,
        Action.READ_REPORTS: Role.READER,
        Action.OWN_CONVERSATIONS: Role.READER,
        Action.EDIT_REPORTS: Role.EDITOR,
        Action.READ_JOBS: Role.EDITOR,
        Action.REBUILD_INDEX: Role.ADMIN,
    }
)


def roles_of(role: Role) -> frozenset[str]:
    """Return ``role`` with all lesser roles."""
    order = list(Role)
    return frozenset(str(each) for each in order[: order.index(role) + 1])


def local_principal() -> Principal:
    """Return the person sitting at this machine, who may do everything."""
    return Principal(subject=LOCAL_SUBJECT, roles=roles_of(Role.ADMIN))


def authorize(principal: Principal, action: Action) -> None:
    """Raise ``Forbidden`` unless ``principal`` may do ``action``."""
    if str(_NEEDED[action]) not in principal.roles:
        raise Forbidden("Khóa truy cập này không có quyền thực hiện thao tác.")
