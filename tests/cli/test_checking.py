"""`check`: what is read as a note, what comes out in each format, and with which exit status."""

import json
from pathlib import Path
from typing import Any

import pytest

from retrotui.archive import dumps
from retrotui.blameless import Section
from retrotui.cli.checking import SECTIONS
from retrotui.cli.notes import read_source
from retrotui.retro import Card, Factor, Info, KeptWording, Retro
from tests.cli.running import Runner

BLAME = "14:19 will should have checked the region"
CLEAN = "14:20 the canary stops the second batch"


def as_json(run: Runner, *words: object, stdin: str = "") -> list[dict[str, Any]]:
    result = run("check", *words, "--format", "json", stdin=stdin)
    found = json.loads(result.out)
    assert result.status == int(any(item["findings"] for item in found))
    assert isinstance(found, list)
    return found


def test_sections_are_those_of_the_wording_room() -> None:
    assert tuple(section.value for section in Section) == SECTIONS


def test_json_lists_every_line_that_is_not_empty(run: Runner) -> None:
    found = as_json(run, "-", "--people", "Will", stdin=f"{CLEAN}\n\n  \n{BLAME}\r\n")
    assert [(item["line"], item["section"], item["text"]) for item in found] == [
        (1, "causes", CLEAN),
        (4, "causes", BLAME),
    ]
    assert found[0]["findings"] == []
    finding = found[1]["findings"][0]
    assert list(found[1]) == ["line", "section", "text", "findings"]
    assert list(finding) == ["rule", "class", "level", "start", "end", "why", "question", "rewrite"]
    assert finding["class"] == "counterfactual" and finding["level"] == "strict"
    assert "should have" in BLAME[finding["start"] : finding["end"]]
    assert finding["rewrite"] is None or isinstance(finding["rewrite"], str)


def test_nothing_in_gives_an_empty_list(run: Runner) -> None:
    assert as_json(run, "-") == []
    assert run("check").status == 0


