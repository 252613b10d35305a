"""The file itself: damaged, newer, foreign, locked, unwritable, full; each is one line and leaves it as it was."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standin.samples import sample, samples
from tests.unit.store.fill import START, day, dump, run, titled
from trialfinder.errors import StoreError
from trialfinder.store import Store, connection, migrations

ROOT = Path(__file__).resolve().parents[3]


def refused(path: Path, **how: bool) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(path, busy_seconds=0.05, **how)
    message = str(caught.value)
    assert str(path) in message or str(path.parent) in message
    assert "\n" not in message
    assert not isinstance(caught.value, sqlite3.Error)
    return message


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        run(store, START, {"a": samples(50)})
    yield path


def test_a_store_is_one_file_when_nobody_uses_it(filled: Path) -> None:
    assert [found.name for found in filled.parent.iterdir()] == ["store.db"]


def test_the_folder_is_made(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new" / "deep" / "store.db") as store:
        assert store.is_empty()


def test_any_name_will_do(tmp_path: Path) -> None:
    path = tmp_path / "what? 100% #1 ü.db"
    Store.open(path).close()
    assert path.is_file()
    Store.open(path, read_only=True).close()


def test_a_missing_store_is_made_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert "there is no store yet; make one with: trialfinder refresh" in refused(path, create=False)
    assert "there is no store yet" in refused(path, read_only=True)
    assert not path.exists()


def test_a_folder_is_not_a_store(tmp_path: Path) -> None:
    assert "a folder, not a store" in refused(tmp_path)


@pytest.mark.parametrize("content", [b"not a database at all, only some text\n" * 40, b"\x00" * 4096])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    if content[0]:
        assert "not a trialfinder store, or a damaged one; put a backup in its place" in refused(path)
    else:
        refused(path)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    with Store.open(path) as store:
        assert store.is_empty()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mail.db"
    with sqlite3.connect(path) as other:
        other.execute("create table mail (subject text)")
    other.close()
    before = path.read_bytes()
    assert "a database of another program" in refused(path)
    assert path.read_bytes() == before


def test_a_newer_store_is_refused_and_left_alone(filled: Path) -> None:
    with sqlite3.connect(filled) as newer:
        newer.execute("pragma user_version = 99")
    newer.close()
    before = filled.read_bytes()
    assert "written by a newer trialfinder (tables 99, this one knows " in refused(filled)
    assert "Fetch the newer program and, in its folder: pip install ." in refused(filled, read_only=True)
    assert filled.read_bytes() == before


def test_a_store_cut_short_is_damaged(filled: Path) -> None:
    whole = filled.read_bytes()
    filled.write_bytes(whole[: len(whole) // 2])
    try:
        with Store.open(filled) as store:
            assert store.verify()
    except StoreError as error:
        assert "damaged" in str(error)  # either way of noticing is right


def test_damage_inside_a_record_is_found_and_named(filled: Path) -> None:
    with sqlite3.connect(filled) as editor:
        editor.execute("update bodies set body = zeroblob(20) where version_id = 7")
        editor.execute("update versions set hash = 'other' where id = 9")
        editor.execute("delete from bodies where version_id = 11")
        editor.execute("update search_results set nct_id = 'NCT99999999' where nct_id = 'NCT00000013'")
    editor.close()
    with Store.open(filled) as store:
        problems = store.verify()
        seven = store.get("NCT00000007")
        assert seven is not None
        with pytest.raises(StoreError, match="the store is damaged"):
            _ = seven.record
        with pytest.raises(StoreError, match="the store is damaged"):
            store.version_record(7)
        with pytest.raises(StoreError, match="version 11 is missing"):
            store.version_json(11)
    assert [problem.split(":")[0] for problem in problems] == [
        "search_results",
        "NCT00000011",
        "NCT00000007",
        "NCT00000009",
    ]


def test_a_locked_store_is_told_after_the_wait(filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("begin immediate")
    with Store.open(filled, busy_seconds=0.05) as store:
        assert len(list(store.records())) == 50, "reading goes on"
        before = dump(store)
        with pytest.raises(StoreError, match="another process is writing to the store; try again"):
            run(store, day(1), {"a": [sample(99)]})
        assert store.put_derived("items", "1", {"h": 1}) is False
        assert dump(store) == before
    other.execute("rollback")
    other.close()


def test_a_reader_sees_the_old_state_until_the_writer_is_done(filled: Path) -> None:
    with Store.open(filled) as writer, Store.open(filled, read_only=True) as reader:
        reading = reader.records()
        first = next(reading)
        run(writer, day(1), {"a": [titled(1, "New"), *samples(50)[1:]]})
        rest = list(reading)
        assert len(rest) == 49, "an open search stays on the state it began with, and holds nobody up"
        assert first.record == sample(1)
        again = reader.get("NCT00000001")
        assert again is not None
        assert again.record == titled(1, "New")


def test_a_run_that_was_overtaken_is_refused(filled: Path) -> None:
    with Store.open(filled) as one, Store.open(filled) as two, one.refresh(day(1)) as writer:
        writer.seen("a", sample(60))
        run(two, day(1), {"a": [sample(70)]})
        before = dump(two)
        with pytest.raises(StoreError, match="another run wrote to it meanwhile; nothing was changed"):
            writer.finish(finished=day(1), kind="full", tool_version="0")
        assert dump(two) == before


def test_an_open_run_holds_nobody_up(filled: Path) -> None:
    with Store.open(filled) as one, Store.open(filled, busy_seconds=0) as two, one.refresh(day(1)) as writer:
        writer.seen("a", sample(60))
        assert two.put_derived("items", "1", {"h": 1})


def test_reading_only_changes_nothing(filled: Path) -> None:
    with Store.open(filled, read_only=True) as store:
        assert len(list(store.records())) == 50
        with pytest.raises(StoreError, match="cannot be written to"):
            run(store, day(1), {"a": [sample(99)]})


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into; pytest's own are not, and what they lie in is not ours to open."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to become somebody without rights")
@pytest.mark.parametrize("place", ["folder", "file"])
def test_no_right_to_write_is_told(filled: Path, place: str, open_folder: Path) -> None:
    """As root every folder can be written to, so the try is made by a child that gives up its rights."""
    kept = Path(shutil.copy(filled, open_folder))
    kept.chmod(0o444)
    path = kept if place == "file" else open_folder / "new" / "store.db"
    code = (
        "import os, sys; from trialfinder.store import Store; from trialfinder.errors import StoreError\n"
        "import tests.unit.store.fill as fill, tests.standin.samples as s\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "try:\n"
        "    with Store.open(sys.argv[1]) as store: fill.run(store, fill.START, {'a': s.samples(2)})\n"
        "except StoreError as error: print('told:', error)\n"
    )
    done = child(code, path)
    assert done.stdout.startswith("told: "), done.stderr
    assert str(path.parent) in done.stdout
    read = child(
        "import os, sys; from trialfinder.store import Store; os.setgid(65534); os.setuid(65534)\n"
        "print(len(list(Store.open(sys.argv[1], read_only=True).records())))",
        kept,
    )
    assert read.stdout == "50\n", read.stderr


def child(code: str, *arguments: object, size_limit: int | None = None) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        if size_limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size_limit, size_limit))

    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
        timeout=60,
    )


def test_a_full_disk_changes_nothing(filled: Path) -> None:
    """A real limit on the size of files, in a child: the write-ahead log cannot grow any more."""
    with Store.open(filled) as store:
        before = dump(store)
    code = (
        "import sys; from trialfinder.store import Store; from trialfinder.errors import StoreError\n"
        "import tests.unit.store.fill as fill, tests.standin.samples as s\n"
        "try:\n"
        "    with Store.open(sys.argv[1]) as store: fill.run(store, fill.day(1), {'a': s.samples(3000)})\n"
        "except StoreError as error: print('told:', error)\n"
    )
    done = child(code, filled, size_limit=filled.stat().st_size + 100_000)
    assert done.stdout.startswith("told: "), done.stderr
    assert "nothing was changed" in done.stdout
    with Store.open(filled) as store:
        assert dump(store) == before
        assert store.verify() == ()
        assert len(run(store, day(1), {"a": samples(3000)}).added) == 2950, "and it goes on once there is room"


def test_the_largest_store_that_fits_is_told(store: Store) -> None:
    run(store, START, {"a": samples(20)})
    before = dump(store)
    (pages,) = store.database.execute("pragma page_count").fetchone()
    store.database.execute(f"pragma max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match="the disk is full or a size limit was reached; nothing was changed"):
        run(store, day(1), {"a": samples(2000)})
    assert dump(store) == before


# Migrations --------------------------------------------------------------------------------------------------------


def schema(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as database:
        found = database.execute("select name, sql from sqlite_schema where sql is not null order by name").fetchall()
    database.close()
    return found


def make_version_1(path: Path) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    connection.migrate(database, path, migrations.MIGRATIONS[:1])
    database.execute(
        "insert into refreshes values (1, 'full', '2026-11-20T06:00:00.000000+00:00', "
        "'2026-11-20T06:00:00.000000+00:00', '2026-11-19T09:00:05', '2.0.5', '0', 3, '{}', '')"
    )
    database.close()


def test_from_blank_and_from_version_1_the_tables_are_the_same(tmp_path: Path) -> None:
    blank, old = tmp_path / "blank.db", tmp_path / "old.db"
    Store.open(blank).close()
    make_version_1(old)
    with Store.open(old) as store:
        assert store.data_timestamp() == "2026-11-19T09:00:05", "what was in it is still there"
        run(store, START, {"a": samples(2)})
        assert store.info().schema_version == len(migrations.MIGRATIONS)
    assert schema(old) == schema(blank)


def test_a_step_that_fails_leaves_version_and_tables_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    make_version_1(path)
    before = schema(path)

    def broken(database: sqlite3.Connection) -> None:
        database.execute("create table half_done (x)")
        database.execute("drop table meta")
        database.execute("this is no SQL")

    database = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(StoreError, match="the store cannot be used"):
        connection.migrate(database, path, [migrations.MIGRATIONS[0], broken])
    assert database.execute("pragma user_version").fetchone() == (1,)
    database.close()
    assert schema(path) == before


def test_an_older_store_is_not_changed_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    make_version_1(path)
    if len(migrations.MIGRATIONS) > 1:
        assert "written by an older trialfinder" in refused(path, read_only=True)


# Copies ------------------------------------------------------------------------------------------------------------


def test_a_backup_is_the_same_store_in_one_file(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "backup.db"
    copy.parent.mkdir()
    with Store.open(filled) as store:
        assert store.backup(copy) == copy
        before = dump(store)
    assert [found.name for found in copy.parent.iterdir()] == ["backup.db"]
    with Store.open(copy) as again:
        assert dump(again) == before
        assert again.verify() == ()


def test_a_backup_that_fails_leaves_the_older_one(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    with Store.open(filled) as store:
        store.backup(copy)
    before = copy.read_bytes()
    code = (
        "import sys; from trialfinder.store import Store; from trialfinder.errors import InputError\n"
        "try:\n"
        "    with Store.open(sys.argv[1], read_only=True) as store: store.backup(sys.argv[2])\n"
        "except InputError as error: print('told:', error)\n"
    )
    done = child(code, filled, copy, size_limit=40_000)
    assert done.stdout.startswith("told: "), done.stderr
    assert copy.read_bytes() == before
    assert sorted(found.name for found in tmp_path.iterdir() if found.name.startswith(".")) == []


def test_compact_gives_space_back_and_keeps_everything(filled: Path) -> None:
    with Store.open(filled) as store:
        before = dump(store)
        store.put_derived("items", "1", {f"{n:064d}": "x" * 5000 + str(n) * 3000 for n in range(300)})
        assert store.compact() > 0
        assert dump(store) == before


def test_a_copy_made_while_the_log_is_full_of_news_reads_whole(filled: Path, tmp_path: Path) -> None:
    """What a kill leaves behind: store and log. Whoever opens them next gets everything that was committed."""
    with Store.open(filled) as store:
        run(store, day(1), {"a": [sample(99)]})
        for name in ("store.db", "store.db-wal"):
            shutil.copy(filled.parent / name, tmp_path / f"left-{name}")
        before = dump(store)
    with Store.open(tmp_path / "left-store.db") as left:
        assert dump(left) == before
