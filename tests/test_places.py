"""Towns and their zones, from the real data."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.places import GeoNames

NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def places() -> GeoNames:
    return GeoNames({"England": "GB", "UK": "GB"})


@pytest.mark.parametrize(("said", "zone"), [
    ("London", "Europe/London"), ("london, canada", "America/Toronto"), ("München", "Europe/Berlin"), ("munich", "Europe/Berlin"),
    ("Bombay", "Asia/Kolkata"), ("Sao Paulo", "America/Sao_Paulo"), ("NYC", "America/New_York"), ("Kathmandu", "Asia/Kathmandu"),
    ("St. John's", "America/St_Johns"), ("Москва", "Europe/Moscow"),
    ("東京", "Asia/Tokyo"), ("Perth", "Australia/Perth"), ("London UK", "Europe/London"), ("london canada", "America/Toronto"),
    ("New York USA", "America/New_York"), ("Portland, Oregon", "America/Los_Angeles"), ("Manchester UK", "Europe/London"),
    ("Europe/London", "Europe/London"), ("america/new_york", "America/New_York"),
    ("India", "Asia/Kolkata"), ("Kenya", "Africa/Nairobi"), ("France", "Europe/Paris"), ("england", "Europe/London"), ("California", "America/Los_Angeles"),
])
def test_by_name(places: GeoNames, said: str, zone: str) -> None:
    assert places.named(said)[0].zone == zone


def test_several_of_that_name_are_asked_about(places: GeoNames) -> None:
    zones = [town.zone for town in places.named("Portland")]
    assert {"America/Los_Angeles", "America/New_York"} <= set(zones)
    assert len(zones) == len(set(zones))


@pytest.mark.parametrize(("said", "zones"), [
    ("United States", {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"}), ("Texas", {"America/Chicago", "America/Denver"}),
    ("Georgia", {"Asia/Tbilisi", "America/New_York"}), ("London, Ontario", {"Europe/London", "America/Toronto"}),
])
def test_a_region_with_several_clocks_is_asked_about(places: GeoNames, said: str, zones: set[str]) -> None:
    assert zones <= {town.zone for town in places.named(said)}


@pytest.mark.parametrize(("said", "zone"), [
    ("Lodnon", "Europe/London"), ("manchestr", "Europe/London"), ("Germny", "Europe/Berlin"), ("Phillipines", "Asia/Manila"),
])
def test_a_slip_is_only_like_a_name(places: GeoNames, said: str, zone: str) -> None:
    assert places.named(said) == ()
    assert places.like(said)[0].zone == zone


@pytest.mark.parametrize("said", ["", "-", "my head hurts", "x" * 500, "\x00", "🙂"])
def test_what_is_no_town(places: GeoNames, said: str) -> None:
    assert places.named(said) == ()
    assert places.like(said) == ()


def test_by_place(places: GeoNames) -> None:
    near = places.near(51.48, 0.0)
    assert near is not None
    assert near.zone == "Europe/London"
    far = places.near(-41.29, 174.78)
    assert far is not None
    assert far.zone == "Pacific/Auckland"
    across = places.near(-16.8, -179.99)  # the other side of the date line from the next town
    assert across is not None
    assert across.zone == "Pacific/Fiji"


def test_by_clock(places: GeoNames) -> None:
    assert [town.zone for town in places.at_offset(345, NOW)] == ["Asia/Kathmandu"]
    assert "Europe/London" in {town.zone for town in places.at_offset(0, NOW)}
    assert places.at_offset(7, NOW) == ()


def test_a_long_message_names_no_town(places: GeoNames) -> None:
    """Every way to divide it would be looked up, and everybody would wait."""
    long = "London, " + "a b c d " * 500
    assert (places.named(long), places.like(long)) == ((), ())
