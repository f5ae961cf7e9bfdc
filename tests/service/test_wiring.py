from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.domain import IngestStatus
from ingest.errors import IndexLocked, ModelUnavailable
from service.auth.roles import local_principal
from service.domain import Ask, Status
from service.errors import SettingsInvalid
from service.settings import Settings
from service.wiring import build, build_catalogue, build_ingestor, build_rebuilder

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "ingest" / "samples" / "quy-1-2023.docx"
# Importing any of these would double the start-up time or its memory.
HEAVY = ("llama_index", "torch", "sentence_transformers", "alembic", "qdrant_client", "docx", "pandas")

START = f"""
import sys
from pathlib import Path
from service.settings import Settings
from service.wiring import build
from service.app import create_app
with build(Settings(data_dir=Path(sys.argv[1]))) as services:
    create_app(services)
    print([name for name in {HEAVY!r} if name in sys.modules])
    # Pages of the index mapped into memory are the system's to take back; what the process itself holds is counted.
    status = Path("/proc/self/status").read_text()
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon")))
"""


def started(data_dir: Path) -> tuple[str, int]:
    done = subprocess.run(
        [sys.executable, "-c", START, str(data_dir)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy, kilobytes = done.stdout.split("\n")[:2]
    return heavy, int(kilobytes)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc, which Linux has")
def test_starting_imports_nothing_heavy_and_stays_small(tmp_path: Path) -> None:
    with build_ingestor(Settings(data_dir=tmp_path)) as ingestor:  # makes the tables too, which is Alembic's business
        ingestor.add(SAMPLE.read_bytes(), name=SAMPLE.name)
    heavy, kilobytes = started(tmp_path)
    assert heavy == "[]"
    assert kilobytes < 200_000


def test_a_report_goes_in_and_answers(tmp_path: Path) -> None:
    with build(Settings(data_dir=tmp_path)) as services:
        result = services.ingestor.add(SAMPLE.read_bytes(), name=SAMPLE.name)
        assert result.status in (IngestStatus.COMPLETE, IngestStatus.PARTIAL)
        for check in services.checks.values():
            check()
        start = services.asker.suggestions()[0]
        answer = services.asker.ask(Ask(start), principal=local_principal())
        assert answer.status is Status.ANSWERED
        stored = services.catalogue.load(answer.citations[0].version_id)
        for citation in answer.citations:
            assert stored.report.text[citation.start : citation.end] == citation.quote
        assert services.conversations.owns_answer(answer.id, owner="local")


def test_only_one_process_opens_the_embedded_index(tmp_path: Path) -> None:
    with build_ingestor(Settings(data_dir=tmp_path)):
        with pytest.raises(IndexLocked), build(Settings(data_dir=tmp_path)):
            pass
        with build_catalogue(Settings(data_dir=tmp_path)) as catalogue:
            assert catalogue.visible() == ()
    with build(Settings(data_dir=tmp_path)):
        pass


def test_rebuilding_needs_no_usable_index(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with build_ingestor(settings) as ingestor:
        ingestor.add(SAMPLE.read_bytes(), name=SAMPLE.name)
        points = ingestor.check().passages
    for file in (tmp_path / "index").rglob("*.json"):
        file.write_text("{", encoding="utf-8")
    with build_rebuilder(settings) as rebuilder:
        assert rebuilder.rebuild().passages == points > 0
    with build_ingestor(settings) as ingestor:
        assert ingestor.check().sound


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"embedding": {"model": "/nowhere/model"}}, ModelUnavailable),
        ({"llm": {"enabled": True}}, SettingsInvalid),
    ],
)
def test_what_cannot_work_stops_the_start(tmp_path: Path, given: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error), build(Settings(data_dir=tmp_path, **given)):  # type: ignore[arg-type]
        pass


def test_the_data_directory_is_private(tmp_path: Path) -> None:
    with build_catalogue(Settings(data_dir=tmp_path / "new" / "var")):
        assert (tmp_path / "new" / "var").stat().st_mode & 0o077 == 0
