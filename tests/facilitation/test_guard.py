"""Which changes are held for their wording, and which pass."""

import pytest

from retrotui.blameless import Policy, Section
from retrotui.facilitation import Held, Session, WordingGuard
from retrotui.facilitation.guard import added_texts, entry_section
from retrotui.retro import (
    Action,
    Answer,
    Card,
    CardKind,
    Event,
    Factor,
    KeptWording,
    Mode,
    Parked,
    Question,
    Retro,
)
from retrotui.retro.changes import (
    Add,
    Batch,
    Change,
    Delete,
    KeepWording,
    Merge,
    Move,
    Park,
    PromoteToAction,
    Vote,
    edit,
    edit_info,
)
from retrotui.templates import Template, shipped
from tests.facilitation.helpers import Clocks, a_retro, a_session

BLAME = "Will should have checked the region before the deploy"
PLAIN = "The prompt does not show the region"


def guarded(
    retro: Retro | None = None,
    *,
    policies: dict[Section, Policy] | None = None,
    template: Template | None = None,
) -> Session:
    guard = WordingGuard(policies=policies, template=template or shipped("incident"))
    return a_session(Clocks(), retro, guard=guard)


def test_a_cause_that_blames_is_held_with_its_findings() -> None:
    session = guarded()
    with pytest.raises(Held) as held:
        session.do(Add(Factor(id="f1", text=BLAME)))
    [text] = held.value.texts
    assert (text.text, text.section, text.entry_id) == (BLAME, Section.CAUSES, "f1")
    assert held.value.findings[0].question and str(held.value)
    assert not session.retro.factors and session.undo_name is None


def test_a_cause_about_the_system_passes() -> None:
    session = guarded()
    session.do(Add(Factor(id="f1", text=PLAIN)))
    assert session.retro.factors[0].text == PLAIN


def test_words_can_be_kept_by_force() -> None:
    session = guarded()
    session.do(Add(Factor(id="f1", text=BLAME)), force=True)
    assert session.retro.factors[0].text == BLAME


def test_what_was_kept_deliberately_passes_from_then_on() -> None:
    session = guarded()
    with pytest.raises(Held) as held:
        session.do(Add(Factor(id="f1", text=BLAME)))
    finding = held.value.findings[0]
    kept = KeptWording(
        section="causes", rule=finding.rule, phrase=BLAME[finding.start : finding.end], reason="agreed"
    )
    session.do(Batch((KeepWording(kept), Add(Factor(id="f1", text=BLAME))), "keep my words"))
    session.do(Add(Factor(id="f2", text=BLAME)))
    assert len(session.retro.factors) == 2


def test_a_timeline_entry_and_a_card_are_coached_and_not_held() -> None:
    session = guarded()
    session.do(Add(Event(id="e1", text=BLAME)))
    session.do(Add(Card(id="w1", text=BLAME)))
    assert len(session.retro.events) == len(session.retro.went_well) == 1


def test_thanks_may_name_people_in_any_stage() -> None:
    session = guarded(template=shipped("kudos"))
    session.do(
        Add(Card(id="c1", stage="kudos", kind=CardKind.KUDOS, text="Thank you, Ana, for the rollback"))
    )
    card = Card(id="c2", stage="causes", kind=CardKind.THANKS, text="thanks")
    assert entry_section(card, session.retro) is Section.WELL


def test_a_parked_thought_is_never_held() -> None:
    session = guarded()
    session.do(Park(Parked(id="p1", text=BLAME)))
    assert session.retro.parked[0].text == BLAME


def test_nothing_is_held_in_a_solo_retro() -> None:
    retro = a_retro()
    solo = retro.model_copy(update={"info": retro.info.model_copy(update={"mode": Mode.SOLO})})
    session = guarded(solo)
    session.do(Add(Factor(id="f1", text="I should have checked the region")))
    assert len(session.retro.factors) == 1


def test_a_policy_of_ones_own_replaces_the_default() -> None:
    strict = guarded(policies={Section.TIMELINE: Policy.STRICT})
    with pytest.raises(Held):
        strict.do(Add(Event(id="e1", text="Will broke the deploy, what a careless idiot")))
    guarded(policies={Section.CAUSES: Policy.COACH}).do(Add(Factor(id="f1", text=BLAME)))
    guarded(policies={Section.CAUSES: Policy.OFF}).do(Add(Factor(id="f1", text=BLAME)))


def test_a_stage_can_have_a_policy_of_its_own() -> None:
    session = guarded(template=shipped("solo"))
    guard = WordingGuard(template=shipped("solo"))
    assert guard.policy(Section.CAUSES, session.retro, "conditions") is Policy.COACH
    assert guard.policy(Section.CAUSES, session.retro, "elsewhere") is Policy.STRICT


def test_every_sentence_of_an_action_is_looked_at() -> None:
    session = guarded()
    with pytest.raises(Held) as held:
        session.do(Add(Action(id="a1", text="Add a canary", done_when="Will should have checked it twice")))
    assert held.value.texts[0].field == "done_when"


def test_promoted_merged_and_edited_words_are_looked_at_too() -> None:
    session = guarded()
    session.do(Add(Question(id="q1", text="How can we notice sooner?")))
    session.do(Add(Answer(id="n1", question="q1", text="Alert at 2%")))
    session.do(Add(Factor(id="f1", text=PLAIN)))
    held: tuple[Change, ...] = (
        PromoteToAction("n1", Action(id="a1", text="Tell Will he should have checked the region")),
        edit("f1", text=BLAME),
    )
    for change in held:
        with pytest.raises(Held):
            session.do(change)


def test_words_that_stand_already_do_not_hold_other_changes() -> None:
    session = guarded()
    session.do(Add(Factor(id="f1", text=BLAME)), force=True)
    session.do(Add(Factor(id="f2", text=PLAIN)))
    passing: tuple[Change, ...] = (
        Vote("f1", 3),
        Move("f1", 1),
        edit("f1", category="tooling"),
        Delete("f2"),
        edit_info(summary=BLAME),
    )
    for change in passing:
        session.do(change)
    session.undo()
    session.redo()


def test_the_roster_in_force_is_that_of_the_retro_after_the_change() -> None:
    guard = WordingGuard(template=shipped("incident"))
    retro = a_retro()
    checker = guard.checker(retro)
    assert guard.checker(retro) is checker
    other = edit_info(people=("Zed",)).apply(retro)
    assert guard.checker(other) is not checker
    text = "Zed should have checked the region before the deploy"
    assert guard.held(Batch((edit_info(people=("Zed",)), Add(Factor(id="f1", text=text)))), retro)


def test_only_texts_that_are_new_are_looked_at() -> None:
    retro = a_retro().model_copy(
        update={"events": tuple(Event(id=f"e{n}", text=f"event {n}") for n in range(1, 6))}
    )

    def fresh(change: Change) -> list[str]:
        return [added.text for added in added_texts(retro, change.apply(retro))]

    assert fresh(Add(Event(id="e9", text="new"), before="e3")) == ["new"]
    assert fresh(edit("e3", text="other")) == ["other"]
    assert fresh(Delete("e3")) == []
    assert fresh(Move("e1", 4)) == []
    assert fresh(Merge("e1", "e5")) == ["event 5; event 1"]
    assert fresh(Batch((Delete("e1"), Add(Event(id="e9", text="new"))))) == ["new"]
    assert fresh(edit("e1", source="pager")) == []
