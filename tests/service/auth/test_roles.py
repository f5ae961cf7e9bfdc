from __future__ import annotations

import pytest

from service.auth.roles import Action, Role, authorize, local_principal, roles_of
from service.domain import Principal
from service.errors import Forbidden

EDITING = {Action.EDIT_REPORTS, Action.READ_JOBS}
ADMINISTRATING = {Action.REBUILD_INDEX}
NOT_FOR: dict[Role | None, set[Action]] = {
    None: set(Action),
    Role.READER: EDITING | ADMINISTRATING,
    Role.EDITOR: ADMINISTRATING,
    Role.ADMIN: set(),
}


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", [None, *Role])
def test_what_each_role_may_do(role: Role | None, action: Action) -> None:
    principal = Principal("x", roles_of(role) if role else frozenset())
    if action not in NOT_FOR[role]:
        authorize(principal, action)
        assert str(role) in principal.roles
    else:
        with pytest.raises(Forbidden):
            authorize(principal, action)


def test_local_user_has_all_roles() -> None:
    assert local_principal() == Principal("local", frozenset({"reader", "editor", "admin"}))
