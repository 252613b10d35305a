"""The recipe for GitHub Actions."""

from __future__ import annotations

import string

from trialfinder.deliver.schedule.recipe_plan import Plan

# "%" marks our own places, since GitHub's are ${{ … }}.
_HEAD = """\
# Save as .github/workflows/trialfinder.yml in a copy of the trialfinder repository; the store lives in its cache.
# To remove it: delete the file. Mail server and receiver are secrets of the repository
# (Settings > Secrets and variables > Actions): SMTP_HOST, SMTP_USER, SMTP_PASSWORD, SMTP_FROM, DIGEST_TO.
name: trialfinder
on:
  schedule:
    - cron: "%minute %hour * * *" # UTC
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: trialfinder
jobs:
  refresh:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    env:
      TRIALFINDER_HOME: ${{ github.workspace }}/trialfinder-home
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: { python-version: "3.13" }
      - uses: actions/cache@v4
        with:
          path: trialfinder-home
          key: trialfinder-${{ github.run_id }}
          restore-keys: trialfinder-
      - run: pip install .
      - run: trialfinder refresh --all --quiet --max-time %max_time
"""
_DIGEST = """\
      - name: digest
        env:
          TRIALFINDER_SMTP_HOST: ${{ secrets.SMTP_HOST }}
          TRIALFINDER_SMTP_USER: ${{ secrets.SMTP_USER }}
          TRIALFINDER_SMTP_PASSWORD: ${{ secrets.SMTP_PASSWORD }}
          TRIALFINDER_SMTP_FROM: ${{ secrets.SMTP_FROM }}
          DIGEST_TO: ${{ secrets.DIGEST_TO }}
        run: if [ "$(date -u +%%u)" = %weekday ]; then trialfinder digest --since last --to "mail:$DIGEST_TO"; fi
"""


class _Places(string.Template):
    delimiter = "%"


def github(plan: Plan) -> str:
    """The workflow; paths and receivers of this machine mean nothing there and are left out."""
    refresh, *others = plan.jobs
    text = _HEAD + _DIGEST * len(others)
    return _Places(text).substitute(
        minute=refresh.minute, hour=refresh.hour, max_time=refresh.argv[-1],
        weekday=(others[0].weekday or 0) + 1 if others else 1,
    )  # fmt: skip
