"""What a person tells about themself: schema, files, options, questions. Left out is unknown, never "no"."""

from __future__ import annotations

from trialfinder.person.in_words import show
from trialfinder.person.interview import Stopped, ask
from trialfinder.person.profile import Profile
from trialfinder.person.profile_files import check, dumps, load, save
from trialfinder.person.profile_schema import Fact, schema
from trialfinder.person.told_options import from_options

__all__ = ["Fact", "Profile", "Stopped", "ask", "check", "dumps", "from_options", "load", "save", "schema", "show"]
