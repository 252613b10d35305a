"""The ages that a study admits: by the record's own fields, and by the criteria where these say another limit."""

from __future__ import annotations

from collections.abc import Sequence

from trialfinder.base.tongue import age_said, say
from trialfinder.pages.templating import unsaid
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.study.model import Study
from trialfinder.tables.ages_of_text import limits_of_text


def age_words(study: Study, criteria: Sequence[Criterion] = (), *, ours: bool = False) -> str:
    """The ages that the record's fields admit; ``ours``: the copy may lack them.

    Where the criteria that were read say a limit that no field has, or another one, that stands behind.
    """
    low, high = (limit and age_said(limit) for limit in (study.minimum_age, study.maximum_age))
    text = limits_of_text(study, criteria)
    if not low and not high:
        return text or unsaid(ours=ours)
    fields = [say("from {age}").format(age=low)] if low else [] if text else [say("no lower limit stated")]
    fields += [say("up to {age}").format(age=high)] if high else [] if text else [say("no upper limit stated")]
    return "; ".join((", ".join(fields), *([text] if text else ())))
