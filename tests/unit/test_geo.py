"""Places and distances."""

from __future__ import annotations

import pytest

from trialfinder.catalogue.gazetteer import Place, distance_km, find_place, folded, miles, nearest_sites
from trialfinder.errors import InputError
from trialfinder.study.model import Location


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
    here = Place("Here", "", "", 50.0, 0.0)
    far = Location(city="Far", status="RECRUITING", latitude=52.0, longitude=0.0)
    near = Location(city="Near", status="RECRUITING", latitude=50.1, longitude=0.0)
    closed = Location(city="Closed", status="COMPLETED", latitude=50.0, longitude=0.0)
    unsaid = Location(city="Unsaid", latitude=50.0, longitude=0.0)
    nowhere = Location(city="Nowhere", status="RECRUITING")
    sites = (far, near, closed, unsaid, nowhere)
    assert [(site.city, round(km)) for site, km in nearest_sites(sites, here)] == [("Near", 11), ("Far", 222)]
    assert [site.city for site, _ in nearest_sites(sites, here, only_open=False)] == [
        *("Closed", "Unsaid", "Near", "Far")
    ]


def test_folding() -> None:
    assert folded("  Saint-Étienne's ") == "saint etiennes"
