"""The doctor's page as one HTML file: no script, nothing loaded, every word of the registry escaped."""

from __future__ import annotations

import base64
import functools
import hashlib
import io
from importlib import resources

from trialfinder.base.tongue import say
from trialfinder.pages.doctor_page import DoctorPage
from trialfinder.pages.templating import environment


def page_html(page: DoctorPage) -> str:
    """The page, ending with a line break."""
    from markupsafe import Markup

    style = asset("doctor_page.css")
    return rendered(
        "doctor_page.html.j2",
        page.language,
        page=page,
        style=Markup(style),  # our own file
        policy=policy(style),
        qr=Markup(qr_svg(page.url, say("QR code of this address"))),  # made by segno from our own address
    )


def rendered(template: str, language: str, **words: object) -> str:
    """A template of this room, filled in."""
    return environment(language).get_template(template).render(**words).strip("\n") + "\n"


def asset(name: str) -> str:
    """A text file of the room's ``templates``."""
    return resources.files("trialfinder.pages").joinpath("templates", name).read_text(encoding="utf-8")


def policy(style: str) -> str:
    """The Content-Security-Policy of a page with this one style sheet inside: nothing runs, nothing is asked for."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@functools.cache
def qr_svg(url: str, title: str = "") -> str:
    """A QR code of an address as inline SVG; the title is what a reader aloud hears of it."""
    import segno

    drawn = io.BytesIO()
    segno.make(url, error="m").save(
        drawn, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True, border=4, title=title or url
    )
    return drawn.getvalue().decode().strip()
