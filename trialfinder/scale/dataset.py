"""A folder of Parquet files: one for each table and part, where a part is what the registry keeps in one folder.

``studies/NCT0512xxxx.parquet`` has the studies NCT05120000 to NCT05129999. A part is written whole or not at all, its
``records`` last; what is made of it says of which records and by which reader, and is made anew when either changes.
"""

from __future__ import annotations

import contextlib
import errno
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from trialfinder.base.version import VERSION
from trialfinder.base.whole_files import make_folder, private, whole
from trialfinder.errors import AlreadyRunning, InputError, StoreError

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 1
_BATCH = 500
_OURS = b"trialfinder"
#: The raw records: hash of the content, which copy it is (the registry's days), and the record as JSON.
RECORDS = {"nct_id": "string", "hash": "string", "posted": "string", "holder": "string", "json": "string"}
Kinds = Mapping[str, str]


def part_of(nct_id: str) -> str:
    """The part that a study belongs to."""
    return f"{nct_id[:7]}xxxx"


class Dataset:
    """A dataset that is there; see ``create`` and ``locked``.

    Raises:
        InputError: it is not, or the folder is something else.
        StoreError: a newer program made it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            about = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
            made = int(about["format"])
        except FileNotFoundError as error:
            raise InputError(
                f"{folder}: holds no dataset; make one with: trialfinder registry import {folder} FILE"
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{folder / 'dataset.json'}: cannot be read ({error}); put it back from a copy") from error
        if made != FORMAT:
            newer = "update trialfinder" if made > FORMAT else f"import the files into a new folder; {folder} stays"
            raise StoreError(f"{folder}: has the form {made} of a dataset, this program knows {FORMAT}; {newer}")

    @classmethod
    def create(cls, folder: Path) -> Dataset:
        """The dataset of a folder, made when the folder is empty or not there.

        Raises:
            InputError: it holds something else, or cannot be written to. StoreError: a newer program made it.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / "dataset.json").exists():
                if any(folder.iterdir()):
                    raise InputError(f"{folder}: holds something that is no dataset; name an empty or a new folder")
                with whole(folder / "dataset.json") as file:
                    file.write_text(json.dumps({"format": FORMAT, "made_by": f"trialfinder {VERSION}"}), "utf-8")
        except OSError as error:
            raise InputError(f"{folder}: cannot be written to: {error.strerror or error}") from error
        return cls(folder)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Only one run writes at a time; the lock ends with its process.

        Raises:
            AlreadyRunning: another one does. InputError: the folder cannot be written to.
        """
        lock = FileLock(self.folder / ".lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise AlreadyRunning(f"{self.folder}: another run is working on it; wait for it or stop it") from error
        except OSError as error:
            raise InputError(f"{self.folder}: cannot be written to: {error.strerror or error}") from error
        try:
            yield
        finally:
            lock.release()

    def parts(self) -> list[str]:
        """The parts that have records, in order."""
        return sorted(path.stem for path in (self.folder / "records").glob("NCT*.parquet"))

    def path(self, table: str, part: str) -> Path:
        """The file of a table's part."""
        return self.folder / table / f"{part}.parquet"

    def rows(self, table: str, part: str, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a part, some hundred at a time in memory; none when it is not there.

        Raises:
            StoreError: the file is damaged.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.path(table, part)
        try:
            with pq.ParquetFile(path, memory_map=False) as file:
                for batch in file.iter_batches(_BATCH, columns=columns):
                    yield from batch.to_pylist()
        except FileNotFoundError:
            return
        except (OSError, pa.ArrowException) as error:
            raise StoreError(f"{path}: is damaged ({_short(error)}); delete it and run the same again") from error

    def about(self, table: str, part: str) -> dict[str, Any]:
        """What was noted when the part was written; empty when it is not there or damaged."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            noted = pq.read_metadata(self.path(table, part)).metadata or {}
            found: dict[str, Any] = json.loads(noted.get(_OURS, b"{}"))
        except (OSError, pa.ArrowException, ValueError):
            return {}
        return found

    @contextlib.contextmanager
    def writing(self, part: str, tables: Mapping[str, Kinds], about: Mapping[str, Any]) -> Iterator[PartWriter]:
        """Writes the parts of some tables; they come to their places together, the last one last, or not at all.

        Args:
            part: which.
            tables: columns by table and their types; in this order they come to their places.
            about: what to note in them.

        Raises:
            InputError: the folder cannot be written to, or the disk is full; nothing was changed.
        """
        with contextlib.ExitStack() as stack:
            stack.enter_context(private(any(table.startswith("matches/") for table in tables)))
            files = {}
            for table in reversed(list(tables)):  # the stack ends with what it began with
                path = self.path(table, part)
                with _written(path):
                    make_folder(path.parent)
                files[table] = stack.enter_context(whole(path))
            with _written(self.folder), PartWriter(files, tables, about) as writer:
                yield writer


class PartWriter:
    """Writes rows of several tables, some hundred at a time."""

    def __init__(self, files: Mapping[str, Path], tables: Mapping[str, Kinds], about: Mapping[str, Any]) -> None:
        import pyarrow.parquet as pq

        noted = {_OURS: json.dumps(about).encode()}
        self._schemas = {table: schema(kinds).with_metadata(noted) for table, kinds in tables.items()}
        self._rows: dict[str, list[Mapping[str, Any]]] = {table: [] for table in tables}
        self._writers: dict[str, pq.ParquetWriter] = {}
        try:
            for table, columns in self._schemas.items():
                self._writers[table] = pq.ParquetWriter(files[table], columns, compression="zstd")
        except BaseException:
            self._abandon()
            raise

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._close()
        finally:
            self._abandon()

    def add(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Adds rows, whose keys are the table's columns."""
        waiting = self._rows[table]
        waiting += rows
        if len(waiting) >= _BATCH:
            self._flush(table)

    def _close(self) -> None:
        """Writes what is left."""
        for table, writer in self._writers.items():
            self._flush(table)
            writer.close()

    def _abandon(self) -> None:
        """Gives up the files of writers that are still open, which would try to write once more when they vanish."""
        for writer in self._writers.values():
            if writer.is_open:
                writer.is_open = False
                with contextlib.suppress(OSError):
                    writer.file_handle.close()

    def _flush(self, table: str) -> None:
        import pyarrow as pa

        rows, self._rows[table] = self._rows[table], []
        if not rows:
            return
        try:
            made = pa.Table.from_pylist(rows, self._schemas[table])
        except UnicodeEncodeError:  # half a surrogate pair is no UTF-8
            made = pa.Table.from_pylist([{k: _utf8(v) for k, v in row.items()} for row in rows], self._schemas[table])
        self._writers[table].write_table(made)


def schema(kinds: Kinds) -> pa.Schema:
    """The Parquet schema of declared columns."""
    import pyarrow as pa

    types = {"string": pa.string(), "Int64": pa.int64(), "Float64": pa.float64(), "boolean": pa.bool_()}
    return pa.schema([(name, types[kind]) for name, kind in kinds.items()])


def _utf8(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


@contextlib.contextmanager
def _written(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = "; make room and run the same again, what is done stays done" if error.errno == errno.ENOSPC else ""
        raise InputError(f"{place}: cannot be written: {error.strerror or _short(error)}{full}") from error


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
