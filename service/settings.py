"""Settings: one typed tree, read from the environment and from ``hoibaocao.toml`` in the working directory.

Names: prefix ``HOIBAOCAO_``, levels joined by two underscores (``HOIBAOCAO_QDRANT__URL``). The environment wins
over the file. A name that means nothing is refused, so a typing error never passes silently. Lists are written with
commas (``https://a.example,https://b.example``) or as JSON. There is no default secret.
"""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from ingest.model_texts import Segmenter, TextForm
from service.errors import SettingsInvalid

PREFIX = "HOIBAOCAO_"
FILE_NAME = "hoibaocao.toml"
# A key of 256 random bits has 43 characters in URL-safe base64; 32 still carries 192 bits.
MIN_KEY_CHARS = 32
MIN_KEY_DISTINCT_CHARS = 12


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


def _listed(value: object) -> object:
    """Read ``a,b`` or a JSON list as a list; leave everything else to pydantic."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return [part.strip() for part in value.split(",") if part.strip()]


class Database(_Group):
    """The catalogue and the service's own tables."""

    url: SecretStr | None = Field(
        default=None, description="SQLAlchemy URL; empty: SQLite file hoibaocao.db in the data directory"
    )


class Qdrant(_Group):
    """A Qdrant server or cluster instead of the embedded index."""

    url: str | None = Field(default=None, description="Qdrant server URL; empty: the embedded index")
    api_key: SecretStr | None = Field(default=None, description="API key of the Qdrant server")
    timeout_s: float = Field(default=5.0, gt=0, le=120, description="Seconds before a call to the server is given up")


class Embedding(_Group):
    """The sentence-transformers model for passages and questions, and what its own files do not say of it."""

    model: str | None = Field(default=None, description="Folder or name of a model; empty: the shipped static model")
    query_prefix: str | None = Field(default=None, description="Put before questions; unset: as the model says")
    passage_prefix: str | None = Field(default=None, description="Put before passages; unset: as the model says")
    max_tokens: int | None = Field(default=None, ge=8, description="Longer texts are cut; unset: as the model says")
    text: TextForm | None = Field(
        default=None,
        description="`as_written`, or `prepared`: lower case, one tone spelling; unset: as the model says",
    )
    segmenter: Segmenter | None = Field(
        default=None, description="Vietnamese words joined by `pyvi`, or `none`; unset: as the model says"
    )
    batch_tokens: int = Field(default=4096, ge=64, description="Tokens a transformer reads at once; bounds its memory")
    threads: int | None = Field(default=None, ge=1, description="Threads of a transformer; unset: one for each core")


class Rerank(_Group):
    """A model that reads question and passage side by side and orders the passages found once more."""

    model: str | None = Field(
        default="off", description="off: none; empty: the shipped reranker; else folder or name of a CrossEncoder"
    )
    depth: int = Field(default=40, ge=2, le=200, description="Passages put in order once more; each costs time")


class Llm(_Group):
    """An OpenAI-compatible endpoint that words answers; never needed."""

    enabled: bool = Field(default=False, description="Let the language model word answers in mode auto and llm")
    base_url: str | None = Field(default=None, description="Base URL of the endpoint, with /v1")
    model: str | None = Field(default=None, description="Model name sent to the endpoint")
    api_key: SecretStr | None = Field(default=None, description="API key sent to the endpoint")
    timeout_s: float = Field(default=30.0, gt=0, le=600, description="Seconds before the extractive answer is used")


