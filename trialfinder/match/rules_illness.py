"""Rules about illnesses that commonly bar."""

from __future__ import annotations

import re
from collections.abc import Callable

from trialfinder.answer import Answer
from trialfinder.match.case import Case, Hit
from trialfinder.match.compare import NO, UNKNOWN, YES, ago, number, sooner
from trialfinder.match.neuropathy import kind_of_text, match_kind
from trialfinder.match.tables import kinds
from trialfinder.match.words import has, tells_other
from trialfinder.profile.spans import Span

Rule = Callable[[Case], Hit]

_SITES = (
    r"breast|lung|prostat|brain|spin(?:e|al)|vertebra|lumbar|cervi[cx]|bone|leuk[ae]+mi|lymphom|myelom|ha?ematolog|metasta|stage|"
    r"gyn[ae]+c|gastro|colo|ovar|liver|kidney|bladder|thyroid|pancrea|cns\b|central nervous|pelvi|retroperiton|knee|joint|nerve sheath|"
    r"skin|basal|melanom|in situ|local|site|limb|abdom|head and neck|neuro(?:fibro|blast)|schwannom|intracranial|uter"
)


def malignancy(case: Case) -> Hit:
    """Cancer now or before; within a window by the years without it; of a named organ the person's kind is not known."""
    facts, state = case.facts, case.facts.word("health.cancer")
    fact = "health.cancer"
    if state in ("", "never"):
        return Hit(NO if state else UNKNOWN, fact)
    if state == "active":
        answer: Answer = YES
    elif case.window is not None and case.reading.direction != "planned":
        answer, fact = _within(case)
    elif case.reading.when == "current":
        answer = NO
    else:
        answer = YES if case.history else UNKNOWN
    if answer is YES and (_named_site(case) or _own_cancer(case)):
        answer = UNKNOWN
    if answer is YES and case.severe and facts.flag("derived.chemotherapy_ever") is not YES:
        answer = UNKNOWN
    if answer is YES and not _outside_exception(case):
        answer = UNKNOWN
    return Hit(answer, fact)


def _within(case: Case) -> tuple[Answer, str]:
    free = case.facts.span("health.cancer_free_years")
    if free is None:
        return UNKNOWN, "health.cancer_free_years"
    assert case.window is not None
    return sooner(Span(free.low * 12, free.high * 12), case.window), "health.cancer_free_years"


def _named_site(case: Case) -> bool:
    """A named kind or stage; "any cancer, including melanoma" names it as one of all."""
    words = case.wording.lower().split("except", 1)[0]
    words = words.replace(case.reading.exception.lower(), " ") if case.reading.exception else words
    named = has(_SITES, words)
    return named and not has(r"\b(?:any|all|including|includ|various|every|such as|whatever)\b", words)


def _own_cancer(case: Case) -> bool:
    """In a study of people after cancer, the cancer that brings them there is not the one that bars."""
    if case.reading.effect != "exclude":
        return False
    own = {"malignancy", "chemotherapy"} & case.context.required or "chemotherapy_induced" in case.context.kinds
    return bool(own) or tells_other(f"{case.before[-25:]} {case.reading.quote}".split("except")[0].split("other than")[0])


def _outside_exception(case: Case) -> bool:
    """Whether an exception cannot be the person's: no one gets chemotherapy for a local skin or in-situ cancer."""
    exception = case.reading.exception.lower() or case.reading.value.lower().partition("except:")[2]
    if not exception:
        return True
    small = has(r"skin|basal|squamous|cutaneous|carcinoma in[- ]situ|in[- ]situ|cervi", exception)
    large = has(r"breast|prostat|curativ|complete|remission|free|years?\b|treated cancer|low[- ]grade|thyroid|bladder", exception)
    return small and not large and case.facts.flag("derived.chemotherapy_ever") is YES


