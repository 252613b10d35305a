"""The words of ``data/slots.toml`` for what a clause tells: a proof, a time, a degree, how a treatment went."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from trialfinder.base.typed_data import DataRow
from trialfinder.phrases.screens import SaidWords
from trialfinder.reading.wording.whole_words import WholeWords


class ProofWords(DataRow, frozen=True):
    """Of illnesses that a test or a standard has proven."""

    illnesses: WholeWords
    """What can be proven, beside the nerve conditions that have a row."""
    proves: WholeWords
    """Stand between an illness and a test, or before the two or behind them."""
    tests: WholeWords
    """Tests beside those whose kind is known."""
    results: WholeWords
    """Results that prove it."""
    matching: WholeWords
    """Stand between a test and what a person feels."""
    felt: WholeWords
    """What a person feels."""
    according: WholeWords
    """Stand before a standard."""
    standards: WholeWords
    """Standards."""
    named: WholeWords
    """Say that a standard is one that others have set."""
    doctors: WholeWords
    """Who makes a diagnosis."""
    made: WholeWords
    """What they do with it."""
    doubt: WholeWords
    """Say that it is not proven."""
    values: Mapping[str, WholeWords]
    """The words of each kind of test; the first that fits counts."""
    others: WholeWords = msgspec.field(name="not")
    """What else is proven or tested for."""

    def lets(self, said: SaidWords) -> bool:
        """Whether a text of these words can tell of a proof."""
        by_result = self.proves.lets(said) or self.results.lets(said) or self.matching.lets(said)
        return by_result or self.standards.lets(said) or self.made.lets(said)


class LastingWords(DataRow, frozen=True):
    """Of how long something has lasted."""

    things: WholeWords
    """What can last, beside what has a row."""
    relations: WholeWords
    """Say that it has lasted, or when it began."""
    begins: WholeWords
    """Say when it began: then a time that is over is no look-back."""
    others: WholeWords = msgspec.field(name="not")
    """Begin another clause or take the time for themselves."""


class DegreeWords(DataRow, frozen=True):
    """Of how severe the nerve condition is, in words."""

    words: WholeWords
    """The degrees."""
    nerves: WholeWords
    """What has them."""
    diseases: WholeWords
    """The same of whatever disease is studied, where the degree is named as one."""
    forms: WholeWords
    """Name a degree as one."""
    rated: WholeWords
    """Stand between the condition and its degree."""
    silent: WholeWords
    """Say that nerves do not answer."""
    answers: WholeWords
    """What nerves answer with."""
    others: WholeWords = msgspec.field(name="not")
    """Other nerves, and other things that have degrees."""

    def lets(self, said: SaidWords) -> bool:
        """Whether a text of these words can tell of a degree."""
        return (self.words.lets(said) and (self.nerves.lets(said) or self.diseases.lets(said))) or (
            self.silent.lets(said) and self.answers.lets(said)
        )


class SpineWords(DataRow, frozen=True):
    """Of operations and bends of the spine, and of nerve emergencies."""

    places: WholeWords
    """The spine and its parts."""
    operations: WholeWords
    """What is done to it."""
    bends: WholeWords
    """What is wrong with its shape."""
    grave: WholeWords
    """Make a narrow canal one that is operated."""
    narrow: WholeWords
    """A narrow canal."""
    urgent: WholeWords
    """Emergencies by themselves."""
    strength: WholeWords
    """Strength, and its loss."""
    grows: WholeWords
    """Say that a loss is new or grows."""
    organs: WholeWords
    """Bladder and bowel."""
    lost: WholeWords
    """What is lost of them."""
    saddle: WholeWords
    """Where the skin is numb then."""
    numb: WholeWords
    """Numb."""
    nerves: WholeWords
    """What can be pressed on."""
    presses: WholeWords
    """Press."""
    structural: WholeWords
    """Press by their name."""
    others: WholeWords = msgspec.field(name="not")
    """Other things that are operated, lost or grow."""

    def lets(self, said: SaidWords) -> bool:
        """Whether a text of these words can tell of any."""
        return (
            self.urgent.lets(said)
            or self.structural.lets(said)
            or (self.nerves.lets(said) and self.presses.lets(said))
            or self.saddle.lets(said)
            or (self.places.lets(said) and (self.operations.lets(said) or self.bends.lets(said)))
            or (self.grave.lets(said) and self.narrow.lets(said))
            or (self.strength.lets(said) and self.grows.lets(said))
            or (self.organs.lets(said) and self.lost.lets(said))
        )


class PartakingWords(DataRow, frozen=True):
    """Of whether a person can and will take part in what the study asks."""

    able: WholeWords
    """Abilities and their lack."""
    acts: WholeWords
    """What is done to take part."""
    things: WholeWords
    """With what."""
    hindrances: WholeWords
    """Hinder by themselves."""
    means: WholeWords
    """Make it possible by themselves."""
    nouns: WholeWords
    """Taking part as a thing."""
    quality: WholeWords
    """How good it is."""
    hopes: WholeWords
    """Hopes, motivation and support."""
    hoped: WholeWords
    """How good they are."""
    supporters: WholeWords
    """Whose support it is."""
    others: WholeWords
    """Who else takes part."""
    no: WholeWords = msgspec.field(name="not")
    """Other things that are done, agreed to or supported."""

    def lets(self, said: SaidWords) -> bool:
        """Whether a text of these words can tell of any."""
        return (
            (self.able.lets(said) and self.acts.lets(said) and self.things.lets(said))
            or self.hindrances.lets(said)
            or self.means.lets(said)
            or (self.nouns.lets(said) and self.quality.lets(said))
            or (self.hopes.lets(said) and self.hoped.lets(said))
        )


class OutcomeWords(DataRow, frozen=True):
    """Of treatments that did not help, whatever their names."""

    treatments: WholeWords
    """Treatments beside the drugs that have a name."""
    no: WholeWords
    """Deny a success, or make it small."""
    gains: WholeWords
    """Successes."""
    bad: WholeWords
    """Say behind a treatment that it did not help."""
    before: WholeWords
    """Say so before a treatment."""
    lasts: WholeWords
    """Say that the trouble goes on."""
    despite: WholeWords
    """Stand between the trouble and the treatment."""
    others: WholeWords = msgspec.field(name="not")
    """Other illnesses, which the treatment was for."""

    def lets(self, said: SaidWords) -> bool:
        """Whether a text of these words can tell of one that did not help."""
        by_itself = self.bad.lets(said) or self.before.lets(said) or self.despite.lets(said)
        return by_itself or (self.no.lets(said) and self.gains.lets(said))


class SteadyWords(DataRow, frozen=True):
    """Of medicines that must stay as they are."""

    medicines: WholeWords
    """Medicines beside those that have a name."""
    same: WholeWords
    """Say that nothing changes."""
    change: WholeWords
    """Say that something changes."""
    others: WholeWords = msgspec.field(name="not")
    """What else is stable or changes."""
