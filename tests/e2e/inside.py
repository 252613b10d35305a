"""Runs the program inside the tests' own process, as if it had one of its own.

A start of Python with everything the program needs takes most of a second, and there are hundreds of runs. So a run
gets its own arguments, environment, folder, streams and clock for as long as it lasts, and the tests' own afterwards;
what it would wait for between two requests is written down, and taken for waited.
What a study is taken to be, its criteria as they were read, and which questions would decide most for one person are
concluded once and remembered from run to run (each would conclude it of the same few studies again, most of its time),
each by all that it is concluded from. A picture of the same figures is painted once and here. A process remembers
nothing, and has to say and paint the same.
What only a process can show (signals, pipes, terminals, code pages, closed streams) is run in one: ``Program.apart``.
`test_program.py` holds both ways against each other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import hashlib
import io
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from jinja2 import Environment

import trialfinder
from trialfinder import classify, judge, reading
from trialfinder.base import computer_clock, tongue
from trialfinder.catalogue.holdings import KeptProduct
from trialfinder.classify import Sign
from trialfinder.classify.classification import ProductGiven
from trialfinder.cli.start import main
from trialfinder.pages import drawings
from trialfinder.person.profile import Profile
from trialfinder.reading.nodes.tree import Criterion
from trialfinder.registry import doctor
from trialfinder.registry.client import Registry
from trialfinder.study.model import Study


class Ended(NamedTuple):
    """The exit code, the bytes on stdout and stderr, and the seconds of each wait."""

    code: int
    out: bytes
    err: bytes
    waits: tuple[float, ...]


def run(arguments: Sequence[str], *, env: Mapping[str, str], cwd: Path, stdin: bytes | None, now: dt.datetime) -> Ended:
    """One run of the program; stdin None is ``</dev/null``. Errors that it does not catch come out as they are."""
    out, err = io.BytesIO(), io.BytesIO()
    waits: list[float] = []
    with (
        _streams(stdin or b"", out, err, env), _surroundings(arguments, env, cwd, now), _waiting(waits), remembering(),
        _painted_here(),
    ):  # fmt: skip
        try:
            main()
            code: object = 0
        except SystemExit as ended:
            code = ended.code
        sys.stdout.flush()
        sys.stderr.flush()
    number = code if isinstance(code, int) else 0 if code is None else 1
    return Ended(number, out.getvalue(), err.getvalue(), tuple(waits))


@contextlib.contextmanager
def _surroundings(arguments: Sequence[str], env: Mapping[str, str], cwd: Path, now: dt.datetime) -> Iterator[None]:
    with (
        mock.patch.dict(os.environ, env, clear=True),
        # As `python -m trialfinder` has them; the name in the usage lines is made of both.
        mock.patch.object(sys, "argv", [trialfinder.__file__.replace("__init__", "__main__"), *arguments]),
        mock.patch.object(sys.modules["__main__"], "__package__", "trialfinder"),
        mock.patch.object(computer_clock, "now", lambda: now),
        contextlib.chdir(cwd),
    ):
        yield


@contextlib.contextmanager
def _waiting(waits: list[float]) -> Iterator[None]:
    """Nobody sleeps; the client's clock goes on as if."""
    sleep = {"sleep": waits.append}
    with (
        mock.patch.dict(Registry.__init__.__kwdefaults__, sleep, clock=lambda: time.monotonic() + sum(waits)),
        mock.patch.dict(doctor.run_doctor.__kwdefaults__, sleep),
    ):
        yield


_classified = functools.lru_cache(maxsize=500)(classify.classify)


@functools.lru_cache(maxsize=500)
def _signs(study: Study, product: str, source: str, today: dt.date, others: tuple[Study, ...]) -> tuple[Sign, ...]:
    return _SIGNS(study, KeptProduct(product, source), today, others)


_SIGNS = classify.signs


def _known_signs(study: Study, given: ProductGiven, today: dt.date, others: Sequence[Study] = ()) -> tuple[Sign, ...]:
    return _signs(study, given.cell_product, given.cell_source, today, tuple(others))


_kept_for_judging = functools.lru_cache(maxsize=500)(judge.keep)
_read = functools.lru_cache(maxsize=500)(reading.read_criteria)
_decoded = functools.lru_cache(maxsize=1000)(judge.kept)


