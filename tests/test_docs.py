"""What can be set, called, typed or come back is documented, and what is documented exists.

``docs/settings.md`` is written from the settings model: run this file with HOIBAOCAO_WRITE_GOLDENS=1 after a change.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest
import typer
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from eval.cli import make_eval_app
from ingest import errors as ingest_errors
from ingest.exit_codes import ExitCode
from service import errors as service_errors
from service.api import problems
from service.app import create_app
from service.auth.roles import Role
from service.cli import app as command_line
from service.llm.prompts import parse
from service.ports import Services
from service.settings import PREFIX, Settings, unknown_variables

ROOT = Path(__file__).parents[1]
WRITE = "HOIBAOCAO_WRITE_GOLDENS"
PAGES = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "Dockerfile", "compose.yaml", "docs/*.md", "*/*/README.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(name: str) -> list[list[str]]:
    """Return the cells of every table row of a page whose first cell or two hold code, without the backquotes."""
    lines = [line for line in read(name).splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def pages() -> Iterator[tuple[str, str]]:
    for pattern in PAGES:
        for path in sorted(ROOT.glob(pattern)):
            if ".venv" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


# --- settings


def settings_rows(model: type[BaseModel], *, path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from settings_rows(inner, path=(*path, name))
            continue
        assert field.description, f"setting {name} has no description"
        assert field.default is not PydanticUndefined, f"setting {name} has no default"
        default = "empty" if field.default in (None, ()) else f"`{str(field.default).lower()}`"
        variable = PREFIX + "__".join((*path, name)).upper()
        yield f"| `{variable}` | `{'.'.join((*path, name))}` | {default} | {field.description} |"


def settings_page() -> str:
    head = (
        "# Settings\n\n"
        "Environment variables, or the same names in `hoibaocao.toml` in the working directory; the environment wins.\n"
        "Unknown names are refused at start-up. Lists are written with commas or as JSON. There is no default secret,\n"
        "and secrets are masked where settings are shown. This page is made from the settings model by\n"
        "`tests/test_docs.py`.\n\n"
        "| Variable | In the file | Default | What it does |\n|---|---|---|---|\n"
    )
    return head + "\n".join(settings_rows(Settings)) + "\n"


def test_the_settings_page_is_the_model() -> None:
    page = ROOT / "docs" / "settings.md"
    if os.environ.get(WRITE) == "1":
        page.write_text(settings_page(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == settings_page(), f"run with {WRITE}=1 and read the difference"


def test_every_setting_that_is_named_exists() -> None:
    named = {(page, name) for page, text in pages() for name in re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]", text)}
    assert len(named) > 20
    assert {(page, name) for page, name in named if unknown_variables({name: ""}) and not is_group(name)} == set()


def is_group(name: str) -> bool:
    field = Settings.model_fields.get(name.removeprefix(PREFIX).lower())
    return field is not None and isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)


# --- error codes


def kinds(module: ModuleType) -> dict[str, int]:
    found = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Exception)]
    return {one.code: one.status for one in found if hasattr(one, "code") and hasattr(one, "status")}


def test_the_tree_of_ingest_errors_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"^[│ ]*[├└]── (\w+)", ingest_errors.__doc__ or "", re.MULTILINE)
    defined = {name for name, one in vars(ingest_errors).items() if isinstance(one, type)}
    assert {*drawn, "IngestError"} == defined


def codes_given_by_name() -> set[str]:
    """Return every ``code="..."`` that the sources pass to something they call, parse issues apart."""
    calls = [
        node
        for package in ("ingest", "service")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) != "ParseIssue"
    ]
    keywords = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "code"]
    return {one.value for one in keywords if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_every_error_code_is_documented_with_its_status() -> None:
    documented = {row[0]: row[1] for row in rows("docs/errors.md") if row[1].isdecimal()}
    by_kind = {**kinds(ingest_errors), **kinds(service_errors)}
    by_http = {code: status for status, (code, *_) in problems._HTTP.items()}
    known = {*by_kind, *by_http, problems._INTERNAL[0], *codes_given_by_name()}
    assert set(documented) == known
    assert {code: int(documented[code]) for code in by_kind | by_http if code != "file-too-large"} == {
        code: status for code, status in (by_http | by_kind).items() if code != "file-too-large"
    }


# --- routes


def test_every_route_is_documented() -> None:
    documented = {(row[0], row[1]): row[2] for row in rows("docs/api.md") if row[0] in ("GET", "POST", "DELETE")}
    app = create_app(cast(Services, SimpleNamespace(settings=Settings())))
    served = {(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods}
    pages_of_app = {("GET", str(path)) for path in (getattr(route, "path", None) for route in app.routes) if path}
    assert set(documented) == served | pages_of_app
    assert set(documented.values()) == {*(str(role) for role in Role), "none"}
    assert {role for (_, path), role in documented.items() if not path.startswith("/v1/")} == {"none"}


# --- the command line


@dataclass(frozen=True)
class Verb:
    options: frozenset[str]


def verbs_of(app: typer.Typer) -> dict[str, Verb]:
    """Return the commands by what is typed after the program's name ("ingest add")."""

    def walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Verb]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield " ".join(path), Verb(frozenset(("--help", *(name for one in command.params for name in one.opts))))
            return
        for name, one in inner.items():
            yield from walk(one, (*path, name))

    return dict(walk(typer.main.get_command(app), ()))


