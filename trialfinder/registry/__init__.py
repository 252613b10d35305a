"""Talks to the ClinicalTrials.gov API v2; the only part that knows httpx, and it is imported only to ask.

``client`` asks, ``crawl`` pages, ``http`` sends and retries, ``searches`` holds the saved searches (no network),
``doctor`` tries the ways in. Importing this package alone costs nothing.
"""

from __future__ import annotations
