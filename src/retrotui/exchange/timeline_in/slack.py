"""Slack: a workspace export as folder or zip, or single channel-day files.

An export holds users.json, channels.json and a folder per channel with a file per day, each one array of
messages. Shapes as in Slack's help page on reading exports and in stored samples. Messages are read one by
one, so that an export of any size fits. Leaves the markup to `slack_text`.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from retrotui.exchange.timeline_in.candidates import BadSource, Candidate, ReadOptions, clean_line, from_epoch
from retrotui.exchange.timeline_in.files import Archive, Bundle, Folder, Part, is_archive, open_file, size_of
from retrotui.exchange.timeline_in.guessing import Guess, guess_from_bot, guess_from_person
from retrotui.exchange.timeline_in.shapes import table, words
from retrotui.exchange.timeline_in.slack_text import (
    Directory,
    attached,
    file_links,
    file_names,
    reactions_of,
    resolve,
)
from retrotui.exchange.timeline_in.slack_text import user_name as name_of
from retrotui.exchange.timeline_in.streaming import JsonItem, Meter, Source, json_items

_USERS = frozenset({"users.json", "org_users.json"})
_CHANNELS = frozenset({"channels.json", "groups.json", "mpims.json", "dms.json"})
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\.json$")
_TS = re.compile(r"(\d{1,10})\.(\d{1,9})$|(\d{1,10})$")

_NOISE = {
    "channel_join": "joined the channel",
    "group_join": "joined the channel",
    "channel_leave": "left the channel",
    "group_leave": "left the channel",
    "channel_topic": "set the channel's topic",
    "channel_purpose": "set the channel's purpose",
    "channel_name": "renamed the channel",
    "channel_archive": "archived the channel",
    "channel_unarchive": "archived the channel",
    "channel_convert_to_private": "changed the channel",
    "pinned_item": "pinned a message",
    "reminder_add": "set a reminder",
    "bot_add": "added a bot",
    "bot_remove": "removed a bot",
    "tombstone": "a deleted message",
    "message_deleted": "a deleted message",
    "huddle_thread": "a huddle",
}


def read_slack(paths: tuple[Path, ...], options: ReadOptions) -> Iterator[Candidate]:
    """The messages of exports and day files, as they stand.

    Raises:
        BadSource: when a file cannot be read or is none of Slack's.
        Cancelled: when the person stops it.
    """
    meter = Meter(options)
    bundles: list[Bundle] = []
    singles: list[Path] = []
    try:
        for path in paths:
            if path.is_dir():
                bundles.append(Folder(path))
            elif str(path) != "-" and is_archive(path):
                bundles.append(Archive(path))
            else:
                singles.append(path)
        names = Directory()
        wanted: list[tuple[Bundle, Part, str]] = []
        for bundle in bundles:
            found = list(_day_files(bundle, options))
            if not found and not any(part.place.suffix == ".json" for part in bundle.parts):
                raise BadSource(bundle.name, "holds no channel-day files (CHANNEL/2017-01-31.json)")
            wanted += ((bundle, part, channel) for part, channel in found)
        meter.total = sum(part.size for _, part, _ in wanted) + sum(size_of(path) for path in singles)
        quiet = Meter(ReadOptions(cancelled=options.cancelled, encoding=options.encoding))
        for bundle in bundles:
            _learn_names(bundle, names, quiet)
        for path in singles:
            _learn_beside(path, names, quiet)
        for bundle, part, channel in wanted:
            with bundle.open(part, meter) as source:
                yield from _messages(source, channel, names, options)
        for path in singles:
            if path.name in _USERS | _CHANNELS:
                continue
            with open_file(path, meter) as source:
                yield from _messages(source, "", names, options)
    finally:
        for bundle in bundles:
            bundle.close()


def _day_files(bundle: Bundle, options: ReadOptions) -> Iterator[tuple[Part, str]]:
    """The message files that can hold something wanted, with their channels.

    By which zone Slack cuts days is not said, so a day on either side is read too.
    """
    channels = {name.lstrip("#").casefold() for name in options.channels}
    below_top = [part for part in bundle.parts if part.place.suffix == ".json"]
    depth = min(
        (len(part.place.parts) for part in below_top if part.place.name in _USERS | _CHANNELS), default=1
    )
    for part in below_top:
        place = part.place
        if place.name in _USERS | _CHANNELS or place.name == "integration_logs.json":
            continue
        channel = place.parts[-2] if len(place.parts) > depth else ""
        if channels and channel and channel.casefold() not in channels:
            continue
        named = _DAY.search(place.name)
        if named is None and len(place.parts) <= depth and depth == 1 and len(below_top) > 1:
            continue  # canvases.json, file_conversations.json and what else lies beside the channels
        if named and not _day_wanted(named, options):
            continue
        yield part, clean_line(channel)


def _day_wanted(named: re.Match[str], options: ReadOptions) -> bool:
    try:
        day = date(int(named[1]), int(named[2]), int(named[3]))
    except ValueError:
        return True
    slack = timedelta(days=1)
    if options.since and day + slack < options.since.date():
        return False
    return not (options.until and day - slack > options.until.date())


def _learn_names(bundle: Bundle, names: Directory, meter: Meter) -> None:
    for part in bundle.parts:
        if part.place.name in _USERS:
            with bundle.open(part, meter) as source:
                names.add_users(item.value for item in json_items(source))
        elif part.place.name in _CHANNELS:
            with bundle.open(part, meter) as source:
                names.add_channels(item.value for item in json_items(source))


def _learn_beside(path: Path, names: Directory, meter: Meter) -> None:
    """Names from files beside a single day file, or in the export's folder above it."""
    if str(path) == "-":
        return
    folders = [path.parent] + ([path.parent.parent] if _DAY.search(path.name) else [])
    for folder in folders:
        for name in (*_USERS, *_CHANNELS):
            beside = folder / name
            if beside.is_file():
                with open_file(beside, meter) as source:
                    add = names.add_users if name in _USERS else names.add_channels
                    add(item.value for item in json_items(source))


