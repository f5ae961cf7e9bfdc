"""The gate: the one function that says who calls.

A key is taken from ``Authorization: Bearer`` or ``X-API-Key``. Without a key only the local user passes: a client on
the loopback interface, not forwarded by a proxy, that names a loopback host (DNS rebinding) and is no page of another
origin (request forgery). Tokens minted by the portal (JWT) will enter here too; there are none yet.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from service.auth.keys import KeyInfo, digest
from service.auth.roles import Role, local_principal, roles_of
from service.domain import Principal
from service.errors import HostRefused, OriginRefused, Unauthenticated
from service.settings import is_loopback

FORWARDING_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Caller:
    """What is seen of a request. ``headers`` have lower-case names; ``client`` is an address or "" if unknown."""

    client: str
    headers: Mapping[str, str]


class KeyRing(Protocol):
    """Where valid keys are looked up."""

    def find(self, key_digest: str) -> KeyInfo | None:
        """Return the key that is not revoked, or None."""
        ...


class Gate:
    """Tells who calls. ``operator_keys`` are administrator keys from the settings."""

    def __init__(self, keys: KeyRing, *, operator_keys: Sequence[str] = (), require_key: bool = False) -> None:
        self._keys = keys
        self._operator_digests = tuple(digest(key) for key in operator_keys)
        self._require_key = require_key

    def identify(self, caller: Caller) -> Principal:
        """Return who calls.

        Raises ``Unauthenticated`` (no key where one is needed, or a bad one), ``HostRefused``, ``OriginRefused``.
        """
        token = presented_token(caller.headers)
        if token is not None:
            return self._by_token(token)
        if self._require_key or not _is_local(caller):
            raise Unauthenticated(
                "Cần khóa truy cập: gửi trong tiêu đề Authorization: Bearer hoặc X-API-Key.", code="key-required"
            )
        _check_names(caller.headers)
        return local_principal()

    def _by_token(self, token: str) -> Principal:
        key_digest = digest(token)
        # Read on every request, so a revoked key stops working at once.
        found = self._keys.find(key_digest)
        if found is not None:
            return Principal(subject=f"key:{found.id}", roles=roles_of(Role(found.role)))
        for known in self._operator_digests:
            if hmac.compare_digest(known, key_digest):
                return Principal(subject=f"operator:{known[:16]}", roles=roles_of(Role.ADMIN))
        raise Unauthenticated("Khóa truy cập không đúng hoặc đã bị thu hồi.", code="key-unknown")


def presented_token(headers: Mapping[str, str]) -> str | None:
    """Return the key sent, None if none was. Raises ``Unauthenticated`` for a malformed or a contradictory one."""
    found: set[str] = set()
    if "authorization" in headers:
        scheme, _, token = headers["authorization"].strip().partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthenticated("Tiêu đề Authorization phải có dạng: Bearer <khóa>.", code="key-malformed")
        found.add(token.strip())
    if "x-api-key" in headers:
        found.add(headers["x-api-key"].strip())
    if len(found) > 1 or "" in found:
        raise Unauthenticated("Khóa truy cập trống, hoặc hai tiêu đề gửi hai khóa khác nhau.", code="key-malformed")
    return found.pop() if found else None


def host_name(host_header: str) -> str:
    """Return the name of a Host header without its port; "" if it makes no sense."""
    try:
        return urlsplit(f"//{host_header}").hostname or ""
    except ValueError:
        return ""


def _is_local(caller: Caller) -> bool:
    # A proxy on this machine makes the whole network look local, so any trace of one counts as "not local".
    return is_loopback(caller.client) and not any(name in caller.headers for name in FORWARDING_HEADERS)


def _check_names(headers: Mapping[str, str]) -> None:
    host = headers.get("host", "")
    if not is_loopback(host_name(host)):
        raise HostRefused("Không có khóa thì chỉ gọi được qua địa chỉ của chính máy này (localhost, 127.0.0.1).")
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != host.lower():
        raise OriginRefused("Trang web khác không được gọi dịch vụ trên máy này khi không có khóa.")
