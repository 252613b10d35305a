"""Rules about drugs, earlier treatments, operations, other studies and procedures."""

from __future__ import annotations

from trialfinder.judge.case import Case, Hit
from trialfinder.judge.compare import NO, UNKNOWN, YES, ago
from trialfinder.judge.nearby_words import has, mentions
from trialfinder.person.word_tables import classes_named, classes_of, drugs_named

MEDICATIONS = "treatment.medications"


def takes_named(case: Case, among: frozenset[str] | None = None) -> bool:
    """Whether a current drug of the person is named in the criterion, by itself or by its class.

    Not where the drug stands for the illness that needs it ("lung disease requiring steroids"). ``among`` limits the
    drugs to those of some classes.
    """
    facts = case.facts
    before = case.before[-80:]
    if not facts.drugs or has("disease-that-needs", before) or has("change-of-drug", before):
        return False
    words = case.wording.lower()
    mine = [drug for drug in facts.drugs if among is None or classes_of(drug) & among]
    if any(mentions(drug, words) for drug in mine):
        return True
    named = classes_named(words)
    if any(classes_of(drug) & named & (among or named) for drug in mine):
        return True
    return any(name in drug for drug in mine for name in drugs_named(words))


def anticoagulant(case: Case) -> Hit:
    """Blood thinners: a named drug or class that the person takes, or any where the words say "anticoagulant"."""
    fact, answer = "treatment.anticoagulant", case.facts.flag("treatment.anticoagulant")
    if fact in case.facts.clashes:
        return Hit(UNKNOWN, fact)
    if takes_named(case):
        return Hit(YES, MEDICATIONS)
    generic = case.has("blood-thinners")
    if answer is YES:
        return Hit(YES if generic else UNKNOWN, case.facts.origin(fact))
    if answer is NO and (case.has("platelet-drugs") or case.history or case.window):
        return Hit(
            NO if case.facts.names(MEDICATIONS) == () and not (case.history or case.window) else UNKNOWN, MEDICATIONS
        )
    return Hit(answer, case.facts.origin(fact))


def opioid_use(case: Case) -> Hit:
    """Opioids; their dose is not told in a profile."""
    fact = "treatment.opioids"
    answer = case.facts.flag(fact)
    if answer is YES and (case.bounded or (case.value not in ("", "opioid", "opioids") and not takes_named(case))):
        return Hit(UNKNOWN, fact)
    if answer is NO and (case.window or case.history):
        return Hit(UNKNOWN, fact)
    return Hit(answer, case.facts.origin(fact))


_CLASSES = frozenset({"immunosuppressant", "anti_tnf", "steroid", "immunomodulator", "immunoglobulin"})


def immunosuppression(case: Case) -> Hit:
    """Weakened immunity as a state, drugs by name or class, or such drugs before, where the words reach back."""
    fact, answer = "health.immunosuppressed", case.facts.flag("health.immunosuppressed")
    if fact in case.facts.clashes:
        return Hit(UNKNOWN, fact)
    local = case.says("local-or-dosed") or has("local-treatment", case.before[-80:])
    if takes_named(case, _CLASSES) and not local:
        return Hit(YES, MEDICATIONS)
    if case.history and not local and _tried_named(case):
        return Hit(YES, "neuropathy.failed_treatments")
    if answer is YES:
        return Hit(
            YES if case.has("immune-state") and not local and not case.window else UNKNOWN, case.facts.origin(fact)
        )
    if answer is NO and (
        local or case.window or case.history or classes_named(case.wording) & {"steroid", "immunomodulator"}
    ):
        return Hit(UNKNOWN, MEDICATIONS if case.facts.names(MEDICATIONS) is None else None)
    return Hit(answer, case.facts.origin(fact))


def _tried_named(case: Case) -> bool:
    tried = case.facts.names("neuropathy.failed_treatments") or ()
    named = classes_named(case.wording) & _CLASSES
    if case.window or has("duration-in-words", case.item_text):
        return False
    return any(classes_of(name) & named for name in tried)


