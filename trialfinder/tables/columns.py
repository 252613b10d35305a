"""Every column of every table, declared once: frames, exports, docs and tests all read this.

The columns of a table never depend on the rows that came. Dates are text in the registry's own precision (``2024``,
``2024-05``, ``2024-05-17``); they sort as text and no missing part is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trialfinder.errors import InputError

Dtype = Literal["string", "Int64", "Float64", "boolean"]
_ABSENT = "the registry does not say"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``dtype`` is the pandas type (nullable, always), ``unit`` what a number counts or a text is made of, ``missing``
    what an empty cell means; ``source``: ``registry`` for its own values, ``trialfinder`` for what was concluded.
    """

    name: str
    dtype: Dtype
    meaning: str
    unit: str = ""
    missing: str = _ABSENT
    source: Literal["registry", "trialfinder"] = "registry"


def _text(name: str, meaning: str, unit: str = "", missing: str = _ABSENT) -> Column:
    return Column(name, "string", meaning, unit, missing)


def _date(name: str, meaning: str, missing: str = _ABSENT) -> Column:
    return Column(name, "string", meaning, "date, as exact as the registry knows it", missing)


def _flag(name: str, meaning: str, missing: str = _ABSENT) -> Column:
    return Column(name, "boolean", meaning, "yes or no", missing)


def _whole(name: str, meaning: str, unit: str, missing: str = _ABSENT) -> Column:
    return Column(name, "Int64", meaning, unit, missing)


def _number(name: str, meaning: str, unit: str, missing: str = _ABSENT) -> Column:
    return Column(name, "Float64", meaning, unit, missing)


def _ours(name: str, dtype: Dtype, meaning: str, unit: str = "", missing: str = "not found in the record") -> Column:
    return Column(name, dtype, meaning, unit, missing, "trialfinder")


_ID = _text("nct_id", "The study's number in the registry.", "NCT ID", "never missing")
_LIST = "joined by '; '"

