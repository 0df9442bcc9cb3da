"""Lines that leave a reflection: what was done stays, the hard word about oneself does not."""

import pytest

from retrotui.exchange.kinder_words import kinder


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
