from __future__ import annotations

from service.auth.keys import TOKEN_PREFIX, digest, new_key


def test_keys_are_long_different_and_stored_as_digest() -> None:
    keys = [new_key() for _ in range(50)]
    assert len({key.token for key in keys}) == len({key.id for key in keys}) == 50
    for key in keys:
        assert key.token.startswith(TOKEN_PREFIX)
        assert len(key.token) == len(TOKEN_PREFIX) + 43  # 256 bits in URL-safe base64
        assert key.digest == digest(key.token)
        assert key.token not in key.digest
        assert key.id not in key.token


def test_digest_is_sha256() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