def chemotherapy(case: Case) -> Hit:
    """Chemotherapy now, before, or within a window by the date of its end."""
    state, fact = case.facts.word("health.chemotherapy"), "health.chemotherapy"
    ever = case.facts.flag("derived.chemotherapy_ever")
    if case.has(r"radi(?:o|ation)") and not case.has(r"chemo|cytosta|cytotox|antineoplas"):
        return Hit(UNKNOWN, None)
    if ever is NO:
        return Hit(UNKNOWN if case.has(r"radi(?:o|ation)|plan|start|candidate") else NO, fact)
    planned = case.reading.when == "planned" or case.has(r"plan|schedul|start|candidate")
    if ever is UNKNOWN or planned or case.has(_AGENTS):
        return Hit(YES if state == "active" and planned and case.has("active|ongoing|current") else UNKNOWN, fact)
    if state == "active":
        only_done = case.has(r"complet|finish|after|prior|previous|history") and not case.has(r"active|current|ongoing|undergo|receiv")
        return Hit((NO if case.reading.effect == "require" else UNKNOWN) if only_done else YES, fact)
    if case.window is not None:
        found = ago(case, "derived.chemotherapy_ended")
        return Hit(UNKNOWN, fact) if found.answer is NO and state != "completed" else found
    if state != "completed":
        return Hit(YES if case.history else UNKNOWN, fact)
    return Hit(_completed(case), fact)


_AGENTS = r"taxane|paclitaxel|docetaxel|platin|vinca|vincrist|bortezomib|thalidomide|lenalidomide|cycle|weeks? of|neurotox"


def _completed(case: Case) -> Answer:
    done = case.has(r"complet|finish|prior|previous|histor|ever|after|received|had\b")
    active = case.has(r"active|current|ongoing|undergo|concurrent|concomitant|receiving")
    if done:
        return YES
    return NO if active or case.reading.when == "current" else UNKNOWN


_SPECIFIC_INFECTION = (
    r"sars|covid|tubercul|\btb\b|mening|osteomyel|knee|joint|spine|spinal|lumbar|cervical|urinary|skin|fung|viral|virus|bacteri|sepsis|"
    r"septic|fever|local|site|region|hepat|htlv|hiv|chronic|parasit|arthritis|puncture|dental|cmv|ebv|pneumon|foot|ulcer|other infectious"
)


def active_infection(case: Case) -> Hit:
    """An infection now; another time or a named infection is not told in a profile."""
    fact, answer = "health.active_infection", case.facts.flag("health.active_infection")
    if answer is NO and (case.window or case.history or case.has(r"chronic|latent|recurr|carrier|covid|htlv|cmv|other infectious")):
        return Hit(UNKNOWN, fact)
    if answer is YES and case.has(_SPECIFIC_INFECTION):
        return Hit(UNKNOWN, fact)
    return Hit(answer, fact)


def illness(key: str, generic: str = "", *, dated: bool = False, wider: str = "", past: bool = True) -> Rule:
    """A rule for a fact that is true or false.

    ``generic``: words of the thing itself; told true, and words that name only a form of it: unknown. ``dated``: it
    happened at a time that a profile does not tell, so a window leaves it open. ``wider``: words that go beyond what
    told false denies. ``past``: told false also denies the past.
    """

    def rule(case: Case) -> Hit:
        answer, fact = case.facts.flag(key), case.facts.origin(key)
        if answer is YES and ((dated and case.window) or (generic and not _plainly(case, generic))):
            return Hit(UNKNOWN, fact)
        if answer is NO and ((wider and case.has(wider)) or (not past and (case.history or case.window))):
            return Hit(UNKNOWN, fact)
        return Hit(UNKNOWN if case.bounded else answer, fact)

    return rule


def _plainly(case: Case, generic: str) -> bool:
    """Whether the words mean the thing as such: in the quote, and the value names no special form."""
    if case.names and not all(has(generic, name) for name in case.names):
        return False
    return case.has(generic)


def renal(case: Case) -> Hit:
    """Kidney disease in words, dialysis, eGFR or creatinine. One low value alone is no kidney disease."""
    if case.bounded:
        key = {"egfr": "measurements.egfr", "creatinine": "measurements.creatinine_mg_dl"}.get(case.value)
        units = ("mL/min/1.73m²", "mL/min/1.73m2", "mL/min", "mg/dL")
        return number(case, key, units) if key else Hit(UNKNOWN, None)
    if case.has(r"dialys") and not case.has(r"disease|failure|insufficien|impair"):
        return Hit(case.facts.flag("health.dialysis"), case.facts.origin("health.dialysis"))
    return _RENAL(case)


