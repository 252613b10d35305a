"""Places and distances."""

from __future__ import annotations

import pytest

from trialfinder.base.countries import country_name, folded, folded_each
from trialfinder.catalogue.gazetteer import (
    KnownPlace,
    distance_km,
    find_place,
    miles,
)
from trialfinder.catalogue.near import nearest_sites, position_of
from trialfinder.errors import InputError
from trialfinder.study.model import Location, Study


def test_names_are_folded_together_as_each_is_alone() -> None:
    names = ["São Paulo", "İzmir", "", "L'Aquila", "St. John's", "Łódź\n(old town)", "ʼnGo", "'s-Gravenhage", " -Ash- "]
    names += ["\u0301a", "Straße", "Ǆ", "대구", "Αθήνας", "a\u2028b", "x\x1ey", "한\u0301"]
    assert folded_each(names) == [folded(name) for name in names]
    assert folded_each([]) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Leeds", "Leeds, England, United Kingdom"),
        ("Atlanta, GA", "Atlanta, Georgia, United States"),
        ("atlanta, georgia, usa", "Atlanta, Georgia, United States"),
        ("Seoul", "Seoul, South Korea"),
        ("Paris, TX", "Paris, Texas, United States"),
        ("Paris, FR", "Paris, France"),
        ("London, Ontario", "London, Ontario, Canada"),
        ("london, uk", "London, England, United Kingdom"),
        ("sao paulo", "São Paulo, Brazil"),
        ("SÃO PAULO", "São Paulo, Brazil"),
        ("Cologne", "Köln, Germany"),
        ("New York", "New York City, New York, United States"),
        ("Perth, Scotland", "Perth, Scotland, United Kingdom"),
    ],
)
def test_a_name_finds_its_town(text: str, label: str) -> None:
    assert [place.label for place in find_place(text)] == [label]


def test_a_name_with_several_meanings_gives_them_all_the_largest_first() -> None:
    assert [place.label for place in find_place("Paris")] == ["Paris, France", "Paris, Texas, United States"]
    assert len(find_place("Springfield")) > 4


def test_a_label_finds_its_place_again() -> None:
    for text in ("Paris", "London", "Birmingham", "San José"):
        for place in find_place(text):
            again = find_place(place.label)
            assert len(again) == 1
            assert distance_km((place.latitude, place.longitude), (again[0].latitude, again[0].longitude)) < 2


def test_a_point_of_the_map_is_a_place() -> None:
    (place,) = find_place("51.5, -0.12")
    assert (place.latitude, place.longitude, place.label) == (51.5, -0.12, "51.5,-0.12")


def test_a_point_off_the_map_is_refused() -> None:
    with pytest.raises(InputError, match="latitude is between -90 and 90"):
        find_place("95,10")


def test_a_misspelt_name_gets_a_hint() -> None:
    with pytest.raises(InputError, match="did you mean Leeds") as caught:
        find_place("Leedz")
    assert caught.value.suggestions == ("Leeds, England, United Kingdom",)


def test_a_town_in_the_wrong_country_is_told_where_it_is() -> None:
    with pytest.raises(InputError, match="known elsewhere: Paris, France"):
        find_place("Paris, Germany")


@pytest.mark.parametrize("text", ["", " , ,", "xyzzyq", "\x1b[31m"])
def test_no_name_is_an_error_and_no_guess(text: str) -> None:
    with pytest.raises(InputError, match="no town"):
        find_place(text)


def test_distance_over_the_ground() -> None:
    # Greenwich to the Paris observatory, about 340 km; a quarter of the meridian, 10,007.5 km on this sphere.
    assert distance_km((51.4779, 0.0), (48.8362, 2.3365)) == pytest.approx(338, abs=3)
    assert distance_km((0, 0), (90, 0)) == pytest.approx(10007.6, abs=0.5)
    assert distance_km((10, 179.9), (10, -179.9)) == pytest.approx(21.9, abs=0.1)
    assert distance_km((1, 1), (1, 1)) == 0


def test_miles() -> None:
    assert miles(160.9344) == pytest.approx(100)


