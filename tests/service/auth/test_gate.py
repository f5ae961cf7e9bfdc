from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from service.auth.gate import FORWARDING_HEADERS, Caller, Gate, host_name
from service.auth.keys import KeyInfo, digest
from service.auth.roles import local_principal
from service.domain import Principal
from service.errors import HostRefused, OriginRefused, ServiceError, Unauthenticated

KEY = "hbc_reader-key"
OPERATOR = "hbc_operator-key"


class Ring:
    def find(self, key_digest: str) -> KeyInfo | None:
        known = KeyInfo("k1", "cổng", "reader", datetime(2026, 1, 1, tzinfo=UTC))
        return known if key_digest == digest(KEY) else None


def check(
    expected: Principal | type[ServiceError],
    headers: Mapping[str, str] | None = None,
    *,
    client: str = "127.0.0.1",
    require: bool = False,
) -> None:
    gate = Gate(Ring(), operator_keys=[OPERATOR], require_key=require)
    caller = Caller(client, {"host": "localhost:8000", **(headers or {})})
    if isinstance(expected, Principal):
        assert gate.identify(caller) == expected
    else:
        with pytest.raises(expected):
            gate.identify(caller)


READER = Principal("key:k1", frozenset({"reader"}))


@pytest.mark.parametrize("client", ["127.0.0.1", "10.0.0.7", ""])
@pytest.mark.parametrize("require", [True, False])
def test_a_key_works_from_everywhere_in_either_header(client: str, require: bool) -> None:
    check(READER, {"authorization": f"Bearer {KEY}"}, client=client, require=require)
    check(READER, {"authorization": f"bearer  {KEY} ", "host": "portal.example"}, client=client, require=require)
    check(READER, {"x-api-key": KEY}, client=client, require=require)
    check(READER, {"x-api-key": KEY, "authorization": f"Bearer {KEY}"}, client=client, require=require)


@pytest.mark.parametrize("client", ["127.0.0.1", "10.0.0.7"])
@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer wrong"},
        {"authorization": "Basic dTpw"},
        {"authorization": "Bearer "},
        {"authorization": ""},
        {"authorization": KEY},
        {"x-api-key": ""},
        {"x-api-key": "wrong"},
        {"x-api-key": KEY, "authorization": "Bearer wrong"},
        {"x-api-key": "wrong", "authorization": f"Bearer {KEY}"},
        {"authorization": f"Bearer {KEY},Bearer {KEY}"},
    ],
)
def test_a_bad_key_is_never_the_local_user(client: str, headers: dict[str, str]) -> None:
    check(Unauthenticated, headers, client=client)


def test_operator_key_is_administrator() -> None:
    gate = Gate(Ring(), operator_keys=[OPERATOR])
    assert "admin" in gate.identify(Caller("10.0.0.7", {"x-api-key": OPERATOR})).roles


def test_without_key_only_the_local_user_passes() -> None:
    check(local_principal())
    check(local_principal(), {"host": "[::1]:8000"}, client="::1")
    check(local_principal(), {"origin": "http://localhost:8000"})
    check(Unauthenticated, client="10.0.0.7")
    check(Unauthenticated, client="")
    check(Unauthenticated, require=True)


@pytest.mark.parametrize("name", FORWARDING_HEADERS)
def test_whatever_came_through_a_proxy_is_not_local(name: str) -> None:
    check(Unauthenticated, {name: "127.0.0.1"})


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "", "localhost.evil.example", "[", "10.0.0.1:8000"]
)
def test_rebound_names_are_refused(host: str) -> None:
    check(HostRefused, {"host": host})


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://localhost:9000", "http://127.0.0.1:8000"]
)
def test_pages_of_other_origins_are_refused(origin: str) -> None:
    check(OriginRefused, {"origin": origin})


def test_host_name() -> None:
    assert [host_name(text) for text in ("a:80", "[::1]:80", "u@b", "")] == ["a", "::1", "b", ""]
