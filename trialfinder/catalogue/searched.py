"""What words are looked for in, by ``search`` and by the box of the site."""

from __future__ import annotations

import functools
from typing import Any

from trialfinder.base.countries import spoken_names
from trialfinder.base.text import folded

_SEARCHED = (
    "nct_id", "brief_title", "official_title", "acronym", "conditions", "keywords", "interventions",
    "brief_summary", "org_study_id", "secondary_ids", "nct_id_aliases", "lead_sponsor", "collaborators",
    "condition_mesh_terms",
)  # fmt: skip


def searched_text(row: dict[str, Any]) -> str:
    """What words are looked for in, folded: of the record, its countries by every name, and whence its cells come."""
    source = str(row.get("cell_source") or "").replace("_", " ")
    told = (*(str(row[name]) for name in _SEARCHED if row[name]), "" if source in ("none", "not stated") else source)
    return f"{_names_of_countries(row['countries'] or '')} {folded(' '.join(told))}"


@functools.lru_cache(maxsize=1024)
def _names_of_countries(listed: str) -> str:
    names = [name for name in listed.split("; ") if name]
    return folded(" ".join([*names, *spoken_names(names)])) if names else ""
