"""Whose rows a payload touches: the installation is the enterprise for an org-wide install, else the team."""

import pytest

from bot.services.model import Person
from bot.slack import payloads

CLICK = {"type": "block_actions", "user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1", "domain": "acme"}}
COMMAND = {"command": "/winwin", "user_id": "U1", "team_id": "T1"}
ORG = {"enterprise": {"id": "E1", "name": "Acme"}, "is_enterprise_install": True}


@pytest.mark.parametrize(
    ("payload", "installation", "team"),
    [
        (CLICK, "T1", "T1"),
        (CLICK | {"enterprise": None, "is_enterprise_install": False}, "T1", "T1"),
        (COMMAND, "T1", "T1"),
        (COMMAND | {"enterprise_id": "E1", "is_enterprise_install": "false"}, "T1", "T1"),
        (COMMAND | {"enterprise_id": "E1", "is_enterprise_install": "true"}, "E1", "T1"),
        (CLICK | {"enterprise": {"id": "E1"}, "is_enterprise_install": False}, "T1", "T1"),
        (CLICK | ORG, "E1", "T1"),
        (CLICK | ORG | {"team": None}, "E1", "T1"),
        (CLICK | ORG | {"team": None, "user": {"id": "U1", "team_id": "T9"}}, "E1", "T9"),
        (CLICK | ORG | {"team": None, "user": {"id": "U1"}}, "E1", ""),
    ],
)
def test_who_acts(payload: dict[str, object], installation: str, team: str) -> None:
    person = payloads.person(payload)

    assert person == Person(installation, "U1")
    assert person.team == team


def test_the_same_user_id_elsewhere_is_somebody_else() -> None:
    assert payloads.person(CLICK) != payloads.person(CLICK | {"team": {"id": "T2"}})


def test_what_was_pressed() -> None:
    assert payloads.pressed({"actions": [{"type": "button", "value": "n1 U1"}]}) == "n1 U1"
    assert payloads.pressed({"actions": [{"type": "overflow", "selected_option": {"value": "n1 U1 edit"}}]}) == (
        "n1 U1 edit"
    )
    assert payloads.pressed({"actions": [{"type": "button"}]}) == ""


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("R&amp;D &lt;budget&gt;", "R&D <budget>"),
        ("call <@U0BEN0001|ben> about <#C0DEALS01|deals>", "call @ben about #deals"),
        ("&amp;lt;", "&lt;"),
        (None, ""),
    ],
)
def test_command_text_reads_as_typed(sent: str | None, typed: str) -> None:
    assert payloads.command_text({"text": sent}) == typed
