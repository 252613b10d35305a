"""What a person tells about themself: schema, files, options, questions. Left out is unknown, never "no"."""

from __future__ import annotations

from trialfinder.profile.ask import ask
from trialfinder.profile.files import check, dumps, load, save, show
from trialfinder.profile.model import Profile
from trialfinder.profile.options import from_options
from trialfinder.profile.schema import Fact, schema

__all__ = ["Fact", "Profile", "ask", "check", "dumps", "from_options", "load", "save", "schema", "show"]