def test_text_names_place_words_why_and_question(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(f"{CLEAN}\n{BLAME}\n", encoding="utf-8")
    result = run("check", "notes.txt", "--people", "Will")
    assert result.status == 1
    assert (
        result.out.startswith("notes.txt:2:")
        and "counterfactual" in result.out
        and "    ask:   " in result.out
    )
    assert run("check", "-", stdin=CLEAN).out == ""


def test_coach_weighs_less_and_is_found_all_the_same(run: Runner) -> None:
    found = as_json(run, "-", "--people", "Will", "--policy", "coach", stdin=BLAME)
    assert {finding["level"] for finding in found[0]["findings"]} == {"coach"}
    assert (
        as_json(run, "-", "--people", "Will", "--section", "timeline", stdin=BLAME)[0]["section"]
        == "timeline"
    )


def test_a_name_is_a_person_only_if_it_is_on_the_roster(run: Runner) -> None:
    note = "zorro broke the build"
    assert as_json(run, "-", stdin=note)[0]["findings"] == []
    assert as_json(run, "-", "--people", "Ana, Zorro", stdin=note)[0]["findings"]


def test_several_files_say_which(run: Runner, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CLEAN)
    assert [item["file"] for item in as_json(run, "a.txt", "b.txt")] == ["a.txt", "b.txt"]


def test_odd_bytes_and_long_lines_are_notes_like_others(run: Runner) -> None:
    result = run(
        "check", "-", "--format", "json", stdin=b"\xff\xfe caf\xe9 \x1b[31m\x00\n" + b"word " * 20_000
    )
    found = json.loads(result.out)
    assert result.status == 0 and len(found) == 2 and "\\u001b" in result.out and "\x1b" not in result.out


def test_a_byte_order_mark_is_no_part_of_a_note(run: Runner) -> None:
    assert (
        json.loads(run("check", "-", "--format", "json", stdin=b"\xef\xbb\xbfhello").out)[0]["text"]
        == "hello"
    )


def test_a_retro_is_checked_entry_by_entry_in_its_section(run: Runner, tmp_path: Path) -> None:
    retro = Retro.model_validate(
        {
            "retro": Info(id="r", title="Checkout", people=("Will",)),
            "went_well": (Card(id="w1", text="will rolled back at once"),),
            "factor": (
                Factor(id="f1", text="will should have checked the region"),
                Factor(id="f2", text="will should have asked"),
            ),
            "kept_wording": (
                KeptWording(section="causes", rule="counterfactual", phrase="will should have asked"),
            ),
        }
    )
    path = tmp_path / "r.toml"
    path.write_bytes(dumps(retro))
    found = as_json(run, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    by_text = {item["text"]: item for item in found}
    assert by_text["will rolled back at once"]["section"] == "well"
    first = by_text["will should have checked the region"]
    assert first["section"] == "causes" and first["findings"]
    assert lines[first["line"] - 1] == 'text = "will should have checked the region"'
    assert by_text["will should have asked"]["findings"] == []


def test_the_demo_is_clean(run: Runner, demo_file: Path) -> None:
    assert run("check", demo_file, "--policy", "strict").status == 0


def test_a_retro_that_cannot_be_read_is_misuse(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[retro\n")
    result = run("check", "bad.toml")
    assert result.status == 2 and "bad.toml:1" in result.err and "Traceback" not in result.err


def test_toml_that_is_no_retro_is_read_line_by_line(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('note = "the disk filled up"\n')
    assert as_json(run, "other.toml")[0]["text"] == 'note = "the disk filled up"'


REVIEW = """---
title: front matter is left out
---
# Review

Will should have
checked the region.

## Timeline

- 14:03 pager fires
1. [x] numbered
> will broke it, quoted
```
will broke it, in code
```
<!-- will broke it,
in a comment -->

## Action items

| Action | Owner |
| --- | :-: |
| add a canary | Ana |

## What went well
Rollback took two minutes
"""


def test_a_markdown_review_is_cut_into_notes_with_sections() -> None:
    source = read_source("review.md", REVIEW.encode(), None)
    assert [(note.line, note.section.value, note.text) for note in source.notes] == [
        (4, "causes", "Review"),
        (6, "causes", "Will should have checked the region."),
        (9, "timeline", "Timeline"),
        (11, "timeline", "14:03 pager fires"),
        (12, "timeline", "numbered"),
        (20, "actions", "Action items"),
        (22, "actions", "Action"),
        (22, "actions", "Owner"),
        (24, "actions", "add a canary"),
        (24, "actions", "Ana"),
        (26, "well", "What went well"),
        (27, "well", "Rollback took two minutes"),
    ]


def test_places_in_a_paragraph_are_those_of_the_file() -> None:
    lines = REVIEW.splitlines()
    for note in read_source("review.md", REVIEW.encode(), None).notes:
        for offset, char in enumerate(note.text):
            line, column = note.place(offset)
            within = lines[line - 1]
            assert char == within[column - 1] if column <= len(within) else char == " "


def test_a_chosen_section_holds_for_the_whole_review() -> None:
    notes = read_source("review.md", REVIEW.encode(), Section.TIMELINE).notes
    assert {note.section for note in notes} == {Section.TIMELINE}


@pytest.mark.parametrize(
    "text", ["", "\n", "---\n", "```\nopen fence", "<!-- open", "#\n##\n", "|\n||\n", "- \n1. \n", ">"]
)
def test_markdown_with_nothing_in_it_has_no_notes(text: str) -> None:
    assert read_source("x.md", text.encode(), None).notes == ()


def test_a_rule_is_explained_and_a_class_lists_its_rules(run: Runner) -> None:
    result = run("check", "--explain", "counterfactual")
    assert result.status == 0
    rule = next(word for word in result.out.split() if word.startswith("counterfactual."))
    explained = run("check", "--explain", rule)
    assert explained.status == 0
    for title in ("Why:", "Ask:", "Flagged:", "Looks for:", "From:"):
        assert title in explained.out


def test_a_teams_rules_hold_beside_its_retros(run: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "retros" / ".retrotui" / "rules"
    folder.mkdir(parents=True)
    (folder / "broken.toml").write_text("[[rule]\n")
    result = run("check", "-", stdin=CLEAN)
    assert result.status == 2 and "broken.toml" in result.err and "Traceback" not in result.err


def test_sarif_says_where_and_what_to_write(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a b.md").write_text(f"intro\n\n- {BLAME}\n", encoding="utf-8")
    result = run("check", "a b.md", "--people", "Will", "--format", "sarif")
    assert result.status == 1
    log = json.loads(result.out)
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert only["columnKind"] == "unicodeCodePoints" and only["tool"]["driver"]["name"] == "retrotui"
    for found in only["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
        assert found["level"] in ("warning", "note") and found["message"]["text"]
        location = found["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == "a%20b.md"
        region = location["region"]
        assert region["startLine"] == region["endLine"] == 3
        words = f"- {BLAME}"[region["startColumn"] - 1 : region["endColumn"] - 1]
        assert "should have" in words
        for fix in found.get("fixes", ()):
            (change,) = fix["artifactChanges"]
            (replacement,) = change["replacements"]
            assert replacement["deletedRegion"] == {
                "startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 3 + len(BLAME),
            }  # fmt: skip
            assert replacement["insertedContent"]["text"]


def test_sarif_of_clean_input_has_no_results(run: Runner) -> None:
    result = run("check", "-", "--format", "sarif", stdin=CLEAN)
    assert result.status == 0 and json.loads(result.out)["runs"][0]["results"] == []


SARIF: dict[str, tuple[set[str], set[str]]] = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"columnKind", "artifacts", "results"}),
    "tool": ({"driver"}, set()),
    "driver": ({"name"}, {"version", "rules"}),
    "rule": ({"id"}, {"name", "shortDescription", "fullDescription", "help", "properties"}),
    "result": ({"message"}, {"ruleId", "ruleIndex", "level", "locations", "fixes"}),
    "location": (set(), {"physicalLocation"}),
    "physicalLocation": ({"artifactLocation"}, {"region"}),
    "fix": ({"artifactChanges"}, {"description"}),
    "change": ({"artifactLocation", "replacements"}, set()),
    "replacement": ({"deletedRegion"}, {"insertedContent"}),
    "region": ({"startLine"}, {"startColumn", "endLine", "endColumn"}),
}
"""The objects of SARIF 2.1.0 that are written: keys the standard requires, and others it allows."""


def fits(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """The value, once its keys are those of the standard."""
    required, allowed = SARIF[kind]
    assert required <= set(value) <= required | allowed, (kind, sorted(value))
    return value


def test_sarif_has_the_structure_of_the_standard(run: Runner, demo_file: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(
        f"{CLEAN}\n{BLAME}\n\u202ewill broke it \U0001f600\n", encoding="utf-8"
    )
    output = run("check", "notes.txt", demo_file, "--people", "Will", "--format", "sarif").out
    (only,) = fits("log", json.loads(output))["runs"]
    driver = fits("driver", fits("tool", fits("run", only)["tool"])["driver"])
    assert len(only["artifacts"]) == 2 and only["artifacts"][1]["location"]["uri"].startswith("file:///")
    assert only["results"]
    for rule in driver["rules"]:
        assert fits("rule", rule)["help"]["text"] and "{" not in rule["help"]["text"]
    for found in only["results"]:
        (location,) = fits("result", found)["locations"]
        regions = [fits("physicalLocation", fits("location", location)["physicalLocation"])["region"]]
        for fix in found.get("fixes", ()):
            for change in fits("fix", fix)["artifactChanges"]:
                regions += [
                    fits("replacement", one)["deletedRegion"]
                    for one in fits("change", change)["replacements"]
                ]
        for region in regions:
            assert all(isinstance(number, int) and number >= 1 for number in fits("region", region).values())
            assert region.get("endColumn", 2) > region.get("startColumn", 1)
