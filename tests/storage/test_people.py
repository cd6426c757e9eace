"""PeopleStore on both databases."""

from datetime import UTC, datetime

from bot.services.model import Person
from bot.storage.people import SqlPeople

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
ANN = Person("T1", "U1", "T1")


async def test_a_zone_we_never_heard_of_is_none(people: SqlPeople) -> None:
    assert await people.zone(ANN) is None


async def test_a_zone_is_remembered_and_replaced(people: SqlPeople) -> None:
    await people.remember_zone(ANN, "Europe/Paris", NOW)
    await people.remember_zone(ANN, "Asia/Tokyo", NOW)

    assert await people.zone(ANN) == "Asia/Tokyo"


async def test_the_same_user_id_in_another_installation_is_another_person(people: SqlPeople) -> None:
    await people.remember_zone(ANN, "Europe/Paris", NOW)

    assert await people.zone(Person("T2", "U1", "T1")) is None


async def test_the_team_is_not_part_of_who_a_person_is(people: SqlPeople) -> None:
    await people.remember_zone(Person("E1", "U1", "T1"), "Europe/Paris", NOW)

    assert await people.zone(Person("E1", "U1", "T2")) == "Europe/Paris"
