from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import IndexUnavailable
from ingest.exit_codes import ExitCode
from tests.ingest.ingest_fakes import World, broken, world
from tests.ingest.test_ingest_cli import NEW, OLD, Shell

__all__ = ["world"]


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    made = Shell(world, tmp_path / "files")
    made("add", made.file("a.txt", OLD))
    made("add", made.file("a.txt", NEW))
    return made


def test_prune_wants_a_rule_and_yes(shell: Shell) -> None:
    shell("prune", "--yes", code=ExitCode.USAGE)
    shell("prune", "--keep", "0", code=ExitCode.USAGE)
    assert "--yes" in shell.complaint
    assert len(shell.world.catalogue.timeline.shown()) == 2


def test_a_dry_run_tells_and_changes_nothing(shell: Shell) -> None:
    assert "Sẽ xóa 1 phiên bản cũ, 1 tệp gốc." in shell("prune", "--keep", "0", "--dry-run")
    told = shell.json("prune", "--keep", "0", "--dry-run")
    assert (told["removed"], [row["name"] for row in told["versions"]], told["originals"]) == (False, ["a.txt"], 1)
    assert len(shell.world.catalogue.timeline.shown()) == 2
    assert "Sẽ xóa 0 phiên bản cũ" in shell("prune", "--keep", "1", "--yes")
    assert "Sẽ xóa 0 phiên bản cũ" in shell("prune", "--older-than", "1", "--yes")


def test_prune_removes_versions_and_files(shell: Shell) -> None:
    assert "Đã xóa 1 phiên bản cũ, 1 tệp gốc." in shell("prune", "--keep", "0", "--yes")
    assert shell.world.texts() == [NEW]
    assert len(shell.world.originals.list()) == 1
    shell.world.assert_in_step()


def test_prune_with_leftovers_is_partial(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell.world.index, "delete_version", broken(IndexUnavailable("Không trả lời.")))
    shell("prune", "--older-than", "0", "--yes", code=ExitCode.PARTIAL)
    assert "check --repair" in shell.complaint
