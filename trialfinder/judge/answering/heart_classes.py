"""Classes of the New York Heart Association that a criterion names, for a person who named an illness with theirs."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.judge.answering.by_name import told_names
from trialfinder.judge.names.illness_names import all_forms, is_said
from trialfinder.person.facts import Facts
from trialfinder.reading.nodes.tree import Leaf, Node, plain_leaf
from trialfinder.reading.refine.changed import changed

_NYHA = r"(?:nyha|new\syork\sheart\sassociation)"
_ONE = r"(?:iv|i{1,3}|[1-4])\b"
_SOME = rf"{_ONE}(?:\s*(?:,|/|-|–|\bor\b|\band\b|\bto\b|\bthrough\b)\s*(?:class\s)?{_ONE})*"
_CLASS = r"(?:class(?:es|ification)?|stages?|grades?|fc)"
_MORE = r"(?P<more>\+|\s(?:or|and)\s(?:higher|above|greater|more|worse|over))?"
_SAID = re.compile(
    rf"\b{_NYHA}\b['’)\]]*(?:\s\(?nyha\)?)?,?\s*(?:(?:heart\sfailure|functional|cardiac|of)\s)*{_CLASS}?\s*[:=(]?\s*"
    rf"(?P<least>≥|>=|=>|>|at\sleast|greater\sthan|above|higher\sthan|more\sthan)?\s*(?:class\s)?(?P<behind>{_SOME}){_MORE}"
    rf"|\b{_CLASS}\s(?P<front>{_SOME})(?!\s(?:or|and)\s(?:higher|above|greater|more|worse|over))"
    rf"(?:\s[\w(-]+){{0,6}}?\s\(?{_NYHA}\b",
    re.IGNORECASE,
)
_MINE = re.compile(
    rf"\b{_NYHA}\b\W*(?:functional\s)?{_CLASS}?\W*(?P<one>{_ONE})(?!\s*(?:-|–|/|to|or)\s*{_ONE})", re.IGNORECASE
)
_OVER = (">", "greater than", "above", "higher than", "more than")
_NUMBER = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NEAR = 70
_BESIDE = frozenset(
    {
        "nyha", "new", "york", "heart", "association", "class", "classes", "classification", "functional", "stage",
        "grade", "i", "ii", "iii", "iv", "1", "2", "3", "4", "or", "and", "to", "by", "of", "the", "criteria", "as",
        "defined", "according", "higher", "above", "greater", "worse", "fc", "through", "cardiac", "failure",
    }
)  # fmt: skip
_DEGREES = frozenset({"severe", "clinically", "significant", "clinically significant", "symptomatic", "advanced"})
"""What the classes behind it say more exactly."""
_WORD = re.compile(r"[a-z0-9]+", re.IGNORECASE)


def with_heart_classes(node: Node, text: str, facts: Facts) -> Node:
    """ "Heart failure of NYHA class III or IV": what a person named who told class III.

    The same tree for whoever named no class, or one that is not meant.
    """
    mine = [(name, _number(found["one"])) for _, name in told_names(facts) if (found := _MINE.search(name))]
    return changed(node, Leaf, lambda leaf: _classed(leaf, text, mine)) if mine else node


def _classed(leaf: Leaf, text: str, mine: list[tuple[str, int]]) -> Node:
    beside = {word.lower() for words in leaf.narrowing for word in _WORD.findall(words)}
    if (
        leaf.concept != "cardiac"
        or leaf.bounds is not None
        or leaf.window_months is not None
        or leaf.sense == "planned"
    ):
        return leaf
    if not beside <= _BESIDE or not _DEGREES.issuperset(leaf.severity):
        return leaf
    meant, start, end = _meant(leaf, text)
    for name, number in mine:
        of_it = _SAID_ITSELF.search(leaf.noun) or any(is_said(leaf.noun, form) for form in all_forms(name))
        if number in meant and of_it:
            return plain_leaf("named_illness", name.lower(), start, end, sense=leaf.sense)
    return leaf


_SAID_ITSELF = re.compile(rf"\b{_NYHA}\b", re.IGNORECASE)


def _meant(leaf: Leaf, text: str) -> tuple[frozenset[int], int, int]:
    """The classes that the words around a thing name, and where it stands with them; none where they name none."""
    for found in _SAID.finditer(text, max(0, leaf.start - _NEAR), leaf.end + _NEAR):
        between = text[leaf.end : found.start()] if found.start() >= leaf.end else text[found.end() : leaf.start]
        if re.search(r"[.;\n]|\b(?:not|no|except|unless)\b", between):
            continue
        end = max(leaf.end, found.end())
        return _classes(found), min(leaf.start, found.start()), end + text[end : end + 1].count(")")
    return frozenset(), leaf.start, leaf.end


def _classes(found: re.Match[str]) -> frozenset[int]:
    said = (found["behind"] or found["front"]).lower()
    numbers = [_number(word) for word in re.findall(_ONE, said)]
    low, high = min(numbers), max(numbers)
    if found["least"]:
        return frozenset(range(low + (found["least"].lower() in _OVER), 5))
    if found["more"]:
        return frozenset(range(low, 5))
    return frozenset(range(low, high + 1) if re.search(r"-|–|to|through", said) else numbers)


def _number(word: str) -> int:
    return _NUMBER.get(word.lower()) or int(word)