def test_sites_come_nearest_first_and_only_the_open_ones() -> None:
    here = KnownPlace("Here", "", "", 50.0, 0.0)
    far = Location(city="Far", status="RECRUITING", latitude=52.0, longitude=0.0)
    near = Location(city="Near", status="RECRUITING", latitude=50.1, longitude=0.0)
    closed = Location(city="Closed", status="COMPLETED", latitude=50.0, longitude=0.0)
    unsaid = Location(city="Unsaid", latitude=50.0, longitude=0.0)
    nowhere = Location(city="Nowhere", status="RECRUITING")
    study = Study(nct_id="NCT90000001", locations=(far, near, closed, unsaid, nowhere))
    assert [(site.city, round(km)) for site, km in nearest_sites(study, here)] == [("Near", 11), ("Far", 222)]
    assert [site.city for site, _ in nearest_sites(study, here, only_open=False)] == [
        *("Closed", "Unsaid", "Near", "Far")
    ]


@pytest.mark.parametrize(
    ("site", "near"),
    [
        (Location(city="Wuhan", country="China"), (30.58, 114.27)),
        (Location(city="Seoul", country="Korea, Republic of"), (37.57, 126.98)),
        (Location(city="Springfield", state="Illinois", country="United States"), (39.80, -89.64)),
        (Location(city="Coral Springs", state="Florida", country="United States"), (26.27, -80.27)),
        (Location(city="Munich", country="Germany"), (48.14, 11.58)),
        (Location(city="X", country="Germany", latitude=1.0, longitude=2.0), (1.0, 2.0)),
    ],
)
def test_a_site_without_coordinates_is_placed_by_its_town(site: Location, near: tuple[float, float]) -> None:
    assert position_of(site) == pytest.approx(near, abs=0.05)


@pytest.mark.parametrize(
    "site",
    [
        Location(city="Springfield", country="United States"),  # several
        Location(city="Springfield", state="Bavaria", country="United States"),
        Location(city="Nowhere at all", country="Germany"),
        Location(city="Paris"),
        Location(country="France"),
    ],
)
def test_a_site_is_not_placed_by_a_guess(site: Location) -> None:
    assert position_of(site) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("USA", "United States"),
        ("uk", "United Kingdom"),
        ("Republic of Korea", "South Korea"),
        ("Narnia", ""),
        ("", ""),
    ],
)
def test_a_country_by_any_of_its_names(text: str, name: str) -> None:
    assert country_name(text) == name


def test_folding() -> None:
    assert folded("  Saint-Étienne's ") == "saint etiennes"


@pytest.mark.parametrize(
    ("overall", "site", "said"),
    [
        ("RECRUITING", "RECRUITING", "RECRUITING"),
        ("TERMINATED", "RECRUITING", "TERMINATED"),
        ("SUSPENDED", "RECRUITING", "SUSPENDED"),
        ("COMPLETED", "NOT_YET_RECRUITING", "COMPLETED"),
        ("NO_LONGER_AVAILABLE", "AVAILABLE", "NO_LONGER_AVAILABLE"),
        ("COMPLETED", "WITHDRAWN", "WITHDRAWN"),
        ("UNKNOWN", "RECRUITING", "RECRUITING"),
        ("TERMINATED", None, None),
        (None, "RECRUITING", "RECRUITING"),
    ],
)
def test_no_site_of_a_closed_study_is_open(overall: str | None, site: str | None, said: str | None) -> None:
    """Records keep "recruiting" at a site of a study that was stopped."""
    place = Location(city="Near", status=site, latitude=50.1, longitude=0.0)
    study = Study(nct_id="NCT90000001", overall_status=overall, locations=(place,))
    assert study.site_status(place) == said
    found = nearest_sites(study, KnownPlace("Here", "", "", 50.0, 0.0))
    assert bool(found) == (said in ("RECRUITING", "AVAILABLE"))


def test_a_misspelt_town_is_looked_for_where_it_was_said_to_be() -> None:
    with pytest.raises(InputError, match="did you mean Cleveland, Ohio, United States") as caught:
        find_place("Clevland, Ohio")
    assert len(set(caught.value.suggestions)) == len(caught.value.suggestions)
    with pytest.raises(InputError, match="did you mean Cleveland, Tennessee, United States"):
        find_place("Clevland, Tennessee")
