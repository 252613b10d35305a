"""What a record says in codes, as people say it: what is given, and what shows a sign."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.base.enums import OPEN_SITE_STATUSES
from trialfinder.base.text import one_line
from trialfinder.base.tongue import say
from trialfinder.study.model import Study
from trialfinder.tables.rows import Row

_PRODUCTS = {
    "msc": "mesenchymal cells",
    "mononuclear": "mononuclear cells",
    "stromal_vascular_fraction": "fat-derived cell mix",
    "hematopoietic": "blood stem cells",
    "ipsc_derived": "cells from reprogrammed cells",
    "neural_stem": "neural stem cells",
    "schwann": "Schwann cells",
    "other_cells": "other cells",
    "exosome_or_secretome": "exosomes, no cells",
    "platelet_rich_plasma": "platelet plasma, no cells",
    "tissue_product": "tissue product",
}
_SOURCES = {
    "bone_marrow": "bone marrow",
    "adipose": "fat",
    "umbilical_cord": "umbilical cord",
    "placenta_amnion": "placenta or amnion",
    "peripheral_blood": "blood",
}
_DONORS = {"autologous": "own", "allogeneic": "donor's"}


def as_of(study: Study, status: str | None) -> str:
    """Of which day a site's status is, behind one that says that people are taken: nobody may have looked since."""
    if status not in OPEN_SITE_STATUSES:
        return ""
    day = study.status_verified_date
    return ", " + (say("as of {day}").format(day=day) if day else say("as of an unknown day"))


def product_words(product: str | None, source: str | None, donor: str | None) -> str:
    """Donor, product and source as far as the record says them; '' without a product."""
    if product in (None, "none", "not_stated"):
        return ""
    parts = [_DONORS.get(donor or "", ""), _PRODUCTS.get(product, product.replace("_", " "))]
    if source and source not in ("not_stated", "other"):
        parts.append(f"({_SOURCES.get(source, source.replace('_', ' '))})")
    return " ".join(part for part in parts if part)


_SAID = {"true": "yes", "false": "no"}
_FIELDS = {
    "oversight_has_dmc": "data monitoring committee",
    "is_fda_regulated_drug": "regulated by the US agency as a drug",
    "is_fda_regulated_device": "regulated by the US agency as a device",
    "status_verified_date": "last verified by the sponsor",
    "enrollment_count": "number of people",
    "study_first_submit_date": "registered",
}


def shown_by(field: str, quote: str) -> tuple[str, str]:
    """The name of a field of the record, and in quotes what stands in it; '' where nothing does."""
    words = _SAID.get(quote, one_line(quote))
    return _FIELDS.get(field, field.replace("_", " ")), f'"{words}"' if words else ""


_CAR_T = re.compile(r"\bCAR[- ]?T\b|\bCAR T-?cell|(?i:\bcar-t\b|chimeric antigen receptor)")


def finer_product(row: Row) -> str:
    """The product of a row, for lists that people read: ``car_t`` where "other cells" are named as such."""
    named = " ".join(str(row[name] or "") for name in ("brief_title", "official_title", "interventions"))
    product = row["cell_product"] or "not_stated"
    return "car_t" if product == "other_cells" and _CAR_T.search(named) else str(product)
