"""Brings the store up to date: what to ask, whether to believe it, and all of it or nothing."""

from __future__ import annotations

from trialfinder.refresh.asking_plan import RefreshPlan, SearchPlan, make_plan
from trialfinder.refresh.lock import RefreshLock
from trialfinder.refresh.log import close_log, open_log
from trialfinder.refresh.refresh_run import RefreshReport, refresh

__all__ = ["RefreshLock", "RefreshPlan", "RefreshReport", "SearchPlan", "close_log", "make_plan", "open_log", "refresh"]
