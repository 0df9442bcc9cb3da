"""Every format for action items: read back by its real reader, with texts that are hard on it."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.exchange import plugins
from retrotui.exchange.actions_out import ActionFormat, UnknownFormat, action_format, names, registry
from retrotui.exchange.actions_out.text import formula_safe, formula_unsafe, one_line, visible
from tests.exchange.action_samples import AWKWARD, MOMENT, make_item

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
RAW_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def written(name: str, *items: Any) -> str:
    return action_format(name).write(items, MOMENT)


@pytest.mark.parametrize("name", names())
def test_every_format_writes_nothing_much_for_no_actions_and_something_for_all(name: str) -> None:
    assert isinstance(written(name), str)
    everything = [
        make_item(text, id=f"a{number}", status=status, due=due, owner=owner, priority=priority)
        for number, (text, status, due, owner, priority) in enumerate(
            (
                (text, status, due, owner, priority)
                for text in AWKWARD
                for status in ("open", "done", "wont_do", "superseded")
                for due, owner, priority in ((None, "", ""), (date(2026, 12, 5), text, "P0"))
            ),
            start=1,
        )
    ]
    text = written(name, *everything)
    assert text.endswith("\n")
    text.encode("utf-8")


@pytest.mark.parametrize("name", [n for n in names() if n not in ("json", "json-schema", "csv")])
def test_formats_for_people_and_trackers_hold_no_control_characters(name: str) -> None:
    text = written(
        name, *(make_item(t, owner=t, ticket=t, tags=(t,), done_when=t, retro_title=t) for t in AWKWARD)
    )
    assert not RAW_CONTROLS.search(text.replace("\r\n", "\n"))


def test_csv_gives_every_text_back_exactly() -> None:
    items = [make_item(text, owner=text, done_when=text) for text in AWKWARD]
    rows = list(csv.DictReader(io.StringIO(written("csv", *items), newline="")))
    assert [formula_unsafe(row["action"]) for row in rows] == list(AWKWARD)
    assert [formula_unsafe(row["owner"]) for row in rows] == list(AWKWARD)
    assert rows[0]["id"] == "2026-11-21-checkout#a1"
    assert rows[0]["due"] == "2026-12-05"


@pytest.mark.parametrize("name", ["csv", "jira-csv", "linear-csv"])
def test_no_cell_of_a_table_starts_a_formula(name: str) -> None:
    items = [
        make_item(t, owner=t, ticket=t, tags=(t,), done_when=t, retro_title=t, reason=t) for t in AWKWARD
    ]
    for row in csv.reader(io.StringIO(written(name, *items), newline="")):
        assert not [cell for cell in row if cell and cell[0] in "=+-@\t\r\n＝＋－＠"]


@given(WORDS)
@settings(max_examples=200, deadline=None)
def test_the_apostrophe_of_a_safe_cell_can_be_taken_off_again(text: str) -> None:
    assert formula_unsafe(formula_safe(text)) == text


def test_json_gives_every_text_back_exactly_and_keeps_to_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    items = [make_item(text, id=f"a{n}", owner=text, done_when=text) for n, text in enumerate(AWKWARD, 1)]
    data = json.loads(written("json", *items))
    assert [action["text"] for action in data["actions"]] == list(AWKWARD)
    schema = json.loads(written("json-schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "actions": [{**data["actions"][0], "status": "later"}]}, schema)


def test_the_schema_lists_the_values_the_models_allow() -> None:
    from retrotui.retro import ActionKind, ActionStatus, Priority

    fields = json.loads(written("json-schema"))["$defs"]["action"]["properties"]
    assert fields["kind"]["enum"] == [kind.value for kind in ActionKind]
    assert fields["status"]["enum"] == [status.value for status in ActionStatus]
    assert sorted(fields["priority"]["enum"]) == sorted(priority.value for priority in Priority)


def _todos(text: str) -> list[Any]:
    icalendar = pytest.importorskip("icalendar")
    return list(icalendar.Calendar.from_ical(text).walk("VTODO"))


def test_calendar_lines_are_folded_at_75_octets() -> None:
    text = written("ics", *(make_item(text) for text in AWKWARD))
    assert "\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_calendar_gives_every_text_back() -> None:
    items = [make_item(text, id=f"a{n}") for n, text in enumerate(AWKWARD, 1)]
    todos = _todos(written("ics", *items))
    assert [str(todo["summary"]) for todo in todos] == [one_line(text.strip()) for text in AWKWARD]
    for text, todo in zip(AWKWARD, todos, strict=True):
        if "\n" in text:
            assert visible(text) in str(todo["description"])
    assert len({str(todo["uid"]) for todo in todos}) == len(AWKWARD)


def test_a_todo_has_its_day_its_priority_and_alarms_at_nine_where_the_retro_was() -> None:
    (todo,) = _todos(written("ics", make_item(due=date(2026, 10, 26))))  # past: nothing rings
    assert not list(todo.walk("VALARM"))
    (todo,) = _todos(written("ics", make_item(due=date(2027, 3, 29))))
    assert todo["due"].dt == date(2027, 3, 29)
    assert todo["priority"] == 2
    assert str(todo["status"]) == "NEEDS-ACTION"
    assert str(todo["contact"]) == "Priya N"
    alarms = [alarm["trigger"].dt for alarm in todo.walk("VALARM")]
    # The clocks go forward on 28 March: nine o'clock is 08:00 UTC on both days.
    assert alarms == [datetime(2027, 3, 28, 8, 0, tzinfo=UTC), datetime(2027, 3, 29, 8, 0, tzinfo=UTC)]


def test_a_finished_todo_is_completed_and_silent() -> None:
    (todo,) = _todos(written("ics", make_item(status="done", closed=date(2026, 11, 30))))
    assert str(todo["status"]) == "COMPLETED"
    assert todo["completed"].dt == datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
    assert not list(todo.walk("VALARM"))


def test_events_stand_on_the_due_day_and_block_nobody() -> None:
    icalendar = pytest.importorskip("icalendar")
    text = written("ics-events", make_item(), make_item("no day", id="a2", due=None))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event["dtstart"].dt == date(2026, 12, 5)
    assert event["dtend"].dt == date(2026, 12, 6)
    assert str(event["transp"]) == "TRANSPARENT"


@pytest.mark.parametrize("text", AWKWARD)
def test_markdown_shows_every_text_as_it_is(text: str) -> None:
    from markdown_it import MarkdownIt

    source = written("markdown", make_item(text, owner=text))
    tokens = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").parse(source)
    inline = [token for token in tokens if token.type == "inline"]
    assert len(inline) == 2  # the heading and one task: nothing in the text started a block of its own
    shown = "".join(
        "\n" if child.type == "html_inline" and child.content == "<br>" else child.content
        for child in inline[1].children or []
        if child.type in ("text", "text_special", "html_inline")
    )
    foreign = [c for c in inline[1].children or [] if c.type not in ("text", "text_special", "html_inline")]
    assert [c.type for c in foreign] == ["strong_open", "strong_close"]
    lines = (" ".join(line.split()) for line in visible(text).split("\n"))
    expected = "\n".join(line for line in lines if line)
    assert shown.startswith(f"[ ] P1 {expected} — detect")


def test_todo_txt_is_read_back_by_a_todo_txt_library() -> None:
    pytodotxt = pytest.importorskip("pytodotxt")
    items = [make_item(text, id=f"a{n}") for n, text in enumerate(AWKWARD, 1)]
    items.append(make_item(id="a99", status="done", closed=date(2026, 11, 30)))
    tasks = pytodotxt.TodoTxtParser().parse(written("todo.txt", *items))
    assert len(tasks) == len(items)
    for task, item in zip(tasks, items, strict=True):
        assert task.attributes["due"] == ["2026-12-05"]
        assert task.attributes["id"] == [item.ref]
        assert "2026-11-21-checkout" in task.projects
        assert "Priya_N" in task.contexts
        assert task.is_completed is (item.status == "done")
        assert task.creation_date == date(2026, 11, 21)
    assert tasks[0].priority == "B"
    assert tasks[-1].completion_date == date(2026, 11, 30)
    assert tasks[-1].attributes["pri"] == ["B"]


def test_org_is_read_back_by_an_org_library() -> None:
    orgparse = pytest.importorskip("orgparse")
    items = [make_item(text, id=f"a{n}", done_when=text) for n, text in enumerate(AWKWARD, 1)]
    root = orgparse.loads(written("org", *items))
    entries = [node for node in root[1:] if node.level == 2]
    assert len(entries) == len(items)
    for node, item in zip(entries, items, strict=True):
        assert node.todo == "TODO"
        assert node.priority == "B"
        assert node.tags == {"detect"}
        assert node.deadline.start == date(2026, 12, 5)
        assert node.properties["ID"] == item.ref
        words = node.heading.replace("\u200b", "")
        assert words == " ".join(one_line(item.text.strip()).split())


def test_a_format_of_another_package_is_found_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("wiki", "action_samples_plugin:FORMAT", registry.GROUP)
    broken = EntryPoint("broken", "no_such_module_anywhere:FORMAT", registry.GROUP)
    odd = EntryPoint("odd", "json:dumps", registry.GROUP)

    def points(group: str) -> list[EntryPoint]:
        return [point, broken, odd] if group == registry.GROUP else []

    plugin = type(json)("action_samples_plugin")
    plugin.FORMAT = ActionFormat("wiki", "ours", ".wiki", lambda items, moment: f"{len(items)}\n")  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "action_samples_plugin", plugin)
    monkeypatch.setattr(plugins, "_entry_points", points)
    assert "wiki" in names()
    assert written("wiki", make_item()) == "1\n"
    with pytest.raises(UnknownFormat, match="cannot be loaded"):
        action_format("broken")
    with pytest.raises(UnknownFormat, match="not of type ActionFormat"):
        action_format("odd")
    with pytest.raises(UnknownFormat, match=r"there is no format 'nope'; there are markdown"):
        action_format("nope")


def test_linear_gets_the_columns_its_importer_reads_and_labels_it_can_split() -> None:
    text = written("linear-csv", make_item("=1+1", tags=("a, b",)), make_item(id="a2", status="done"))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["Title"] == "'=1+1"  # its importer takes the apostrophe off
    assert row["Priority"] == "High"
    assert row["Labels"].split(", ") == ["retro-action", "detect", "a  b"]
    assert row["Due Date"] == "2026-12-05"


def test_jira_gets_short_summaries_and_labels_of_one_word() -> None:
    text = written("jira-csv", make_item("long " * 100), make_item(id="a2", tags=()))
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header.count("Labels") == 4
    assert all(len(row) == len(header) for row in rows)
    assert len(rows[0][0]) <= 255
    assert "long long" in rows[0][2]
    assert "time-pressure" in rows[0]


def test_a_chat_message_rings_nobody() -> None:
    for name in ("slack", "teams", "text"):
        text = written(name, make_item("@channel @here <!channel> tell @everyone", owner="@all"))
        assert not re.search(r"@(channel|here|everyone|all)|<!", text)


def test_formats_say_overdue_in_words() -> None:
    text = written("slack", make_item(due=date(2026, 11, 18), carried=2))
    assert "3 days overdue, 2026-11-18, carried twice" in text


def test_the_schema_is_packaged_beside_the_code() -> None:
    from retrotui.exchange import actions_out

    assert (Path(actions_out.__file__).parent / "actions.schema.json").is_file()


@given(st.lists(WORDS, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_an_action_stays_one_action(typed: list[str]) -> None:
    icalendar = pytest.importorskip("icalendar")
    items = [make_item(text, id=f"a{n}", owner=text, done_when=text) for n, text in enumerate(typed, 1)]
    assert len(written("todo.txt", *items).split("\n")) == len(items) + 1
    assert len(json.loads(written("taskwarrior", *items))) == len(items)
    assert [a["text"] for a in json.loads(written("json", *items))["actions"]] == typed
    rows = list(csv.DictReader(io.StringIO(written("csv", *items), newline="")))
    assert [formula_unsafe(row["action"]) for row in rows] == typed
    todos = list(icalendar.Calendar.from_ical(written("ics", *items)).walk("VTODO"))
    assert [str(todo["uid"]) for todo in todos] == [f"{item.retro_id}.{item.id}@retrotui" for item in items]
    assert written("slack", *items).count("\n• ") == len(items)
    assert written("org", *items).count("\n** ") == len(items)
    tasks = [line for line in written("markdown", *items).split("\n") if line.startswith("- [")]
    assert len(tasks) == len(items)


@pytest.mark.parametrize("name", names())
def test_the_first_and_last_days_of_the_calendar_break_nothing(name: str) -> None:
    for day in (date.min, date(999, 1, 1), date.max):
        for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
            for status in ("open", "done"):
                item = make_item(due=day, held=day, since=day, closed=day, status=status, timezone=zone)
                assert written(name, item)
