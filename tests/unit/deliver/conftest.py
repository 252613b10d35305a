from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.changes.edits import edited
from tests.unit.sample import RECORD
from tests.unit.store.fill import day, run
from trialfinder.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with two runs; the second brings one new study and three changes of another (one of them minor)."""
    with Store.open(tmp_path / "home" / "store.db") as opened:
        run(opened, day(0), {"default": [RECORD]})
        changed = {
            "statusModule.overallStatus": "SUSPENDED",
            "statusModule.whyStopped": "Cells <b>ran</b> out & \\*more\\*",
            "designModule.enrollmentInfo.count": 80,
            "conditionsModule.keywords": ["nerve"],
        }
        other = {
            "identificationModule.nctId": "NCT90000002",
            "identificationModule.briefTitle": "<script>alert(1)</script> *Cells* & nerves",
        }
        run(opened, day(1), {"default": [edited(changed), edited(other)]})
        yield opened
