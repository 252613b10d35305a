"""Readings in plain words: "HbA1c must be at most 9 %", "must not have cancer in the last 5 years"."""

from __future__ import annotations

import re

from trialfinder.reading.patterns import load_patterns
from trialfinder.reading.readings import Reading

_LOW = {True: "at least {n}", False: "more than {n}"}
_HIGH = {True: "at most {n}", False: "less than {n}"}
_SHORT = {"alt": "ALT", "ast": "AST", "egfr": "eGFR", "abi": "ABI"}
_TIMES_NORMAL = "times the upper limit of normal"


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e5 else f"{value:,.0f}"


def _said_unit(reading: Reading) -> str:
    if reading.unit == "xULN":
        return f" {_TIMES_NORMAL}"
    return f" {reading.unit}" if reading.unit and reading.unit not in {"INR", "points", "ABI ratio"} else ""


def bounds_in_words(reading: Reading) -> str:
    """The bounds as the criterion states them: "18 to 65 years", "more than 9 %"; '' without bounds."""
    unit = _said_unit(reading)
    if reading.unit.endswith("s") and 1 in {reading.low, reading.high} and None in {reading.low, reading.high}:
        unit = unit.removesuffix("s")
    if reading.low is not None and reading.high is not None:
        if reading.low_inclusive and reading.high_inclusive:
            return f"{_number(reading.low)} to {_number(reading.high)}{unit}"
        low = _LOW[bool(reading.low_inclusive)].format(n=_number(reading.low))
        return f"{low} and {_HIGH[bool(reading.high_inclusive)].format(n=_number(reading.high))}{unit}"
    if reading.low is not None:
        return _LOW[bool(reading.low_inclusive)].format(n=_number(reading.low)) + unit
    if reading.high is not None:
        return _HIGH[bool(reading.high_inclusive)].format(n=_number(reading.high)) + unit
    return ""


def _span(months: float) -> str:
    """12 -> '1 year', 6 -> '6 months', 0.92 -> '4 weeks', 0.1 -> '3 days'."""
    if months >= 12 and months % 12 == 0:
        amount, unit = months / 12, "year"
    elif months != int(months) and abs(months / 0.23 - round(months / 0.23)) < 0.06 and round(months / 0.23):
        amount, unit = round(months / 0.23), "week"
    elif months >= 1:
        amount, unit = months, "month"
    else:
        amount, unit = max(1, round(months * 30)), "day"
    return f"{amount:g} {unit}" + ("" if amount == 1 else "s")


def window_in_words(reading: Reading) -> str:
    """' in the last 5 years', ' stopped or over for at least 4 weeks'; '' without a window."""
    if reading.window_months is None:
        return ""
    span = _span(reading.window_months)
    if reading.direction == "at_least_ago" and reading.effect == "exclude":
        return f" in the last {span}"
    return {
        "at_least_ago": f", {span} or longer ago",
        "planned": f" in the next {span}",
        "lasting": f" for {span}",
    }.get(reading.direction, f" in the last {span}")


def _thing(reading: Reading) -> str:
    pattern = load_patterns().get(reading.pattern)
    name = pattern.plain if pattern is not None and pattern.plain else reading.pattern.replace("_", " ")
    value = re.sub(r"(?:^|[,;] )except: .*", "", reading.value).replace("_", " ")
    if value and bounds_in_words(reading):
        return _SHORT.get(value, value)
    return f"{name} ({value})" if value else name


def describe(reading: Reading) -> str:
    """One reading as a short sentence part in plain words, without the registry's words."""
    thing, bounds = _thing(reading), bounds_in_words(reading)
    wanted = reading.effect == "require"
    if bounds:
        said = f"{thing} must {'' if wanted else 'not '}be {bounds}{window_in_words(reading)}"
    elif wanted:
        said = f"must have {thing}{window_in_words(reading)}"
    elif reading.when == "history" or reading.direction == "within":
        said = f"must not have had {thing}{window_in_words(reading)}"
    else:
        said = f"must not have {thing}{window_in_words(reading)}"
    if reading.exception:
        said += f"; except: {' '.join(reading.exception.split())}"
    if reading.applies_to_sex:
        said = f"{'women' if reading.applies_to_sex == 'female' else 'men'}: {said}"
    return f"{reading.group}: {said}" if reading.group else said
