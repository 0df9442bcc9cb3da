"""Lines that leave a reflection: what was done stays, the hard word about oneself does not."""

import pytest

from retrotui.exchange.kinder_words import kinder, own_words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I ran drop database, it was my fault", "I ran drop database"),
        ("I restored the backup. I am such an idiot.", "I restored the backup"),
        ("it was my fault", ""),
        ("Both prompts look the same", "Both prompts look the same"),
        ("", ""),
    ],
)
def test_a_fact_beside_a_hard_word_stays(text: str, said: str) -> None:
    assert kinder(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I noticed my mistake within a minute", "I noticed my mistake within a minute"),
        ("My mistake was caught by the staging check", "My mistake was caught by the staging check"),
        ("The backup saved me from my own stupidity", "The backup saved me from my own stupidity"),
        (
            "I admitted my error quickly and the team helped",
            "I admitted my error quickly and the team helped",
        ),
        ("I should have asked, but Priya was awake and helped", "Priya was awake and helped"),
        ("I messed up, luckily the replica was delayed", "luckily the replica was delayed"),
        ("The canary stopped it. I am such an idiot.", "The canary stopped it"),
        ("it was my fault", ""),
        ("I checked the host twice", "I checked the host twice"),
        ("", ""),
    ],
)
def test_what_helped_stays_in_its_writers_own_words(text: str, said: str) -> None:
    assert own_words(text) == said


def test_what_is_left_of_a_line_does_not_begin_with_what_joined_it() -> None:
    assert kinder("I forgot the flag, and the dry run said so") == "The dry run said so"
