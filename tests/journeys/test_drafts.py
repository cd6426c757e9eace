"""Drafts: kept, offered again, deleted."""

from tests.journeys.steps import BRIEF
from tests.sandbox.driver import People
from tests.sandbox.reading import text_of


async def test_a_refused_form_is_a_draft_that_can_be_continued(people: People) -> None:
    await people.ann.command("/winwin Acme renewal")
    await people.ann.view()
    for label, value in (BRIEF | {"Their Win": "tbd"}).items():
        await people.ann.fill(label, value)
    await people.ann.submit()
    await people.ann.close(everything=True)

    await people.ann.command("/winwin")
    await people.ann.until(lambda state: state["views"] and "unfinished" in text_of(state["views"][-1]))
    await people.ann.fill("Counterpart", "typed meanwhile")
    await people.ann.press("Continue Acme renewal")
    await people.ann.until(lambda _: people.ann.field("What is it about?") == "Acme renewal")

    assert people.ann.field("My Win") == BRIEF["My Win"]
    assert people.ann.field("Walk-away") == BRIEF["Walk-away"]
    await people.ann.close(everything=True)
    await people.ann.command("/winwin")
    await people.ann.until(lambda state: "Continue typed meanwhile" in text_of(state["views"][-1]))


async def test_a_draft_can_be_deleted_and_what_is_typed_stays(people: People) -> None:
    for title in ("First matter", "& " * 75, "Second matter"):
        await people.ann.command(f"/winwin {title}")
        await people.ann.view()
        await people.ann.press("Save draft")
        await people.ann.until(lambda state: "Draft saved" in text_of(state["views"][-1]))
        await people.ann.close(everything=True)

    await people.ann.command("/winwin")
    await people.ann.until(lambda state: state["views"] and "Continue First matter" in text_of(state["views"][-1]))
    await people.ann.fill("My Win", "quick fingers")
    await people.ann.press("Delete draft", confirm=True)  # the newest comes first
    await people.ann.until(lambda state: "The draft is deleted" in text_of(state["views"][-1]))

    assert "Second matter" not in text_of(people.ann.front())
    assert "Continue First matter" in text_of(people.ann.front())
    assert people.ann.field("My Win") == "quick fingers"


async def test_the_offer_to_continue_keeps_what_is_typed(people: People) -> None:
    await people.ann.command("/winwin First matter")
    await people.ann.view()
    await people.ann.press("Save draft")
    await people.ann.until(lambda state: "Draft saved" in text_of(state["views"][-1]))
    await people.ann.close(everything=True)

    await people.trouble("views.update", "hang", seconds=0.3)
    await people.ann.command("/winwin")
    await people.ann.view()
    await people.ann.fill("My Win", "quick fingers")
    await people.ann.until(lambda state: "Continue First matter" in text_of(state["views"][-1]))

    assert people.ann.field("My Win") == "quick fingers"
