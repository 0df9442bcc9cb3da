"""Two published incidents, where the packs lie beside the clone; skipped elsewhere."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from retrotui.exchange.timeline_in import Candidate, ReadOptions, as_change, read, review
from retrotui.retro import EventKind, Info, Retro
from retrotui.retro.timeline import figures

PACKS = Path(__file__).parents[4] / "shared" / "incidents"
GITLAB, MONZO = PACKS / "gitlab-2017-01-31-database", PACKS / "monzo-2017-10-27-payments"

pytestmark = pytest.mark.skipif(not PACKS.is_dir(), reason="the incident packs are not here")


def at_clock(found: tuple[Candidate, ...], clock: str, zone: str = "UTC") -> Candidate:
    return next(
        item for item in found if item.at and f"{item.at.astimezone(ZoneInfo(zone)):%H:%M:%S}" == clock
    )


def retro_in(zone: str) -> Retro:
    return Retro(retro=Info(id="2017-x", title="x", timezone=zone, held=datetime(2017, 11, 1, tzinfo=UTC)))


def test_gitlabs_two_days_of_slack() -> None:
    reading = read([GITLAB / "slack.json", GITLAB / "slack_2017-02-01.json"], ReadOptions(noise=True))
    found = reading.candidates
    assert len(found) == 59
    assert (found[0].at, found[-1].at) == (
        datetime(2017, 1, 31, 17, 11, 40, 40019, tzinfo=UTC),
        datetime(2017, 2, 1, 18, 40, 0, 136919, tzinfo=UTC),
    )
    assert sum(1 for item in found if item.thread) == 10
    assert at_clock(found, "18:00:20").text.endswith("db1 load")
    assert at_clock(found, "18:00:20").evidence == (
        "https://monitor.example.com/dashboard/db/postgres?var=db1&from=now-1h",
    )
    assert at_clock(found, "19:03:55").text == "thanks @mara, noted. @noor and @teo are on the load"
    assert at_clock(found, "19:03:55").people == ("Li Fir",)
    assert at_clock(found, "17:58:12").people == ("pip",)
    assert at_clock(found, "22:00:02").text.startswith(
        "Triggered #4821: db2 replication lag\nAssigned to @ines"
    )
    assert "df-db1.txt" in at_clock(found, "23:31:22").remark
    assert "\n" in at_clock(found, "22:52:03").text
    for clock, kind in (
        ("22:00:02", EventKind.ALERTED),
        ("23:04:27", EventKind.HYPOTHESIS),
        ("23:28:38", EventKind.COMMS),
        ("23:33:05", EventKind.ESCALATED),
        ("23:41:12", EventKind.SURPRISE),
        ("00:05:37", EventKind.DECISION),
        ("00:36:11", EventKind.ACTION),
        ("00:55:20", EventKind.ACTION),
        ("17:00:37", EventKind.MITIGATED),
    ):
        assert at_clock(found, clock).kind is kind, clock


def test_gitlabs_pager_and_alerts() -> None:
    pager = read([GITLAB / "pagerduty.json"]).candidates
    assert [
        (f"{item.at:%H:%M:%S}", item.kind)
        for item in pager
        if item.kind in (EventKind.ALERTED, EventKind.RESOLVED)
    ] == [
        ("22:00:00", EventKind.ALERTED),
        ("18:14:30", EventKind.RESOLVED),
        ("18:40:00", EventKind.RESOLVED),
    ]
    first = next(item for item in pager if item.kind is EventKind.ACKNOWLEDGED)
    assert first.at == datetime(2017, 1, 31, 22, 1, 50, tzinfo=UTC)
    alerts = read([GITLAB / "alertmanager.json"]).candidates
    assert len(alerts) == 3
    assert min(item.at.year for item in alerts if item.at) == 2017


def test_monzos_slack_shows_an_hour_after_utc() -> None:
    found = read([MONZO / "slack.json"], ReadOptions(noise=True, zone=ZoneInfo("Europe/London"))).candidates
    assert len(found) == 48
    assert sum(1 for item in found if item.thread) == 7

    def at(clock: str) -> Candidate:
        return at_clock(found, clock, "Europe/London")

    assert at("14:16:00").text.endswith("@here I take the lead. Public updates go to #status-updates.")
    assert at("14:16:00").people == ("Dana (incident lead)",)
    assert at("14:58:59").text == "@Gus Basalt yes please, keep notes in the doc"
    assert "->" in at("15:31:00").text
    assert at("14:41:16").noise
    for clock, kind in (
        ("14:09:58", EventKind.CHANGE),
        ("14:11:07", EventKind.IMPACT_START),
        ("14:12:02", EventKind.ACTION),
        ("14:13:25", EventKind.SURPRISE),
        ("14:16:00", EventKind.DECLARED),
        ("14:26:09", EventKind.DECISION),
        ("15:13:17", EventKind.ALERTED),
        ("15:33:12", EventKind.RESOLVED),
    ):
        assert at(clock).kind is kind, clock


@pytest.mark.parametrize(("pack", "zone"), [(GITLAB, "UTC"), (MONZO, "Europe/London")])
def test_a_second_import_of_everything_changes_nothing(pack: Path, zone: str) -> None:
    sources = sorted([*pack.glob("slack*.json"), pack / "pagerduty.json", pack / "alertmanager.json"])
    options = ReadOptions(zone=ZoneInfo(zone))
    retro = retro_in(zone)
    first = review(read(sources, options), retro)
    after = as_change(first.items, retro).apply(retro)
    again = review(read(list(reversed(sources)), options), after)
    assert again.items == ()


@pytest.mark.parametrize(
    ("pack", "zone", "expected"),
    [
        (GITLAB, "UTC", ["~0:02", "–", "~17:35", "~18:49"]),
        (MONZO, "Europe/London", ["–", "–", "1:21", "1:21"]),
    ],
)
def test_the_tables_give_the_published_figures(pack: Path, zone: str, expected: list[str]) -> None:
    retro = retro_in(zone)
    reading = read([pack / "timeline.csv"], ReadOptions(zone=ZoneInfo(zone), day=date(2017, 1, 31)))
    after = as_change(review(reading, retro).items, retro).apply(retro)
    assert [str(figure) for figure in figures(after.events)][:4] == expected