def _kept(text: bytes | str) -> judge.KeptStudy:
    return _decoded(text if isinstance(text, str) else bytes(text))


_JUDGED = judge.judge
_VERDICTS: dict[object, tuple[object, judge.Verdict]] = {}


def _judge(study: Study, criteria: Sequence[Criterion], profile: Profile, today: dt.date, studied: Any = None) -> Any:
    """By the very study (what is kept alike is one, see ``_kept``), what was told of the person, and the language."""
    given = (id(study), id(criteria), _of(profile), today, studied, tongue._translate.get())
    if given not in _VERDICTS:
        _VERDICTS[given] = (study, criteria), _JUDGED(study, criteria, profile, today, studied)
    return _VERDICTS[given][1]


def _of(profile: Profile) -> str:
    facts = profile.facts()
    return repr((facts, {key: getattr(value, "told", None) for key, value in facts.items()}))


_RANKED = judge.rank_questions
_ASKED: dict[str, list[judge.OpenQuestion]] = {}


def _questions(judged: Iterable[judge.Judged], profile: Profile, today: dt.date) -> list[judge.OpenQuestion]:
    studies = list(judged)
    given = hashlib.sha256(repr((studies, _of(profile), today)).encode()).hexdigest()
    if given not in _ASKED:
        _ASKED[given] = _RANKED(studies, profile, today)
    return list(_ASKED[given])


_COMPILE = Environment.compile
_TEMPLATES: dict[object, Any] = {}


def _compiled(self: Environment, source: Any, name: Any = None, filename: Any = None, *more: Any, **named: Any) -> Any:
    """A template once for all environments that would make the same of it."""
    if not isinstance(source, str):
        return _COMPILE(self, source, name, filename, *more, **named)
    given = (source, name, filename, self.autoescape, self.finalize, self.globals.get("language"), more, *named.items())
    if given not in _TEMPLATES:
        _TEMPLATES[given] = _COMPILE(self, source, name, filename, *more, **named)
    return _TEMPLATES[given]


_PAINTED_APART = drawings.painting


@functools.lru_cache(maxsize=50)
def _pictures(given: str) -> tuple[bytes, ...]:
    form, figures = json.loads(given)
    if form == "png":  # the painter first looks whether it has the letters
        with _PAINTED_APART(figures, form) as pictures:
            return tuple(pictures())
    from trialfinder.pages.paint import paint

    with warnings.catch_warnings(action="ignore"):
        return tuple(paint(figure, form) for figure in figures)


def _drawn(figures: Sequence[dict[str, Any]], form: str = "svg") -> list[bytes]:
    return list(_pictures(json.dumps([form, figures])))


@contextlib.contextmanager
def remembering() -> Iterator[None]:
    """What is concluded of a study by the whole of its record, and the day; what is read, by the words.

    Questions by the studies with their verdicts and the profile.
    """
    with (
        mock.patch.multiple(classify, classify=_classified, signs=_known_signs),
        mock.patch.multiple(judge, keep=_kept_for_judging, kept=_kept, judge=_judge, rank_questions=_questions),
        mock.patch.object(reading, "read_criteria", _read),
        mock.patch.object(Environment, "compile", _compiled),
    ):
        yield


@contextlib.contextmanager
def _painted_here() -> Iterator[None]:
    """Pictures by all that their painter, a process of its own, is told."""
    with (
        mock.patch.object(drawings, "draw", _drawn),
        mock.patch.object(drawings, "painting", _painting),
    ):
        yield


@contextlib.contextmanager
def _painting(figures: Sequence[dict[str, Any]], form: str = "svg") -> Iterator[Callable[[], list[bytes]]]:
    yield lambda: _drawn(figures, form)


@contextlib.contextmanager
def _streams(stdin: bytes, out: io.BytesIO, err: io.BytesIO, env: Mapping[str, str]) -> Iterator[None]:
    encoding = env.get("PYTHONIOENCODING", "utf-8")
    new = [io.TextIOWrapper(each, encoding=encoding) for each in (io.BytesIO(stdin), out, err)]
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = new
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
        for each in new:
            with contextlib.suppress(ValueError):  # closed or taken by the program
                each.detach()
