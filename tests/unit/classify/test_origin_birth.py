"""Cells of a birth are not taken for the participant's own."""

from __future__ import annotations

import pytest

from trialfinder.classify import classify
from trialfinder.study.model import Intervention, Study

CORD = Intervention("BIOLOGICAL", "Umbilical cord mesenchymal stem cells", "Injected into the calf muscle")


@pytest.mark.parametrize(
    ("summary", "donor"),
    [
        ("Ten years ago our hospital gave autologous marrow cells to people with this neuropathy.", "not_stated"),
        ("Autologous umbilical cord mesenchymal stem cells that were kept since birth are given.", "autologous"),
        ("Allogeneic umbilical cord mesenchymal stem cells of a healthy donor are given.", "allogeneic"),
    ],
)
def test_own_cells_of_a_birth_must_be_said_in_so_many_words(summary: str, donor: str) -> None:
    study = Study(
        nct_id="NCT90000004",
        brief_title="Umbilical cord cells for diabetic neuropathy",
        brief_summary=summary,
        conditions=("Diabetic Neuropathy",),
        interventions=(CORD,),
    )
    found = classify(study)
    assert (found.cell_source, found.donor) == ("umbilical_cord", donor)
