"""Names of illnesses, and what all of a kind are (``data/illness_names.tsv``, from ICD-10-CM)."""

from __future__ import annotations

import functools
from typing import NamedTuple

from trialfinder.base import lazy_re as re
from trialfinder.base.resources import data_dir
from trialfinder.base.typed_data import mistake
from trialfinder.judge.names.cancer_kinds import kinds_named
from trialfinder.judge.names.illness_forms import (
    families,
    forms_of,
    illness_forms,
    plain_name,
    whole_kinds,
    without_apart,
)
from trialfinder.reading.wording.nouns import all_within


class IllnessName(NamedTuple):
    """A known name. ``code``: of ICD-10-CM, '' for a name from elsewhere. ``concept``: the pattern of all such."""

    code: str
    whole: bool
    """Whether it names all that the code holds, and not one thing of several."""
    concept: str


_CONCEPTS = {
    "lung disease": "pulmonary", "heart disease": "cardiac", "kidney disease": "renal", "liver disease": "hepatic",
    "psychiatric disease": "psychiatric", "substance use disorder": "substance_abuse",
    "central nervous system disease": "neurological_other",
    "neuromuscular disease": "neurological_other", "thrombosis": "thrombosis", "bleeding disorder": "bleeding_disorder",
}  # fmt: skip
"""The kinds of ``data/illness_forms.toml`` that are the same as a pattern."""


@functools.cache
def illness_names() -> dict[str, IllnessName]:
    """All names, as ``plain_name`` writes them.

    Raises:
        InputError: the file is damaged.
    """
    found = {}
    path = data_dir("illness_names.tsv")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split("\t")
        if len(parts) != 3:
            raise mistake(path, ("line", number), "expected a name, a code and a pattern between tabs")
        name, code, concept = parts
        found[name] = IllnessName(code.upper(), code[0].isupper(), concept)
    for row in illness_forms():
        concept = next((_CONCEPTS[kind] for kind in row.kinds if kind in _CONCEPTS), "")
        known = next((found[name] for name in map(plain_name, row.names) if name in found), None)
        for name in row.names:
            found.setdefault(plain_name(name), known or IllnessName("", False, concept))
    return found


_TUMOR = re.compile(
    r"(?:\w*carcinoma|\w*lymphoma|leuk\w*mia|\w*sarcoma|melanoma|myeloma|\w+blastoma|glioma|cancer|malignancy"
    r"|malignancie"
    r"|nsclc|sclc|hnscc|scchn|cll|aml|cml|dlbcl|gbm|hcc|nhl)\Z"
)
_ENDS_LIKE_ONE = re.compile(
    r"(?!diagnosis|prognosis|hypnosis|academia|anastomosis|\w*(?:neuropath|radiculopath"
    r"|neuralgia))\w{3,}(?:itis|osis|emia|pathy|algia|plegia|paresis|trophy|oma"
    r"|penia|thyroidism|cortisolism|gonadism|pituitarism|philia|plasia|iasis|ataxia|dystonia|syndrome"
    r"|deficiency|palsy)\Z|(?:syndrome|deficiency|palsy|ataxia)\Z"
)


@functools.lru_cache(maxsize=8192)
def illness_named(words: str) -> IllnessName | None:
    """The illness that a noun phrase names by its end ("chronic cluster headache"); None when it names none."""
    parts = plain_name(words).split()
    if not parts:
        return None
    if _TUMOR.match(parts[-1]) or (parts[-1] in ("tumor", "neoplasm") and kinds_named(words)):
        return IllnessName("", False, "malignancy")
    known = illness_names()
    for at in range(len(parts)):
        if found := known.get(" ".join(parts[at:])):
            return found
    disease = len(parts) > 1 and parts[-1] in ("disease", "disorder") and not _SAYS_NOTHING.issuperset(parts[:-1])
    return IllnessName("", False, "") if disease or _ENDS_LIKE_ONE.match(parts[-1]) else None


