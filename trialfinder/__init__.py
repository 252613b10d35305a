"""Finds clinical trials of stem cells for neuropathy, reads their criteria and shows its evidence.

import trialfinder as tf

tf.search("diabetic", open_only=True)     # studies as a dataframe
tf.load("locations")                      # any table
tf.fetch("inflammatory")                  # ask the registry now
tf.read_criteria("Inclusion: HbA1c < 9 %")
tf.match("me.toml", records)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trialfinder.base.version import VERSION

if TYPE_CHECKING:
    from trialfinder.api import fetch, load, match, read_criteria, search
    from trialfinder.tables.frames import read_csv

__version__ = VERSION
__all__ = ["__version__", "fetch", "load", "match", "read_criteria", "read_csv", "search"]


def __getattr__(name: str) -> Any:
    """Imports the library when it is first used, so that the commands start without it."""
    if name == "read_csv":
        from trialfinder.tables.frames import read_csv

        return read_csv
    if name in __all__:
        from trialfinder import api

        return getattr(api, name)
    raise AttributeError(f"module 'trialfinder' has no attribute {name!r}")
