"""The phrase language of the data files: what a phrase finds, what it does not, and what is said about a wrong one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trialfinder.base.resources import data_dir
from trialfinder.errors import InputError
from trialfinder.phrases.guards import Guard, GuardAfter, GuardBefore
from trialfinder.phrases.phrase_language import SaidPhrase
from trialfinder.phrases.word_forms import _MAYBE_SPELT, _SPELLING, word_expression
from trialfinder.reading.vocabulary.patterns import load_patterns, read_patterns


def found(phrase: str, text: str) -> str:
    """What of ``text`` the phrase finds at the start of a word; '' for nothing."""
    match = re.search(rf"(?<![^\W_])(?:{SaidPhrase(phrase).expression})(?![^\W_])", text)
    return match[0] if match else ""


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("heart disease", "a heart disease", "heart disease"),
        ("heart disease", "heart-diseases", "heart-diseases"),
        ("heart disease", "heart / disease", "heart / disease"),
        ("heart disease", "heartdisease", ""),
        ("heart disease", "sweetheart disease", ""),
        ("non-smoker", "nonsmokers", "nonsmokers"),
        ("non-smoker", "non smoker", "non smoker"),
        ("cancer*", "cancerous", "cancerous"),
        ("cancer", "cancerous", ""),
        ("{heart, cardiac} [muscle] disease", "cardiac muscle disease", "cardiac muscle disease"),
        ("{heart, cardiac} [muscle] disease", "heart disease", "heart disease"),
        ("{heart, cardiac} [muscle] disease", "muscle disease", ""),
        ("[severe, chronic]+ pain", "severe chronic pain", "severe chronic pain"),
        ("[severe, chronic]+ pain", "severe, chronic pain", "chronic pain"),
        ("[severe, chronic]++ pain", "severe, or chronic pain", "severe, or chronic pain"),
        ("{severe, chronic}+ pain", "dull pain", ""),
        ("pain [of the hand]", "pain of the hand", "pain of the hand"),
        ("pain [of the hand]", "pain of the foot", "pain"),
        ("{sensory, poly-} neuropathy", "polyneuropathies", "polyneuropathies"),
        ("{adeno, chorio}carcinoma", "adenocarcinomas", "adenocarcinomas"),
        ("history of <0-2> cancer", "history of any breast cancer", "history of any breast cancer"),
        ("history of <0-2> cancer", "history of one more breast cancer", ""),
        ("history of <0-2 not no> cancer", "history of no cancer", ""),
        ("history of <0-2> cancer", "history of (breast) cancer", ""),
        ("history of <(0-2)> cancer", "history of (breast) cancer", "history of (breast) cancer"),
        ("*msc injection", "hucmsc injections", "hucmsc injections"),
        ("*msc injection", "msc injection", "msc injection"),
        ("loss of _", "loss of hearing", "loss of hearing"),
        ("alcohol <any 12> abuse", "alcohol or drug abuse", "alcohol or drug abuse"),
        ("alcohol <any 12> abuse", "alcohol. drug abuse", ""),
        ("dose <any 30> a day", "dose of 2.5 mg a day", "dose of 2.5 mg a day"),
        ("alcohol <any 30 not never> abuse", "alcohol never an abuse", ""),
        ("nursing <not home, staff>", "nursing homes", ""),
        ("nursing <not home, staff>", "nursing mothers", "nursing"),
        ("fracture <then of, with>", "fracture of the hip", "fracture"),
        ("fracture <then of, with>", "fracture often", ""),
        ("transplant <then <end>>", "a transplant.", "transplant"),
        ("transplant <then <end>>", "a transplant unit", ""),
        ("bypass graft (cabg)", "bypass graft (cabg)", "bypass graft (cabg)"),
        ("bypass graft (cabg)", "bypass graft cabg", "bypass graft cabg"),
        ("type <number>", "type 2", "type 2"),
        ("yes<,> no", "yes, no", "yes, no"),
        ("diabetes [<,>] type <number>", "diabetes, type 2", "diabetes, type 2"),
        ("diabetes [<,>] type <number>", "diabetes type 2", "diabetes type 2"),
        ("bell's palsy", "bells palsy", "bells palsy"),
        ("bell's palsy", "bell's palsies", "bell's palsies"),
        ("=man", "man", "man"),
        ("=man", "men", ""),
        ("man", "men", "men"),
        ("{cold, cold sore}", "cold sore", "cold sore"),
        ("Guillain-Barré", "guillain barre", "guillain barre"),
    ],
)
def test_a_phrase_finds_its_words(phrase: str, text: str, expected: str) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("haemorrhage", "haemorrhage hemorrhage haemorrhages hemorrhages"),
        ("hemoglobin", "haemoglobin hemoglobin"),
        ("tumour", "tumour tumor tumors"),
        ("fiber", "fiber fibre fibres"),
        ("anaemia", "anaemia anemia"),
        ("oedema", "oedema edema"),
        ("ischemic", "ischemic ischaemic"),
        ("stabilise", "stabilise stabilize"),
        ("stabilization", "stabilisation stabilization"),
        ("leukocyte", "leucocyte leukocytes"),
        ("disk", "disc discs disk"),
        ("stenosis", "stenosis stenoses"),
        ("biopsy", "biopsy biopsies"),
        ("abscess", "abscess abscesses"),
        ("reflex", "reflex reflexes"),
        ("paraesthesia", "paresthesia paraesthesias"),
        ("diarrhea", "diarrhoea diarrhea"),
        ("coeliac", "celiac coeliac"),
        ("orthopedic", "orthopaedic orthopedic"),
        ("sulfonylurea", "sulphonylurea sulfonylureas"),
    ],
)
def test_the_program_makes_the_forms_of_a_word(word: str, forms: str) -> None:
    expression = re.compile(word_expression(word, True))
    assert [f for f in forms.split() if not expression.fullmatch(f)] == []


@pytest.mark.parametrize("word", ["systemic", "disease", "chemotherapy", "women", "various", "treated", "endemic"])
def test_a_word_of_one_form_keeps_it(word: str) -> None:
    expression = re.compile(word_expression(word, True))
    assert expression.fullmatch(word)
    assert not expression.fullmatch(word.replace("em", "aem", 1)) or "em" not in word


def test_a_word_with_another_spelling_is_not_passed_over() -> None:
    words = {word for path in data_dir().rglob("*.toml") for word in re.findall(r"[a-z]+\*?", path.read_text("utf-8"))}
    words |= {word_expression(word, False).replace("?", "") for word in words}
    assert [word for word in words if _SPELLING.search(word) and not _MAYBE_SPELT.search(word)] == []


def test_a_phrase_begins_with_what_stands_in_a_bracket() -> None:
    assert {"noac ", "n "} <= SaidPhrase("(n)oac").beginnings()


@pytest.mark.parametrize(
    ("key", "phrases", "around", "speaks"),
    [
        ("not_before", ["family history of"], "a family history of ", True),
        ("not_before", ["family history of"], "a history of ", False),
        ("not_before", ["renal"], "adrenal ", False),
        ("not_before", ["*renal"], "adrenal ", True),
        ("not_before", ["non-"], "non", True),
        ("not_before", ["allerg* <any 20>"], "allergic to all ", True),
        ("not_before", ["lactate dehydrogenase"], "lactate dehydrogenase (", True),
        ("needs", ["<start> [all] female"], "1. female patients", True),
        ("needs", ["<start> [all] female"], "if female", False),
        ("needs", ["head"], "ahead", False),
        ("needs", ["head"], "of the heads", True),
    ],
)
def test_what_must_stand_around(key: str, phrases: list[str], around: str, speaks: bool) -> None:
    assert bool({"needs": Guard, "not_before": GuardBefore}[key](phrases).search(around)) == speaks


@pytest.mark.parametrize(
    ("phrases", "behind", "speaks"),
    [
        (["in situ"], " in situ", True),
        (["in situ"], " in situation", False),
        (["induced"], "-induced", True),
        (["-induced"], "induced", True),
        (["induced"], "induced", False),
        (["<,> {or, and} neuropathy"], ", or neuropathy", True),
        (["<any 12> allowed"], " is still allowed", True),
        (["<not <any 9> <number>> <any 20> systolic"], " 120/80 systolic", False),
    ],
)
def test_what_must_not_stand_behind(phrases: list[str], behind: str, speaks: bool) -> None:
    assert bool(GuardAfter(phrases).match(behind)) == speaks


@pytest.mark.parametrize(
    ("phrase", "way_out"),
    [
        ("", "words are missing"),
        ("{heart", "'{' is never closed"),
        ("{heart]", "closed by ']'"),
        ("heart}", "'}' without its '{'"),
        ("heart, lung", "written <,>"),
        ("(?:heart|lung)", "no regular expression"),
        (r"heart\w+", "no regular expression"),
        ("[heart] [lung]", "at least one word must stand outside"),
        ("heart <sometimes>", "<sometimes> is not known; known are <0-3>"),
        ("_ heart", "must begin with a word"),
        ("<any> heart", "must begin with a word"),
        ("(heart", "'(' is never closed"),
    ],
)
def test_a_wrong_phrase_is_told_in_one_line_with_the_way_out(tmp_path: Path, phrase: str, way_out: str) -> None:
    path = tmp_path / "illness.toml"
    path.write_text(f'[[pattern]]\nid = "cancer"\nsays = "x"\n[[pattern.rule]]\nsays = [{phrase!r}]\n', "utf-8")
    with pytest.raises(InputError) as told:
        read_patterns(tmp_path)
    message = str(told.value)
    assert message.startswith(f"{path}, line 5, pattern[1] (cancer).rule[1].says: phrase ") and way_out in message
    assert "\n" not in message


def test_capitals_count_where_a_row_says_so() -> None:
    assert re.fullmatch(SaidPhrase("MI", case=True).expression, "MI")
    assert not re.fullmatch(SaidPhrase("MI", case=True).expression, "mi")


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("heart disease", {"heart ", "hearts "}),
        ("haemoglobin", {"haemoglobin ", "haemoglobins ", "hemoglobin ", "hemoglobins "}),
        ("[acute] pain", {"acute ", "acutes ", "pain ", "pains "}),
        ("pt (inr)", {"pt "}),
        ("*msc", {"*"}),
        ("{foot, ms} drop", {"foot ", "feet ", "ms "}),
        ("cancer*", {"cancer*"}),
        ("un-treated", {"un ", "untreated "}),
        ("non-smoker", {"non*"}),
        ("parkinson's disease", {"parkinson ", "parkinsons ", "parkinsonss "}),
        ("[severe, mild]+ pain", {"severe*", "severes*", "mild*", "milds*", "pain ", "pains "}),
        ("<number> years", {f"{digit}*" for digit in range(10)}),
    ],
)
def test_a_phrase_tells_with_which_words_it_can_begin(phrase: str, words: set[str]) -> None:
    assert SaidPhrase(phrase).beginnings() == words


def test_whatever_a_phrase_finds_begins_with_one_of_its_beginnings() -> None:
    for rule in (rule for pattern in load_patterns().values() for rule in pattern.rules):
        for example in rule.yes:
            lower = example.text.lower()
            for term in rule.terms:
                ways = term.beginnings()
                for match in re.finditer(rf"(?<![^\W_])(?:{term.expression})(?![^\W_])", lower):
                    word = re.split(r"[\W_]", match[0], maxsplit=1)[0]
                    assert not word or f"{word} " in ways or any(w[-1] == "*" and word.startswith(w[:-1]) for w in ways)


@pytest.mark.parametrize("lines", ["-" * 4000, "a-" * 4000, "( " * 4000, "severe " * 1500, "1." * 3000])
def test_no_phrase_is_slow_on_hard_lines(lines: str) -> None:
    for phrase in ("[severe, chronic]++ pain", "severe <0-9> pain", "a <any> b", "a <0-9 not c> pain"):
        assert found(phrase, lines) == ""
