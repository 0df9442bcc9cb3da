"""Slack's message markup as people see it: mentions, links, channels, entities, attachments.

Leaves which messages there are to `slack`.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from retrotui.exchange.timeline_in.candidates import clean, clean_line

_ANGLE = re.compile(r"<([^<>\n]{1,4000})>")


@dataclass(slots=True)
class Directory:
    """Names by id, from users.json and channels.json and from the messages themselves."""

    users: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)

    def add_users(self, items: Iterable[Any]) -> None:
        """Takes in users.json; what is no user is passed over. Deleted users keep their names."""
        for item in items:
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                name = user_name(item)
                if name:
                    self.users[item["id"]] = name

    def add_channels(self, items: Iterable[Any]) -> None:
        """Takes in channels.json, groups.json and the like."""
        for item in items:
            if isinstance(item, dict) and isinstance(item.get("id"), str) and item.get("name"):
                self.channels[item["id"]] = clean_line(str(item["name"]))

    def user(self, user_id: str) -> str:
        """The name of a user; the id when nobody says."""
        return self.users.get(user_id, user_id)


def user_name(item: Mapping[str, Any]) -> str:
    """The display name, else the real name, else the account's name."""
    profile = item.get("profile") if isinstance(item.get("profile"), dict) else item
    assert isinstance(profile, Mapping)
    for place, key in (
        (profile, "display_name"),
        (profile, "real_name"),
        (item, "real_name"),
        (item, "name"),
        (profile, "first_name"),
    ):
        value = place.get(key)
        if isinstance(value, str) and value.strip():
            return clean_line(value)
    return ""


@dataclass(slots=True)
class Said:
    """A text as people see it, and what it points at."""

    text: str = ""
    links: list[str] = field(default_factory=list)


def resolve(text: str, names: Directory) -> Said:
    """Turns mentions, links and entities into what Slack would show.

    Entities are undone once and last: `&amp;lt;` was typed as `&lt;`.
    """
    said = Said()

    def shown(found: re.Match[str]) -> str:
        inside, _, label = found[1].partition("|")
        if inside.startswith("@"):
            return "@" + (names.users.get(inside[1:]) or label.lstrip("@") or inside[1:])
        if inside.startswith("#"):
            return "#" + (label or names.channels.get(inside[1:]) or inside[1:]).lstrip("#")
        if inside.startswith("!"):
            return _special(inside[1:], label)
        link = clean_line(html.unescape(inside))
        said.links.append(link)
        return label or inside.removeprefix("mailto:")

    said.text = clean(html.unescape(_ANGLE.sub(shown, text)))
    return said


def _special(command: str, label: str) -> str:
    name = command.split("^")[0]
    if name in ("here", "channel", "everyone"):
        return f"@{name}"
    if label:
        return label if label.startswith("@") or not command.startswith("subteam") else f"@{label}"
    return f"@{name}"


def attached(message: Mapping[str, Any], names: Directory) -> Said:
    """What a message without words of its own says: its attachments, blocks, or the files it carries."""
    said = Said()
    lines: list[str] = []
    attachments = message.get("attachments")
    for item in attachments if isinstance(attachments, list) else []:
        if not isinstance(item, dict):
            continue
        part = [str(item.get(key) or "") for key in ("pretext", "title", "text")]
        if not any(part):
            part = [str(item.get("fallback") or "")]
        for words in part:
            found = resolve(words, names)
            if found.text and found.text not in lines:
                lines.append(found.text)
            said.links.extend(found.links)
        if isinstance(item.get("title_link"), str):
            said.links.append(clean_line(html.unescape(item["title_link"])))
    if not lines:
        lines = [found for found in (resolve(part, names).text for part in _of_blocks(message)) if found]
    if not lines:
        lines = [f"shares {name}" for name in file_names(message)]
    said.text = "\n".join(lines)
    return said


def _of_blocks(message: Mapping[str, Any]) -> Iterable[str]:
    """The words in Block Kit sections; enough to read what a bot says."""
    blocks = message.get("blocks")
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, dict):
            continue
        text = block.get("text")
        if isinstance(text, dict) and isinstance(text.get("text"), str):
            yield text["text"]
        fields = block.get("fields")
        for item in fields if isinstance(fields, list) else []:
            if isinstance(item, dict) and isinstance(item.get("text"), str):
                yield item["text"]
        if block.get("type") == "rich_text":
            yield "".join(_of_elements(block, 0))


def _of_elements(item: Mapping[str, Any], depth: int) -> Iterable[str]:
    if depth > 8:
        return
    elements = item.get("elements")
    for element in elements if isinstance(elements, list) else []:
        if not isinstance(element, dict):
            continue
        match element.get("type"):
            case "text":
                yield html.escape(str(element.get("text") or ""), quote=False)
            case "link":
                yield f"<{element.get('url') or ''}|{element.get('text') or element.get('url') or ''}>"
            case "user":
                yield f"<@{element.get('user_id') or ''}>"
            case "channel":
                yield f"<#{element.get('channel_id') or ''}>"
            case "broadcast":
                yield f"<!{element.get('range') or 'here'}>"
            case "emoji":
                yield f":{element.get('name') or ''}:"
            case _:
                yield from _of_elements(element, depth + 1)


def file_names(message: Mapping[str, Any]) -> list[str]:
    """The names of the files a message carries."""
    files = message.get("files")
    return [
        clean_line(str(item.get("name") or item.get("title") or "a file"))
        for item in (files if isinstance(files, list) else [])
        if isinstance(item, dict)
    ]


def file_links(message: Mapping[str, Any]) -> list[str]:
    """Where the files a message carries can be seen."""
    files = message.get("files")
    return [
        clean_line(item["permalink"])
        for item in (files if isinstance(files, list) else [])
        if isinstance(item, dict) and isinstance(item.get("permalink"), str)
    ]


def reactions_of(message: Mapping[str, Any]) -> str:
    """How many reacted with what: `:eyes: 2, :+1: 1`. Who did is left to the chat."""
    reactions = message.get("reactions")
    told = []
    for item in reactions if isinstance(reactions, list) else []:
        if isinstance(item, dict) and isinstance(item.get("name"), str):
            count = item.get("count")
            told.append(f":{clean_line(item['name'])[:40]}: {count if isinstance(count, int) else 1}")
    return ", ".join(told[:8])
