"""What is done with the cells that a record names: put into people, or only grown, counted and examined.

The wordings are data (``context.toml``); which fields are asked, and in which order, is here.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from trialfinder.base import lazy_re as re
from trialfinder.classify.study_text import Mention, StudyText, Zone
from trialfinder.classify.term_tables import by_id, mentions

# Where a record says what is done with cells.
_TELLING = frozenset({Zone.TITLE, Zone.GIVEN, Zone.GIVEN_TEXT, Zone.SUMMARY, Zone.DETAIL})
# Kinds for which other words tell that they are only made or counted, and products that nobody grows to learn from.
_OWN_WORDS = frozenset({"ipsc_derived", "mononuclear"})
_NOT_GROWN = _OWN_WORDS | {
    *("hematopoietic", "stem_transplant", "platelet_rich_plasma", "tissue_product", "exosome_or_secretome")
}
_CODE = re.compile(
    r"\b(?=[\w-]{3,20}\b)(?=\S*\d)[A-Za-z][\w-]*\d[\w-]*|\b[A-Z]{2,6}-[A-Z0-9]{2,8}\b|\b[A-Za-z]+[A-Z]\w+\b"
)
# Diseases, scales and doses that look like codes.
_NO_CODE = re.compile(r"(?:covid|sars|hiv|hla|type|phase|grade|stage|\d+(?:mg|ml|x))")


def is_grown(match: Mention) -> bool:
    """Whether the name is one of cells that laboratories grow to learn about a disease."""
    return match.id not in _NOT_GROWN


def only_studied(document: StudyText, visible: Sequence[Mention]) -> tuple[Mention, ...]:
    """The names of cells that are grown, counted or examined, in a study that puts no cells into anybody."""
    found = tuple(match for match in visible if is_grown(match) and _at_the_bench(document, match))
    return () if not found or cells_into_people(document) else found


def _at_the_bench(document: StudyText, match: Mention) -> bool:
    """Whether the sentence speaks of a laboratory, and not of putting the cells into people."""
    context, sentence = by_id("context"), document.sentence(match)
    if explains_code(document, match):  # how a product was grown that has a code of its own
        return False
    if context["into_people"].search(sentence) or (match.passage.zone is Zone.TITLE and _title_gives(match)):
        return False
    return context["bench"].search(sentence) or context["acted_on"].search(document.before(match))


def given_to_nobody(document: StudyText, named: Sequence[Mention]) -> bool:
    """Whether no field says that the cells named are put into people, and something says what else is done.

    A study that only watches, or one whose interventions are something else, gives no cells for being about them.
    """
    if not named or any(_in_what_is_given(document, match) for match in named) or cells_into_people(document):
        return False
    if any(match.passage.zone is Zone.TITLE and _title_gives(match) for match in named):
        return False
    if any(code in document.sentence(match) for match in named for code in codes(document)):
        return False
    watched = document.study.study_type == "OBSERVATIONAL" or bool(document.study.interventions)
    return watched or all(_at_the_bench(document, match) for match in named)


def _in_what_is_given(document: StudyText, match: Mention) -> bool:
    """Whether an intervention or an arm names the cells, and not as what it works on."""
    if match.passage.zone is not Zone.GIVEN_TEXT:
        return match.passage.zone is Zone.GIVEN
    context = by_id("context")
    worked_on = context["acted_on"].search(document.before(match)) or (
        context["bench_title"].search(document.sentence(match)) and _at_the_bench(document, match)
    )
    return not worked_on


def _title_gives(match: Mention) -> bool:
    """Whether a title speaks of treating with the cells, and not of examining them."""
    context, title = by_id("context"), match.passage.text.lower()
    studied = context["bench_title"].search(title) or context["hedged"].search(title)
    return context["giving_title"].search(title) and not studied


def cells_into_people(document: StudyText) -> bool:
    """Whether any sentence says that cells are put into people, and not only that they might be or were elsewhere."""
    context = by_id("context")
    for match in mentions(document, document.in_zones(_TELLING), (context["cells_into_people"],)):
        sentence = document.sentence(match)
        if not any(context[name].search(sentence) for name in ("background", "hedged", "not_given")):
            return True
    return False


@functools.lru_cache(maxsize=2)  # the same study is asked several times in a row
def codes(document: StudyText) -> frozenset[str]:
    """The codes by which the interventions or the title call a product, lower-cased."""
    names = [*(item.name for item in document.study.interventions), document.study.brief_title or ""]
    found = {code.lower() for name in names for code in _CODE.findall(name[:300])}
    return frozenset(code for code in found if not _NO_CODE.match(code))


def explains_code(document: StudyText, match: Mention) -> bool:
    """Whether the cells that a sentence names are what stands behind the code of an intervention.

    "QX-77 is a suspension of stem cells", "stem cells (QX-77)"; not "QX-77 is a drug that protects stem cells".
    """
    context = by_id("context")
    before, after = document.before(match), document.after(match)
    for code in codes(document):
        if context["consists_of"].search(before.rpartition(code)[2]) and code in before:
            return not is_else(document, match, code)
        between, here, _ = after.partition(code)
        if here and context["is_called"].search(between):
            return True
    return False


def is_else(document: StudyText, match: Mention, code: str) -> bool:
    """Whether the words from a code to the name of cells say that the product is something else than such cells."""
    _, here, between = document.before(match).rpartition(code)
    return bool(here) and by_id("context")["something_else"].search(between)
