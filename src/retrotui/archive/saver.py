"""Saves a retro as it changes, on a thread of its own: always the newest value, safely, again when it fails.

Nobody waits for a disk but this thread. What the screen calls saved has been flushed to the disk under the
file's name. Leaves what is written to `codec`, and how to `safe_file`.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from retrotui.archive.codec import Encoder, loads
from retrotui.archive.drafts import Draft, SideWriter
from retrotui.archive.lock import Held, WriterLock
from retrotui.archive.opened import OnDisk, OpenedFile, backup_path, numbered, read_bytes
from retrotui.archive.places import state_dir
from retrotui.archive.problems import NewerFormat
from retrotui.archive.safe_file import CannotWrite, reason_for, write_new, write_safely
from retrotui.archive.states import SaveKind, SaveState
from retrotui.archive.target import Target
from retrotui.facilitation.heartbeat import Heartbeat
from retrotui.retro import Retro

RETRY_S = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds until a failed save is tried again; the last one from then on."""

DRAFT_S = 0.3
"""Seconds for which drafts are collected before they are written."""

REST = 3.0
"""A save is followed by a rest of this many times what it took: large files leave the machine alone."""

MOST_REST_S = 1.0


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Saver:
    """Keeps one open retro on the disk. All methods may be called from any thread; none but `flush`, `close`,
    `resolve` and `save_elsewhere` waits for a disk."""

    def __init__(
        self,
        opened: OpenedFile,
        *,
        on_state: Callable[[SaveState], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
        env: Mapping[str, str] = os.environ,
        thread: bool = True,
    ) -> None:
        """Starts saving.

        Args:
            opened: the file; the saver closes it.
            on_state: called on the saver's thread whenever the state changes. States may cross with later
                `submit`s: show `saver.state`, which is always the newest, rather than the one handed over.
            monotonic: seconds, for retries.
            now: the wall clock, for sentences.
            env: the environment, for the state folder.
            thread: False to call `work` by hand, for tests.
        """
        self._monotonic = monotonic
        self._now = now
        self._env = env
        self._on_state = on_state
        self._read_only = opened.read_only_reason
        self._opened = opened
        self._target = Target(
            path=opened.path,
            encoder=Encoder(opened.preamble),
            side=SideWriter(opened.path, env, opened.drafts),
            on_disk=opened.on_disk,
            original=opened.original,
            comments=bool(opened.comments_lost),
            lock=opened.lock,
        )
        self._wake = threading.Condition()
        self._io = threading.Lock()
        self._retro = opened.retro
        self._submitted = 0 if opened.on_disk is not None else 1
        self._saved = 0
        self._drafts: tuple[Draft, ...] = opened.drafts
        self._drafts_due: float | None = None
        self._beat: Heartbeat | None = opened.heartbeat
        self._beat_due = not self._read_only
        self._next_save = 0.0
        self._failed = 0
        self._failed_since: datetime | None = None
        self._conflict: Path | None = None
        self._asked = 0
        self._answered = 0
        self._closing = False
        kind = SaveKind.READ_ONLY if self._read_only else SaveKind.SAVED
        self._state = SaveState(kind, now(), self._read_only or "saved", 0, self._submitted)
        if self._submitted and not self._read_only:
            self._state = replace(self._state, kind=SaveKind.SAVING, message="saving…")
        self._thread: threading.Thread | None = None
        if thread:
            self._thread = threading.Thread(target=self._run, name="retrotui-saver", daemon=True)
            self._thread.start()

    @property
    def path(self) -> Path:
        """The file that is written to."""
        return self._target.path

    @property
    def state(self) -> SaveState:
        """The newest state."""
        with self._wake:
            return self._state

    @property
    def theirs(self) -> Path | None:
        """Where the other version is kept while a conflict waits for a decision."""
        return self._conflict

    # What may be asked of it

    def submit(self, retro: Retro) -> SaveState:
        """Hands over the newest value; values in between may never be written. Returns at once."""
        with self._wake:
            if self._read_only or self._closing:
                return self._state
            self._retro = retro
            self._submitted += 1
            if self._failed:  # a change is a good moment to try again, but not at every key
                self._next_save = min(self._next_save, self._monotonic() + RETRY_S[0])
                self._state = replace(self._state, wanted=self._submitted)
            elif self._conflict is None:
                self._state = SaveState(SaveKind.SAVING, self._now(), "saving…", self._saved, self._submitted)
            else:
                self._state = replace(self._state, wanted=self._submitted)
            self._wake.notify_all()
            return self._state

    def draft(self, drafts: Draft | Sequence[Draft], *, at_once: bool = False) -> None:
        """Hands over everything that stands in composers now; it is on the disk within a second.

        Args:
            drafts: all of them.
            at_once: whether not even that second is to pass: what has become an entry must not come back
                as a draft as well.
        """
        with self._wake:
            if self._read_only or self._closing:
                return
            self._drafts = (drafts,) if isinstance(drafts, Draft) else tuple(drafts)
            due = self._monotonic() + (0.0 if at_once else DRAFT_S)
            if self._drafts_due is None or due < self._drafts_due:
                self._drafts_due = due
                self._wake.notify_all()

    def heartbeat(self, heartbeat: Heartbeat) -> None:
        """Hands over where the clock stands now; cheap enough for every second."""
        with self._wake:
            if self._read_only or self._closing:
                return
            self._beat = heartbeat
            self._beat_due = True
            self._wake.notify_all()

    def flush(self, timeout: float = 5.0) -> SaveState:
        """Saves now what is not saved yet, retries included; waits for it for at most `timeout` seconds."""
        if self._thread is None:
            self.work(at_once=True)
            return self.state
        with self._wake:
            self._asked += 1
            asked = self._asked
            self._wake.notify_all()
            self._wake.wait_for(lambda: self._answered >= asked or self._closing, timeout)
            return self._state

    def close(self, timeout: float = 5.0) -> SaveState:
        """Saves what is left, lets go of the file and ends the thread. Takes at most about `timeout` seconds.

        What could not be saved is put into the user's state folder, and the message says where.
        """
        state = self.flush(timeout)
        with self._wake:
            if self._closing:
                return state
            self._closing = True
            self._wake.notify_all()
        free = self._io.acquire(timeout=min(1.0, timeout))
        try:
            if self._read_only:
                return state
            if not self.state.settled:
                state = self._rescue()
            elif free:
                self._tidy()
            return state
        finally:
            if free:
                self._io.release()
            if self._target.lock is not None:
                self._target.lock.release()
            self._opened.lock = None

    def resolve(self, keep: Literal["ours", "theirs"]) -> Retro | None:
        """Ends a conflict. Both versions stay on the disk whatever is chosen.

        Args:
            keep: "ours" goes on with what is on the screen; "theirs" gives the other version back, to be
                taken over by the session (and submitted by it); ours is then kept as `<name>.ours-<n>.toml`.

        Raises:
            BadFile: when theirs cannot be read as a retro. The conflict stays open.
            CannotWrite: when ours could not be put aside. The conflict stays open.
        """
        theirs = self._conflict
        if theirs is None:
            return None
        found: Retro | None = None
        if keep == "theirs":
            try:
                found = loads(read_bytes(theirs), str(theirs))
            except NewerFormat as error:
                raise CannotWrite(theirs, str(error)) from error
            with self._wake:
                retro = self._retro
            numbered(self._target.path, "ours", Encoder(self._target.encoder.preamble).dumps(retro))
        with self._wake:
            self._conflict = None
        if self.state.settled:
            self._tell(SaveKind.SAVED, "saved")
        else:
            self._tell(SaveKind.SAVING, "saving…")
        return found

    def save_elsewhere(self, path: Path) -> SaveState:
        """Writes the newest value to another file and goes on saving there. The old file stays as it is.

        Args:
            path: a file that is not there yet, or a folder, which then gets a file of the same name.

        Raises:
            FileExistsError: when there is such a file already; it is left as it is.
            CannotWrite: when it cannot be made.
        """
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for names that are too long
            path = path / self._target.path.name
        elif path.suffix != ".toml":
            path = path.with_name(path.name + ".toml")
        with self._wake:
            retro, submitted, drafts = self._retro, self._submitted, self._drafts
        old = self._target
        data = Encoder(old.encoder.preamble).dumps(retro)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(path, reason_for(error)) from error
        write_new(path, data)
        lock: WriterLock | None = WriterLock(path)
        assert lock is not None
        try:
            lock.acquire()
        except Held:
            lock = None
        with self._wake:
            self._target = Target(
                path=path,
                encoder=Encoder(old.encoder.preamble),
                side=SideWriter(path, self._env, drafts),
                on_disk=OnDisk.of(data, path),
                original=b"",
                comments=False,
                lock=lock,
                written=data,
            )
            self._read_only = ""
            self._saved = submitted
            self._failed, self._failed_since, self._conflict = 0, None, None
            self._drafts_due = self._monotonic() if drafts else None
            self._beat_due = True
            self._wake.notify_all()
        # The old disk may be the one that hangs: nobody waits for it for long.
        letting_go = threading.Thread(target=old.let_go, name="retrotui-letting-go", daemon=True)
        letting_go.start()
        letting_go.join(1.0)
        return self._tell(SaveKind.SAVED, f"saved as {path}")

    # The thread

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._closing and self._asked == self._answered:
                    wait = self._seconds_to_wait()
                    if wait is not None and wait <= 0:
                        break
                    self._wake.wait(wait)
                if self._closing:
                    return
                asked = self._asked
                at_once = asked != self._answered
            self.work(at_once=at_once)
            with self._wake:
                self._answered = max(self._answered, asked)
                self._wake.notify_all()

    def _seconds_to_wait(self) -> float | None:
        """Until something is due; None when nothing is."""
        now = self._monotonic()
        if self._beat_due:
            return 0.0
        waits: list[float] = []
        if self._drafts_due is not None:
            waits.append(self._drafts_due - now)
        if self._submitted > self._saved and not self._read_only:
            waits.append(self._next_save - now)
        return max(0.0, min(waits)) if waits else None

    def work(self, *, at_once: bool = False) -> None:
        """Does what is due, once: drafts, heartbeat, the file. The thread calls it.

        Args:
            at_once: also what is not due yet.
        """
        with self._io:
            now = self._monotonic()
            with self._wake:
                target = self._target
                drafts = self._drafts
                drafts_due = self._drafts_due is not None and (at_once or self._drafts_due <= now)
                if drafts_due:
                    self._drafts_due = None
                beat, beat_due = self._beat, self._beat_due
                self._beat_due = False
                retro, submitted = self._retro, self._submitted
                # A draft that has become an entry goes only after the entry is in the file
                at_once = at_once or (drafts_due and not self._failed)
                save_due = submitted > self._saved and (at_once or self._next_save <= now)
            if self._read_only:
                return
            if beat_due:
                with contextlib.suppress(CannotWrite):
                    target.side.beat(beat)
            if save_due:
                self._save(target, retro, submitted)
            if drafts_due:
                try:
                    target.side.write(drafts)
                except CannotWrite:
                    with self._wake:
                        if self._drafts_due is None:
                            self._drafts_due = now + RETRY_S[2]

    def _save(self, target: Target, retro: Retro, submitted: int) -> None:
        start = self._monotonic()
        try:
            data = target.encoder.dumps(retro)
            conflict = target.put(data)
        except CannotWrite as error:
            self._failed_again(target, error.reason)
            return
        except Exception as error:  # whatever it is, the meeting goes on and it is tried again
            self._failed_again(target, f"an error in retrotui ({type(error).__name__}: {error})")
            return
        with self._wake:
            if target is not self._target:
                return
            self._saved = max(self._saved, submitted)
            self._failed, self._failed_since = 0, None
            took = self._monotonic() - start
            self._next_save = self._monotonic() + min(MOST_REST_S, REST * took)
            self._conflict = conflict or self._conflict
            waiting = self._conflict
            done = self._saved >= self._submitted
        if waiting is not None:
            self._tell(
                SaveKind.CONFLICT,
                f"somebody else changed this file; their version is kept as {waiting.name}, yours is saved "
                "here: choose which one to go on with",
            )
        elif done:
            self._tell(SaveKind.SAVED, "saved")
        else:
            self._tell(SaveKind.SAVING, "saving…")

    def _failed_again(self, target: Target, reason: str) -> None:
        with self._wake:
            if target is not self._target:
                return
            delay = RETRY_S[min(self._failed, len(RETRY_S) - 1)]
            self._failed += 1
            self._failed_since = self._failed_since or self._now()
            self._next_save = self._monotonic() + delay
            since = self._failed_since
        clock = since.astimezone().strftime("%H:%M")
        self._tell(
            SaveKind.UNSAVED,
            f"not saved since {clock}: {reason}; trying again in {delay:.0f} s",
            since,
        )

    def _tell(self, kind: SaveKind, message: str, since: datetime | None = None) -> SaveState:
        with self._wake:
            if kind is SaveKind.SAVED and self._saved < self._submitted:
                kind, message = SaveKind.SAVING, "saving…"  # something was handed over in between
            same = self._state.kind is kind
            self._state = SaveState(
                kind,
                since or (self._state.since if same else self._now()),
                message,
                self._saved,
                self._submitted,
            )
            state = self._state
        if self._on_state is not None:
            with contextlib.suppress(Exception):  # a screen that is gone must not end the saving
                self._on_state(state)
        return state

    # Leaving

    def _tidy(self) -> None:
        """After an orderly end: the `.bak` is the version just saved, the side file goes."""
        target = self._target
        if target.written:
            with contextlib.suppress(CannotWrite):
                write_safely(backup_path(target.path), target.written)
        with contextlib.suppress(CannotWrite):
            if self._drafts_due is not None:
                target.side.write(self._drafts)
        target.side.close()

    def _rescue(self) -> SaveState:
        """Puts what could not be saved where the user can find it."""
        with self._wake:
            retro, reason = self._retro, self._state.message
        name = self._target.path.name
        try:
            place = self._target.rescue(retro, state_dir(self._env) / "rescued")
        except CannotWrite:
            return self._tell(SaveKind.UNSAVED, f"{reason}; it could not be put anywhere else either")
        return self._tell(SaveKind.UNSAVED, f"{name} could not be saved; it was put into {place}")