class Portal(_Group):
    """Who may embed the chat and call the API from a browser."""

    frame_ancestors: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Origins that may show /embed in a frame; empty: none"
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Origins whose pages may call the API (exact, never *)"
    )

    @field_validator("frame_ancestors", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _listed(value)

    @field_validator("frame_ancestors", "cors_origins")
    @classmethod
    def _exact_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not _is_origin(origin):
                raise ValueError("phải là nguồn chính xác như https://cong.example.vn, không dùng dấu *")
        return value


class Limits(_Group):
    """What one request may weigh."""

    max_upload_bytes: int = Field(default=50_000_000, gt=0, description="Largest uploaded file, in bytes")
    question_max_chars: int = Field(default=2000, gt=0, le=2000, description="Longest question, in characters")


class Parsing(_Group):
    """What reading one file may take; each kind of file has tighter limits of its own."""

    max_seconds: int = Field(default=1800, ge=5, description="Seconds after which reading a file is given up")
    memory_mb: int = Field(default=2048, ge=256, description="Memory in MB that reading a file may take")


class Auth(_Group):
    """Who may call the API."""

    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(), description="Administrator keys given by the operator, beside those of `hoibaocao keys create`"
    )
    require_key: bool = Field(
        default=False,
        description="Ask for a key on the loopback interface too; set it where a proxy runs on the same machine",
    )

    @field_validator("api_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _listed(value)

    @field_validator("api_keys")
    @classmethod
    def _strong(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for key in value:
            text = key.get_secret_value()
            if len(text) < MIN_KEY_CHARS or len(set(text)) < MIN_KEY_DISTINCT_CHARS:
                raise ValueError("khóa quá ngắn hoặc quá đơn giản; tạo khóa bằng: hoibaocao keys create")
        return value


class Settings(BaseSettings):
    """The whole tree. Build it with ``load_settings``, or directly with keyword arguments in tests."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        toml_file=FILE_NAME,
        extra="forbid",
        frozen=True,
        validate_default=True,
    )

    data_dir: Path = Field(default=Path("var"), description="Directory that holds everything the service writes")
    host: str = Field(default="127.0.0.1", description="Address `serve` listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port `serve` listens on")
    database: Database = Field(default=Database(), description="Catalogue database")
    qdrant: Qdrant = Field(default=Qdrant(), description="Qdrant server")
    embedding: Embedding = Field(default=Embedding(), description="Embedding model")
    rerank: Rerank = Field(default=Rerank(), description="Second order of the passages found")
    llm: Llm = Field(default=Llm(), description="Language model")
    portal: Portal = Field(default=Portal(), description="Portal integration")
    limits: Limits = Field(default=Limits(), description="Request limits")
    parsing: Parsing = Field(default=Parsing(), description="Reading files")
    auth: Auth = Field(default=Auth(), description="Access")

    @property
    def database_url(self) -> str:
        """Return the SQLAlchemy URL in use; it may hold a password."""
        if self.database.url is not None and self.database.url.get_secret_value():
            return self.database.url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'hoibaocao.db').absolute()}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments first, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings() -> Settings:
    """Read settings from the environment and the file. Raises ``SettingsInvalid`` naming every wrong key."""
    unknown = unknown_variables(os.environ)
    if unknown:
        raise SettingsInvalid("Không có cấu hình nào tên là: " + ", ".join(unknown))
    try:
        return Settings()
    except ValidationError as error:
        # Values are left out of the message: one of them may be a secret.
        lines = [
            f"{'.'.join(str(part) for part in item['loc'])}: {_reason(item['type'], item['msg'])}"
            for item in error.errors()
        ]
        raise SettingsInvalid("Cấu hình sai: " + "; ".join(lines)) from None
    except (SettingsError, ValueError) as error:
        raise SettingsInvalid(f"Không đọc được cấu hình ({FILE_NAME} hoặc biến môi trường {PREFIX}*).") from error


def with_model(settings: Settings, model: str | None) -> Settings:
    """Return the settings with another embedding model and nothing said of it by hand; as they are for None."""
    return settings if model is None else settings.model_copy(update={"embedding": Embedding(model=model or None)})


def unknown_variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names in ``environ`` that begin with the prefix and name no setting, sorted."""
    return tuple(sorted(name for name in environ if name.upper().startswith(PREFIX) and not _names_setting(name)))


def is_loopback(host: str) -> bool:
    """Tell whether ``host`` (a name or address without port) means this machine only."""
    bare = host.strip("[]").lower().rstrip(".")
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def _names_setting(name: str) -> bool:
    model: type[BaseModel] = Settings
    parts = name[len(PREFIX) :].lower().split("__")
    for position, part in enumerate(parts):
        field = model.model_fields.get(part)
        if field is None:
            return False
        inner = field.annotation
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return position == len(parts) - 1
        model = inner
    return True


def _is_origin(text: str) -> bool:
    scheme, found, rest = text.partition("://")
    return bool(found) and scheme in ("http", "https") and bool(rest) and not set(rest) & set("*/?#@;,'\" \t\r\n")


def _reason(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "không có cấu hình này"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return "giá trị không hợp lệ"
