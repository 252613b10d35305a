"""The recipe for GitHub Actions."""

from __future__ import annotations

import json
import string

from trialfinder.deliver.schedule.recipe_plan import Plan

# "%" marks our own places, since GitHub's are ${{ … }}.
_HEAD = """\
# Save as .github/workflows/trialfinder.yml in a copy of the trialfinder repository; the store lives in its cache.
# To remove it: delete the file. In a public repository GitHub stops it, unheard, after 60 days without a commit: then
# enable it again under Actions, or commit something every other month.%secrets%remarks
name: trialfinder
on:
  schedule:
    - cron: "%minute %hour * * *" # UTC
  workflow_dispatch:
permissions:
  contents: read%pages_rights
concurrency:
  group: trialfinder
jobs:
  refresh:
    runs-on: ubuntu-latest
    timeout-minutes: 60%outputs
    env:
      TRIALFINDER_HOME: ${{ github.workspace }}/trialfinder-home%registry
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: { python-version: "3.13" }
      - uses: actions/cache/restore@v4
        with:
          path: trialfinder-home
          key: trialfinder-${{ github.run_id }}-${{ github.run_attempt }}
          restore-keys: trialfinder-
      - run: pip install %package
      - run: trialfinder refresh --all --quiet --max-time %max_time
"""
_SECRETS = """
# Mail server and receiver are secrets of the repository (Settings > Secrets and variables > Actions): SMTP_HOST,
# SMTP_USER, SMTP_PASSWORD, SMTP_FROM and DIGEST_TO; and, for a server that is not at port 587 with STARTTLS, SMTP_PORT
# and SMTP_TLS (starttls, implicit: mostly port 465, or none)."""
_DIGEST = """\
      - name: digest
        if: ${{ !cancelled() }}
        env:
          TRIALFINDER_SMTP_HOST: ${{ secrets.SMTP_HOST }}
          TRIALFINDER_SMTP_PORT: ${{ secrets.SMTP_PORT }}
          TRIALFINDER_SMTP_TLS: ${{ secrets.SMTP_TLS }}
          TRIALFINDER_SMTP_USER: ${{ secrets.SMTP_USER }}
          TRIALFINDER_SMTP_PASSWORD: ${{ secrets.SMTP_PASSWORD }}
          TRIALFINDER_SMTP_FROM: ${{ secrets.SMTP_FROM }}
          DIGEST_TO: ${{ secrets.DIGEST_TO }}
        run: |
          if [ "$(date -u +%%u)" = %weekday ]; then
            trialfinder digest --since last%language --to "mail:$DIGEST_TO"
          fi
"""
# Whatever failed: what was mailed stands in the store, and is not mailed again.
_SAVE = """\
      - uses: actions/cache/save@v4
        if: ${{ always() }}
        with:
          path: trialfinder-home
          key: trialfinder-${{ github.run_id }}-${{ github.run_attempt }}
"""
_SITE = """\
      - id: site
        if: ${{ !cancelled() }}
        run: trialfinder site public --offline%language --quiet
      - uses: actions/upload-pages-artifact@v3
        if: ${{ !cancelled() && steps.site.outcome == 'success' }}
        with: { path: public }
  # Settings > Pages > Source: GitHub Actions.
  publish:
    needs: refresh
    if: ${{ !cancelled() && needs.refresh.outputs.site == 'success' }}
    runs-on: ubuntu-latest
    environment:
      name: github-pages
    steps:
      - uses: actions/deploy-pages@v4
"""
_OUTPUTS = "\n    outputs:\n      site: ${{ steps.site.outcome }}"
_PAGES_RIGHTS = "\n  pages: write\n  id-token: write"


class _Places(string.Template):
    delimiter = "%"


def _of_registry(plan: Plan) -> list[tuple[str, str]]:
    interval = "TRIALFINDER_REQUEST_INTERVAL"
    return [("TRIALFINDER_API_URL", plan.api_url), (interval, plan.environment.get(interval, ""))]


def github(plan: Plan) -> str:
    """The workflow; paths and receivers of this machine mean nothing there and are left out."""
    jobs = {job.name: job for job in plan.jobs}
    refresh, digest, has_site = jobs["refresh"], jobs.get("digest"), "site" in jobs
    text = _HEAD + (_DIGEST if digest else "") + _SAVE + (_SITE if has_site else "")
    return _Places(text).substitute(
        minute=refresh.minute, hour=refresh.hour, max_time=refresh.argv[-1],
        weekday=(digest.weekday or 0) + 1 if digest else 1, pages_rights=_PAGES_RIGHTS if has_site else "",
        registry="".join(f"\n      {name}: {json.dumps(value)}" for name, value in _of_registry(plan) if value),
        language="" if plan.language == "en" else f" --language {plan.language}",
        secrets=_SECRETS if digest else "",
        remarks="".join(f"\n# {words}" for words in plan.remarks),
        outputs=_OUTPUTS if has_site else "",
        package="'.[pages]'" if has_site or plan.language != "en" else ".",
    )  # fmt: skip
