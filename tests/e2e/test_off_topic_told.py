"""Whoever compares the number of studies in the store with that of a list or a site is told of those left out."""

from __future__ import annotations

import pytest

from tests.e2e import made
from tests.e2e.program import Program
from tests.standin import StandIn


@pytest.fixture
def mixed(program: Program) -> Program:
    """A store of four studies, of which one gives no cells."""
    records = made.studies(4)
    records[3] = made.study(4, briefTitle="Aspirin for nerve pain", officialTitle="Aspirin for nerve pain")
    protocol = records[3]["protocolSection"]
    protocol["conditionsModule"] = {"conditions": ["Diabetic Neuropathy"], "keywords": []}
    protocol["descriptionModule"] = {"briefSummary": "Aspirin against pain, in people who had no stem cells before."}
    protocol["armsInterventionsModule"] = {"interventions": [{"type": "DRUG", "name": "Aspirin"}]}
    with StandIn(records) as server:
        done = Program(program.home, server.url)("refresh", "--accept-fall")
    assert done.code == 0, done.err
    return program


def test_store_export_and_site_tell_what_is_off_topic(mixed: Program) -> None:
    assert "\noff topic   1 of these (no cells for nerves): lists leave them out" in mixed("store", "info").out
    assert "from 3 studies; 1 off topic left out (--all has them)." in mixed("export", "a.csv", "--offline").err
    people = mixed("export", "b.md", "--for-people", "--offline")
    assert "1 off topic left out" in people.err
    assert "Left out as off topic (no cells for a nerve condition): 1." in (mixed.home / "b.md").read_text("utf-8")
    done = mixed("site", "public", "--offline")
    assert "3 studies; 1 off topic left out" in done.out + done.err
    for page in ("index.html", "about.html"):
        text = (mixed.home / "public" / page).read_text("utf-8")
        assert "Left out as off topic (no cells for a nerve condition): 1." in text
    everything = mixed("export", "c.csv", "--all", "--offline")
    assert "off topic" not in everything.err