def other_medication(case: Case) -> Hit:
    """A named drug or class that the person takes now. A list of drugs may be incomplete, unless it is empty."""
    drugs = case.facts.names(MEDICATIONS)
    if case.has("local-or-herbal"):
        return Hit(UNKNOWN, None)
    if takes_named(case):
        vague = case.has("number-or-dose")
        return Hit(UNKNOWN if vague or case.bounded else YES, MEDICATIONS)
    if drugs == () and not case.window and not case.history:
        return Hit(NO, MEDICATIONS)
    return Hit(UNKNOWN, MEDICATIONS)


def stable_medication(case: Case) -> Hit:
    """Months without a change of drugs, where all drugs or pain drugs are meant. A pause can still be agreed on."""
    fact, span = "treatment.stable_medication_months", case.facts.span("treatment.stable_medication_months")
    wash = case.has("pause")
    if span is None or case.window is None or wash or case.reading.effect != "require":
        return Hit(UNKNOWN, fact)
    enough = span.above(case.window, inclusive=True)
    return Hit(YES if enough is YES else UNKNOWN, fact)


def prior_cell_therapy(case: Case) -> Hit:
    """Cells or genes before; when is not told."""
    fact, answer = "treatment.prior_cell_therapy", case.facts.flag("treatment.prior_cell_therapy")
    specific = case.has("kind-of-cell-treatment")
    if answer is YES and (case.window or (specific and not case.has("cells-or-genes"))):
        return Hit(UNKNOWN, fact)
    if answer is YES and (
        not has("had-before", f"{case.before[-60:]}{case.clause}") or has("bad-reaction", case.item_text)
    ):
        return Hit(UNKNOWN, fact)
    if answer is NO and specific and not case.has("cells-or-genes"):
        return Hit(UNKNOWN, fact)
    return Hit(answer, fact)


def other_trial(case: Case) -> Hit:
    """Takes part in another study now, or did within the window."""
    fact, answer = "treatment.in_other_trial", case.facts.flag("treatment.in_other_trial")
    last = "treatment.last_trial_ended_months_ago"
    special = case.has("kind-of-trial")
    if answer is YES:
        return Hit(UNKNOWN if special else YES, fact)
    if case.window is not None and case.reading.direction != "planned":
        found = ago(case, last)
        if found.answer is NO and answer is UNKNOWN:
            return Hit(UNKNOWN, fact)  # the last study that ended is not the one that runs
        return Hit(UNKNOWN, last) if found.answer is YES and special else found
    past_only = case.reading.when == "history" or case.has("took-part")
    return Hit(UNKNOWN, last) if answer is NO and past_only else Hit(answer, fact)


def recent_surgery(case: Case) -> Hit:
    """Operations: the last by its months, a planned one by its fact; injections and named operations stay unknown."""
    planned = case.reading.when == "planned" or case.reading.direction == "planned" or case.has("operation-to-come")
    named = case.has("kind-of-operation")
    if planned:
        fact, answer = "treatment.surgery_planned", case.facts.flag("treatment.surgery_planned")
        return Hit(
            UNKNOWN if answer is YES and (named or case.value not in ("", "planned surgery", "planned")) else answer,
            fact,
        )
    fact = "treatment.last_surgery_months_ago"
    if named or case.window is None:
        return Hit(UNKNOWN, None if named else fact)
    found = ago(case, fact)
    special = not has("plain-operation", case.clause) or case.severe
    return Hit(UNKNOWN, fact) if found.answer is YES and special else found


def allergy(case: Case) -> Hit:
    """An allergy that the person named, or any where the words mean any."""
    fact, told = "treatment.allergies", case.facts.names("treatment.allergies")
    if not told:
        return Hit(NO if told == () else UNKNOWN, fact)
    if any(case.mentions(name) for name in told):
        return Hit(YES, fact)
    anything = case.has("any-allergy")
    return Hit(YES if anything else UNKNOWN, fact)


def procedure_contraindication(case: Case) -> Hit:
    """Only an MRI is told in a profile."""
    if case.has("mri"):
        fact = "treatment.mri_possible"
        answer = ~case.facts.flag(fact)
        if answer is NO and case.has("more-than-mri"):
            return Hit(UNKNOWN, fact)
        return Hit(answer if case.reading.effect == "exclude" else ~answer, fact)
    return Hit(UNKNOWN, None)
