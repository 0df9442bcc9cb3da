"""Home: the retros of a folder, what is overdue first, and the keys to start or go on."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from retrotui.archive import LedgerAction, RetroSummary, list_retros, open_actions
from retrotui.tui.keys import Place
from retrotui.tui.screens.base import CommandScreen
from retrotui.tui.widgets.action_words import due_words
from retrotui.tui.widgets.entry_list import EntryList, Item, Row, whole
from retrotui.tui.widgets.lines import KeyBar
from retrotui.tui.widgets.visible import brief, visible

if TYPE_CHECKING:
    from retrotui.templates import TemplateSet
    from retrotui.tui.screens.new_retro import NewRetroForm

_STATUS = {"draft": "", "in_review": "in review", "reviewed": "reviewed", "closed": "closed"}
_MOST_OVERDUE = 6


class HomeScreen(CommandScreen):
    """The folder at a glance."""

    PLACES: ClassVar[tuple[Place, ...]] = (Place.EVERYWHERE, Place.HOME)
    CSS_PATH = "../styles/home.tcss"
    AUTO_FOCUS = "EntryList"

    def __init__(self, folder: Path, keymap: dict[str, str]) -> None:
        super().__init__(keymap)
        self.folder = folder
        self.entries = EntryList(self._draw, left_width=13, right_width=26, id="retros")
        self.bar = KeyBar(id="bar")
        self.top = Static("", markup=False, id="home-top")
        self.words = Static("", markup=False, id="home-words")
        self._paths: dict[str, Path] = {}
        self._loaded = False

    @property
    def today(self) -> date:
        """Today, here."""
        return self.retro_app.today

    def compose(self) -> ComposeResult:
        """Name, a sentence, the list, the keys."""
        yield self.top
        yield self.words
        yield self.entries
        yield self.bar

    def on_mount(self) -> None:
        """Reads the folder beside the screen."""
        self.load()
        self._keys()

    def on_screen_resume(self) -> None:
        """Something may have changed while another screen was up."""
        if self._loaded:
            self.load()
        self._keys()

    def on_resize(self) -> None:
        """As many keys as fit, and columns that leave room for the words."""
        width = self.size.width
        self._head()
        self.entries.set_widths(13 if width >= 60 else 0, 26 if width >= 90 else (19 if width >= 60 else 0))
        self._keys()

    def _head(self) -> None:
        """Name and folder; on the right, if need be, that something in the settings was left out."""
        width = self.size.width
        told = self.retro_app.settings_words()
        warning = Content.styled(f"  ! {told} ", "$text-warning") if told else Content("")
        name = Content.styled(" retrotui ", "bold $text-heading")
        folder = Content.styled(visible(str(self.folder)), "$text-muted")
        room = width - name.cell_length - warning.cell_length
        if folder.cell_length > room:
            folder = folder.truncate(max(0, room), ellipsis=True)
        spare = max(0, room - folder.cell_length)
        self.top.update(Content("").join([name, folder, Content(" " * spare), warning]), layout=False)

    def _keys(self) -> None:
        self.bar.show_keys(self.key_hints(), self.size.width)

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Reads the folder."""
        try:
            retros = list_retros(self.folder, self.today)
            actions = open_actions(self.folder, self.today)
            problem = ""
        except OSError as error:
            retros, actions, problem = (), (), f"{self.folder} cannot be read: {error.strerror or error}"
        self.app.call_from_thread(self._show, retros, actions, problem)

    def _show(
        self, retros: tuple[RetroSummary, ...], actions: tuple[LedgerAction, ...], problem: str
    ) -> None:
        self._loaded = True
        today = self.today
        overdue = sorted(
            (action for action in actions if action.due is not None and action.due < today),
            key=lambda action: action.due or today,
        )
        items: list[Item] = []
        self._paths = {}
        if overdue:
            items.append(Item("", f"Overdue · {len(overdue)} of {len(actions)} open action items"))
            for number, action in enumerate(overdue[:_MOST_OVERDUE]):
                key = f"overdue-{number}"
                self._paths[key] = self.folder / action.file
                items.append(Item(key, brief(action.text), data=action))
            if len(overdue) > _MOST_OVERDUE:
                items.append(Item("", f"and {len(overdue) - _MOST_OVERDUE} more: a shows all action items"))
            items.append(Item("", " "))
        if retros:
            items.append(Item("", "Retros"))
        first = ""
        for summary in retros:
            self._paths[str(summary.path)] = summary.path
            first = first or str(summary.path)
            text = f"{summary.title} — {summary.error}" if summary.error else summary.title
            items.append(Item(str(summary.path), brief(text), data=summary))
        selected = self.entries.selected_id
        self.entries.show_items(items, select=selected if selected in self._paths else first)
        if problem:
            words = Content.styled(visible(problem), "$save-failed")
        elif not retros:
            words = Content.assemble(
                "No retros here yet.\n\n",
                ("n", "bold $text-heading"),
                "  starts the first one\n",
                ("d", "bold $text-heading"),
                "  shows a lived-in demo of a real incident",
            )
        else:
            words = Content("")
        self.words.update(words)
        self.words.display = bool(words.plain)
        self._keys()

    def _draw(self, item: Item) -> Row:
        if item.is_heading:
            return Row(Content.styled(item.text, "bold $text-heading"))
        if isinstance(item.data, RetroSummary):
            return self._draw_retro(item, item.data)
        action = item.data
        owner = f"@{visible(action.owner)}" if action.owner else "no owner"
        return Row(
            Content(item.text),
            left=Content.styled(owner, "$text-muted"),
            right=Content.styled(due_words(action.due, self.today), "bold $action-overdue"),
        )

    def _draw_retro(self, item: Item, summary: RetroSummary) -> Row:
        if summary.error:
            return Row(
                Content.styled(item.text, "$save-failed"), left=Content.styled("cannot open", "$save-failed")
            )
        held = summary.held.astimezone().strftime("%Y-%m-%d") if summary.held else ""
        facts = [_STATUS.get(summary.status, "") or summary.stage_title or summary.stage or "not started"]
        if summary.mode == "solo":
            facts.insert(0, "alone")
        if summary.open_actions:
            facts.append(f"{summary.open_actions} open")
        return Row(
            Content(item.text),
            left=Content.styled(held, "$event-time"),
            right=Content.styled(whole(facts[::-1], self.entries.right_width - 1), "$text-muted"),
        )

    def why_not(self, command_id: str) -> str:
        """What is not possible just now."""
        if command_id in ("home.open", "home.report") and not self.entries.selected_id:
            return "There is no retro yet: n starts one, d shows the demo."
        return ""

    # keys

    def command_home_open(self) -> None:
        """Opens the selected retro, where it was left."""
        path = self._paths.get(self.entries.selected_id)
        if path is not None:
            self.retro_app.open_retro(path)

    def command_home_new(self) -> None:
        """A form; only the title is required."""
        from retrotui.tui.screens.new_retro import NewRetroForm

        settings = self.retro_app.settings
        form = NewRetroForm(
            self.folder,
            self._templates(),
            settings.timezone,
            self.retro_app.open_after_form,
            self.retro_app.now().replace(microsecond=0),
            facilitator=settings.facilitator,
            asks=self._asks,
        )
        self.app.push_screen(form)
        self._find_pace(form)

    @work(thread=True, group="pace", exclusive=True)
    def _find_pace(self, form: "NewRetroForm") -> None:
        """Looks beside the screen at how long the stages of earlier retros took."""
        from retrotui.archive.past_agendas import past_agendas

        past = past_agendas(self.folder)
        self.app.call_from_thread(form.offer_pace, past)

    def command_home_solo(self) -> None:
        """One person, twenty minutes, no clock pressure; a few words are all that is asked for."""
        from retrotui.tui.screens.new_retro import solo_form

        app = self.retro_app
        now = app.now().replace(microsecond=0)
        zone = app.settings.timezone
        templates = self._templates()
        form = solo_form(self.folder, templates, zone, app.open_after_form, now, self._asks)
        self.app.push_screen(form)

    @cached_property
    def _asks(self) -> "Callable[[str], str]":
        """Asks about a title in which somebody is blamed, by the rules of this folder."""
        from retrotui.tui.title_words import title_question

        return title_question(self.retro_app.rulebook_for(self.folder))

    def _templates(self) -> "TemplateSet":
        from retrotui.templates import load_templates

        templates = load_templates(self.retro_app.settings.template_dirs(self.folder))
        for problem in templates.problems:
            self.notify(problem, title="Template", severity="warning", markup=False, timeout=12)
        return templates

    def command_home_demo(self) -> None:
        """A lived-in retro in a temporary folder."""
        import tempfile

        from retrotui.demo import write_demo

        self.retro_app.open_retro(write_demo(Path(tempfile.mkdtemp(prefix="retrotui-demo-")), self.today))

    def command_home_report(self) -> None:
        """The write-up of the selected retro."""
        from retrotui.archive import BadFile, open_file
        from retrotui.tui.screens.report import ReportScreen

        path = self._paths.get(self.entries.selected_id)
        if path is None:
            return
        try:
            opened = open_file(path, read_only=True)
        except (BadFile, OSError) as error:
            self.notify(str(error), title="It cannot be read", severity="error", markup=False)
            return
        opened.close()
        self.app.push_screen(ReportScreen(opened.retro, path, self.keymap))

    def command_home_ledger(self) -> None:
        """Every action item of every retro."""
        from retrotui.tui.screens.ledger import LedgerScreen

        self.app.push_screen(LedgerScreen(self.folder, self.keymap))

    def command_home_search(self) -> None:
        """Words in any retro of the folder."""
        from retrotui.tui.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(self.folder, self.retro_app.open_after_form))

    def command_home_quit(self) -> None:
        """Leaves."""
        self.app.exit(0)