STUDIES = (
    _ID,
    _text("brief_title", "Short title."),
    _text("overall_status", "Recruitment status of the study, as the registry writes it.", "status value"),
    _ours("status_words", "string", "The status in plain words.", missing="no status given"),
    _ours("joinable", "string", "Whether it can still be joined: yes, not_yet, no, unsure.", missing="never missing"),
    _ours("joinable_reason", "string", "Why, with the dates that were looked at.", missing="never missing"),
    _date("status_verified_date", "When the sponsor last confirmed the record."),
    _ours("relevance", "string", "core, adjacent or off_topic: whether cells are given for a nerve condition."),
    _ours("relevance_reason", "string", "Why, in words."),
    _ours("cell_product", "string", "What kind of cells or product is given.", "value of `classify`"),
    _ours("cell_source", "string", "Where the cells come from.", "value of `classify`"),
    _ours("donor", "string", "autologous (own cells), allogeneic (a donor's) or not_stated."),
    _ours("routes", "string", "How it is given.", _LIST),
    _ours("dose", "string", "The dose in the record's own words."),
    _ours("number_of_doses", "Int64", "How often it is given.", "times"),
    _ours("neuropathy_types", "string", "Nerve conditions studied.", _LIST),
    _ours("nerve_role", "string", "What part the nerve condition plays in the study."),
    _ours("follow_up_months", "Float64", "Longest time after which something is measured.", "months"),
    _ours("outcome_kinds", "string", "Kinds of things measured.", _LIST),
    _ours("warning_signs", "string", "Ids of the warning signs that the record shows.", _LIST, "none found"),
    _ours("strong_warning_signs", "Int64", "How many of them are strong.", "signs", "never missing"),
    _ours("protective_signs", "string", "Ids of the protective signs that the record shows.", _LIST, "none found"),
    _text("conditions", "Conditions studied, in the sponsor's words.", _LIST),
    _text("interventions", "What is given or done, with its type.", _LIST),
    _text("phases", "Phase; NA means that the sponsor says phases do not apply.", f"phase values {_LIST}"),
    _text("countries", "Countries with a site.", f"{_LIST}, sorted"),
    _whole("location_count", "Number of sites.", "sites", "never missing"),
    _whole(
        "open_location_count", "Sites whose own status says that they take people.", "sites", "no site has a status"
    ),
    _text("minimum_age", "Youngest age admitted, in the registry's words.", "age", "no lower limit"),
    _number("minimum_age_years", "Youngest age admitted.", "years", "no lower limit"),
    _text("maximum_age", "Oldest age admitted, in the registry's words.", "age", "no upper limit"),
    _number("maximum_age_years", "Oldest age admitted.", "years", "no upper limit"),
    _text("sex", "ALL, FEMALE or MALE."),
    _flag("healthy_volunteers", "Whether healthy people can take part."),
    _text("lead_sponsor", "Who is responsible for the study."),
    _text("lead_sponsor_class", "Kind of sponsor, as the registry classes it."),
    _text("collaborators", "Other organisations that support it.", _LIST),
    _text("study_type", "INTERVENTIONAL, OBSERVATIONAL or EXPANDED_ACCESS."),
    _text("allocation", "How people are put into groups."),
    _text("intervention_model", "Design of the groups."),
    _text("primary_purpose", "Purpose of the study."),
    _text("masking", "Who does not know which treatment is given."),
    _text("observational_model", "Design of an observational study.", missing="not observational, or not said"),
    _whole("enrollment_count", "Number of participants.", "people", "unknown"),
    _text("enrollment_type", "ACTUAL or ESTIMATED."),
    _whole("arm_group_count", "Number of groups.", "groups", "never missing"),
    _date("start_date", "Start of the study."),
    _text("start_date_type", "ACTUAL or ESTIMATED."),
    _date("primary_completion_date", "When the last main measurement is (or was) made."),
    _text("primary_completion_date_type", "ACTUAL or ESTIMATED."),
    _date("completion_date", "End of the study."),
    _text("completion_date_type", "ACTUAL or ESTIMATED."),
    _date("study_first_submit_date", "When the study was first sent to the registry."),
    _date("study_first_post_date", "When the registry first showed it."),
    _date("results_first_post_date", "When results were first shown.", "no results posted"),
    _date("last_update_post_date", "When the registry last showed a change."),
    _flag("has_results", "Whether results are posted in the registry."),
    _flag("oversight_has_dmc", "Whether a data monitoring committee watches over the study."),
    _flag("is_fda_regulated_drug", "Whether the study is of a drug or biological that the US agency regulates."),
    _flag("is_fda_regulated_device", "Whether the study is of a device that the US agency regulates."),
    _text("last_known_status", "Status before it became UNKNOWN.", "status value", "the status is not UNKNOWN"),
    _text("why_stopped", "Why it was stopped, in the sponsor's words.", missing="not stopped, or not said"),
    _flag("has_expanded_access", "Whether the product can be had outside the study."),
    _text("official_title", "Full title."),
    _text("acronym", "Acronym."),
    _text("org_study_id", "The sponsor's own number."),
    _text("secondary_ids", "Other numbers of the study.", _LIST),
    _text("nct_id_aliases", "Earlier NCT IDs of the study.", _LIST, "none"),
    _text("keywords", "The sponsor's keywords.", _LIST),
    _text("condition_mesh_terms", "Conditions as the registry's medical subject headings.", _LIST),
    _text("intervention_mesh_terms", "Interventions as medical subject headings.", _LIST),
    _text("brief_summary", "Summary, in the sponsor's words (in the snapshot: ours)."),
    _text("searches", "Saved searches that found it.", _LIST, "came by id or from a file"),
    _text("url", "The study's page in the registry.", "web address", "never missing"),
)

