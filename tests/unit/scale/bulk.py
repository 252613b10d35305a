"""Made records spread over several parts, bulk files of them, and steps for processes, which load no more than this."""

from __future__ import annotations

import copy
import json
import os
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.e2e import made
from trialfinder.scale.steps import Done

Record = dict[str, Any]


def records(number: int, parts: int = 4) -> list[Record]:
    """So many records under ids of their own, in turn in each of so many parts."""
    originals = made.studies()
    found = []
    for index in range(number):
        record = copy.deepcopy(originals[index % len(originals)])
        nct_id = f"NCT9{index % parts:03d}{index:04d}"
        record["protocolSection"]["identificationModule"]["nctId"] = nct_id
        found.append(record)
    return found


def nct_id(record: Record) -> str:
    found: str = record["protocolSection"]["identificationModule"]["nctId"]
    return found


def updated(record: Record, day: str, **words: str) -> Record:
    """The record as the registry shows it after a change on a day."""
    found = copy.deepcopy(record)
    found["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"] = {"date": day, "type": "ACTUAL"}
    found["protocolSection"]["identificationModule"] |= words
    return found


def zipped(path: Path, found: Sequence[Record]) -> Path:
    """A zip of one file a study, in folders as the registry's."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in found:
            archive.writestr(f"{nct_id(record)[:7]}xxxx/{nct_id(record)}.json", json.dumps(record, indent=1))
    return path


def lines(path: Path, found: Sequence[Any]) -> Path:
    """JSON lines; what is a text already stays one."""
    path.write_text("".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in found), encoding="utf-8")
    return path


def quiet(what: str, number: int, of: int | None) -> None:
    """Progress that nobody looks at."""


def slowly(seconds: float, note: Path, step: Callable[[str], Done], part: str) -> Done:
    """A step that takes a while and notes when it has done a part."""
    time.sleep(seconds)
    done = step(part)
    with note.open("a") as file:
        file.write(f"{part}\n")
    return done


def dies_once(mark: Path, part: str) -> Done:
    """A step whose process is lost at its first part."""
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return Done(part, {"done": 1})


def dies(part: str) -> Done:
    """A step that no process outlives."""
    os._exit(len(part))
