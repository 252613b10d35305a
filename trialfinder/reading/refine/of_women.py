"""What is asked of one sex asks nothing of the other: "women of childbearing potential …", "Men must use condoms"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import Screen
from trialfinder.reading.nodes.tree import AllOf, Leaf, Node, Not, Unread, When, leaves, plain_leaf, rebuilt, walk
from trialfinder.reading.refine.around import SaidAround
from trialfinder.reading.refine.changed import changed

_WOMEN = re.compile(r"\b(?:wom[ae]n|females?)\b(?P<rest>[^.;\n]{0,50})\Z", re.IGNORECASE)
_WITH_MEN = re.compile(r"\b(?:partners?|wi(?:fe|ves)|spouses?|males?|men|sex(?:ual)?)\b", re.IGNORECASE)
_FAR = 80
OF_A_SEX = Screen(r"\d*(?:m[ae]n|males?|wom[ae]n|females?)")
"""What ``of_women`` needs."""


def of_women(node: Node, text: str) -> Node:
    """The tree in which such a condition names the sex as well; not where a man's partner may be meant."""

    def change(part: When) -> Node:
        of = part.condition
        if not isinstance(of, Leaf) or of.concept != "childbearing":
            return part
        begin = max(text.rfind("\n", 0, of.start), of.start - _FAR, 0)
        found = _WOMEN.search(text, begin, of.start)
        if found is None or _WITH_MEN.search(text, begin, of.end + _FAR):
            return part
        sex = plain_leaf("sex", "female", found.start(), found.start("rest"), value="female")
        return When(AllOf((sex, of)), part.part, part.bars)

    return _of_one_sex(changed(node, When, change), text)


_MUST = re.compile(
    r"[\s*•\-\d.)(]*(?:all |adult |sexually active |fertile )*(?:(?P<male>males?|men)|(?P<female>females?|women))"
    r"(?: participants?| patients?| subjects?)?(?: who are sexually active)?"
    r" (?:must|should|shall|need to|have to|agree|are required)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_SEXES = re.compile(r"\b(?:males?|m[ae]n|females?|wom[ae]n|sex)\b", re.IGNORECASE)


def _of_one_sex(node: Node, text: str) -> Node:
    """A criterion that begins "Men must …" under the condition of that sex; as it is where it names the other one."""
    starts = [part.start for part in walk(node) if isinstance(part, Leaf | Unread)]
    if not starts or isinstance(node, Not | When) or any(leaf.concept in ("sex", "pregnancy") for leaf in leaves(node)):
        return node
    begin = text.rfind("\n", 0, min(starts) + 1) + 1
    found = _MUST.match(text, begin)
    if found is None or _SEXES.search(found["rest"]):
        return node
    sex = "male" if found["male"] else "female"
    return When(plain_leaf("sex", sex, *found.span(sex), value=sex), node, bars=False)


_PAST = re.compile(r"(?:(?:surgically|permanently)\s)?(?:post-?\s?menopaus|steril)", re.IGNORECASE)
_WANTED = re.compile(
    r"\b(?:ha(?:ve|s) to|must|should|shall|needs? to|required to)\s(?:either\s)?be\b"
    r"|\b(?:not|neither|unless|except\w*)\b",
    re.IGNORECASE,
)


def past_childbearing(node: Node, text: str) -> Node:
    """The tree in which nobody is barred for being past the menopause where the words spare her: it is open.

    Under an exclusion heading "females have to be sterile or post-menopausal", "women who are not a) postmenopausal".
    """

    def change(leaf: Leaf, denied: bool) -> Node:
        if denied or leaf.concept != "childbearing" or _PAST.match(leaf.noun) is None:
            return leaf
        return Unread(leaf.start, leaf.end) if SaidAround(leaf, text, ()).before(_WANTED) else leaf

    return rebuilt(node, change, kind=Leaf)
