"""Makes leaves of what was found: polarity, noun, quote, and which words carry meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from trialfinder.base import lazy_re as re
from trialfinder.reading.amounts.number_roles import HOW_OFTEN
from trialfinder.reading.findings.finding import Finding, ItemRead
from trialfinder.reading.findings.pregnancies import is_barred
from trialfinder.reading.nodes.tree import (
    Bounds,
    Direction,
    Leaf,
    Node,
    Not,
    Section,
    Sense,
    Unread,
    all_of,
    any_of,
)
from trialfinder.reading.sentences.marks import Atom, Token
from trialfinder.reading.times.time_windows import Window
from trialfinder.reading.vocabulary.structure_words import load_words
from trialfinder.reading.wording.sentence_words import OR_NEARLY, without_short_name
from trialfinder.reading.wording.whatever import whatever_can_be, whatever_places

Span = tuple[int, int]
ReadAgain = Callable[[str], ItemRead]
"""Reads a stretch of words by itself, as something that is asked for; for conditions and exceptions."""
_NEAR = 25
UNABLE = re.compile(
    r"\b(?:cannot|can not|can't|unable|inab\w+|unwilling|not|no|without|lack\w*|impaired|incapa\w+|refus\w+)\b"
)
HEAD_NOUNS = frozenset(
    {
        "disease", "diseases", "disorder", "disorders", "condition", "conditions", "treatment", "treatments", "therapy",
        "therapies", "medication", "medications", "drug", "drugs", "infection", "infections", "syndrome", "agents",
    }
)  # fmt: skip
_SO_MANY = re.compile(
    r"(?<!grade )(?<!stage )(?:more than|at least|over|>=?|\u2265)\s?(?:one|two|three|four|[1-9])\s(?:\w+\s)?\Z"
)
_WILL = re.compile(
    r"\b(?:willing(?:ness)?|commit(?:ment|ted|s)?|agree(?:s|d|ing|ment)?|ready|prepared|able|ability|consent(?:s|ing)?)"
    r"\sto\s(?:(?!and\b|or\b)[\w-]+\s){1,4}\Z"
)
"""In front of what is done or given: it is still to come, and nobody need have it now."""
_FOR_ANOTHER = re.compile(
    r"\b(?:representatives?|guardians?|surrogates?|prox(?:y|ies)|next of kin|family members?|relatives?|parents?)\b"
)
"""Who may consent for a person who cannot."""
_DOSES = frozenset({"mg", "g", "mcg", "ug", "ml", "iu", "units", "daily", "dose", "low", "low-dose", "per", "mg/day"})
"""Words of a dose: in an exception the drug is what is spared."""
_LIMIT = re.compile(
    r"(?:[<>]=?|\b(?:more|less|greater|fewer|higher|lower) than|\b(?:above|below|under|exceeding))\s*\Z"
)
_PAUSED = frozenset({"drug", "therapy"})
"""What can be paused: when it was stopped says nothing of who never had it."""
_PLAIN_KINDS = frozenset({"word", "relative", "joint"})
_TELLING_KINDS = frozenset({"cause", "purpose", "define", "example", "spare"})
_TUMOR = re.compile(r"[\s-](?:cancer|malignan|neoplas|tumou?r)")


class LeafMaking:
    """One cleaned stretch of an item; ``place`` maps its offsets to the registry's text."""

    def __init__(
        self,
        read: ItemRead,
        section: Section,
        place: Callable[[int, int], Span],
        again: ReadAgain,
        offset: int = 0,
        *,
        alone: bool = False,
    ) -> None:
        self.read, self.section, self.place, self.again, self.offset = read, section, place, again, offset
        self.bars = section == "exclusion"
        """Whether the words stand under an exclusion heading."""
        self.is_alone = alone
        """Whether the words are a condition or an exception, read by themselves."""
        self.lower, self.said = read.clean.lower, read.scope.said
        self.used = {(f.window.start, f.window.end) for f in read.findings if f.window is not None}
        self.timeless = not any(f.hit.rule.window for f in read.findings)
        """A time beside things that take none says when a test is made."""
        self.words_at: dict[Span, str] = {}
        """The words of what was not read, by its place."""
        self.denied_at: set[Span] = set()
        """The places of what was not read and may not be there."""
        self.harmless = [m.span() for m in OR_NEARLY.finditer(self.lower)] if "normal" in self.lower else []
        self.words = load_words()
        table = self.words.whatever
        self.whatever = whatever_places(self.lower, table) if whatever_can_be(self.said, table) else ()
        """Where words stand that leave nothing out."""
        self.harmless += self.whatever
        severe = ((c.start, c.end) for c in read.scope.cues.get("qualifier", ()))
        self.severe = [at for at in severe if not any(a <= at[0] < b for a, b in self.harmless)]
        self.roles: dict[int, str] = {}
        """Role of a finding that is no criterion of its own, by its identity."""

    def atom(self, atom: Atom) -> Node:
        """The findings of one stretch; several are joined as the words between them say."""
        if len(atom.findings) == 1:
            return self.leaf(atom.findings[0])
        found = [f for f in atom.findings if not self._of_a_condition(f)]
        nodes = [self.leaf(f) for f in found]
        if 0 < len(found) < len(atom.findings):
            self.roles |= {id(f): "condition" for f in atom.findings if f not in found}
            nodes.append(Unread(*self.place(atom.start, atom.end)))
            return all_of(*nodes) if not self.bars else any_of(*nodes)
        nodes = nodes or [self.leaf(f) for f in atom.findings]
        hits = sorted((f.hit.start, f.hit.end) for f in atom.findings)
        words = f" {self.lower[hits[0][1] : hits[-1][0]]} "
        either = " or " in words or (self.bars and ("," in words or "/" in words))
        both = " and " in words and not self.bars
        denied = all(isinstance(n, Not) for n in nodes) and not self.bars
        concepts = {f.pattern.id for f in atom.findings}
        if len(concepts) > 1 and all(f.hit.start == atom.findings[0].hit.start for f in atom.findings):
            return all_of(*nodes) if not self.bars else any_of(*nodes)
        return any_of(*nodes) if (either and not both and not denied) or (self.bars and not both) else all_of(*nodes)

    def _of_a_condition(self, finding: Finding) -> bool:
        """Whether "if" stands between a measure and its number: "13 years old (a parent consents if under 18)"."""
        if finding.bounded is None:
            return False
        between = self.lower[finding.hit.end : finding.bounded.bound.start]
        return re.search(r"\(.*\b(?:if|when|for those|in case)\b", between) is not None

    def leaf(self, finding: Finding) -> Node:
        """A finding as a leaf, negated where the sentence denies it."""
        scope, window = self.read.scope, finding.window
        if window is not None and any(
            inner <= window.start < stop and not inner <= finding.hit.start < stop
            for _, inner, stop in scope.exceptions
        ):
            window = None  # the time is that of what is spared
        start, end = self.place(*self._quote(finding))
        value = finding.value and finding.value.split("except:", 1)[0].strip(" ;,").lower()
        made = Leaf(
            concept=finding.pattern.id,
            value=value,
            noun=self._noun(finding),
            bounds=_bounds(finding),
            window_months=window.months if window else None,
            direction=self._direction(finding, window),
            sense=_sense(finding, scope.when(finding.hit.start, finding.hit.end), self.lower),
            severity=(finding.degree,) if finding.degree else (),
            narrowing=("in number",) if self._counted(finding) else self._less(finding),
            possible=scope.possible(finding.hit.start),
            start=start,
            end=end,
        )
        if finding.pattern.id == "pregnancy" and not self.bars and not is_barred(self.lower, finding):
            return Unread(start, end)  # "Pregnant women": asked for or barred, a heading may be wrong
        if finding.pattern.id == "consent" and not self.bars and (by := _FOR_ANOTHER.search(self.lower)):
            return any_of(made, Unread(*self.place(by.start(), by.end())))
        if self.words.names_another(made.noun):
            self.roles[id(finding)] = "subject"
            return Unread(start, end)
        if self.is_alone and finding.pattern.polarity == "require":  # a condition: "those who cannot consent"
            said = self.lower[max(0, finding.hit.start - _NEAR) : finding.hit.end]
            return Not(replace(made, severity=(), sense="")) if UNABLE.search(said) else made
        wanted = "exclude" if self.bars else "require"
        if finding.effect == wanted:
            return made
        if not self.bars and made.direction == "at_least_ago" and finding.pattern.type not in _PAUSED:
            made = replace(made, direction="within")  # "at least 4 weeks since an operation": none sooner
        return Not(made)

    def _counted(self, finding: Finding) -> bool:
        """Whether so many of a thing are barred that one is not: "more than two antipsychotics"."""
        before = self.lower[max(0, finding.hit.start - _NEAR) : finding.hit.start]
        return self.bars and finding.bounded is None and _SO_MANY.search(before) is not None

    def _less(self, finding: Finding) -> tuple[str, ...]:
        """What a thing is less by: how often it is there in the time that it lasts, or that it is still to come.

        "Headache on 8 days a month for half a year", "willing to receive insulin".
        """
        if finding.pattern.id == "symptom_duration":
            often = HOW_OFTEN.search(self.lower, finding.start, finding.end)
            return (often[0],) if often else ()
        given = not self.bars and finding.effect == "require" and finding.pattern.type in _GIVEN
        before = self.lower[max(0, finding.hit.start - 2 * _NEAR) : finding.hit.start] if given else ""
        return ("to come",) if _WILL.search(before) else ()

    def _direction(self, finding: Finding, window: Window | None) -> Direction:
        """How to take a window: what must lie so long ago under an inclusion heading is barred within that time."""
        if window is None:
            return ""
        washed_out = window.direction == "at_least_ago" and finding.effect == "exclude" and not self.bars
        return "within" if washed_out else window.direction

    def _quote(self, finding: Finding) -> Span:
        start, end, window = finding.start, finding.end, finding.window
        if window is not None and window in self.read.windows:
            if 0 <= window.start - end <= 90:
                end = window.end
            elif 0 <= start - window.end <= 90:
                start = window.start
        return start, end

    def _noun(self, finding: Finding) -> str:
        words = self.lower[finding.hit.start : finding.hit.end]
        if finding.end > finding.hit.end and finding.bounded is None:
            words += " " + self.lower[finding.hit.end : finding.end].replace(",", " ").split()[-1]
        elif finding.start < finding.hit.start and finding.bounded is None:
            words += " " + self.lower[finding.start : finding.hit.start].split()[0]
        else:
            behind = self.lower[finding.hit.end :].lstrip(" -").split(maxsplit=1)
            next_word = behind[0].strip(".,;:()") if behind else ""
            if (
                finding.bounded is None
                and next_word in HEAD_NOUNS
                and not self.lower[finding.hit.end :].startswith((",", ";", "(", "."))
            ):
                words += " " + next_word
        return without_short_name(words)

    def _severity(self, token: Token) -> bool:
        if token.kind == "grade":
            return True
        if not self.severe or token.kind != "word":
            return False
        return any(a <= token.start < b for a, b in self.severe)

    def _means(self, token: Token) -> bool:
        """Whether a word carries meaning of its own."""
        text = token.text
        if self.is_alone and text in _DOSES:
            return False
        if text.isdigit() and _LIMIT.search(self.lower, max(0, token.start - _NEAR), token.start):
            return True  # a limit that no measure took: "grade > 2 infection" is not every infection
        if text == "blood" and _TUMOR.match(self.lower, token.end):
            return True
        if self.harmless and any(a < token.start < b for a, b in self.harmless):
            return False
        if token.kind in _PLAIN_KINDS:
            return text not in self.words.harmless and not text.isdigit() and not self._severity(token)
        return token.kind in _TELLING_KINDS

    def _unread(self, part: Sequence[Token]) -> Node:
        return Unread(*self.place(part[0].start, part[-1].end))

    def _role(self, part: Sequence[Token], role: str) -> None:
        for token in part:
            for finding in token.atom.findings if token.atom else ():
                self.roles[id(finding)] = role

    def _no_criterion(self, leaf: Leaf) -> None:
        for finding in self.read.findings:
            if finding.pattern.id == leaf.concept and self.place(*self._quote(finding))[0] == leaf.start:
                self.roles[id(finding)] = "argument"

    def _severity_of(self, part: Sequence[Token]) -> tuple[str, ...]:
        """The words of severity among some tokens, also inside what was found."""
        if not part:
            return ()
        first, last = part[0].start, part[-1].end
        return tuple(dict.fromkeys(self.lower[a:b] for a, b in self.severe if first <= a and b <= last))


