from dataclasses import replace
from datetime import UTC, datetime, timedelta

from retrotui.exchange.timeline_in import Candidate, as_change, review, shown_time
from retrotui.facilitation import Session
from retrotui.retro import Event, EventKind, Retro
from retrotui.retro.changes import Add

AT = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)


def candidate(
    text: str,
    seconds: int = 0,
    source: str = "slack",
    kind: EventKind = EventKind.OBSERVATION,
    **more: object,
) -> Candidate:
    base = Candidate(
        ref=f"{source}:{text}:{seconds}",
        text=text,
        source=source,
        at=AT + timedelta(seconds=seconds),
        kind=kind,
        why="" if kind is EventKind.OBSERVATION else "it says so",
        format=source,
    )
    return replace(base, **more)  # type: ignore[arg-type]


PAGE = candidate("Triggered: [#77] checkout answers 5xx", 0, "pagerduty", EventKind.ALERTED)
ALERT = candidate("CheckoutErrors: checkout answers 5xx above 2%", 5, "alertmanager", EventKind.ALERTED)
BOT = candidate("Triggered #77: checkout 5xx", 2, "slack", EventKind.ALERTED)


def test_what_three_sources_tell_is_one_candidate_of_the_firmest(retro: Retro) -> None:
    found = review([BOT, ALERT, PAGE], retro)
    (item,) = found.items
    assert item.ref == PAGE.ref
    assert set(item.refs) == {PAGE.ref, ALERT.ref, BOT.ref}
    assert found.folded == 2


def test_one_source_is_never_folded_and_different_milestones_neither(retro: Retro) -> None:
    twice = candidate(PAGE.text, 30, "pagerduty", EventKind.ALERTED)
    acknowledged = candidate("Acknowledged [#77] checkout answers 5xx", 20, "slack", EventKind.ACKNOWLEDGED)
    assert len(review([PAGE, twice, acknowledged], retro).items) == 3


def test_a_persons_words_stay_their_own(retro: Retro) -> None:
    said = candidate("checkout answers 5xx, I have #77", 10, people=("Ana",))
    assert len(review([PAGE, said], retro).items) == 2


def test_a_part_of_a_fold_that_is_known_is_dropped_with_the_next_import(retro: Retro) -> None:
    first = review([PAGE, ALERT, BOT], retro)
    after = as_change(first.items, retro).apply(retro)
    again = review([BOT, ALERT], after)
    assert again.items == ()
    assert again.known == 2


def test_what_resembles_an_event_typed_by_hand_is_kept_and_not_suggested(retro: Retro) -> None:
    typed = Add(Event(id="e1", at=AT, text="checkout answers 5xx, page #77")).apply(retro)
    (item,) = review([PAGE], typed).items
    assert item.resembles == "e1"
    assert not item.suggested


def test_candidates_stand_by_time_and_untimed_ones_after_what_they_follow(retro: Retro) -> None:
    late, early = candidate("late", 60, "csv"), candidate("early", 0, "csv")
    follows = candidate("follows late", 0, "csv", at=None)
    assert [item.text for item in review([late, follows, early], retro).items] == [
        "early",
        "late",
        "follows late",
    ]


def test_one_undo_takes_back_the_whole_import(retro: Retro) -> None:
    session = Session(retro)
    session.do(as_change(review([PAGE, candidate("something else", 400)], retro).items, retro), force=True)
    assert len(session.retro.events) == 2
    assert session.undo() == "import 2 events from pagerduty, slack"
    assert not session.retro.events


def test_ids_of_an_undone_import_are_not_used_again(retro: Retro) -> None:
    session = Session(retro)
    session.do(as_change([PAGE], session.retro))
    session.undo()
    session.do(as_change([PAGE], session.retro))
    assert [event.id for event in session.retro.events] == ["e2"]


def test_words_come_in_as_they_are(retro: Retro) -> None:
    blaming = candidate("will should have checked, obviously")
    assert as_change([blaming], retro).apply(retro).events[0].text == "will should have checked, obviously"


def test_a_converted_time_shows_what_the_source_says(retro: Retro) -> None:
    summer = retro.model_copy(update={"info": retro.info.model_copy(update={"timezone": "Asia/Tokyo"})})
    item = candidate("x", written="2026-11-20T14:03:00Z")
    assert shown_time(item, summer) == "23:03:00 (14:03 UTC in the source)"
    assert shown_time(item, retro) == "14:03:00"


def test_kinds_can_be_asked_for(retro: Retro) -> None:
    found = review([PAGE, candidate("chatter", 500)], retro)
    assert found.suggested == found.items[:1]
    assert [item.ref for item in found.of_kinds([EventKind.ALERTED])] == [PAGE.ref]