_SAYS_NOTHING = frozenset(
    {
        "any", "other", "serious", "severe", "significant", "major", "medical", "clinical", "systemic", "chronic",
        "acute", "active", "concomitant", "concurrent", "intercurrent", "underlying", "uncontrolled", "unstable",
        "known", "current", "previous", "prior", "preexisting", "pre", "existing", "relevant", "clinically",
        "progressive", "life", "threatening", "or", "and", "grave", "general", "same", "similar", "measurable",
        "residual", "study", "target",
    }
)  # fmt: skip
"""Words that make no illness of "disease": what any doctor may count."""


def same_illness(told: str, asked: str) -> bool:
    """Whether what a person told is all that words ask, or a form of it, by the codes of ICD-10-CM."""
    known = illness_names()
    mine, theirs = known.get(plain_name(told)), known.get(plain_name(asked))
    if mine is None or theirs is None or not mine.code or not theirs.whole:
        return False
    return mine.code.startswith(theirs.code)


@functools.cache
def name_words() -> frozenset[str]:
    """The single words of which the known names are made."""
    return frozenset(word for name in illness_names() for word in re.findall(r"[a-z]{3,}", name))


def ends_like_an_illness(word: str) -> bool:
    """Whether a word looks like a name of one: "osteochondritis", "lymphoma"."""
    return bool(_TUMOR.match(word) or _ENDS_LIKE_ONE.match(word))


@functools.lru_cache(maxsize=4096)
def all_forms(told: str) -> tuple[str, ...]:
    """As ``forms_of``, and what the codes of ICD-10-CM make it a form of."""
    forms = forms_of(told)
    codes = dict.fromkeys(code for form in forms for code in _codes_of(form))
    kinds = (kind for code in codes for family in families() if family.holds(code) for kind in family.kinds)
    return tuple(dict.fromkeys((*forms, *kinds)))


_GOES_ON = re.compile(
    r"[,;:/+&()\[\]]|\b(?:and|with|since|from|after|due|because|diagnosed|for|in|on|at|until|type|stage|grade|class)\b"
    r"|\b\d{4}\b",
    re.IGNORECASE,
)
"""Where a name ends and its year, place, cause or the next name begins."""
_HOW_IT_IS = frozenset(
    {
        "chronic", "acute", "subacute", "severe", "mild", "moderate", "slight", "bad", "advanced", "early", "late",
        "old", "recurrent", "recurring", "frequent", "occasional", "stable", "active", "symptomatic", "progressive",
        "persistent",
        "left", "right", "bilateral", "both", "my", "confirmed", "known", "diagnosed", "treated", "untreated",
        "controlled", "uncontrolled", "idiopathic", "familial", "hereditary", "congenital", "genetic", "inherited",
        "multiple", "several", "small", "large", "big", "painful",
    }
)  # fmt: skip
"""Words before the name of an illness that make no other illness of it, as "arterial" does of "thrombosis"."""


def _codes_of(text: str) -> list[str]:
    """The codes of ICD-10-CM of the illnesses that a text names, each by all its words but such as say how it is."""
    known, codes = illness_names(), []
    for part in (text, *_GOES_ON.split(text)):
        words = plain_name(part).split()
        while words and words[0] in _HOW_IT_IS and " ".join(words) not in known:
            words.pop(0)
        found = known.get(" ".join(words))
        if found is not None and found.code:
            codes.append(found.code)
    return codes


def is_said(noun: str, form: str, degrees: str = "") -> bool:
    """Whether a noun says a form, or a part of it where each part is true as well.

    ``degrees``: words of severity that the person told of all forms.
    """
    if not all_within(noun, f"{form} {degrees}"):
        return False
    if form in whole_kinds():
        return all_within(form, noun)
    return all_within(noun, f"{without_apart(form)} {degrees}") or without_apart(noun) != noun
