"""Criteria trees as plain JSON and back, for the store's cache. Keys as ``tree.to_json`` has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trialfinder.reading.tree import (
    AllOf,
    AnyOf,
    AtLeast,
    Bounds,
    Criterion,
    Except,
    Group,
    Leaf,
    Node,
    Not,
    Unread,
    When,
    to_json,
)


def criteria_to_json(criteria: Iterable[Criterion]) -> list[dict[str, Any]]:
    """Criteria as a list of objects."""
    return [
        {
            "section": one.section,
            "node": None if one.node is None else to_json(one.node),
            "start": one.start,
            "end": one.end,
        }
        for one in criteria
    ]


def criteria_from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """The criteria that ``criteria_to_json`` wrote."""
    return tuple(
        Criterion(
            row["section"], None if row["node"] is None else node_from_json(row["node"]), row["start"], row["end"]
        )
        for row in rows
    )


def node_from_json(row: Mapping[str, Any]) -> Node:
    """The node that ``to_json`` wrote."""
    match row["node"]:
        case "Leaf":
            return _leaf(row)
        case "Unread":
            return Unread(row["start"], row["end"])
        case "AllOf":
            return AllOf(_nodes(row["parts"]))
        case "AnyOf":
            return AnyOf(_nodes(row["parts"]))
        case "AtLeast":
            return AtLeast(row["needed"], _nodes(row["parts"]))
        case "Not":
            return Not(node_from_json(row["part"]))
        case "Except":
            return Except(node_from_json(row["whole"]), node_from_json(row["spared"]))
        case "When":
            return When(node_from_json(row["condition"]), node_from_json(row["part"]), row["bars"])
        case "Group":
            return Group(row["name"], row["subject"], node_from_json(row["part"]))
    raise ValueError(f"no node is called {row['node']!r}")


def _nodes(rows: Iterable[Mapping[str, Any]]) -> tuple[Node, ...]:
    return tuple(node_from_json(row) for row in rows)


def _leaf(row: Mapping[str, Any]) -> Leaf:
    values = {key: value for key, value in row.items() if key != "node"}
    values["bounds"] = None if row["bounds"] is None else Bounds(**row["bounds"])
    values["severity"] = tuple(row["severity"])
    values["narrowing"] = tuple(row["narrowing"])
    return Leaf(**values)