def _messages(source: Source, channel: str, names: Directory, options: ReadOptions) -> Iterator[Candidate]:
    for item in json_items(source):
        value = item.value
        if isinstance(value, dict) and isinstance(value.get("messages"), list):
            label = value.get("name") if isinstance(value.get("name"), str) else channel
            for message in value["messages"]:
                found = _message(
                    JsonItem(message, item.line), source, clean_line(str(label or "")), names, options
                )
                if found:
                    yield found
            continue
        found = _message(item, source, channel, names, options)
        if found:
            yield found


def _message(
    item: JsonItem, source: Source, channel: str, names: Directory, options: ReadOptions
) -> Candidate | None:
    value = item.value
    if not isinstance(value, dict):
        raise BadSource(source.name, "a message is expected here, and this is none", item.line)
    subtype = str(value.get("subtype") or "")
    if subtype == "message_changed" and isinstance(value.get("message"), dict):
        value = {"edited": {}, **value["message"]}
        subtype = str(value.get("subtype") or "")
    ts = value.get("ts")
    stamp = _TS.match(str(ts)) if isinstance(ts, str | int) else None
    if stamp is None:
        if value.get("type") == "message" or "text" in value:
            raise BadSource(
                source.name, f"a message without a time Slack would give (ts is {ts!r:.60})", item.line
            )
        raise BadSource(source.name, "this is no message of a Slack export: it has no ts", item.line)
    whole = int(stamp[1] or stamp[3])
    micros = int((stamp[2] or "")[:6].ljust(6, "0"))
    at = from_epoch(whole, micros)
    if at is None:
        raise BadSource(source.name, f"ts {ts!r:.60} lies beyond the calendar", item.line)
    return _candidate(value, subtype, str(ts), at, channel, names, options)


def _candidate(
    value: dict[str, Any],
    subtype: str,
    ts: str,
    at: datetime,
    channel: str,
    names: Directory,
    options: ReadOptions,
) -> Candidate:
    who, is_bot = _speaker(value, subtype, names)
    author = str(value.get("user") or value.get("bot_id") or value.get("username") or "")
    said = resolve(str(value.get("text") or ""), names)
    extra = attached(value, names)
    text = said.text or extra.text
    files = [] if not said.text and text.startswith("shares ") else file_names(value)
    noise = _NOISE.get(subtype, "")
    label = f"slack #{channel}" if channel else "slack"
    origin = f"{label}, {who}" if who else label
    if reason := options.leaves_out(at, text, origin):
        return Candidate(f"slack:{ts}", text, origin, at, noise=noise or reason, format="slack")
    guess = Guess() if noise else guess_from_bot(who, text) if is_bot else guess_from_person(text)
    if not text and not noise:
        noise = "an empty message"
    thread_ts = str(value.get("thread_ts") or "")
    remarks = []
    if "edited" in value:
        edited = _TS.match(words(table(value, "edited"), "ts"))
        when = from_epoch(int(edited[1] or edited[3])) if edited else None
        remarks.append(f"edited at {when:%H:%M:%S} UTC" if when else "edited later")
    if reactions := reactions_of(value):
        remarks.append(reactions)
    if files:
        remarks.append(f"with {', '.join(files)}")
    links = dict.fromkeys((*said.links, *extra.links, *file_links(value)))
    return Candidate(
        ref=f"slack:{ts}:{clean_line(author)}",
        text=text,
        source=origin,
        at=at,
        kind=guess.kind,
        state=guess.state,
        why=guess.why,
        people=() if is_bot or not who else (who,),
        evidence=tuple(link for link in links if link.startswith(("http://", "https://"))),
        thread=f"slack:{thread_ts}:{clean_line(str(value.get('parent_user_id') or ''))}"
        if thread_ts and thread_ts != ts
        else "",
        remark="; ".join(remarks),
        noise=noise,
        format="slack",
    )


def _speaker(value: dict[str, Any], subtype: str, names: Directory) -> tuple[str, bool]:
    """Who says it, and whether that is a bot."""
    user = value.get("user")
    profile = value.get("user_profile")
    is_bot = subtype == "bot_message" or (bool(value.get("bot_id")) and not isinstance(profile, dict))
    if is_bot:
        bot = value.get("bot_profile")
        name = value.get("username") or (bot.get("name") if isinstance(bot, dict) else "")
        return clean_line(str(name or names.user(str(user or "")) or "a bot")), True
    if isinstance(user, str) and user in names.users:
        return names.users[user], False
    if isinstance(profile, dict):
        name = name_of(profile)
        if name:
            return name, False
    return clean_line(str(user or value.get("username") or "")), False
