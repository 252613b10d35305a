"""Words before "or" that say nothing by themselves, because the name behind belongs to them too.

"Histologically or cytologically confirmed leukemia" is leukemia; "relapsing or progressive MS" is multiple sclerosis
either way; "no prior allogeneic or autologous transplantation" denies both.
"""

from __future__ import annotations

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import AllOf, AnyOf, Group, Leaf, Node, Not, Unread, When, rebuilt
from trialfinder.reading.vocabulary.patterns import type_of
from trialfinder.reading.wording.nouns import stems

_WAY = re.compile(
    r"\W*(?:(?:no|not|have|has|with|a|an|patients?|subjects?)\s+)*"
    r"(?:(?:histo|cyto|patho|immunohisto|radio|micro|sero)\w*|biops\w+|clinical|clinically|genetic\w*|molecular\w*|\w+ly)"
    r"(?:\s*(?:-|proven|confirmed|documented|verified)\s*)?\W*\Z",
    re.IGNORECASE,
)
_ONE = (
    r"(?:(?!(?:diabet|alcohol|epilept|asthmat|schizophren|psychot|antibiot|narcot|analges|diuret|clin|statist)ic\b)"
    r"[\w-]+(?:ive|ing|al|ary|ous|eic|ic|ant|ar|ate|able|ible|ed|ute)|hyper|hypo)"
)
_FRAME = (
    r"(?:(?:prior|previous|known|history of|(?:evidence|presence|diagnos[ei]s|signs) of|with|patients?|subjects?|an?"
    r"|any|either|the|must|have|has|had|having|been|clinically|confirmed|proven|documented|diagnosed"
    r"|(?:histo|cyto|patho)\w+ly)\W+)*"
)
_ADJECTIVES = re.compile(
    rf"\W*(?P<no>(?:no|not|without)\b\W*)?{_FRAME}(?P<said>{_ONE}(?:[\s,/-]+{_ONE})*)\W*\Z", re.IGNORECASE
)
_ROUTE = r"(?:systemic|oral|intravenous|iv|parenteral|intramuscular|subcutaneous)"
_ROUTES = re.compile(
    r"\W*(?P<no>(?:no|not|without)\b\W*)?(?:(?:requir\w+|needs?|use of|us(?:es?|ing)|tak(?:es?|ing)|receiv\w+"
    r"|(?:treatment|treated|therapy) with|current\w*|patients?|subjects?|on|any|who|are|the)\W+)*"
    rf"(?P<said>{_ROUTE}(?:[\s,/-]+{_ROUTE})*)\W*\Z",
    re.IGNORECASE,
)
"""Ways in which a drug gets into the whole body, before the name that they share."""
_LOCAL = re.compile(
    r"\W*(?:topical|(?:intra)?ocular|(?:intra)?nasal|inhaled|local|epidural|injected|dermal)\W*", re.IGNORECASE
)
"""Other ways: who takes no medicines may still use a cream."""
_WAY_OF_GIVING = re.compile(
    rf"\b(?:{_ROUTE}|topical|(?:intra)?ocular|(?:intra)?nasal|inhaled|local|epidural|injected|injectable|dermal)\b",
    re.IGNORECASE,
)
_OF_INFECTIONS = (
    r"(?:bacterial|fungal|mycotic|viral|parasitic|protozoal|mycobacterial|local|locali[sz]ed|systemic|generali[sz]ed"
    r"|opportunistic|acute|chronic|active|uncontrolled|untreated|ongoing|serious|severe"
    r"|recurrent|invasive|disseminated|superficial|deep|community-acquired)"
)
_OF_CANCERS = (
    r"(?:relaps(?:ed|ing)|refractory|recurrent|progressive|advanced|locally|metastatic|unresectable"
    r"|inoperable|persistent"
    r"|(?:previously )?(?:un)?treated|newly|resistant|(?:low|intermediate|high)-?(?: ?grade| ?risk)?|aggressive"
    r"|indolent|early|late"
    r"|stages? [ivxabc\d]+(?:[-– ]+(?:to )?[ivxabc\d]+)*|castration-resistant|hormone-\w+"
    r"|(?!(?:diabet|alcohol|psychot|asthmat|epilept|surg|med|clin|crit)ic|(?:surgic|medic|clinic|critic|norm|termin)al)"
    r"\w{2,}(?:al|ar|ic|oid))"
)
_JOINED = r"(?:(?:[\s,/-]|\b(?:and/or|and|or|to)\b)+|\Z)"
_OF_ITS_KIND = {
    concept: re.compile(
        rf"\W*(?P<no>(?:no|not|without)\b\W*)?{_FRAME}(?P<said>(?:{words}{_JOINED})+)\W*\Z", re.IGNORECASE
    )
    for concept, words in (
        ("active_infection", _OF_INFECTIONS),
        ("malignancy", _OF_CANCERS),
        ("immunosuppression", "(?:acquired|congenital|primary|secondary|inherited|innate)"),
    )
}
"""Adjectives that leave a thing what it is: an infection with any of these is one, and so is a cancer. Nobody is any of
them by themself, as one can be "immunosuppressed or infected"."""
_JOINT = re.compile(rf"(?:[\s,/-]|\b(?:and/or|or|and|a|an|the)\b|{_ONE}(?![\w-]))*\Z", re.IGNORECASE)
_NEAR = 60
_SAYS_NO_KIND = frozenset(
    stems(
        "disease infection event impairment dysfunction insufficiency failure deficit syndrome abnormality cancer tumor"
    )
)
"""Nouns that are another thing with each adjective: "somatic or psychiatric disorders"."""
_SHARED = frozenset({"illness", "event", "therapy", "procedure", "drug"})
"""The types of what shares its name with adjectives before it."""


