"""How joined criteria are read, as tables: the tests run them, and docs/criteria.md is made from them.

In a sentence, {A} and {B} stand for any two things ("cancer", "HIV"). A meaning says, for every pair of answers to
"has the person A?" and "has the person B?", whether the criterion lets the person in. All nine rows are written out.
"""

from __future__ import annotations

Y, N, U = "yes", "no", "unknown"

PAIRS = ((Y, Y), (Y, N), (Y, U), (N, Y), (N, N), (N, U), (U, Y), (U, N), (U, U))

MEANINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    #                                              YY YN YU NY NN NU UY UN UU
    "both": ("both are asked for", (Y, N, U, N, N, N, U, N, U)),
    "either": ("one of the two is enough", (Y, Y, Y, Y, N, U, Y, U, U)),
    "neither": ("each of the two bars", (N, N, N, N, Y, U, N, U, U)),
    "not both": ("only who has both is barred", (N, Y, U, Y, Y, Y, U, Y, U)),
    "A unless B": ("A bars, but not together with B", (Y, N, U, Y, Y, Y, Y, U, U)),
    "A but not B": ("A is asked for, B bars", (N, Y, U, N, N, N, N, U, U)),
    "B if A": ("of those who have A, B is asked for", (Y, N, U, Y, Y, Y, Y, U, U)),
    "only A, narrowed": ("who has A may be barred, who has not is not", (U, U, U, Y, Y, Y, U, U, U)),
    "wanted A, narrowed": ("who has not A is not let in; who has it may be", (U, U, U, N, N, N, U, U, U)),
    "nothing": ("nothing is asked", (Y, Y, Y, Y, Y, Y, Y, Y, Y)),
}

ROWS: tuple[tuple[str, str, str], ...] = (
    ("inclusion", "{A} and {B}", "both"),
    ("inclusion", "{A}, {B}", "both"),
    ("inclusion", "{A} with {B}", "both"),
    ("inclusion", "{A} together with {B}", "both"),
    ("inclusion", "{A}; {B}", "both"),
    ("inclusion", "{A} or {B}", "either"),
    ("inclusion", "{A} and/or {B}", "either"),
    ("inclusion", "{A} (or {B})", "either"),
    ("inclusion", "Either {A} or {B}", "either"),
    ("inclusion", "No {A} or {B}", "neither"),
    ("inclusion", "No history of {A}, {B}", "neither"),
    ("inclusion", "Free of {A} and {B}", "neither"),
    ("inclusion", "{A} without {B}", "A but not B"),
    ("inclusion", "{A}, but no {B}", "A but not B"),
    ("inclusion", "If {A}, {B}", "B if A"),
    ("inclusion", "{B} if {A}", "B if A"),
    ("inclusion", "{B} in patients with {A}", "B if A"),
    ("inclusion", "{A} due to {B}", "wanted A, narrowed"),
    ("inclusion", "{A} that has needed a sorbitol bath", "wanted A, narrowed"),
    ("exclusion", "{A} or {B}", "neither"),
    ("exclusion", "{A}, {B}", "neither"),
    ("exclusion", "{A} and {B}", "neither"),
    ("exclusion", "{A}; {B}", "neither"),
    ("exclusion", "{A} / {B}", "neither"),
    ("exclusion", "Either {A} or {B}", "neither"),
    ("exclusion", "History of {A}, {B}", "neither"),
    ("exclusion", "{A} (or {B})", "neither"),
    ("exclusion", "{A} together with {B}", "not both"),
    ("exclusion", "{A} combined with {B}", "not both"),
    ("exclusion", "{A} with {B}", "not both"),
    ("exclusion", "{A} who also have {B}", "not both"),
    ("exclusion", "{A} in the presence of {B}", "not both"),
    ("exclusion", "{A} if {B} is present", "not both"),
    ("exclusion", "{A} (in patients with {B})", "not both"),
    ("exclusion", "{A} unless {B}", "A unless B"),
    ("exclusion", "{A}, except {B}", "A unless B"),
    ("exclusion", "{A} (except {B})", "A unless B"),
    ("exclusion", "{A} other than {B}", "A unless B"),
    ("exclusion", "{A} ({B} is allowed)", "A unless B"),
    ("exclusion", "{A} caused by {B}", "only A, narrowed"),
    ("exclusion", "{A} secondary to {B}", "only A, narrowed"),
    ("exclusion", "{A} that has needed a sorbitol bath", "only A, narrowed"),
    ("exclusion", "{A} requiring {B}", "only A, narrowed"),
    ("exclusion", "{A} is allowed", "nothing"),
    ("exclusion", "{A} and {B} are permitted", "nothing"),
)

THINGS: dict[str, str] = {
    # words: the concept that they name, one that is answered by yes or no
    "cancer": "malignancy",
    "stroke": "stroke",
    "HIV infection": "hiv",
    "tuberculosis": "tuberculosis",
    "syphilis": "syphilis",
    "epilepsy": "neurological_other",
    "heart failure": "cardiac",
    "kidney failure": "renal",
    "cirrhosis": "hepatic",
    "lupus": "autoimmune",
}

# (A, B): ten pairs, so that what holds for one holds for all.
CROSSED: tuple[tuple[str, str], ...] = (
    ("cancer", "stroke"),
    ("stroke", "HIV infection"),
    ("HIV infection", "tuberculosis"),
    ("tuberculosis", "cirrhosis"),
    ("syphilis", "epilepsy"),
    ("epilepsy", "cancer"),
    ("heart failure", "kidney failure"),
    ("kidney failure", "lupus"),
    ("cirrhosis", "heart failure"),
    ("lupus", "syphilis"),
)

# Words in which a thing is mentioned and not asked for: no reading and no leaf stands for it.
FRAMES: tuple[tuple[str, str, str], ...] = (
    # Role, section and sentence of each.
    ("purpose", "inclusion", "Chest scan to rule out {A}"),
    ("purpose", "inclusion", "A blood test to screen for {A}"),
    ("purpose", "exclusion", "Cannot have a scan to exclude {A}"),
    ("permission", "exclusion", "Well treated {A} is allowed"),
    ("permission", "inclusion", "{A} is permitted"),
)
