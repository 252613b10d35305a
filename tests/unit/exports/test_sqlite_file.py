"""The SQLite export: declared columns, keys and search, as sqlite-utils and Datasette see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlite_utils
import yaml

from tests.own_loop import in_own_loop
from trialfinder.errors import InputError
from trialfinder.tables.columns import EXPORTED, TABLES, names
from trialfinder.tables.sqlite_file import datasette_metadata, write_database

STUDIES: list[dict[str, Any]] = [
    dict.fromkeys(names("studies"))
    | {"nct_id": f"NCT9000000{n}", "brief_title": title, "has_results": n == 1, "location_count": n}
    for n, title in enumerate(("Cord cells for burning feet", "=1+1 \ud800 injections"), start=1)
]
CRITERIA = [
    {
        "nct_id": "NCT90000001",
        "item": 1,
        "section": "inclusion",
        "group": None,
        "text": "Adults with pain",
        "read": None,
    }
    | {"complete": False}
]
ABOUT = {"source": "the registry", "filters": ["--open"], "data_timestamp": None}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "made.sqlite"
    assert write_database(path, {"studies": STUDIES, "criteria": CRITERIA}, ABOUT) == 2
    return path


def test_every_table_has_its_declared_columns_and_types(made: Path) -> None:
    database = sqlite_utils.Database(made)
    kinds = {"string": "TEXT", "Int64": "INTEGER", "Float64": "REAL", "boolean": "INTEGER"}
    for name in EXPORTED:
        found = [(column.name, column.type) for column in database.table(name).columns]
        assert found == [(column.name, kinds[column.dtype]) for column in TABLES[name]]
    assert database.table("studies").pks == ["nct_id"]
    assert database.table("criteria").pks == ["nct_id", "item"]
    linked = {name: database.table(name).foreign_keys for name in EXPORTED if name != "studies"}
    assert {(key.column, key.other_table, key.other_column) for keys in linked.values() for key in keys} == {
        ("nct_id", "studies", "nct_id")
    }
    assert all(len(keys) == 1 for keys in linked.values())
    database.close()


def test_values_stay_what_they_are(made: Path) -> None:
    database = sqlite_utils.Database(made)
    first, second = database.table("studies").rows
    assert (first["has_results"], second["has_results"]) == (1, 0)
    assert (first["location_count"], first["acronym"]) == (1, None)
    assert second["brief_title"] == "=1+1 ? injections"
    database.close()


def test_a_row_of_no_study_and_an_answer_that_is_none_are_refused(tmp_path: Path) -> None:
    for odd in ({"nct_id": "NCT90000099"}, {"complete": 2}):
        with pytest.raises(InputError, match="constraint failed"):
            write_database(tmp_path / "odd.db", {"studies": STUDIES, "criteria": [CRITERIA[0] | odd]}, {})
    assert list(tmp_path.iterdir()) == []


def test_words_are_found_by_their_stem(made: Path) -> None:
    database = sqlite_utils.Database(made)
    assert [row["nct_id"] for row in database.table("studies").search("injection")] == ["NCT90000002"]
    assert [row["nct_id"] for row in database.table("criteria").search("adult")] == ["NCT90000001"]
    assert database.table("studies").detect_fts() == "studies_fts"
    database.close()


def test_the_dictionary_and_the_source_are_inside(made: Path) -> None:
    database = sqlite_utils.Database(made)
    assert database.table("_meta").count == sum(len(TABLES[name]) for name in EXPORTED)
    [said] = database.table("_meta").rows_where("table_name = 'studies' and column_name = 'minimum_age_years'")
    assert (said["unit"], said["empty_means"]) == ("years", "no lower limit")
    about = {row["key"]: row["value"] for row in database.table("_about").rows}
    assert about == {"source": "the registry", "filters": '["--open"]', "data_timestamp": "null"}
    database.close()


def test_datasette_shows_it_with_its_metadata(made: Path) -> None:
    from datasette.app import Datasette

    metadata = yaml.safe_load(datasette_metadata("made", ABOUT, 'Nothing is "approved": no.'))

    async def ask() -> tuple[Any, Any, str]:
        shown = Datasette([str(made)], metadata=metadata, settings={"num_sql_threads": 0})
        await shown.invoke_startup()
        tables = (await shown.client.get("/made.json")).json()["tables"]
        found = (await shown.client.get("/made/studies.json?_search=burning&_shape=array")).json()
        page = (await shown.client.get("/made/studies")).text
        for database in shown.databases.values():
            database.close()
        return tables, found, page

    tables, found, page = in_own_loop(ask())
    counts = {table["name"]: (table["count"], table["fts_table"]) for table in tables if not table["hidden"]}
    assert counts["studies"] == (2, "studies_fts")
    assert set(EXPORTED) <= set(counts)
    assert [row["nct_id"] for row in found] == ["NCT90000001"]
    assert "Youngest age admitted. Empty: no lower limit." in page
    assert metadata["description"] == 'Nothing is "approved": no.'


def test_a_file_that_no_export_made_is_left_alone(tmp_path: Path, made: Path) -> None:
    other = tmp_path / "other.db"
    sqlite_utils.Database(other).table("mine").insert({"a": 1})
    before = other.read_bytes()
    with pytest.raises(InputError, match="was not made by trialfinder"):
        write_database(other, {}, {})
    assert other.read_bytes() == before
    assert write_database(made, {}, {}) == 0  # an earlier export is replaced


def test_a_table_that_fails_in_the_middle_leaves_what_was_there(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(InputError, match=r"made\.sqlite: cannot be written: .*UNIQUE"):
        write_database(made, {"studies": [STUDIES[0], STUDIES[0]]}, {})
    assert made.read_bytes() == before
    assert [path.name for path in made.parent.iterdir()] == ["made.sqlite"]