_NEEDED = re.compile(r"\b(?:requir(?:e|es|ed)|needs?|needed)\s[^.;:]*\Z")
_LATER = re.compile(
    r"\b(?:will|may|might|could|would|plan\w*|anticipat\w*|expect\w*|(?:un)?likely|future|schedul\w*|not|no longer)\b"
)
_GIVEN_NOW = re.compile(
    r"\b(?:receiving|taking|undergoing|being treated)\b(?=[^;]*(?:,|\bor\b|\band\b))"
    r"(?:(?!\b(?:current\w*|active|ongoing|acute|present\w*|concurrent\w*|concomitant\w*|existing|suffering)\b).)*\Z"
)
_OTHER_NOW = re.compile(
    r"\b(?:or|and)\s(?:with|who|an?|those|patients)\b"
    r"(?:(?!\b(?:current\w*|active|ongoing|acute|present\w*|concurrent\w*|concomitant\w*|existing|receiving|taking)\b).)*\Z"
)
"""A member of a list that begins with words of its own: what is current in front of it is another."""
_GIVEN = frozenset({"drug", "therapy", "procedure"})


def _sense(finding: Finding, said: Sense, lower: str) -> Sense:
    """When a thing is meant: visits that are planned do not make the ability to come to them a plan, what is given is
    given now where it is needed, and who receives something in front of an illness in a list need not have that now."""
    front = lower[max(0, finding.hit.start - 2 * _NEAR) : finding.hit.start]
    kind = finding.pattern.type
    if said == "planned":
        needed = kind == "drug" and _NEEDED.search(front) and not _LATER.search(front)
        return "" if finding.pattern.id == "follow_up" else "current" if needed else said
    elsewhere = said == "current" and (_OTHER_NOW.search(front) or (kind not in _GIVEN and _GIVEN_NOW.search(front)))
    return "" if elsewhere else said


def _bounds(finding: Finding) -> Bounds | None:
    b = finding.bounded
    if b is None:
        return None
    low_in, high_in = bool(b.bound.low_inclusive), bool(b.bound.high_inclusive)
    return Bounds(b.low, low_in and b.low is not None, b.high, high_in and b.high is not None, b.unit)
