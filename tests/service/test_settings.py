from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from service.errors import SettingsInvalid
from service.settings import PREFIX, Settings, is_loopback, load_settings

STRONG_KEY = "hbc_q0W9e8R7t6Y5u4I3o2P1a0S9d8F7g6H5"


@pytest.fixture(autouse=True)
def clean_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults_are_local_and_hold_no_secret(tmp_path: Path) -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8000, Path("var"))
    assert settings.database_url == f"sqlite:///{tmp_path / 'var' / 'hoibaocao.db'}"
    assert settings.auth.api_keys == ()
    assert settings.llm.enabled is False
    assert settings.qdrant.api_key is settings.llm.api_key is None


def test_environment_wins_over_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "hoibaocao.toml").write_text('port = 8100\n[qdrant]\nurl = "http://file.example"\n', encoding="utf-8")
    monkeypatch.setenv("HOIBAOCAO_QDRANT__URL", "http://env.example")
    settings = load_settings()
    assert (settings.port, settings.qdrant.url) == (8100, "http://env.example")


@pytest.mark.parametrize(
    "written", ["https://a.example, https://b.example:8443", '["https://a.example","https://b.example:8443"]']
)
def test_lists_are_read_with_commas_or_as_json(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("HOIBAOCAO_PORTAL__FRAME_ANCESTORS", written)
    assert load_settings().portal.frame_ancestors == ("https://a.example", "https://b.example:8443")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOIBAOCAO_PROT", "8000"),
        ("HOIBAOCAO_QDRANT__ADDRESS", "x"),
        ("HOIBAOCAO_PORT__X", "1"),
        ("HOIBAOCAO_PORT", "none"),
        ("HOIBAOCAO_PORT", "70000"),
        ("HOIBAOCAO_PORTAL__CORS_ORIGINS", "*"),
        ("HOIBAOCAO_PORTAL__CORS_ORIGINS", "https://a.example/path"),
        ("HOIBAOCAO_PORTAL__FRAME_ANCESTORS", "https://*.example"),
        ("HOIBAOCAO_PORTAL__FRAME_ANCESTORS", "[not json"),
        ("HOIBAOCAO_LIMITS__QUESTION_MAX_CHARS", "2001"),
        ("HOIBAOCAO_AUTH__API_KEYS", "changeme"),
        ("HOIBAOCAO_AUTH__API_KEYS", "a" * 64),
    ],
)
def test_unknown_and_wrong_settings_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    assert "ấu hình" in caught.value.message
    assert len(value) < 6 or value not in caught.value.message


@pytest.mark.parametrize("content", ["unknown = 1\n", "[llm]\nkey = 'x'\n", "port = \n"])
def test_unknown_or_broken_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "hoibaocao.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsInvalid):
        load_settings()


def test_secrets_are_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIBAOCAO_AUTH__API_KEYS", STRONG_KEY)
    monkeypatch.setenv("HOIBAOCAO_DATABASE__URL", "postgresql://u:verysecret@db/x")
    settings = load_settings()
    assert settings.auth.api_keys[0].get_secret_value() == STRONG_KEY
    assert settings.database_url == "postgresql://u:verysecret@db/x"
    assert STRONG_KEY not in repr(settings)
    assert "verysecret" not in repr(settings)


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, described in _fields(Settings) if not described] == []


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, bool]]:
    for name, field in model.model_fields.items():
        yield f"{model.__name__}.{name}", bool(field.description) and not field.is_required()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _fields(field.annotation)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.nip.io", False),
        ("", False),
    ],
)
def test_is_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
