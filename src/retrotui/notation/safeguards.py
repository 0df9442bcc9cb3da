"""The safeguard shelf: changes to the surroundings that have helped others, to pick from and to adapt.

Leaves guessing what would fit a factor to the people in the room.
"""

from dataclasses import dataclass

from retrotui.retro import ActionKind


@dataclass(frozen=True, slots=True)
class Safeguard:
    """One thing on the shelf."""

    id: str
    title: str
    question: str
    """What to ask the room before taking it."""
    action_text: str
    """A first wording of the action item; `…` marks what is to be filled in."""
    kind: ActionKind


SAFEGUARDS: tuple[Safeguard, ...] = (
    Safeguard(
        "automated-tests",
        "More automated tests",
        "Which test, run before the change went out, would have turned red?",
        "Add a test that fails when …",
        ActionKind.PREVENT,
    ),
    Safeguard(
        "more-reviewers",
        "More reviewers",
        "Which knowledge would have made this risk visible in review, and how could the change find it?",
        "Require a second review, by the team that runs it, for changes to …",
        ActionKind.PREVENT,
    ),
    Safeguard(
        "review-context",
        "Fuller context and test plans in reviews",
        "What would a reviewer have needed to see next to the diff?",
        "Extend the review template with what the change touches, how it was tested and how to undo it",
        ActionKind.PREVENT,
    ),
    Safeguard(
        "soak-channel",
        "Monitoring with a soak or beta channel",
        "Where could this have run for an hour with somebody or something watching?",
        "Run every release in a watched beta channel for … before it goes further",
        ActionKind.DETECT,
    ),
    Safeguard(
        "gradual-rollout",
        "Gradual rollout",
        "What is the smallest part of the system that could have met this first?",
        "Roll out … in steps of 1, 10 and 100 percent that stop by themselves when errors rise",
        ActionKind.PREVENT,
    ),
    Safeguard(
        "kill-switch",
        "Kill switch",
        "Which single switch would have ended the harm, without a deploy?",
        "Put … behind a switch that can be turned off within a minute",
        ActionKind.MITIGATE,
    ),
    Safeguard(
        "undo",
        "Undo",
        "What would have made this step one that can be taken back?",
        "Keep what … removes for 30 days so that it can be taken back",
        ActionKind.MITIGATE,
    ),
    Safeguard(
        "unmistakable-environment",
        "The environment one is in, unmistakable",
        "How does somebody tired see, before pressing enter, which environment this is?",
        "Show host and environment in prompt and window colour of …",
        ActionKind.PREVENT,
    ),
    Safeguard(
        "rehearsed-restores",
        "Rehearsed restores",
        "When was the last restore that went through to the end, and how long did it take?",
        "Restore … from backup every month and alert when a restore is missing or incomplete",
        ActionKind.MITIGATE,
    ),
    Safeguard(
        "dry-run",
        "A dry run that shows the effect",
        "What would a preview have said, had it stood in front of the real thing?",
        "Print what … will change, and how much of it, before it asks to go on",
        ActionKind.PREVENT,
    ),
    Safeguard(
        "symptom-alert",
        "An alert on what users feel",
        "Which number that users feel moved first, and by how much?",
        "Alert when … stays above … for two minutes",
        ActionKind.DETECT,
    ),
    Safeguard(
        "limited-reach",
        "Limited reach",
        "What would have kept this from reaching more than one part at a time?",
        "Limit … to one zone at a time",
        ActionKind.MITIGATE,
    ),
    Safeguard(
        "runbook-at-hand",
        "The runbook where the alert is",
        "Which first step was known to somebody, and where would it have been found?",
        "Link the first three steps for … from the alert itself",
        ActionKind.RESPOND,
    ),
)
"""The shelf, those from published lists of safeguards first."""
