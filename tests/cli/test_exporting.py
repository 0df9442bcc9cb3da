"""`export` with its formats, templates and names."""

from pathlib import Path

import pytest

from tests.cli.running import Runner


@pytest.mark.parametrize("name", ["markdown", "html", "json", "toml", "org", "slack"])
def test_every_format_goes_to_stdout_or_into_a_file(
    run: Runner, demo_file: Path, tmp_path: Path, name: str
) -> None:
    done = run("export", demo_file, "--as", name)
    assert done.status == 0
    assert "GitLab 2017" in done.out
    out = tmp_path / "out"
    assert run("export", demo_file, "--as", name, "-o", out).status == 0
    assert out.read_text(encoding="utf-8") == done.out


def test_people_go_under_other_names(run: Runner, demo_file: Path) -> None:
    done = run("export", demo_file, "--names", "roles")
    assert "Priya" not in done.out
    assert "Person A" in done.out
    assert "P." in run("export", demo_file, "--names", "initials").out


def test_a_template_is_chosen_by_name(run: Runner, demo_file: Path) -> None:
    assert "## Lessons learned" in run("export", demo_file, "--template", "sre").out
    wrong = run("export", demo_file, "--template", "nope")
    assert wrong.status == 2
    assert "choose one of incident, self, short, sre" in wrong.err
    no = run("export", demo_file, "--as", "json", "--template", "sre")
    assert no.status == 2
    assert "takes no --template" in no.err


def test_a_pdf_is_a_file_and_not_for_the_screen(run: Runner, demo_file: Path, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint")
    out = tmp_path / "out.pdf"
    assert run("export", demo_file, "--as", "pdf", "--template", "short", "-o", out).status == 0
    assert out.read_bytes().startswith(b"%PDF-")
    shown = run("export", demo_file, "--as", "pdf", "--template", "short", tty=True)
    assert shown.status == 2
    assert "name a file with -o" in shown.err