_RENAL = illness(
    "health.kidney_disease",
    r"(?:renal|kidney)s?\b.{0,40}\b(?:disease|disorder|illness|problem|condition)|nephropath|(?:disease|disorder)s? of .{0,60}(?:renal|kidney)|^(?:renal|kidney)s?$|ckd\b",
    wider=r"creatinin|urea|bun\b|protein|album|gfr|clearance|solitary|artery|stone|function",
)


def hepatic(case: Case) -> Hit:
    """Liver disease in words, or liver values in the units of the profile; multiples of a limit need the laboratory's."""
    if case.bounded:
        key = {"alt": "measurements.alt_u_l", "ast": "measurements.ast_u_l", "bilirubin": "measurements.bilirubin_mg_dl"}.get(case.value)
        return number(case, key, ("U/L", "mg/dL")) if key else Hit(UNKNOWN, None)
    return _HEPATIC(case)


_HEPATIC = illness(
    "health.liver_disease",
    r"(?:hepatic|liver)\b.{0,40}\b(?:disease|disorder|illness|problem|condition)|(?:disease|disorder)s? of .{0,60}(?:liver|hepatic)|^(?:hepatic|liver)$",
    wider=r"enzyme|transaminas|\balt\b|\bast\b|bilirub|album|function|test|hepatitis",
)

_HEART = (
    r"(?:cardiovascular|cardiac|heart)\b(?:[\w\s,/-]{0,80}?)\b(?:disease|disorder|illness|problem|condition|comorbidit)|"
    r"(?:disease|disorder)s? of .{0,60}(?:heart|cardi)|\bcardiopath|^(?:cardiac|heart|cardiovascular)(?: system)?$"
)


def cardiac(case: Case) -> Hit:
    """Heart disease in words, an infarction within a window, or the ejection fraction."""
    if case.bounded:
        if case.has(r"ejection|\blv?ef\b"):
            return number(case, "measurements.ejection_fraction", ("%", ""))
        return Hit(UNKNOWN, None)
    clash = "health.heart_disease" in case.facts.clashes
    if clash:
        return Hit(UNKNOWN, "health.heart_disease")
    if case.has(r"infarct|heart attack|\bmi\b|acute coronary|coronary syndrome") and case.facts.span("health.heart_attack_months_ago"):
        found = ago(case, "health.heart_attack_months_ago")
        return Hit(YES, found.fact) if case.window is None and case.history else found
    return _CARDIAC(case)


_CARDIAC = illness("health.heart_disease", _HEART, wider=r"\bqtc?\b|pacemaker|wall thickness|bradycard|tachycard|ecg\b|valve|vascular disease")


def hypertension(case: Case) -> Hit:
    """Blood pressure in numbers, or uncontrolled hypertension in words; controlled hypertension is not told."""
    if case.has(r"pulmonary|portal|intracranial|ocular|intraocular"):
        return Hit(UNKNOWN, None)
    if case.bounded:
        key = {"systolic": "measurements.systolic", "diastolic": "measurements.diastolic"}.get(case.value)
        return number(case, key, ("mmHg", "")) if key else Hit(UNKNOWN, None)
    fact = "health.hypertension_uncontrolled"
    answer = case.facts.flag(fact)
    uncontrolled = case.has(r"uncontrol|poor|not control|resist|refractor|unstable|malignant") or "ontrol" in case.reading.qualifier
    if answer is NO and not uncontrolled:
        return Hit(UNKNOWN, fact)
    return Hit(answer, fact)


def bleeding_disorder(case: Case) -> Hit:
    """A bleeding or clotting disease, or the INR."""
    if case.bounded:
        if case.value in ("inr", "") and case.reading.unit in ("INR", ""):
            return number(case, "measurements.inr")
        return Hit(UNKNOWN, None)
    return _BLEEDING(case)


_BLEEDING = illness(
    "health.bleeding_disorder",
    r"coagulopath|(?:coagul|clotting|bleeding|ha?emorrhagic|ha?emostatic)\w*\b.{0,30}(?:disease|disorder|diathes|tendenc|dysfunction|syndrome|defect|abnormal)|ha?emophil",
    wider=r"ha?ematolog|thrombocytop|\binr\b|\bptt?\b|aptt|platelet|an[ae]+mia",
)


