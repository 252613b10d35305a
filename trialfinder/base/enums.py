"""The registry's enum values (OpenAPI 2.0.5), as it writes them, and their meaning in plain words."""

from __future__ import annotations

STATUS_WORDS = {
    "RECRUITING": "recruiting",
    "NOT_YET_RECRUITING": "not yet recruiting",
    "ENROLLING_BY_INVITATION": "by invitation only",
    "ACTIVE_NOT_RECRUITING": "running, closed to new people",
    "COMPLETED": "completed",
    "SUSPENDED": "paused",
    "TERMINATED": "stopped early",
    "WITHDRAWN": "withdrawn before the start",
    "UNKNOWN": "unknown (not verified for two years)",
    "AVAILABLE": "expanded access, available",
    "NO_LONGER_AVAILABLE": "expanded access, no longer available",
    "TEMPORARILY_NOT_AVAILABLE": "expanded access, paused",
    "APPROVED_FOR_MARKETING": "approved for marketing",
    "WITHHELD": "withheld by the sponsor",
}
PHASE_WORDS = {
    "NA": "not applicable",
    "EARLY_PHASE1": "early 1",
    "PHASE1": "1",
    "PHASE2": "2",
    "PHASE3": "3",
    "PHASE4": "4",
}
STATUSES = frozenset(STATUS_WORDS)
PHASES = frozenset(PHASE_WORDS)
SEXES = frozenset({"ALL", "FEMALE", "MALE"})
STUDY_TYPES = frozenset({"EXPANDED_ACCESS", "INTERVENTIONAL", "OBSERVATIONAL"})
DATE_TYPES = frozenset({"ACTUAL", "ESTIMATED"})
SPONSOR_CLASSES = frozenset({"NIH", "FED", "OTHER_GOV", "INDIV", "INDUSTRY", "NETWORK", "AMBIG", "OTHER", "UNKNOWN"})
# Whatever its sites say, a study of this status takes nobody from the public.
CLOSED_STATUSES = frozenset({
    "ENROLLING_BY_INVITATION", "ACTIVE_NOT_RECRUITING", "COMPLETED", "TERMINATED", "WITHDRAWN", "SUSPENDED",
    "NO_LONGER_AVAILABLE", "APPROVED_FOR_MARKETING",
})  # fmt: skip
# Status of a site that takes people now; AVAILABLE is the word of expanded access.
OPEN_SITE_STATUSES = frozenset({"RECRUITING", "AVAILABLE"})
