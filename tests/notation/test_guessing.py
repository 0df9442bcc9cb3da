"""Kinds guessed from words: what they say happened, and silence where they leave it open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.notation import guess_action_kind, guess_kind
from retrotui.notation.phrases import PhraseBook, verb_forms, words_of
from retrotui.retro import ActionKind

EVENTS = """
alerted        PagerDuty alert for high error rate fires
alerted        db on-call is paged
acknowledged   on-call acks the page
acknowledged   The alert was acknowledged at once
escalated      Ana paged the DB on-call
escalated      we pulled the network team in
escalated      escalated to the storage team
declared       Sev 1 declared
declared       declared an incident
comms          status page updated
comms          support told customers about the delay
comms          we posted an update in the forum
change         deploy 4512 reaches the second region
change         deployed version 2.3 to production
change         Feature flag new-cart switched on for everyone
change         schema migration starts
change         TLS certificate rotated
action         rolled back deploy 4512
action         restarted the api pods
action         failed over to the replica
action         we disabled the flag
action         hotfix deployed
mitigated      error rate drops to zero
mitigated      checkout recovers
mitigated      traffic flows again
resolved       incident resolved
resolved       all clear
resolved       shop is back to normal
impact_start   checkout starts failing
impact_start   payments start to time out
impact_start   the site goes down
impact_start   Checkout answers 5xx for 40% of requests
impact_end     last failed payment
detected       first customer reports a blank page
detected       Will notices the lag on the dashboard
hypothesis     we think it is the cache
hypothesis     looks like a DNS problem
hypothesis     maybe the deploy
decision       we decide to roll back
decision       decided not to fail over
oh_no          oh no, this is prod
oh_no          The on-call sees the wrong region in the prompt
oh_no          Realised the script ran against production
identified     root cause found: expired certificate
identified     traced it to a missing index
surprise       the backup is empty
surprise       errors continue after the rollback
surprise       strangely, only EU is affected
handoff        handover to the night shift
context        it was a public holiday
observation    CPU climbs to 95%
expected       I expected the canary to stop it
did            I ran the clean-up script
saw            I saw a prompt that looked like staging
expected       I expected it to turn out empty
did            I did run the drop script
alerted        I saw the alert fire
-              the alert did not fire
-              nobody was paged
-              not resolved yet
-              the change cannot be rolled back
-              DNS does not resolve
-              a restart is scheduled for tomorrow
-              the release notes are long
-              cache hit ratio is 40%
-              page load time is 3s
-              tea
"""


@pytest.mark.parametrize("row", EVENTS.strip().splitlines())
def test_the_kind_of_an_event_is_guessed_from_its_words(row: str) -> None:
    expected, words = row.split(maxsplit=1)
    guessed = guess_kind(words)
    assert (guessed.value if guessed else "-") == expected


ACTIONS = """
prevent       Require a confirmation before a table is dropped
prevent       Add a canary stage to the pipeline
detect        Alert when the one-minute error rate exceeds 2%
detect        Add a dashboard for queue age
detect        Test restores automatically
mitigate      Add a kill switch for the new checkout
mitigate      Snapshot the orders database hourly, with backups kept a week
respond       Write the runbook for a full disk
respond       Hold a game day in December
repair        Fix the broken index
repair        Rebuild the second replica
investigate   Find out why the queue is slow at noon
learn         Share what we learned with the platform guild
-             Tea for everyone
"""


@pytest.mark.parametrize("row", ACTIONS.strip().splitlines())
def test_the_kind_of_an_action_is_guessed_from_its_words(row: str) -> None:
    expected, words = row.split(maxsplit=1)
    guessed = guess_action_kind(words)
    assert (guessed.value if guessed else "-") == expected
    assert guessed is None or guessed in ActionKind


def test_verbs_are_known_in_every_form() -> None:
    assert verb_forms("stop") == {"stop", "stops", "stopped", "stopping"}
    assert verb_forms("notify") == {"notify", "notifies", "notified", "notifying"}
    assert verb_forms("deploy") == {"deploy", "deploys", "deployed", "deploying"}
    assert verb_forms("crash") == {"crash", "crashes", "crashed", "crashing"}
    assert verb_forms("go") == {"go", "goes", "went", "gone", "going"}


def test_a_gap_does_not_reach_into_the_next_sentence() -> None:
    book = PhraseBook()
    book.add(0, ["alert ~4 fires"])
    assert book.matches(words_of("the alert finally fires"))
    assert not book.matches(words_of("there is an alert. It never fires"))


def test_optional_words_may_be_left_out_at_either_end() -> None:
    book = PhraseBook()
    book.add(0, ["^ very? slow again? $"])
    for text in ("slow", "very slow", "slow again", "very slow again", "Then. Slow."):
        assert book.matches(words_of(text)), text
    for text in ("so slow", "slow again and again"):
        assert not book.matches(words_of(text)), text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=500))
def test_any_text_may_be_guessed_at(text: str) -> None:
    guess_kind(text)
    guess_action_kind(text)
