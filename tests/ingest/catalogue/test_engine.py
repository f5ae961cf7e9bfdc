from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ingest.catalogue.engine import open_engine, reading, upgrade, writing
from ingest.catalogue.migrations import alembic_config
from ingest.catalogue.store import open_catalogue
from ingest.catalogue.tables import HEAD, VERSION_TABLE, metadata
from ingest.errors import CatalogueUnavailable


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/catalogue.db"


def stored_sql(db: sa.Connection) -> dict[str, str]:
    return {row.name: row.sql for row in db.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE sql > ''"))}


def test_tables_and_migrations_agree(tmp_path: Path) -> None:
    engine = open_engine(url(tmp_path))
    upgrade(engine)
    with reading(engine) as db:
        context = MigrationContext.configure(db, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        indexes = stored_sql(db)
    engine.dispose()
    fresh = open_engine(url(tmp_path / "fresh"))
    with writing(fresh) as db:
        metadata.create_all(db)
        expected = stored_sql(db)
    fresh.dispose()
    # Partial indexes are outside Alembic's comparison: their conditions are compared as SQL.
    for name in ("uq_versions_visible_report", "uq_versions_visible_sha256"):
        assert indexes[name] == expected[name]
        assert "WHERE status = 'visible'" in indexes[name]


def test_head_is_the_newest_revision() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [HEAD]


def test_upgrade_and_back_leaves_nothing(tmp_path: Path) -> None:
    from alembic import command

    engine = open_engine(url(tmp_path))
    upgrade(engine)
    with writing(engine) as db:
        config = alembic_config()
        config.attributes["connection"] = db
        command.downgrade(config, "base")
        assert sa.inspect(db).get_table_names() == [VERSION_TABLE]
    engine.dispose()


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    open_catalogue(url(tmp_path)).close()
    engine = open_engine(url(tmp_path))
    with writing(engine) as db:
        db.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(CatalogueUnavailable, match="9999") as caught:
        upgrade(engine)
    assert caught.value.code == "catalogue-newer"
    engine.dispose()


def test_an_upgraded_database_opens_without_alembic(tmp_path: Path) -> None:
    open_catalogue(url(tmp_path)).close()
    program = (
        "import sys; from ingest.catalogue.store import open_catalogue\n"
        f"open_catalogue({url(tmp_path)!r}).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("bad", ["not a url", "nosuchdb://x/y", "sqlite:////proc/nowhere/catalogue.db"])
def test_a_database_that_cannot_be_opened_is_told_in_our_words(bad: str) -> None:
    with pytest.raises(CatalogueUnavailable):
        open_catalogue(bad)


def test_a_damaged_file_is_told_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(CatalogueUnavailable, match="danh mục"):
        open_catalogue(url(tmp_path))


def test_sqlite_is_tuned(tmp_path: Path) -> None:
    engine = open_engine(url(tmp_path))
    with reading(engine) as db:
        values = [db.scalar(sa.text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]
    engine.dispose()
    assert values == ["wal", 2, 1]


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    engine = open_engine(url(tmp_path))
    upgrade(engine)
    with pytest.raises(ZeroDivisionError), writing(engine) as db:
        db.execute(sa.text("UPDATE catalogue_state SET revision = 5"))
        raise ZeroDivisionError
    with reading(engine) as db:
        assert db.scalar(sa.text("SELECT revision FROM catalogue_state")) == 0
    engine.dispose()


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    catalogue = open_catalogue(url(tmp_path))

    def note() -> None:
        for _ in range(20):
            catalogue.note_fingerprint([], "x")

    threads = [threading.Thread(target=note) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert catalogue.revision() == 80
    catalogue.close()
