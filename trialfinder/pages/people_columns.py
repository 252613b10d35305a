"""The columns of the sheet for people: what each is called, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from trialfinder.base.tongue import say


@dataclass(frozen=True, slots=True)
class PeopleColumn:
    """One column: its key, its width in characters, its title and what it means."""

    key: str
    width: int
    title: str
    meaning: str


def people_columns() -> tuple[PeopleColumn, ...]:
    """The columns, in the language that is spoken."""
    return (
        PeopleColumn("study", 34, say("Study"), say("Its title, in the sponsor's words.")),
        PeopleColumn(
            "joinable", 10, say("Can it be joined?"),
            say("Yes, not yet, no, or unsure: then only the study team knows. Never whether you can join it."),
        ),
        PeopleColumn("why", 26, say("Why"), say("The registry's status, and how old that is.")),
        PeopleColumn("nerves", 18, say("Nerve condition"), say("What was read from the record.")),
        PeopleColumn("given", 24, say("What is given"), say("Cells or product, where from, and how.")),
        PeopleColumn("donor", 10, say("Whose cells"), say("One's own, or from a donor.")),
        PeopleColumn("where", 22, say("Where"), say("Towns and countries; those that say they recruit come first.")),
        PeopleColumn("ages", 12, say("Ages"), say("As the registry's fields say.")),
        PeopleColumn(
            "asked", 34, say("What is asked for"),
            say("The plainest of what was read in the criteria. A * stands where a criterion says it more narrowly."),
        ),
        PeopleColumn(
            "bars", 54, say("What may bar"),
            say("Read in the same way: what keeps people out. What nearly every study bars stands last. “Only as in” "
                "names the study's own sentence: the words before it say more or less than it does."),
        ),
        PeopleColumn("ask", 26, say("Whom to ask"), say("Name, phone and mail as the record has them.")),
        PeopleColumn("confirmed", 12, say("Last confirmed"), say("When the sponsor last confirmed the record.")),
        PeopleColumn(
            "careful", 26, say("Careful about"),
            say("Warning signs that the record shows: reasons to ask, no judgement. None found does not mean safe. "
                "Strong, medium or weak says how much a sign weighs."),
        ),
        PeopleColumn("link", 14, say("The record"), say("The study's page in the registry.")),
    )  # fmt: skip
