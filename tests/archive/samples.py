"""Retros for the archive's tests."""

from datetime import UTC, date, datetime
from typing import Any

from retrotui.retro import Retro


def small_retro(**info: Any) -> Retro:
    """A retro with a title and nothing else."""
    return Retro.model_validate(
        {"retro": {"id": "2026-11-21-checkout", "title": "Checkout answered 5xx for 40 minutes", **info}}
    )


def full_retro(**info: Any) -> Retro:
    """A retro with something in every part."""
    at = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
    return Retro.model_validate(
        {
            "retro": {
                "id": "2026-11-21-checkout",
                "title": "Checkout answered 5xx for 40 minutes",
                "held": datetime(2026, 11, 21, 14, tzinfo=UTC),
                "timezone": "Europe/Dublin",
                "severity": "2",
                "tags": ["checkout", "deploy"],
                "facilitator": "Ana",
                "people": ["Ana", "Will", "Priya"],
                "summary": "Deploys went out without a canary.\nWe stopped them.",
                **info,
            },
            "agenda": {
                "preset": "balanced-60",
                "current": "causes",
                "stage": [
                    {"id": "timeline", "kind": "timeline", "planned_s": 1200, "extended_s": 120},
                    {"id": "causes", "kind": "factors", "planned_s": 900, "elapsed_s": 77},
                ],
                "topic": "f1",
                "topic_clock": [{"item": "f1", "elapsed_s": 60}],
            },
            "opening": {"ground_rule": "We look at conditions.", "safety": [3, 4, 5]},
            "event": [
                {"id": "e1", "at": at, "kind": "detected", "text": "Error-rate alert fires"},
                {"id": "e2", "kind": "hypothesis", "state": "open", "said": "later", "text": "Cache?"},
            ],
            "went_well": [
                {"id": "w1", "kind": "safeguard", "text": "The canary stopped the second batch", "votes": 3},
                {"id": "w2", "kind": "luck", "text": "Low traffic", "group": "w1"},
            ],
            "card": [
                {
                    "id": "c1",
                    "stage": "puzzles",
                    "column": "left",
                    "text": "not for all eyes",
                    "private": True,
                }
            ],
            "factor": [
                {"id": "f1", "text": "The alert averages over ten minutes", "events": ["e1"], "votes": 4},
                {"id": "f2", "parent": "f1", "kind": "latent", "text": "Nobody owned the alert"},
            ],
            "question": [{"id": "q1", "text": "How can we notice within a minute?", "factors": ["f1"]}],
            "answer": [{"id": "n1", "question": "q1", "text": "One-minute alert", "action": "a1"}],
            "action": [
                {
                    "id": "a1",
                    "text": "Alert when the one-minute error rate exceeds 2%",
                    "kind": "detect",
                    "owner": "Priya",
                    "due": date(2026, 12, 5),
                    "priority": "P1",
                    "questions": ["q1"],
                    "factors": ["f1"],
                },
                {"id": "a2", "text": "Rehearse the restore", "status": "done"},
            ],
            "parked": [{"id": "p1", "from": "timeline", "text": "Rethink the retry budget"}],
            "kept_wording": [
                {
                    "section": "causes",
                    "rule": "counterfactual",
                    "phrase": "we should have",
                    "reason": "system",
                }
            ],
            "ballot": {"stage": "causes", "topics": ["f1", "f2"], "counts": [2, 1], "voters": 1},
            "close": {"attended": 6, "learned": 4, "roti": [4, 5]},
            "ids": {"e": 2, "w": 2, "c": 1, "f": 2, "q": 1, "n": 1, "a": 9, "p": 1},
        }
    )
