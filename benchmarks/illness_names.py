"""Makes ``data/illness_names.tsv`` from ICD-10-CM, which the US government gives to everybody (public domain).

    pip install simple-icd-10-cm
    python benchmarks/illness_names.py data/illness_names.tsv

One line a name: the name, the code whose title or "not otherwise specified" name it is (a capital letter first) or to
which it belongs (a small letter first), and the pattern of ``data/patterns`` that all of the code belongs to, if any.
Left out are names of more than four words, and names that say why, where or with what.
"""

from __future__ import annotations

import re
import sys
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

from trialfinder.judge.names.illness_forms import plain_name

CLASSES = (
    ("malignancy", "C00-C96"),
    ("substance_abuse", "F10-F16 F18-F19"),
    ("psychiatric", "F20-F48 F53 F60"),
    ("neurological_other", "G00-G14 G20-G41 G43-G44 G70-G73 G80-G83 G90-G99"),
    ("cardiac", "I05-I09 I20-I25 I30-I52"),
    ("stroke", "I60-I63"),
    ("thrombosis", "I80-I82"),
    ("pulmonary", "J40-J47 J60-J70 J80-J84"),
    ("hepatic", "K70-K77"),
    ("renal", "N00-N08 N14-N19"),
    ("hiv", "B20"),
    ("syphilis", "A50-A53"),
    ("tuberculosis", "A15-A19"),
    ("bleeding_disorder", "D66-D67 D68.0-D68.4 D68.8-D68.9"),
)
CHAPTERS = "ABCDEFGHIJKLMNQ"
_CUT = re.compile(
    r"\s*(?:\[[^\]]*\]|\([^)]*\))|,? (?:NOS|unspecified)\b.*|^(?:other specified|other|unspecified) ", re.I
)
_SAYS_MORE = re.compile(
    r"\b(?:with|without|due|in|from|following|elsewhere|classified|not|other|and|or|by|to|during|after|for|on|as|at"
    r"|carrier|encounter|status|left|right|bilateral|disorders? of|diseases? of)\b|[,/;0-9]| of\Z"
)
_NO_NAMES = re.findall(
    r"\S+",
    """
disease syndrome disorder infection ms pain cyst stricture deformity ulcer allergy effusion lateral
callus scar instability noma pre pin tic infestation cluttering taco rar pim ptp pht mis mmn ffa
fpie hafou ganglion nodule immunocompromised immunosuppressed immunodeficient transgender
transsexualism whi clavus cloaca cicatrix tokelau calme hafous ist effect dehydration contracture
fistula abscess
""",
)
_OF_THE_STUDIES = (
    "G5",
    "G60",
    "G61",
    "G62",
    "G63",
    "G64",
    "G65",
    "E08",
    "E09",
    "E10",
    "E11",
    "E13",
    "I1",
    "E66",
    "F17",
)
"""Nerves, diabetes, blood pressure, weight, smoking: the profile asks for them by facts of their own."""
_MOST_WORDS = 4


def class_of(code: str) -> str:
    """The pattern that all of a code belongs to; '' when there is none."""
    for name, ranges in CLASSES:
        for span in ranges.split():
            first, _, last = span.partition("-")
            if first <= code[: len(first)] <= (last or first):
                return name
    return ""


def short(name: str) -> str:
    """A name as people write it; '' when it is long or says why, where or with what."""
    plain = _CUT.sub("", name).strip().lower()
    name = plain_name(plain)
    bad = _SAYS_MORE.search(plain) or len(plain.split()) > _MOST_WORDS or name in _NO_NAMES
    return "" if bad else name


def main() -> None:
    """Writes the file."""
    package = resources.files("simple_icd_10_cm") / "data"
    source = next(path for path in package.iterdir() if path.name.endswith(".xml"))
    found: dict[str, tuple[str, bool]] = {}
    for node in ElementTree.fromstring(source.read_text(encoding="utf-8")).iter("diag"):  # our own file
        code, title = node.findtext("name", ""), node.findtext("desc", "")
        if code[0] not in CHAPTERS or code.startswith(_OF_THE_STUDIES):
            continue
        terms = [title, *(note.text or "" for note in node.findall("inclusionTerm/note"))]
        for at, term in enumerate(terms):
            name, whole = short(term), at == 0 or term.endswith("NOS")
            old = found.get(name)
            if name and (old is None or (whole and not old[1])):
                found[name] = (code, whole)
    lines = [f"{name}\t{code if whole else code.lower()}\t{class_of(code)}" for name, (code, whole) in found.items()]
    Path(sys.argv[1]).write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
