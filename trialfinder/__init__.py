"""Finds clinical trials of stem cells for neuropathy, reads their criteria and shows its evidence.

import trialfinder as tf

tf.search("diabetic", open_only=True)     # studies as a dataframe
tf.load("locations")                      # any table
tf.fetch("inflammatory")                  # ask the registry now
tf.read_criteria("Inclusion: HbA1c < 9 %")
tf.match("me.toml", records)
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trialfinder.api import fetch, load, match, read_criteria, search
    from trialfinder.frames import read_csv

__version__ = "0.1.0"
__all__ = ["__version__", "fetch", "load", "match", "read_criteria", "read_csv", "search"]


def __getattr__(name: str) -> Any:
    """Imports the library when it is first used, so that the commands start without it."""
    if name == "read_csv":
        from trialfinder.frames import read_csv

        return read_csv
    if name in __all__:
        from trialfinder import api

        return getattr(api, name)
    raise AttributeError(f"module 'trialfinder' has no attribute {name!r}")


class _Match(ModuleType):
    """The package ``trialfinder.match``, which can also be called: it has the name of the library's function."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        from trialfinder import api

        return api.match(*given, **named)


class _Package(ModuleType):
    """This package. Python binds a subpackage as an attribute when it is first imported, in the function's place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "match" and type(value) is ModuleType:
            value.__class__ = _Match
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
