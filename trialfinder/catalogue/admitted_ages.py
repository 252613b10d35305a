"""Whether a study admits an age: by the record's fields and, where these have no limit, by its criteria as judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trialfinder.base import lazy_re as re

if TYPE_CHECKING:
    from trialfinder.catalogue.filters import Filter, Row
    from trialfinder.catalogue.holdings import Catalogue

_AGES = re.compile(r"\d.{0,40}\b(?:years?|y/?o|yrs?|aged?|old(?:er)?|younger)\b|\bage[ds]?\b.{0,40}\d", re.IGNORECASE)


def with_criteria(catalogue: Catalogue, fields: Filter) -> Filter:
    """The filter ``--age`` of the fields, which also asks the criteria of who passes without a limit there.

    They decide as for ``match``: what speaks against a person who tells this age and nothing else.
    """
    known: dict[str, bool] = {}

    def test(row: Row) -> bool:
        if not fields.test(row):
            return False
        if row["minimum_age_years"] is not None and row["maximum_age_years"] is not None:
            return True
        nct_id = row["nct_id"]
        if nct_id not in known:
            known[nct_id] = _by_criteria(catalogue, nct_id, fields.value)
        return known[nct_id]

    return replace(fields, test=test)


def _by_criteria(catalogue: Catalogue, nct_id: str, years: str) -> bool:
    if not _AGES.search(catalogue.study(nct_id).eligibility_criteria):
        return True
    from trialfinder.base.answer import Answer
    from trialfinder.judge import judge
    from trialfinder.person.plain_words import number
    from trialfinder.person.profile import Profile
    from trialfinder.person.profile_schema import schema

    person = Profile().with_facts({"person.age": number(schema()["person.age"], years)})
    read = catalogue.for_judging([nct_id])[nct_id]
    verdict = judge(read.study, read.criteria, person, catalogue.today, read.studied)
    return not any(found.pattern == "age" for found in verdict.answered(Answer.NO))
