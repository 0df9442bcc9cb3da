"""Texts that are hard on formats, and a plain item to put them into."""

from datetime import UTC, date, datetime

from retrotui.archive.items import ActionItem
from retrotui.exchange.actions_out import Moment

AWKWARD = (
    "add a canary stage",
    "two\nlines, and a comma; a \"quote\" and 'another' \\ backslash",
    '=HYPERLINK("http://example.org","x")',
    "+1 reviewer @priya due:2020-01-01 x (A) pri:A",
    "-50% of alerts",
    "'=already quoted",
    "@channel @here <!channel> [x](javascript:alert(1)) <script>alert(1)</script> &amp; | `rm` $(rm -rf)",
    "*bold* _slanted_ ~~struck~~ ![picture](http://example.org/x.png) [^1] :tag: #1 !5 $x$",
    "x done? TODO [#A] [[shell:rm][click]] <2020-01-01> :tag:",
    "COMMENT not a comment",
    "escape \x1b[31mred\x1b[0m bell \x07 nul \x00 del \x7f c1 \x9b31m",
    "right to left: \u05e9\u05dc\u05d5\u05dd \u202eoverride and \u2066isolate",
    "combining e\u0301 wide \u6f22\u5b57 emoji \U0001f9ef\u200d\U0001f692 \U0001f1ee\U0001f1ea",
    "line\u2028separator\u2029and\x85next\rcarriage\x0bvt",
    "1. looks like a list\n- so does this\n# and a heading\n\n    code?\n:END:\n* headline",
    "long " + "word " * 200,
    "EOF\n'; rm -rf ~; echo '",
    "--> <!-- comment",
    "END:VTODO\r\nBEGIN:VEVENT",
)

MOMENT = Moment(datetime(2026, 11, 21, 15, 0, tzinfo=UTC), date(2026, 11, 21))


def make_item(text: str = "add a canary stage", **values: object) -> ActionItem:
    fields: dict[str, object] = {
        "retro_id": "2026-11-21-checkout",
        "id": "a1",
        "text": text,
        "kind": "detect",
        "owner": "Priya N",
        "due": date(2026, 12, 5),
        "priority": "P1",
        "done_when": "The alert fires in the game day",
        "factors": ("The alert averages over ten minutes",),
        "retro_title": "Checkout answered 5xx",
        "held": date(2026, 11, 21),
        "since": date(2026, 11, 21),
        "timezone": "Europe/Dublin",
        "tags": ("checkout", "time pressure"),
        "file": "2026-11-21-checkout.toml",
    }
    return ActionItem(**{**fields, **values})  # type: ignore[arg-type]
