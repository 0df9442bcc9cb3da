import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from retrotui.exchange.timeline_in import Candidate, ReadOptions, as_change, read, review
from retrotui.retro import EventKind, Retro
from tests.exchange.timeline_in.conftest import MESSAGES, USERS, message

Write = Callable[[str, object], Path]


def export(write: Write) -> Path:
    write("export/users.json", USERS)
    write("export/channels.json", [{"id": "C01", "name": "deploys"}, {"id": "C02", "name": "incident"}])
    write("export/incident/2026-11-20.json", MESSAGES)
    write("export/deploys/2026-11-20.json", [message(60, "deploy 4512 starts", "U0000WIL")])
    return write("export/integration_logs.json", []).parent


def by_text(found: tuple[Candidate, ...], start: str) -> Candidate:
    return next(item for item in found if item.text.startswith(start))


def test_messages_come_in_with_instant_person_words_and_links(write: Write, options: ReadOptions) -> None:
    found = read([export(write)], options).candidates
    first = by_text(found, "checkout")
    assert first.at == datetime(2026, 11, 20, 14, 3, 0, 100, tzinfo=UTC)
    assert first.text == "checkout answers 5xx > 40%, see graph :eyes:"
    assert first.evidence == ("https://graphs.example.org/d?a=1&b=2",)
    assert (first.people, first.source) == (("Ana",), "slack #incident, Ana")


def test_a_reply_knows_its_thread_and_a_broadcast_comes_once(write: Write, options: ReadOptions) -> None:
    found = read([export(write)], options).candidates
    parent, reply = by_text(found, "checkout"), by_text(found, "rolling back")
    assert reply.thread == parent.ref
    assert reply.people == ("Will Ash",)
    assert reply.kind is EventKind.ACTION
    assert [item.text for item in found].count("rollback is out, @Will Ash watch #deploys") == 1


def test_a_bots_attachment_is_its_text(write: Write, options: ReadOptions) -> None:
    page = by_text(read([export(write)], options).candidates, "Triggered")
    assert page.kind is EventKind.ALERTED
    assert page.evidence == ("https://pd.example.org/77",)
    assert page.people == ()


def test_joins_and_deleted_messages_are_noise_that_can_be_asked_for(
    write: Write, options: ReadOptions
) -> None:
    from dataclasses import replace

    reading = read([export(write)], options)
    assert reading.left_out == {"joined the channel": 1, "a deleted message": 1}
    everything = read([export(write)], replace(options, noise=True))
    assert len(everything.candidates) == len(reading.candidates) + 2


def test_an_edited_message_says_so_and_the_later_text_counts(write: Write, options: ReadOptions) -> None:
    changed = {
        "type": "message",
        "subtype": "message_changed",
        "ts": "1795190000.000000",
        "message": message(300, "better words"),
    }
    path = write("day.json", [*MESSAGES, changed])
    write("users.json", USERS)
    texts = [item.text for item in read([path], options).candidates]
    assert "better words" in texts
    assert "first words" not in texts
    assert (
        "edited at 14:05:30 UTC" in by_text(read([export(write)], options).candidates, "first words").remark
    )


def test_a_zip_gives_the_same_as_its_folder(write: Write, options: ReadOptions, tmp_path: Path) -> None:
    folder = export(write)
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*.json")):
            packed.write(path, path.relative_to(folder))
    assert read([archive], options).candidates == read([folder], options).candidates


def test_channel_time_and_words_narrow_an_export(write: Write, options: ReadOptions) -> None:
    from dataclasses import replace

    folder = export(write)
    deploys = read([folder], replace(options, channels=("#Deploys",))).candidates
    assert [item.text for item in deploys] == ["deploy 4512 starts"]
    late = datetime(2026, 11, 20, 14, 4, tzinfo=UTC)
    assert {item.text for item in read([folder], replace(options, since=late)).candidates} == {
        "rollback is out, @Will Ash watch #deploys",
        "first words",
    }
    assert len(read([folder], replace(options, match="ROLL")).candidates) == 2


def test_people_without_a_users_file_are_shown_by_id_and_it_is_said(
    write: Write, options: ReadOptions
) -> None:
    reading = read([write("alone.json", MESSAGES)], options)
    assert by_text(reading.candidates, "checkout").people == ("U0000ANA",)
    assert any("users.json" in remark for remark in reading.remarks)


def test_a_second_import_adds_only_what_is_new(write: Write, options: ReadOptions, retro: Retro) -> None:
    folder = export(write)
    first = review(read([folder], options), retro)
    after = as_change(first.items, retro).apply(retro)
    again = review(read([folder], options), after)
    assert again.items == ()
    assert again.known == len(first.items)
    write("export/incident/2026-11-21.json", [message(90_000, "a new day")])
    assert [item.text for item in review(read([folder], options), after).items] == ["a new day"]


def test_a_large_day_file_is_read_in_flat_memory_and_can_be_stopped(
    tmp_path: Path, options: ReadOptions
) -> None:
    import tracemalloc
    from dataclasses import replace

    from retrotui.exchange.timeline_in import Cancelled, Progress

    path = tmp_path / "2026-11-20.json"
    with path.open("w") as out:
        out.write("[")
        for number in range(12_000):
            out.write(
                (", " if number else "") + json.dumps(message(number, f"message {number} " + "x" * 500))
            )
        out.write("]")
    size = path.stat().st_size
    told: list[Progress] = []
    wanted = replace(options, match="message 11999 ", progress=told.append)
    tracemalloc.start()
    found = read([path], wanted).candidates
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 1
    assert told[-1].done == told[-1].total == size
    assert peak < size / 2
    stopping = replace(options, cancelled=lambda: len(told) > 0)
    try:
        read([path], stopping)
    except Cancelled:
        pass
    else:
        raise AssertionError("it went on")