def blood_count(key: str, names: str, units: tuple[str, ...]) -> Rule:
    """A rule for a count or concentration; other cells or words without a number stay unknown."""

    def rule(case: Case) -> Hit:
        if not case.bounded or (case.value and not has(names, case.value)):
            return Hit(UNKNOWN, key if case.bounded or not case.value else None)
        return number(case, key, units)

    return rule


def thrombosis(case: Case) -> Hit:
    """A blood clot; kind and date are not told, so a named kind, a window or "now" stay unknown."""
    fact, answer = "health.thrombosis", case.facts.flag("health.thrombosis")
    if answer is YES and (case.window or not case.history or not case.has(r"thrombo(?:sis|tic|embol)")):
        return Hit(UNKNOWN, fact)
    if answer is YES and case.has(r"deep|dvt|pulmonary|portal|sinus|arter|cerebral|ventric") and not case.has(r"thromboembol|\bor\b|,"):
        return Hit(UNKNOWN, fact)
    return Hit(UNKNOWN if answer is NO and case.has(r"thrombophil|hypercoag|risk") else answer, fact)


def autoimmune(case: Case) -> Hit:
    """An autoimmune disease that the person named, besides the study's own illness and the study's exceptions."""
    fact, told = "health.autoimmune", case.facts.names("health.autoimmune")
    if told is None:
        return Hit(UNKNOWN, fact)
    if not told:
        return Hit(NO, fact)
    exception = f"{case.reading.exception} {case.reading.value.partition('except:')[2]}".lower()
    mine = [name for name in told if not _own_disease(name, case) and name.lower() not in exception]
    if not mine:
        return Hit(UNKNOWN, fact)
    if any(has(_escaped(name), case.wording) for name in mine):
        return Hit(YES, fact)
    generic = case.has(r"auto-?\s?immun\w*\b.{0,20}(?:disease|disorder|condition|illness|patholog)") or case.value in ("autoimmune", "any")
    specific = case.names and not case.has(r"auto-?\s?immun")
    return Hit(YES if generic and not specific else UNKNOWN, fact)


def _escaped(name: str) -> str:
    return rf"\b{re.escape(name.lower())}\b"


def _own_disease(name: str, case: Case) -> bool:
    return bool(kind_of_text(name.lower()) & case.context.kinds)


_NEURO = r"neuro\w*\b.{0,40}?\b(?:disease|disorder|comorbidit|illness|condition)|(?:disease|disorder)s? of the (?:peripheral )?nerv"
_CENTRAL = r"central nervous|\bcns\b|brain|cerebr|spinal cord|neurodegener|neuromuscular|cognit|dement|sequel|epilep|parkinson|sclerosis"


def neurological_other(case: Case) -> Hit:
    """Another neurological disease: one that the person named, or their neuropathy where the study is not about it."""
    fact, told = "health.neurological_other", case.facts.names("health.neurological_other")
    if told and any(has(_escaped(name), case.wording) for name in told):
        return Hit(YES, fact)
    generic = case.has(_NEURO) and not case.has(_CENTRAL) and not _specific_neuro(case)
    if generic and case.reading.effect == "exclude":
        if told:
            return Hit(YES, fact)
        by_neuropathy = _neuropathy_counts(case)
        if by_neuropathy is not NO:
            return Hit(by_neuropathy, "neuropathy.types" if by_neuropathy is YES or told is not None else fact)
    return Hit(NO if told == () else UNKNOWN, fact)


def _specific_neuro(case: Case) -> bool:
    return bool(case.names) and not all(has(r"neuro|nervous", name) for name in case.names)


def _neuropathy_counts(case: Case) -> Answer:
    """Whether the person's neuropathy is plainly "a neurological disease" besides the study's own illness."""
    told = case.facts.names("neuropathy.types")
    if told is None:
        return UNKNOWN
    bones = case.has(r"orthop|musculoskel|spin(?:e|al)") or has(r"orthop|musculoskel", case.item_text)
    answers = []
    for kind in told:
        own = any(match_kind(kind, wanted, "require") is not NO for wanted in case.context.kinds)
        counts = kinds()[kind].disease or (bones and kind in ("radiculopathy", "compressive"))
        answers.append(YES if counts and not own else UNKNOWN)
    return YES if YES in answers else (UNKNOWN if answers else NO)

