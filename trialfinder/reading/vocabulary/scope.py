"""What the words around a finding do to it: negation, exception, history, possibility, sex."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, field

from trialfinder.base import lazy_re as re
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.readings import When
from trialfinder.reading.vocabulary.cues import BRACKET_ENDS, BREAK, BROKEN_BRACKET, CUE, not_quite
from trialfinder.reading.vocabulary.index import Hit
from trialfinder.reading.wording.asides import in_aside
from trialfinder.reading.wording.both_times import both_times_can_be, for_both_times
from trialfinder.reading.wording.exception_ends import exception_end
from trialfinder.reading.wording.of_others import is_said_anew, list_goes_on
from trialfinder.reading.wording.verdict_on_people import shuts_out

_NEGATION_STOPS = re.compile(
    r"\b(?:but(?!,? (?:is |are )?not (?:limited|restricted|exclusively|confined)\b)|"
    r"however|although|though|who (?:have|has|are|is)|must|should|other than|except|unless|despite|"
    r"because|due to|that would|which|"
    r"and (?:have|has|is|are|who|with)|or (?:have|has|who|with)|able to|willing to|if|while|responding|responsive|"
    r"(?<!poorly )(?<!inadequately )(?<!insufficiently )controlled|resulting)\b|[<>]"
)
_STOPS_OF_A_MODAL = re.compile(  # "may not be in another trial or have cancer" denies both
    _NEGATION_STOPS.pattern.replace(
        "and (?:have|has|is|are|who|with)|or (?:have|has|who|with)|", "and (?:is|are|who)|or who|"
    )
)
_MODAL = re.compile(r"\b(?:may|must|should|can|could|shall|will)\s\Z")
_MAY = ("may", "can also", "could", "is also", "are also")  # take somebody in beside those who are asked for
_OF_ITSELF = re.compile(
    r"\s?(?:so\s|very\s|been\s)?(?:good|well|adequate|satisfactory|effective|sufficient|ideal|obvious|optimal|successful|satisfied"
    r"|clear|improved|relieved|possible|enough)\s?,"
)
"""Behind a denial: it denies this word only ("the effect of drugs is not good, and EF < 40 %")."""
_ANEW = re.compile(
    r"[;:]|\b(?:who|must|should|but|and have|and has|and are|confirmed|diagnosed|shown|documented|proven)\b"
)
_BEHIND_COMMA = re.compile(r"[^,]*,\s(?:or|and)\b[^,]*")
"""Behind "with or without A": what a comma and "or" set off; a list of three ("A, B, or C") is not cut."""
_STOPPED = ("have ", "has ", "had ", "stop", "disc", "come", "been", "ceas", "off")
_TAKEN_IN = re.compile(r"enrol|includ|enter|participat")
_PROVIDED = re.compile(r"(?:\s\w+){0,4}?\s(?:if|provided|as long as|when)\b")
_PAST_OR = re.compile(r"\b(?:previous(?:ly)?|prior|past|history(?: of)?|ever)\s*(?:/|,?\s*(?:and/)?(?:or|and)\s)\s*\Z")
_NON = re.compile(r"\bnon[\s-]?\Z")
_SILENCED = ("negation", "negated_after", "exception")
_SENSES: tuple[Literal["history", "current", "planned"], ...] = ("history", "current", "planned")
_NEGATION_REACH, _LISTED_REACH, _AFTER_REACH, _CLOSE = 130, 320, 70, 30
_LISTING = re.compile(r"\b(?:including|includes?|such as|for example|for instance|like|any of|namely|e\.g|i\.e)\b")
"""Behind a denial: it holds for the whole list that follows."""
_RESTATED = re.compile(
    r"[\W\d]*(?:(?:the|all|any|study|patients?|subjects?|participants?|individuals?|women|men|you|must|should|"
    r"may|can|will|do|does|have|has|had|who|with|be|are|is)\s){0,7}\Z"
)
_BRACKET = re.compile(r"\((?=[^)]*\Z)")
_BOTH_SEXES = re.compile(
    r"\b(?:wom[ae]n|females?|girls?)\b(?: \w+)?,? ?(?:and|or|/|&|and/or) ?(?:\w+ )?(?:m[ae]n|males?|boys?)\b|"
    r"\b(?:m[ae]n|males?|boys?)\b(?: \w+)?,? ?(?:and|or|/|&|and/or) ?(?:\w+ )?(?:wom[ae]n|females?|girls?)\b"
)
_AFTER_STOPS = re.compile(
    r"[;<>]|\b(?:but|unless|except|and (?:not|have|has|must)|with(?:in|out)?|to|due|who|if)\b|\.\s"
)


class Scope(Struct):
    """The context words of one item, ready to be asked about any place in it."""

    lower: str
    section: str
    said: SaidWords
    """The words of the item."""
    lead_negated: bool = False
    """The line above says "none of the following" or the like."""
    breaks: list[int] = field(default_factory=list)
    cues: dict[str, list[Hit]] = field(default_factory=dict)
    exceptions: list[tuple[int, int, int]] = field(default_factory=list)
    """(where the words "except …" begin, where the exception begins, where it ends)"""

    @classmethod
    def of(cls, lower: str, section: str, said: SaidWords, hits: Iterable[Hit], *, lead_negated: bool = False) -> Scope:
        """Sorts the cue hits of an item; a pseudo-negation silences every cue that it overlaps."""
        breaks = [m.start() for m in BREAK.finditer(lower)] if ";" in lower or "." in lower[:-1] else []
        cues: dict[str, list[Hit]] = {}
        for hit in hits:
            cues.setdefault(hit.rule.pattern[len(CUE) :], []).append(hit)
        for kind in _SILENCED if "pseudo" in cues else ():
            kept = [
                h for h in cues.pop(kind, ()) if not any(p.start < h.end and h.start < p.end for p in cues["pseudo"])
            ]
            if kept:
                cues[kind] = kept
        scope = cls(lower, section, said, lead_negated, breaks, cues)
        if "exception" in cues:
            scope._find_exceptions()
        return scope

    def clause(self, place: int) -> tuple[int, int]:
        """The sentence or half-sentence around a place."""
        if not self.breaks:
            return 0, len(self.lower)
        at = bisect.bisect_right(self.breaks, place)
        start = self.breaks[at - 1] + 1 if at else 0
        return start, self.breaks[at] if at < len(self.breaks) else len(self.lower)

    def _find_exceptions(self) -> None:
        for cue in self.cues.get("exception", ()):
            words = self.lower[cue.start : cue.end]
            if words.startswith(("exclud", "with the exclusion")) and (
                self.section != "exclusion" or not self.lower[: cue.start].strip(" -*.0123456789")
            ):
                continue
            clause_start, clause_end = self.clause(cue.start)
            if cue.start - clause_start < 3 and words.startswith("exclud"):
                continue
            self.exceptions.append((cue.start, cue.end, exception_end(self.lower, cue.start, cue.end, clause_end)))

    def excepted(self, start: int) -> str:
        """The exception words ("unless") that a place lies under; '' when it lies under none."""
        for begin, inner, end in self.exceptions:
            if inner <= start < end:
                return self.lower[begin:inner]
        return ""

    def exception_after(self, end: int) -> tuple[int, int] | None:
        """The first exception that follows in the same clause."""
        if not self.exceptions:
            return None
        _, clause_end = self.clause(max(0, end - 1))
        for _begin, inner, stop in self.exceptions:
            if end <= inner <= clause_end and inner - end < 160:
                return inner, stop
        return None

    def turns(self, cue: Hit) -> bool:
        """Whether words that permit are denied: "is not permitted"; "is not excluded" permits."""
        if "not" in self.lower[cue.start : cue.end].split():
            return False
        return not_quite(self.lower, cue, self.cues.get("negated_after", ()))

    def allowed(self, end: int) -> bool:
        """Whether the words behind ``end`` say that this is no bar ("… is allowed")."""
        for cue in self.cues.get("allowed", ()):
            if self.section == "exclusion" and cue.end < end and self._lets_in(cue, end):
                return True
            asked = not self.lower.startswith(_MAY, cue.start)
            if asked and self.section == "inclusion" and _TAKEN_IN.search(self.lower, cue.start, cue.end):
                continue
            if self.turns(cue) or self.lower[: cue.start].rstrip().endswith((" not", " no")):
                continue
            if (
                end <= cue.start <= end + 90
                and not self._broken(end, cue.start)
                and not _BRACKET.search(self.lower, end, cue.start)
            ):
                return True
        return False

    def _lets_in(self, cue: Hit, end: int) -> bool:
        """Whether "may enter if …" in the same sentence makes what follows a condition of being taken in."""
        words, (clause_start, _) = self.lower[cue.start : cue.end], self.clause(end - 1)
        behind = self.lower[cue.end : end]
        return cue.start >= clause_start and bool(_TAKEN_IN.search(words)) and bool(_PROVIDED.match(behind))

    def _broken(self, start: int, end: int) -> bool:
        between = self.lower[start:end]
        return ";" in between or ". " in between or bool(_AFTER_STOPS.search(between))

    def negated(self, start: int, end: int, *, strict: bool = False) -> bool:
        """Whether the finding is denied: by a word before it, or by "negative" and the like behind it.

        ``strict`` is for illnesses under an exclusion heading: "No cancer" and "Patients must not have cancer" say
        there what the heading says already, and only a denial close by ("claudication without stenosis") counts.
        """
        clause_start, clause_end = self.clause(start)
        denied = any(
            clause_start <= cue.start < start and cue.end <= start + 1 and self._denies(cue, start, strict)
            for cue in self.cues.get("negation", ())
        )
        if not denied:
            denied = self._denied_after(end, clause_end)
        return denied != (self.lead_negated and not strict)

    def in_aside(self, start: int) -> bool:
        """Whether a place stands in a bracket that says when a limit differs: "(5 x ULN if there are metastases)"."""
        return in_aside(self.lower, start)

    def named_not(self, start: int) -> bool:
        """Whether the words are only the second half of "non-cardiac"."""
        return _NON.search(self.lower, max(0, start - 5), start) is not None

    def _denies(self, cue: Hit, start: int, strict: bool) -> bool:
        """Whether a negation reaches as far as ``start``."""
        listed = not strict and _LISTING.search(self.lower, cue.end, start)
        reach = _CLOSE if strict else _LISTED_REACH if listed else _NEGATION_REACH
        if start - cue.end > reach or any(b <= cue.start < i for b, i, _ in self.exceptions):
            return False
        words, between = self.lower[cue.start : cue.end], self.lower[cue.end : start]
        modal = words == "not" and _MODAL.search(self.lower, 0, cue.start) is not None
        ends = BRACKET_ENDS if words.startswith(("without", "w/o")) else BROKEN_BRACKET
        if (_STOPS_OF_A_MODAL if modal else _NEGATION_STOPS).search(between) or ends.search(between):
            return False
        if words == "non":
            return len(between) <= 1 and not strict
        if _OF_ITSELF.match(between):
            return False
        if words.startswith(_STOPPED) and self.section == "exclusion":
            return False
        if "," in between and words.startswith(("lack", "inability")):
            return False
        return not (
            strict and (words.startswith("exclu") or _RESTATED.match(self.lower[max(0, cue.start - 60) : cue.start]))
        )

    def _denied_after(self, end: int, clause_end: int) -> bool:
        for cue in self.cues.get("negated_after", ()):
            words = self.lower[cue.start : cue.end]
            if not end <= cue.start < clause_end:
                continue
            if self.section != "exclusion" and shuts_out(self.lower, self.clause(cue.start)[0], cue.start, cue.end):
                return True
            if cue.start - end > _AFTER_REACH:
                continue
            if self.section == "exclusion" and not words.endswith(("negative", "negativity")):
                continue
            between = self.lower[end : cue.start]
            if is_said_anew(self.lower, (cue.start, cue.end)):
                continue
            if words == "free" and len(between) > 1:
                continue
            if not _AFTER_STOPS.search(between) or (
                words.endswith(("excluded", "eligible", "included", "enrolled")) and ";" not in between
            ):
                return True
        return False

    def indifferent(self, start: int) -> bool:
        """Whether "with or without" or the like stands before a place: what is there then says nothing."""
        cue = self._near("either", start, 60)
        if cue is None or _ANEW.search(self.lower, cue.end, start):
            return False
        return not _BEHIND_COMMA.fullmatch(self.lower, cue.end, start)

    def _near(self, kind: str, start: int, reach: int, end: int = 0) -> Hit | None:
        """The last cue of a kind that stands before ``start`` in its clause, or between ``start`` and ``end``."""
        cues = self.cues.get(kind)
        if not cues:
            return None
        clause_start, _ = self.clause(start)
        best = None
        for cue in cues:
            before = cue.start >= clause_start and cue.end <= start + 1 and start - cue.end <= reach
            if before or (start <= cue.start and cue.end <= end):
                best = cue
        return best

    def when(self, start: int, end: int) -> When:
        """Whether a finding or the words around it speak of the past, present or future; the last word counts."""
        if both_times_can_be(self.said) and for_both_times(self.lower, start, end):
            return "history"
        if self.cues.keys().isdisjoint(_SENSES):
            return "history" if self._never(start) else ""
        cues: dict[When, Hit | None] = {kind: self._near(kind, start, 45, end) for kind in _SENSES}
        last: When = max(((cue.end, kind) for kind, cue in cues.items() if cue is not None), default=(0, ""))[1]
        now = cues["current"]
        if last == "current" and now and _PAST_OR.search(self.lower, 0, now.start):
            return "history"  # "prior or current": now or ever
        return last or ("history" if self._never(start) else "")

    def _never(self, start: int) -> bool:
        """Whether a finding is denied for all time: "never diagnosed with"."""
        cue = self._near("negation", start, 45)
        return cue is not None and self.lower.startswith("never", cue.start)

    def possible(self, start: int) -> bool:
        """Whether the finding is only suspected or possible."""
        return self._near("possible", start, 25) is not None

    def sex_words(self, start: int) -> Hit | None:
        """The words before a finding that limit it to one sex."""
        if "female" not in self.cues and "male" not in self.cues:
            return None
        female, male = self._near("female", start, 120), self._near("male", start, 120)
        if _BOTH_SEXES.search(self.lower) or (female is not None and male is not None):
            return None
        words = female or male
        gone_on = words is not None and list_goes_on(self.lower, (words.start, words.end), start)
        return None if gone_on else words

    def sex(self, start: int) -> Literal["", "female", "male"]:
        """The sex that the words before a finding limit it to."""
        words = self.sex_words(start)
        if words is None:
            return ""
        return "female" if words.rule.pattern == CUE + "female" else "male"
