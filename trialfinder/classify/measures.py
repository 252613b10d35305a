"""Reads how often a product is given, how long people are followed, and what is measured."""

from __future__ import annotations

from collections.abc import Iterator

from trialfinder.base import lazy_re as re
from trialfinder.base.number_words import ONES, TEENS, TENS
from trialfinder.classify.classification import Evidence
from trialfinder.classify.product import Given
from trialfinder.classify.study_text import Mention, StudyText, Zone
from trialfinder.classify.term_tables import by_id, mentions, table

_WORDS = (*ONES, *TEENS, TENS[0])
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)}
_NUMBERS |= {"single": 1, "once": 1, "twice": 2}
_DOSES = re.compile(
    r"\b(?P<n>\d{1,2}|"
    + "|".join(_NUMBERS)
    + r")[- ](?:(?:separate|consecutive|repeated|monthly|weekly|intra[- ]?\w{1,12}|iv|dose) ){0,2}"
    r"(?:infusions?|injections?|doses?|administrations?|applications?|transplantations?)\b"
)
# "Infusions on days 0, 30, 60, and 90": as many as there are days.
_DAYS = re.compile(r"\bon (?:days?|weeks?) (?P<list>\d{1,3}(?:(?:, ?and |, ?| and | & )\d{1,3}){1,11})\b")
_SEVERAL_DOSES = re.compile(
    r"\b(?:multi(?:ple)?|repeated)[- ]?dos"
    r"|\b(?:two|three|four|five|six|seven|[2-9]) (?:consecutive|successive) (?:days|weeks|months)\b"
)
# "Thirty injections" are thirty points of one muscle, not thirty treatments.
_MOST_DOSES = 12
_MONTHS_PER = {"y": 12.0, "m": 1.0, "w": 12 / 52.1775, "d": 12 / 365.25}
_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?)\b"
_AMOUNT = r"\d{1,4}(?:\.\d)?|" + "|".join(_WORDS)
_SPAN = re.compile(
    r"(?<![\w.])(?P<n>"
    + _AMOUNT
    + r")(?:st|nd|rd|th)?[- ]?(?:full |calendar |post[- ]?\w{2,10} )?(?P<unit>"
    + _UNIT
    + r")|\b(?P<unit2>years?|yrs?|months?|weeks?|wks?|days?)[- ]?(?P<n2>\d{1,4})\b(?!\s?%)"
)
# "Followed for one year", "a follow-up of 4 years", "visits at 1, 6 and 12 months"; but "followed by" is a sequence.
_EACH = r"(?:(?:each|every|one|a|an|the|any|single|individual) ){0,2}(?:participant|patient|subject|person)"
_FOLLOW = re.compile(
    r"\b(?:follow(?:ed)?\b(?! by| all| the (?:rules|protocol|instruct))|follow[- ]?ups?"
    r"|(?:monitored|observed|watched|seen|checked)(?: [a-z]{1,12}){0,2} (?:for|over|up to|until|during)"
    r"|(?:safety|efficacy|outcomes?|effects?) (?:(?:will be|is|are|was|were) )?"
    r"(?:assessed|monitored|evaluated|observed|tracked|recorded|watched) (?:for|over|up to|until|during)"
    r"|(?:duration|length|time) of (?:the |this |their |each |every )?(?:study|trial|participation|observation)"
    rf" (?:per|for|of) {_EACH}|(?:study|trial) (?:duration|length) (?:per|for) {_EACH}"
    r"|(?:duration|length) of (?:the |their |each (?:\w{4,12}'s )?|(?:\w{4,12}'s ))?participation"
    r"|(?:participant|patient|subject)s? (?:will )?(?:stay|remain|be|are|take part) in (?:the|this) (?:study|trial) for"
    r"|(?:return|come back)(?:s|ing)? (?:to the (?:clinic|hospital|site|center|centre) )?for (?:\w{1,12}[- ]){0,3}"
    r"(?:visits?|check-?ups?|examinations?|assessments?|controls?)"
    r"|(?:follow-up |study )?visits? (?:are |take place )?(?:at|on|in|up|until|will|over))"
)
# "One-year follow-up": the number stands before the words.
_BEFORE_FOLLOW = re.compile(
    r"(?<![\w.])(?P<n>" + _AMOUNT + r")[- ](?P<unit>" + _UNIT + r")[- ](?:long[- ])?(?:of )?(?:post-?\w{2,12} )?$"
)
_EVERY = re.compile(
    r"\b(?:every|each|q|within|intervals? of(?: at least)?|last|past|previous)[ -]*(?:\d{1,3}(?: ?- ?| to | or ))?$"
)
# What follows a number that counts backwards, or an age.
_NOT_AFTER = re.compile(r"^[ ,]*(?:prior|before|preceding|ago|earlier|of age|old\b|apart|interval)")
_FOLLOW_REACH = 120
_LONGEST = 360.0  # thirty years; a longer number is a misread one


def number_of_doses(document: StudyText, given: Given) -> tuple[int | None, tuple[Mention, ...]]:
    """How many times the product is given, where the interventions or the summary say so in one phrase."""
    if given.product == "none":
        return None, ()
    fields = {match.passage.field for match in given.matches}
    for match, found in in_zones(
        document, _DOSES, (Zone.TITLE, Zone.GIVEN, Zone.GIVEN_TEXT, Zone.SUMMARY, Zone.DETAIL)
    ):
        if match.passage.field in fields or match.passage.zone is Zone.GIVEN_TEXT:
            number = _number(found["n"])
            if number == 1 and _more_than_once(document):
                return None, ()
            if 0 < number <= _MOST_DOSES:
                return number, (match,)
    if given.product == "hematopoietic":  # the days are those of many drugs
        return None, ()
    for match, found in in_zones(document, _DAYS, (Zone.GIVEN_TEXT,)):
        if match.passage.field in fields and by_id("context")["into_people"].search(document.before(match)):
            return len(re.findall(r"\d+", found["list"])), (match,)
    return None, ()


def _more_than_once(document: StudyText) -> bool:
    """Whether what is given names several doses, too: then "a single dose" is that of one group."""
    return any(True for _ in in_zones(document, _SEVERAL_DOSES, (Zone.GIVEN, Zone.GIVEN_TEXT)))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def follow_up_months(document: StudyText) -> tuple[float | None, tuple[Evidence, ...]]:
    """The longest time for which people are followed, in months: by the time frames or by a sentence of the text."""
    best, where = 0.0, Evidence("", "")
    for index, outcome in enumerate(document.study.outcomes):
        frame = (outcome.time_frame or "")[:400]
        for found in _SPAN.finditer(frame.lower()):
            months = _months(found["n"] or found["n2"], found["unit"] or found["unit2"])
            if best < months <= _LONGEST:
                best, where = months, Evidence(f"outcomes[{index}].time_frame", frame.strip())
    for match, months in _told_follow_up(document):
        if best < months <= _LONGEST:
            best, where = months, Evidence(match.passage.field, match.quote(0))
    return (round(best, 1), (where,)) if best else (None, ())


def _told_follow_up(document: StudyText) -> Iterator[tuple[Mention, float]]:
    """The spans in the sentences that speak of following people, without "every 3 months" and "2 years before"."""
    background = by_id("context")["background"]
    for match, _ in in_zones(document, _FOLLOW, (Zone.SUMMARY, Zone.GIVEN_TEXT, Zone.DETAIL)):
        if background.search(document.sentence(match)):
            continue
        if found := _BEFORE_FOLLOW.search(document.low, max(0, match.at - 45), match.at):
            yield document.match("", found.start(), match.to), _months(found["n"], found["unit"])
        end = match.to + len(document.after(match, _FOLLOW_REACH))
        for span in _SPAN.finditer(document.low, match.at, end):
            counted = not _EVERY.search(document.low[match.at : span.start()])
            if counted and not _NOT_AFTER.search(document.low[span.end() : end]):
                whole = document.match("", match.at, max(match.to, span.end()))
                yield whole, _months(span["n"] or span["n2"], span["unit"] or span["unit2"])


def _months(number: str, unit: str) -> float:
    amount = float(number) if number[0].isdigit() else float(_NUMBERS[number])
    return amount * _MONTHS_PER[unit[0]]


def outcome_kinds(document: StudyText) -> tuple[tuple[str, ...], tuple[Mention, ...]]:
    """What is measured: from the outcomes, or from the descriptions of a record that lists none."""
    zones = frozenset({Zone.OUTCOME} if document.study.outcomes else {Zone.SUMMARY, Zone.DETAIL})
    region = document.in_zones(zones)
    first: dict[str, Mention] = {}
    for match in mentions(document, region, table("outcomes")):
        first.setdefault(match.id, match)
    return tuple(first), tuple(first.values())


def in_zones(
    document: StudyText, pattern: re.Pattern[str], zones: tuple[Zone, ...]
) -> Iterator[tuple[Mention, re.Match[str]]]:
    """The finds of a pattern, the zones in the order asked for."""
    found = [
        (document.match("", hit.start(), hit.end()), hit)
        for start, end in document.in_zones(frozenset(zones)).spans
        for hit in pattern.finditer(document.low, start, end)
    ]
    for zone in zones:
        yield from (pair for pair in found if pair[0].passage.zone is zone)