@pytest.fixture(scope="module")
def verbs() -> Mapping[str, Verb]:
    found = verbs_of(command_line)
    del found["eval"]  # looked up by name when it is typed: service does not import eval
    return found | {f"eval {name}": verb for name, verb in verbs_of(make_eval_app()).items()}


def test_every_command_is_documented(verbs: Mapping[str, Verb]) -> None:
    documented = {row[0].removeprefix("hoibaocao ") for row in rows("docs/cli.md") if row[0].startswith("hoibaocao ")}
    assert documented == set(verbs)


def test_every_option_in_the_command_table_exists(verbs: Mapping[str, Verb]) -> None:
    for row in rows("docs/cli.md"):
        verb = verbs.get(row[0].removeprefix("hoibaocao "))
        if verb is not None:
            assert set(re.findall(r"--[a-z-]+", row[1])) <= verb.options, row[0]


def test_exit_codes_are_documented() -> None:
    documented = {row[1]: int(row[0]) for row in rows("docs/cli.md") if row[0].isdecimal()}
    assert documented == {code.name: int(code) for code in ExitCode}


def typed_commands() -> Iterator[tuple[str, list[str]]]:
    """Every ``hoibaocao ...`` written in backquotes, in a code block, in a comment or in a container file."""
    for page, text in pages():
        written = re.findall(r"`(hoibaocao [^`]+)`", text)
        written += re.findall(
            r"^\s*#?\s*(?:docker compose run --rm hoibaocao )?(hoibaocao [a-z].*)$", text, re.MULTILINE
        )
        written += [
            " ".join(re.findall(r'"([^"]*)"', line)) for line in re.findall(r'^CMD \["hoibaocao.*$', text, re.M)
        ]
        for line in written:
            yield page, shlex.split(line.partition("#")[0])[1:]


def test_every_command_that_is_written_down_can_be_typed(verbs: Mapping[str, Verb]) -> None:
    seen = 0
    for page, words in typed_commands():
        verb = next((" ".join(words[:length]) for length in (3, 2, 1) if " ".join(words[:length]) in verbs), None)
        groups = {name.split()[0] for name in verbs}
        if words[0].isupper() or (words[0] in groups and len(words) == 1) or words == ["eval", "bench"]:
            continue  # `hoibaocao COMMAND`, or a whole group
        assert verb is not None, f"{page}: hoibaocao {' '.join(words)}"
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given <= verbs[verb].options, f"{page}: hoibaocao {' '.join(words)}"
        seen += 1
    assert seen > 15


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = {name for page, text in pages() for name in re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)}
    assert {"run", "test", "bench"} <= named <= targets


# --- prompts and links


def test_every_prompt_is_documented() -> None:
    documented = {row[0]: {name.strip(" `") for name in row[1].split(",")} for row in rows("docs/prompts.md")[1:]}
    files = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "prompts").glob("*.md")}
    assert documented == {name: set(parse(name, text).variables) for name, text in files.items()}


def test_links_between_pages_lead_somewhere() -> None:
    for page, text in pages():
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


def test_paths_of_the_code_map_exist() -> None:
    named = re.findall(r"`((?:ingest|service|eval|prompts|tests|docs)/[\w./-]*)`", read("ARCHITECTURE.md"))
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []
