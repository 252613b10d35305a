"""What a study is, in words for people: the values of the JSON contract of ``classify``, each with what it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from trialfinder.base.text import count, one_line
from trialfinder.cli.output import sign_words
from trialfinder.pages.labels import LABELS, label

_NAMES = {
    "relevance": "what it is about", "relevance_reason": "because", "cell_product": "given",
    "cell_source": "the cells come from", "donor": "whose cells", "routes": "how it is given",
    "neuropathy_types": "nerve condition", "nerve_role": "part of the nerve in it", "dose": "dose",
    "number_of_doses": "doses", "follow_up_months": "people are followed for", "outcome_kinds": "measured",
    "joinable": "can it be joined", "joinable_reason": "because", "verified": "last confirmed by the sponsor",
    "open_sites": "sites that say they recruit",
}  # fmt: skip
_NERVE_ROLES = {
    "target": "it is what is treated", "outcome_or_part": "it is measured, or one part of what is treated",
    "mentioned_only": "it is only named", "none": "none",
}  # fmt: skip
_OUTCOMES = {
    "nerve_conduction": "nerve conduction", "pain_scale": "pain", "quality_of_life": "quality of life",
    "ulcer": "ulcers", "safety": "safety",
}  # fmt: skip
_RESTS_ON_MOST = 2


def lines(found: Mapping[str, Any], width: int) -> list[str]:
    """One classification for the screen; the words that a value rests on stand in brackets behind it."""
    made = [found["nct_id"]]
    for key, name in _NAMES.items():
        rests_on = "; ".join(
            f'{label("field", each["field"])}: "{one_line(each["quote"])}"'
            for each in (found["evidence"].get(key) or [])[:_RESTS_ON_MOST]
        )
        line = f"{name}: {_value(key, found[key])}" + (f"  [{rests_on}]" if rests_on else "")
        made += textwrap.wrap(line, width, initial_indent="  ", subsequent_indent="      ")
    signs = (f"{sign_words(each['id'])} ({each['kind']}, {each['strength']})" for each in found["signs"])
    told = f"signs: {', '.join(signs) or 'none found'}"
    return made + textwrap.wrap(told, width, initial_indent="  ", subsequent_indent="      ")


def _value(key: str, value: Any) -> str:
    """A value in words; "not stated" where there is none."""
    if value is None or value in ("", []):
        return "not stated"
    if isinstance(value, list):
        return ", ".join(_value(key, each) for each in value)
    if key == "dose":
        return str(value["words"])
    if key == "follow_up_months":
        return count(round(value, 1) if value % 1 else int(value), "month")
    words = {"nerve_role": _NERVE_ROLES, "outcome_kinds": _OUTCOMES}.get(key, {}).get(str(value))
    if words is None:
        words = label(key, str(value)) if key in LABELS else one_line(str(value))
    return words