def with_shared_heads(node: Node, text: str) -> Node:
    """The tree in which such words are no alternative of their own."""
    if not isinstance(node, AnyOf | AllOf | Not | When | Group):
        return node

    def change(part: Node, _denied: bool) -> Node:
        if not isinstance(part, AnyOf | AllOf):
            return part
        made = _joined(part.parts, text)
        if len(made) == len(part.parts) and all(a is b for a, b in zip(made, part.parts, strict=True)):
            return part
        if len(made) == 1:
            return made[0]
        denied = sum(isinstance(one, Not) for one in made) > sum(isinstance(one, Not) for one in part.parts)
        return AllOf(tuple(made)) if denied else type(part)(tuple(made))

    return rebuilt(node, change)


def _joined(parts: tuple[Node, ...], text: str) -> list[Node]:
    made: list[Node] = []
    for part in reversed(_behind(parts, text)):
        found = _shared(part, _named(made, text), text) if made and isinstance(part, Unread) else [part]
        made += found
    return made[::-1]


def _named(behind: list[Node], text: str) -> Node:
    """What the words before a list share, the nearest last: the name behind other ways of giving a drug, if any."""
    ways = (n for n in reversed(behind) if not isinstance(n, Unread) or not _LOCAL.fullmatch(text, n.start, n.end))
    return next(ways, behind[-1])


_ITS_FORM = re.compile(r"\W*(?:its|their|one of its)\s(?:\w+\s){0,2}(?:variants?|forms?|subtypes?)\W*", re.IGNORECASE)


def _behind(parts: tuple[Node, ...], text: str) -> list[Node]:
    """ "Infection, systemic or local": adjectives behind a thing are forms of it as well."""
    made: list[Node] = []
    for part in parts:
        if not made or not isinstance(part, Unread):
            made.append(part)
        elif not _ITS_FORM.fullmatch(text, part.start, part.end):
            made.append(_form_of(made[-1], part, text))
    return made


