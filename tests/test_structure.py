"""The shape of the repository: where things stand, how long files are, what may appear only at its edges.

Every exception is listed with its reason; one that is no longer needed fails too, so the lists stay short.
"""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ingest", "service", "eval")
TOP_LEVEL = {
    *(".ci", ".dockerignore", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "Dockerfile", "Makefile", "README.md"),
    *("compose.yaml", "constraints.txt", "docs", "eval", "ingest", "prompts", "pyproject.toml", "service", "tests"),
}
MAX_LINES = 300
LONGER = {"ingest/domain.py": "the whole vocabulary of reports on one page, mostly docstrings (November 2026)"}
MAX_FUNCTION_LINES = 50
VAGUE = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
NOUNS = {
    *("Report", "Section", "Footnote", "Table", "Passage", "Figure", "Period", "Span", "ParseIssue", "IngestResult"),
    *("Query", "Hit", "Draft", "Claim", "Citation", "Answer", "Abstention", "Principal"),
}
NOUN_ELSEWHERE = {"ingest/samples/markup.py": "Table: a table as a sample's source writes it, before it is a report"}
ASYNC_ELSEWHERE = {
    "ingest/nodes.py": "llama-index's BaseEmbedding declares the method abstract",
    "service/app.py": "the lifespan of an ASGI application",
}
# Path, how often, why: a file may catch everything only where it stands between us and what nobody foresaw.
BROAD_EXCEPT = {
    "eval/asking.py": (1, "a crash is a result that scores 0, it must not end the run"),
    "ingest/cli_add.py": (1, "a defect that one file brings to light must not stop the other files"),
    "ingest/index/edge.py": (2, "the embedded index raises bare Exception for everything"),
    "service/api/answers.py": (1, "the response has begun, so the error goes into the stream"),
    "service/api/envelope.py": (1, "the last place that can give an error our shape"),
    "service/llm/client.py": (1, "three libraries with a tree of errors each; a broken endpoint may raise any"),
    "service/rebuilds.py": (1, "the thread of a rebuild: nobody else would tell its job"),
    "service/worker.py": (2, "the job runner: one job, and the list of jobs"),
}
UNSAFE = {"pickle", "joblib", "dill", "marshal", "shelve", "cloudpickle"}
UNMIRRORED_TESTS = {"tests/browser", "tests/contracts", "tests/load"}
# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.$})-])/(?:" + "|".join(("work", "farm", "root", "mnt", "Users")) + r")/\w")
PACKAGE_HOST = re.compile(
    "|".join((r"files\.python" + "hosted", r"py" + r"pi\.org/simple", r"registry\.npm" + "js", r"deb\.deb" + "ian"))
)
BINARY = {".docx", ".safetensors", ".png", ".ico", ".pdf"}


@cache
def tracked() -> tuple[str, ...]:
    try:
        told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("git is not installed: the list of tracked files is not known")
    if told.returncode:
        pytest.skip("not a git checkout: the list of tracked files is not known")
    return tuple(name for name in told.stdout.split("\0") if name and (ROOT / name).is_file())


def sources(*, tests: bool) -> Iterator[tuple[str, ast.Module]]:
    for name in tracked():
        if name.endswith(".py") and (tests or name.startswith(PACKAGES)):
            yield name, ast.parse((ROOT / name).read_text(encoding="utf-8"))


def lines_of(name: str) -> int:
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())


def test_the_top_level_is_the_agreed_one() -> None:
    assert {name.split("/")[0] for name in tracked()} - TOP_LEVEL == set()


def test_files_are_short() -> None:
    measured = {name: lines_of(name) for name in tracked() if name.endswith((".py", ".js", ".css", ".html"))}
    assert {name: count for name, count in measured.items() if count > MAX_LINES and name not in LONGER} == {}
    assert [name for name in LONGER if measured.get(name, 0) <= MAX_LINES] == [], "no exception is needed any more"


def test_functions_are_short() -> None:
    assert [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in sources(tests=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= MAX_FUNCTION_LINES
    ] == []


def test_file_names_say_what_is_inside() -> None:
    assert [name for name in tracked() if VAGUE & set(re.split(r"[_\-.]", Path(name).stem.lower()))] == []


def test_every_noun_is_defined_once() -> None:
    defined = {
        (name, node.name)
        for name, tree in sources(tests=True)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and node.name in NOUNS
        and name not in ("ingest/domain.py", "service/domain.py")
    }
    assert {pair for pair in defined if pair[0] not in NOUN_ELSEWHERE} == set()
    assert {name for name, _ in defined} == set(NOUN_ELSEWHERE)


def test_async_lives_in_the_api() -> None:
    found = {
        name
        for name, tree in sources(tests=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef) and not name.startswith("service/api/")
    }
    assert found == set(ASYNC_ELSEWHERE)


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Tell whether nothing gets past the handler; cleaning up and raising again hides nothing."""
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or ast.unparse(kind) in ("Exception", "BaseException") for kind in kinds)


def test_everything_is_caught_only_at_the_declared_edges() -> None:
    found = Counter(
        name
        for name, tree in sources(tests=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    )
    assert dict(found) == {name: count for name, (count, _) in BROAD_EXCEPT.items()}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_nothing_that_runs_code_out_of_data() -> None:
    calls = {"eval", "exec", "compile", "__import__"}
    for name, tree in sources(tests=True):
        assert UNSAFE & set(imported(tree)) == set(), name
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert calls & called == set(), name


def test_the_domain_is_plain_dataclasses() -> None:
    for name, tree in sources(tests=False):
        if Path(name).name == "domain.py":
            assert {"pydantic", "sqlalchemy", "fastapi"} & set(imported(tree)) == set(), name


def test_every_data_file_travels_with_the_package() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = [*built["package-data"]["*"], "*.py"]
    inside = [name for name in tracked() if name.startswith((*PACKAGES, "prompts"))]
    assert len(inside) > 250
    assert [name for name in inside if not any(Path(name).match(pattern) for pattern in patterns)] == []


def test_tests_mirror_the_sources() -> None:
    folders = {str(Path(name).parent) for name in tracked() if re.fullmatch(r"tests/.*/test_\w+\.py", name)}
    mirrored = {folder for folder in folders if (ROOT / folder.removeprefix("tests/")).is_dir()}
    assert folders - mirrored - UNMIRRORED_TESTS == set()
    # Test folders are no packages: two files of one name would shadow each other.
    assert [name for name in tracked() if name.startswith("tests/") and name.endswith("__init__.py")] == []


@pytest.mark.parametrize("pattern", [MACHINE_PATH, PACKAGE_HOST], ids=["machine path", "package host"])
def test_no_file_names_a_machine(pattern: re.Pattern[str]) -> None:
    texts = (name for name in tracked() if Path(name).suffix not in BINARY)
    hits = [name for name in texts if pattern.search((ROOT / name).read_text(encoding="utf-8"))]
    assert hits == []


def test_the_searches_for_machines_find_what_they_should() -> None:
    assert MACHINE_PATH.search("see " + "/".join(("", "root", "x")))
    assert not MACHINE_PATH.search("https://example.vn/work/x ../shared tests/root/x")
    assert PACKAGE_HOST.search("https://registry.npm" + "js.org")