_CONTACT = (
    _text("name", "Name."),
    _text("role", "Role."),
    _text("phone", "Phone number."),
    _text("phone_ext", "Extension."),
    _text("email", "E-mail address."),
)
LOCATIONS = (
    _ID,
    _text("facility", "Name of the site."),
    _text("status", "The site's own recruitment status.", "status value"),
    _text("city", "City."),
    _text("state", "State or province."),
    _text("zip", "Postal code."),
    _text("country", "Country."),
    _number("latitude", "Position of the city's centre, not of the building.", "degrees north"),
    _number("longitude", "Position of the city's centre, not of the building.", "degrees east"),
    _text("contacts", "Whom to ask at the site.", _LIST),
)
INTERVENTIONS = (
    _ID,
    _text("type", "Kind of intervention, as the registry writes it."),
    _text("name", "Name."),
    _text("description", "Description, in the sponsor's words."),
    _text("arm_group_labels", "Groups that get it.", _LIST),
    _text("other_names", "Other names.", _LIST),
)
ARM_GROUPS = (
    _ID,
    _text("label", "Name of the group."),
    _text("type", "Kind of group, as the registry writes it."),
    _text("description", "What the group gets, in the sponsor's words."),
    _text("intervention_names", "What the group gets.", _LIST),
)
CONDITIONS = (
    _ID,
    _text("condition", "One condition, keyword or heading."),
    _text("kind", "condition, keyword, mesh_term or mesh_ancestor.", missing="never missing"),
)
OUTCOMES = (
    _ID,
    _text("kind", "primary, secondary or other.", missing="never missing"),
    _text("measure", "What is measured."),
    _text("time_frame", "When it is measured."),
    _text("description", "How it is measured, in the sponsor's words."),
)
CONTACTS = (
    _ID,
    _text("kind", "central, official or site.", missing="never missing"),
    *_CONTACT,
    _text("affiliation", "Where an official works.", missing="not an official, or not said"),
    _text("facility", "Which site.", missing="not a site's contact, or not said"),
    _text("city", "City of the site.", missing="not a site's contact, or not said"),
    _text("country", "Country of the site.", missing="not a site's contact, or not said"),
)
REFERENCES = (
    _ID,
    _text(
        "type", "RESULT reports this study, DERIVED was linked by the library, BACKGROUND is neither; LINK a web page."
    ),
    _text("pmid", "PubMed number."),
    _text("citation", "Citation, or the label of the link."),
    _text("url", "Web address.", missing="no PubMed number"),
)
CRITERIA = (
    _ID,
    Column("item", "Int64", "Number of the item in the text, from 1.", "", "never missing", "trialfinder"),
    _ours("section", "string", "inclusion, exclusion or unknown.", missing="never missing"),
    _ours("group", "string", "Group of participants it is for.", missing="everybody"),
    _text("text", "The registry's own words.", missing="never missing"),
    _ours("read", "string", "What was read, in plain words, and how it hangs together.", _LIST, "nothing was read"),
    _ours("complete", "boolean", "Whether the whole item was understood.", "yes or no", "never missing"),
)
READINGS = (
    _ID,
    _ours("section", "string", "inclusion, exclusion or unknown.", missing="never missing"),
    _ours("group", "string", "Group of participants it is for.", missing="everybody"),
    _ours("pattern", "string", "Pattern id; `unread` for what no pattern covers.", missing="never missing"),
    _ours("effect", "string", "require (the person must) or exclude (must not).", missing="unread"),
    _ours("value", "string", "Category or named thing.", missing="none named"),
    _ours("low", "Float64", "Lower bound.", "see `unit`", "no lower bound"),
    _ours("low_inclusive", "boolean", "Whether the lower bound itself counts.", "yes or no", "no lower bound"),
    _ours("high", "Float64", "Upper bound.", "see `unit`", "no upper bound"),
    _ours("high_inclusive", "boolean", "Whether the upper bound itself counts.", "yes or no", "no upper bound"),
    _ours("unit", "string", "Unit of the bounds.", missing="no bounds, or no unit"),
    _ours("window_months", "Float64", "Look-back or wash-out time.", "months", "no time named"),
    _text("quote", "The registry's own words that were read.", missing="never missing"),
    _ours("start", "Int64", "Where the quote begins in the criteria text.", "characters", "never missing"),
    _ours("end", "Int64", "Where it ends.", "characters", "never missing"),
    _ours("item_start", "Int64", "Where its item begins.", "characters", "never missing"),
    _ours("item_end", "Int64", "Where its item ends.", "characters", "never missing"),
    _ours("complete", "boolean", "Whether the whole item was understood.", "yes or no", "never missing"),
    _ours("path", "string", "Joins above it in its criterion, from the top.", missing="stands at the top, or unread"),
    _ours("condition", "string", "Words that limit whom it is for.", missing="everybody, or unread"),
    _ours("alternatives", "Int64", "Same number in one item: joined by or; 0: alone.", "number", "unread"),
)
SIGNS = (
    _ID,
    _ours("id", "string", "Id of the sign.", missing="never missing"),
    _ours("kind", "string", "warning or protective.", missing="never missing"),
    _ours("strength", "string", "strong, medium or weak.", missing="never missing"),
    _ours("field", "string", "Field of the record that shows it."),
    _ours("quote", "string", "The record's own words or value."),
    _ours("question", "string", "What to ask the study team."),
)
MATCHES = (
    _ID,
    _text("brief_title", "Short title."),
    _ours("verdict", "string", "conflict, possible or nothing_against; never *eligible*.", missing="never missing"),
    _ours("joinable", "string", "Whether it can still be joined: yes, not_yet, no, unsure.", missing="never missing"),
    _ours("met", "Int64", "Points of the criteria that fit.", "points", "never missing"),
    _ours("not_met", "Int64", "Points that do not fit.", "points", "never missing"),
    _ours("unknown", "Int64", "Points that are open.", "points", "never missing"),
    _ours("unread", "Int64", "Criteria that could not be read.", "criteria", "never missing"),
    _ours("against", "string", "What speaks against it, with the registry's words.", _LIST, "nothing found"),
    _ours("ask", "string", "What to find out or ask.", _LIST, "nothing open"),
    _ours("unknown_facts", "string", "Facts that were not told and would settle a point.", "keys", "none"),
    _ours("reason", "string", "The verdict's reasons on one line.", missing="never missing"),
    _text("url", "The study's page in the registry.", "web address", "never missing"),
    _ours("relevance", "string", "core, adjacent (only related) or off_topic.", missing="not asked"),
    _ours("illness", "string", "Of the illness told: own kind, may be own kind, another illness.", missing="not asked"),
    _ours("strong_warning_signs", "Int64", "How many strong warning signs.", "signs", "not asked"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "studies": STUDIES,
    "locations": LOCATIONS,
    "interventions": INTERVENTIONS,
    "arm_groups": ARM_GROUPS,
    "conditions": CONDITIONS,
    "outcomes": OUTCOMES,
    "contacts": CONTACTS,
    "references": REFERENCES,
    "criteria": CRITERIA,
    "readings": READINGS,
    "signs": SIGNS,
    "matches": MATCHES,
}
# What ``export --table`` offers: ``matches`` needs a person and is made by ``match``.
EXPORTED = tuple(name for name in TABLES if name != "matches")


def table(name: str) -> tuple[Column, ...]:
    """The columns of a table.

    Raises:
        InputError: there is no such table.
    """
    if name not in TABLES:
        from trialfinder.base.suggest import hint

        close = hint(name, EXPORTED)
        raise InputError(
            f"there is no table {name[:40]!r}; {f'{close}? ' if close else ''}the tables are {', '.join(EXPORTED)}"
        )
    return TABLES[name]


def names(table_name: str) -> list[str]:
    """The column names of a table, in order."""
    return [column.name for column in table(table_name)]