def _form_of(before: Node, part: Unread, text: str) -> Node:
    thing = before.part if isinstance(before, Not) else before
    if not isinstance(thing, Leaf) or not thing.narrowing or thing.concept not in _OF_ITS_KIND:
        return part
    found = _OF_ITS_KIND[thing.concept].match(text, part.start, part.end)
    if found is None:
        return part
    said = found["said"].strip(" ,-/").lower()
    one = replace(thing, narrowing=(said,), severity=(), start=part.start, end=part.end)
    return Not(one) if isinstance(before, Not) else one


def _shared(part: Unread, behind: Node, text: str) -> list[Node]:
    """What a stretch stands for before the thing behind it: nothing, the same thing in another form, or itself."""
    head = _head(behind)
    if head is None or head.start < part.end or head.start - part.end > _NEAR:
        return [part]
    words, between = text[part.start : part.end], text[part.end : head.start]
    if _WAY.match(words) and (isinstance(head, Unread) or _joins(between, head)):
        return []
    if isinstance(head, Unread):
        return [part]
    kinds = _OF_ITS_KIND.get(head.concept)
    if kinds is not None and head.bounds is None and (found := kinds.match(words)) and _joins(between, head):
        of_head = (beside for beside in head.narrowing if _names_kind(head, beside))
        said = (found["said"].strip(" ,-/").lower(), *of_head)
        made = replace(head, narrowing=said, severity=(), start=part.start, end=part.end)
        return [Not(made) if isinstance(behind, Not) else made]
    kind = type_of(head.concept) or "illness"
    found = (_ROUTES if kind == "drug" else _ADJECTIVES).match(words)
    if found is None or kind not in _SHARED or head.bounds is not None or not _joins(between, head):
        return [part]
    if stems(head.noun)[-1:] and stems(head.noun)[-1] in _SAYS_NO_KIND:
        return [part]
    way = found["said"].strip(" ,-/")
    if kind == "drug":  # what it is for, and its class, are those of each way of giving it
        noun, left = (
            _WAY_OF_GIVING.sub("", head.noun).strip(),
            tuple(w for w in head.narrowing if not _WAY_OF_GIVING.fullmatch(w)),
        )
        named = f"{way} {noun}".lower()
        made = replace(head, noun=named, value=named, narrowing=left, severity=(), start=part.start, end=part.end)
    else:
        noun = f"{way} {_bare(head.noun)}".lower()
        made = replace(head, noun=noun, narrowing=(), severity=(), start=part.start, end=part.end)
    return [Not(made) if isinstance(behind, Not) else made]


def _names_kind(head: Leaf, beside: str) -> bool:
    """Whether a word beside a cancer names the organ or the cells, and so belongs to each adjective in front of it."""
    return head.concept == "malignancy" and _OF_ITS_KIND[head.concept].fullmatch(beside) is None


def _head(behind: Node) -> Leaf | Unread | None:
    """The thing right behind a joint: of several that are asked for together the first."""
    if isinstance(behind, Not):
        return _head(behind.part)
    if isinstance(behind, AllOf):
        return _head(behind.parts[0])
    return behind if isinstance(behind, Leaf | Unread) else None


_FIRST = re.compile(rf"(?:{_ONE}|severe|moderate|mild|acute|chronic|early|late|significant)\s+(?=\S)", re.IGNORECASE)


def _bare(noun: str) -> str:
    """A noun without the adjectives in front of it."""
    while found := _FIRST.match(noun):
        noun = noun[found.end() :]
    return noun


def _joins(between: str, head: Leaf) -> bool:
    """Whether nothing but a joint stands between, and adjectives of the thing itself."""
    words = between.lower()
    for beside in (*head.narrowing, *head.severity):
        words = re.sub(rf"\b{re.escape(beside)}\b", " ", words)
    words = re.sub(
        r"\b(?:confirmed|proven|documented|verified|diagnosed|prior|previous|known|acute|chronic|advanced)\b",
        " ",
        words,
    )
    return _JOINT.match(words) is not None and re.search(r"[,/]|\b(?:or|and)\b", words) is not None
