"""Whether a study is reported: by results in the registry or by a publication that can be about it."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.study.model import Reference, Study

_WITHOUT_PEOPLE = frozenset({"NOT_YET_RECRUITING", "WITHDRAWN"})
# A published plan of a study has no results.
_PLAN = re.compile(
    r"\b(?:study|trial|research) protocol\b|\bprotocol (?:for|of) (?:an?|the)\b|\brationale and design\b", re.IGNORECASE
)
# A year in a citation, alone in brackets or free; page numbers and volumes rarely look like one of these.
_NUMBER = r"(?:19[6-9]\d|20[0-4]\d)"
_YEAR = re.compile(rf"(?<=\(){_NUMBER}(?=\))|(?<![\d:;(–-])(?<!: )(?<!p\. ){_NUMBER}(?![\d–-])")
# The name of a study that goes on from an earlier one: a word or a title, and its number.
_SEQUEL = re.compile(r"(?P<stem>.*[^\W\d_])[ -]?(?:[2-9]|I{2,3}|IV|V)")
_SHORTEST_STEM = 4
_STUDY_WORDS = ("study", "trial", "project", "program", "programme", "registry")


def with_results(study: Study) -> bool:
    """Whether results are posted or a publication can report the study."""
    reported = any(reports(study, reference) for reference in study.references)
    return bool(study.has_results) or study.results_first_post_date is not None or reported


def reports(study: Study, reference: Reference) -> bool:
    """Whether a publication can report this study: not its plan, nor one that is older than its first participant."""
    if reference.type not in ("RESULT", "DERIVED") or study.overall_status in _WITHOUT_PEOPLE:
        return False
    if _PLAN.search(reference.citation) or _of_an_earlier_one(study, reference):
        return False
    began = study.start_date or study.study_first_submit_date
    years = [int(found) for found in _YEAR.findall(reference.citation)]
    return began is None or not years or max(years) >= began.latest().year


def _of_an_earlier_one(study: Study, reference: Reference) -> bool:
    """Whether a publication is about the study that this one goes on from: "COAST", where this one is "COAST2".

    Where the record cites papers of the earlier one, a paper that names neither may be about it as well.
    """
    names = [(stem, whole) for stem, whole in map(_sequel, _names(study)) if stem]
    if not names:
        return False
    if any(_named(whole, reference.citation) for _, whole in names):
        return False
    return any(
        _named(stem, other.citation) and not _named(whole, other.citation)
        for stem, whole in names
        for other in study.references
    )


def _names(study: Study) -> list[str]:
    return [name for name in (study.acronym, study.brief_title) if name]


def _sequel(name: str) -> tuple[str, str]:
    """The name of the earlier study and this one's; '' for the first where the name does not go on from one."""
    found = _SEQUEL.fullmatch(name.strip())
    stem = found["stem"] if found else ""
    is_name = len(stem) >= _SHORTEST_STEM and (stem.isupper() or stem.lower().endswith(_STUDY_WORDS))
    return (stem if is_name else "", name.strip())


def _named(name: str, citation: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?![\w-])", citation, re.IGNORECASE if " " in name else 0) is not None
