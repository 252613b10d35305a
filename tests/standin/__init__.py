"""A ClinicalTrials.gov on this machine: real HTTP on loopback, the API's rules and exact error bodies, scripted faults.

    with StandIn(records) as registry:
        registry.fault("too_many", retry_after="2")
        ... registry.url, registry.requests ...

By hand: ``python -m tests.standin RECORDS.jsonl.gz --port 8765``. What it searches is deliberately dumb (words and
plurals, MeSH terms of the record, no synonyms): a search that works here does not live on the registry's kindness.
"""

from __future__ import annotations

from tests.standin.faults import Fault
from tests.standin.server import SeenRequest, StandIn

__all__ = ["Fault", "SeenRequest", "StandIn"]
