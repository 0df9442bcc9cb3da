"""Guessing from its words what an action item does about a next time.

Leaves the line around the words to `action_line`, and what makes a good action to `advice`.
"""

from functools import cache

from retrotui.notation.phrases import PhraseBook, words_of
from retrotui.retro import ActionKind

_CLASSES = {
    "mend": "fix! repair! rebuild! backfill! replace! correct! reconcile! recover!",
    "signal": "alert+ alarm+ alerting monitor! monitoring dashboard+ metric+ probe+ "
    "observability telemetry slo+ heartbeat+ healthcheck+",
}

_PHRASES: tuple[tuple[ActionKind, tuple[str, ...]], ...] = (
    (
        ActionKind.INVESTIGATE,
        (
            "^ investigate/analyse/analyze/explore/research/evaluate/understand/examine/audit",
            "^ measure/spike/prototype",
            "^ find/figure/work out",
            "^ look into/at",
            "^ find the cause/reason",
            "^ check whether/if/why/how",
        ),
    ),
    (
        ActionKind.LEARN,
        (
            "^ share/present/teach/publish",
            "^ write up/down/about",
            "^ tell/show ~3 about/what/how",
            "brown bag",
            "lunch and learn",
            "tech/lightning talk",
            "workshop+/onboarding/training/newsletter/lessons",
            "^ read/study/learn",
        ),
    ),
    (
        ActionKind.REPAIR,
        (
            "^ <mend>",
            "^ clean up",
            "^ restore the/all/lost/missing/data",
            "^ rerun/resend/refund/resync/reindex/migrate ~3 failed/lost/affected/missing",
            "^ remove ~2 stale/orphaned/leftover/duplicate",
        ),
    ),
    (
        ActionKind.RESPOND,
        (
            "runbook+/playbook+/checklist+/escalation/oncall/rota/rotation",
            "on call",
            "incident channel/commander/lead/process/role+/bot/template",
            "status page/update+",
            "contact list/numbers",
            "game day+",
            "drill+/rehearse!/practise!/practice!",
            "disaster recovery",
            "war room",
        ),
    ),
    (
        ActionKind.DETECT,
        (
            "<signal>",
            "detect!/notice!",
            "page/warn/notify ~2 when/if/on/before",
            "log/logs/logging/trace/tracing ~3 when/every/each/errors/requests/slow",
            "health check+",
            "test ~3 restore+/backup+",
            "test ~3 restores automatically",
        ),
    ),
    (
        ActionKind.MITIGATE,
        (
            "rollback+/failover/backup+/snapshot+/undo/replica+/secondary/secondaries/fallback+/restore!",
            "roll! ~3 back",
            "fail! over",
            "kill switch",
            "feature flag+",
            "circuit breaker+",
            "rate limit+/limiting",
            "load shedding",
            "blast radius",
            "degrade! gracefully",
            "graceful degradation",
            "timeout+/bulkhead+/retry/retries/backoff",
            "point in time recovery",
        ),
    ),
    (
        ActionKind.PREVENT,
        (
            "prevent!/forbid!/refuse!/reject!/block!/guard!/validate!/enforce!/require!/lock!/restrict!/limit!/cap!/pin!",
            "lint!/linter/gate+/precommit/confirmation/confirm!/permission+/quota+/guardrail+/safeguard+",
            "make ~3 impossible/unmistakable/visible/default/safe",
            "canary/test+/tests/ci/pipeline/staging/rollout+/stage/review+/reviewer+",
            "automate!/upgrade!/remove!/delete!/drop!/retire!/split!/separate!/isolate!",
            "dry run",
            "two person",
            "ask! for confirmation",
            "add more? servers/nodes/capacity/disk/replicas",
        ),
    ),
)


@cache
def _book() -> PhraseBook:
    book = PhraseBook(_CLASSES)
    for value, (_, patterns) in enumerate(_PHRASES):
        book.add(value, patterns)
    return book


def guess_action_kind(text: str) -> ActionKind | None:
    """The kind an action's words speak for, or None when they leave it open."""
    found = _book().matches(words_of(text))
    return _PHRASES[found[0].value][0] if found else None
