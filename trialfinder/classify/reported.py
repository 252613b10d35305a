"""Whether a study is reported: by results in the registry or by a publication that can be about it."""

from __future__ import annotations

import re

from trialfinder.study.model import Reference, Study

_WITHOUT_PEOPLE = frozenset({"NOT_YET_RECRUITING", "WITHDRAWN"})
# A published plan of a study has no results.
_PLAN = re.compile(
    r"\b(?:study|trial|research) protocol\b|\bprotocol (?:for|of) (?:an?|the)\b|\brationale and design\b", re.IGNORECASE
)
# A year in a citation; page numbers and volumes rarely look like one of these.
_YEAR = re.compile(r"(?<![\d:;(-])(?:19[6-9]\d|20[0-4]\d)(?![\d-])")


def with_results(study: Study) -> bool:
    """Whether results are posted or a publication can report the study."""
    reported = any(reports(study, reference) for reference in study.references)
    return bool(study.has_results) or study.results_first_post_date is not None or reported


def reports(study: Study, reference: Reference) -> bool:
    """Whether a publication can report this study: not its plan, nor one that is older than its first participant."""
    if reference.type not in ("RESULT", "DERIVED") or study.overall_status in _WITHOUT_PEOPLE:
        return False
    if _PLAN.search(reference.citation):
        return False
    began = study.start_date or study.study_first_submit_date
    years = [int(found) for found in _YEAR.findall(reference.citation)]
    return began is None or not years or max(years) >= began.latest().year
