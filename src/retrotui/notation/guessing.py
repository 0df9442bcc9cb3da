"""Guessing the kind of an event from its words, for a typist who has no hand free to pick one.

A wrong guess costs more than none: where words leave it open the answer is None. Rules go by what the
words say happened (a verb with its object), so that they hold for systems never seen before.
"""

import re

from retrotui.retro import EventKind

_LOOK_AT = 400
"""Characters looked at: the first sentences say what an event is, and a pasted log must not cost time."""

_PEOPLE_TOLD = r"(?:customers?|users?|clients?|merchants?|tenants?|partners?|stakeholders?|support|management|the public|subscribers?)"
_INCIDENT = r"(?:incident|outage|major|emergency|sev[- ]?\w|p[0-4]\b|code (?:red|yellow))"
_ALARM = r"(?:alerts?|alarms?|pagers?|pages|monitors?|probes?|pagerduty|opsgenie|alertmanager|watchdogs?|health ?checks?)"
_FAIL = (
    r"(?:fail(?:s|ing|ed)?|error(?:s|ing)?|break(?:s|ing)?|drop(?:s|ping)?|time(?:s|d)? ?out|timing out|hang(?:s|ing)?|"
    r"return(?:s|ing)? (?:5\d\d|5xx|errors?)|answer(?:s|ing)? (?:with )?(?:5\d\d|5xx|errors?)|crash(?:es|ing)?|"
    r"disappear(?:s|ing)?|vanish(?:es|ing)?|go(?:es|ing)? (?:down|missing|away|dark|offline)|go(?=\s*(?:$|[.,;])))"
)
_SUBSYSTEM = r"(?:data|table|rows?|records?|volume|disk|host|server|node|instance|cluster|region|zone|environment|namespace|account|window|terminal|tab|prompt|database|db|bucket|branch|machine|box|shard|replica|prod(?:uction)?)"
_FIXING = (
    r"(?:roll(?:s|ed|ing)? (?:\w+ ){0,3}back|rolled back|revert(?:s|ed|ing)?|restart(?:s|ed|ing)?|reboot(?:s|ed|ing)?|fail(?:s|ed|ing)? over|"
    r"kill(?:s|ed|ing)?|drain(?:s|ed|ing)?|block(?:s|ed)|ban(?:s|ned)|disabl(?:es|ed|ing)|re-?enabl(?:es|ed|ing)|isolat(?:es|ed|ing)|"
    r"quarantin(?:es|ed|ing)|restor(?:es|ed|ing)|rebuil(?:ds?|t|ding)|re-?run(?:s|ning)?|re-?indexe?[sd]|re-?sync(?:s|ed|ing)|flush(?:es|ed)|purg(?:es|ed|ing)|"
    r"back(?:s|ed|ing)? up|mount(?:s|ed|ing)|switch(?:es|ed) (?:on|off|over|back)|turn(?:s|ed) (?:on|off)|"
    r"scal(?:es|ed|ing) (?:up|out)|add(?:s|ed) capacity|hot-?fix(?:es|ed)?|patch(?:es|ed)|clean(?:s|ed) up|stopp?(?:s|ed) the|is (?:emptied|stopped|killed)|"
    r"deploys? (?:a|the) (?:fix|hotfix|patch)|(?:fix|hotfix|patch) (?:is |was )?(?:deployed|shipped|rolled out|applied))"
)
_ORDER = (
    r"(?:restart|reboot|revert|roll back|rollback|fail over|failover|kill|drain|block|ban|disable|re-?enable|restore|rebuild|rerun|"
    r"delete|remove|mount|unmount|back up|copy|archive|switch|stop|scale|increase|raise|lower|flush|purge|take|put|move|apply|run|start|check|pause|clear|detach|attach|redeploy|pin|throttle|truncate|bounce|cordon)"
)
_CHANGED = (
    r"(?:deploy(?:s|ed|ing)?|deployment (?:starts|begins|finishes|goes out|reaches)|deploy \S+ (?:starts|reaches|goes|finishes|lands)|"
    r"releas(?:es|ed)|release \S+ (?:goes|is|starts|reaches)|roll(?:s|ed|ing)? out|rollout (?:of|starts|begins|reaches|continues)|"
    r"merg(?:es|ed)|upgrad(?:es|ed|ing)|migrat(?:es|ed|ing)|migration (?:runs|starts|begins|finishes|ran)|(?:ships|shipped)|goes live|went live|"
    r"(?:config(?:uration)?|dns|schema|firewall|flag|routing|setting)s? (?:change|push|update)|(?:feature )?flag \S* ?(?:is )?(?:flipped|turned on|switched on|enabled)|"
    r"(?:goes|go|went|is (?:set|changed|lowered|raised|bumped|increased|reduced|scaled)|scaled) (?:down |up )?(?:from \S+ to|to zero)|"
    r"snapshot (?:of .{1,60} )?(?:is )?(?:taken|loaded)|(?:takes|took) a (?:\w+ ){0,3}snapshot|certificates? (?:is |was )?(?:rotated|renewed|replaced)|(?:rotates|rotated) (?:the )?\w+)"
)


def _rule(kind: EventKind, *patterns: str) -> tuple[EventKind, re.Pattern[str]]:
    return kind, re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_RULES: tuple[tuple[EventKind, re.Pattern[str]], ...] = (
    _rule(
        EventKind.OH_NO,
        r"\boh[ -]no\b",
        r"\b(?:it )?dawn(?:s|ed) on\b",
        r"\brealis(?:e|es|ed|ing)\b|\brealiz(?:e|es|ed|ing)\b",
        rf"\b(?:sees?|saw|notices?|noticed|understands?|understood)\b.{{0,30}}\b(?:wrong|other) {_SUBSYSTEM}\b",
        r"\bheart sinks\b|\bstomach drops\b",
    ),
    _rule(
        EventKind.COMMS,
        r"\bstatus ?(?:page|account|site|update|post|message)s?\b",
        r"\btweet(?:s|ed)?\b",
        rf"\b{_PEOPLE_TOLD} (?:is|are|was|were|get|gets) (?:told|informed|notified|updated|e-?mailed)\b",
        rf"\b(?:tell|tells|told|inform|informs|informed|notif(?:y|ies|ied)|e-?mail(?:s|ed)?|updat(?:es|ed)) (?:the |all |our |affected )*{_PEOPLE_TOLD}\b",
        r"\b(?:update|statement|notice|apology|banner|announcement)s? (?:is |was |goes |went )?(?:posted|published|out|up|sent|shown)\b",
        r"\b(?:posts?|posted|publish(?:es|ed)?|sends?|sent) (?:an?|the|first|another) (?:\w+ )?(?:update|statement|notice|announcement)\b",
        r"\bannounc(?:es|ed|ing)\b",
    ),
    _rule(
        EventKind.HANDOFF,
        r"\bhand(?:s|ed|ing)?[ -]?(?:over|off)\b(?! (?:the )?(?:request|packet|traffic))",
        r"\bhandovers?\b|\bhandoffs?\b",
        r"\bshift change\b|\btak(?:es|e|ing) over (?:as|from|command|the (?:lead|shift|incident))\b|\btook over (?:as|from|command|the (?:lead|shift|incident))\b",
    ),
    _rule(
        EventKind.DECLARED,
        rf"\bdeclar(?:e|es|ed|ing)\b.{{0,30}}\b{_INCIDENT}",
        rf"\b{_INCIDENT}\b.{{0,30}}\bdeclared\b",
        rf"\b(?:opens|opened|raises|raised) (?:an? |the )?{_INCIDENT}",
        r"\bincident (?:channel )?(?:is |was )?opened\b",
    ),
    _rule(
        EventKind.ACKNOWLEDGED,
        r"\backnowledg(?:e|es|ed|ing|ement)\b",
        r"\back(?:s|ed|'d)?\b(?! rate)(?=.{0,20}(?:page|alert|alarm|\d|$|by|from))",
        r"\b(?:picks|picked) up the (?:page|alert|pager)\b|\banswer(?:s|ed) the (?:page|pager|call)\b",
    ),
    _rule(
        EventKind.ESCALATED,
        r"\bescalat(?:e|es|ed|ing|ion)\b",
        r"\b(?:ask(?:s|ed)?|call(?:s|ed)?) for (?:help|backup|reinforcements|support)\b",
        r"\b(?:call|pull|bring|loop|get|rope)(?:s|ed|ing)? (?:(?!in\b)[\w@'-]+ ){1,6}in\b(?! to)",
        r"\b(?:calls|called|pulls|pulled|brings|brought|loops|looped) in (?:the |an? )?\w",
        r"(?<!is )(?<!was )(?<!are )(?<!were )(?<!gets )(?<!got )(?<!been )\b(?:paged|pages|page) (?:the|an?|our|another) (?!of\b)",
        r"\b(?:second|third|other|another) (?:on-?call|team|responder)s? (?:\w+ )?(?:joins?|joined|is paged|was paged)\b",
    ),
    _rule(
        EventKind.ALERTED,
        rf"\b{_ALARM}\b(?:\s+[\w./:%-]+){{0,4}}?\s+(?:fire[sd]?|firing|go(?:es)? off|went off|ring(?:s|ing)?|rang|trigger(?:s|ed)?|page[sd]?|sounds?|turn(?:s|ed)? red|comes? in|arrives?)\b",
        r"\b(?:is|are|was|were|gets?|got|being) paged\b|\bpager(?:duty)? (?:goes|rings|buzzes)\b|\bpaging (?:starts|begins)\b",
        r"\b(?:first|an?|the) (?:\w+[ -]){0,3}(?:alert|alarm|page) (?:for|about|on|from|that|says)\b",
        r"^(?:alert|alarm|page|firing)\s*:",
    ),
    _rule(
        EventKind.DECISION,
        r"\bdecid(?:e|es|ed|ing)\b|\bdecision\b",
        r"\bagree(?:s|d)? (?:to|on|that|not to)\b",
        r"\b(?:chooses?|chose|opts?|opted) (?:to|for|not)\b",
        r"\bgo/no-?go\b",
        rf"^{_ORDER}\b.*\b(?:because|instead|rather than|so that we)\b",
    ),
    _rule(
        EventKind.HYPOTHESIS,
        r"\bsuspect(?:s|ed|ing|ion)?\b|\bhypothes\w+|\btheory\b|\btheories\b",
        r"\b(?:may|might|could) (?:also |well |still )?be (?!able|used)",
        r"\b(?:may|might) have\b",
        r"\b(?:maybe|perhaps|possibly|probably|presumably)\b",
        r"\blooks? (?:like|as if|as though|unhealthy|related|suspicious)\b|\bseems? (?:to be|like|related|as if)\b|\bappears? to be\b",
        r"\b(?:we|the team|responders?|i) (?:think|believe|thought|believed|guess|assume|assumed|wonder)s?\b",
        r"\b(?:disproved|ruled out|rules out)\b",
    ),
    _rule(
        EventKind.IMPACT_END,
        r"\b(?:impact|customer impact|user impact) (?:ends|ended|is over|stops|stopped)\b",
        r"\blast (?:failed|failing|affected|bad) (?:request|payment|user|customer|order|call|job)s?\b",
        rf"\b{_PEOPLE_TOLD} can .{{1,40}}\bagain\b",
    ),
    _rule(
        EventKind.RESOLVED,
        rf"\b(?:{_INCIDENT}|it|issue|problem)\b.{{0,30}}\b(?:is|was|marked(?: as)?|now) (?:\w+ )?(?:resolved|closed|over)\b",
        r"^resolved\b|\bmarked (?:as )?resolved\b|\bfully (?:recovered|restored|resolved|operational)\b|\ball[ -]clear\b",
        r"\b(?:is|are|comes?|came|was|were) (?:fully )?(?:back )?(?:online|back to normal)(?: again)?\b",
        r"\bback (?:online|to normal)\b|\beverything (?:works|is green|is back)\b",
        r"\bincident (?:resolved|closed|over)\b",
    ),
    _rule(
        EventKind.MITIGATED,
        r"\bmitigat(?:ed|es|ion (?:is |was )?(?:in place|applied|works|complete))\b",
        r"\b(?:error|failure)s?(?: rates?)? (?:stops?|stopped|recovers?|recovered|subsides?|clears?|cleared|ends|(?:drops?|fell|falls|goes|went|is) (?:back )?(?:to|below|under) (?:zero|0|normal|baseline|\d))",
        r"\b(?:traffic|service|services|payments|requests|checkout|logins|writes|reads|site|api|database|queue)\s+(?:flows?|works?|recovers?|recovered|returns?|is restored|are restored|was restored|were restored|come back|comes back)\b",
        r"\bbleeding (?:stops|stopped)\b|\bstabili[sz](?:es|ed)\b",
        r"\bis (?:deleted|removed|rolled back|disabled|reverted|blocked|drained) and \w+ (?:\w+ )?(?:loads?|recovers?|works?|comes? back|starts? (?:to work|working|serving))\b",
    ),
    _rule(
        EventKind.SURPRISE,
        r"\bsurpris\w+|\bunexpected(?:ly)?\b|\bnobody expected\b|\b(?:strange|weird|odd)(?:ly)?\b|\bto our (?:surprise|astonishment)\b",
        r"\bturn(?:s|ed)? out\b",
        r"\bstill (?:\w+ ){0,2}(?:hang|fail|down|broken|erroring|empty|times? out|not|red|growing|climb|ris)\w*",
        r"\b(?:go(?:es)? on|continues?|persists?|remains?) (?:even )?(?:after|despite)\b",
        r"\byet\b.{1,40}\b(?:no|not|none|nothing|never|still)\b",
        r"\b(?:no (?:effect|improvement|change|difference)|makes no difference|does not help|did not help|doesn't help|didn't help)\b",
        r"\bbackups?\b.{0,20}\b(?:empty|missing|gone|corrupt|unreadable)\b",
    ),
    _rule(
        EventKind.IDENTIFIED,
        r"\broot cause\b|\bculprit\b|\bpinpoint(?:s|ed)?\b|\bnarrow(?:s|ed) (?:it )?down to\b|\btrac(?:es|ed) (?:it )?(?:back )?to\b",
        r"\b(?:cause|trigger|reason|source) (?:is |was )?(?:found|identified|known|confirmed|understood)\b",
        r"\b(?:identif(?:y|ies|ied)|finds?|found|confirms?|confirmed|locates?|located) (?:the |a |as the )?(?:\w+ ){0,2}(?:cause|bug|reason|leak|deadlock|trigger|source of)\b",
        r"\blogs? (?:\w+ )?(?:show|shows|showed|reveal|reveals) (?:that|why)\b",
    ),
    _rule(
        EventKind.EXPECTED,
        r"^(?:i|we) (?:\w+ )?(?:expect(?:s|ed)?|assum(?:e|ed)|thought|believed|hoped|planned)\b",
        r"^expect(?:ed|ing)\b",
    ),
    _rule(EventKind.SAW, r"^i (?:then )?(?:see|saw|notic(?:e|ed)|read|looked|heard)\b"),
    _rule(
        EventKind.DID,
        r"^i (?:then |also |quickly )?(?:ran|run|typed|type|click(?:ed)?|press(?:ed)?|restart(?:ed)?|delet(?:e|ed)|deploy(?:ed)?|open(?:ed)?|"
        r"start(?:ed)?|stop(?:ped)?|check(?:ed)?|chang(?:e|ed)|edit(?:ed)?|merg(?:e|ed)|push(?:ed)?|revert(?:ed)?|paged?|ask(?:ed)?|wrote|made|tried|switch(?:ed)?|connect(?:ed)?|entered|execut(?:e|ed)|copied|removed|dropped|asked)\b",
    ),
    _rule(EventKind.ACTION, rf"\b{_FIXING}\b", rf"^{_ORDER}\b(?! (?:rate|failed|fails|time|is|was)\b)"),
    _rule(EventKind.CHANGE, rf"\b{_CHANGED}\b"),
    _rule(
        EventKind.IMPACT_START,
        rf"\b(?:start|begin)(?:s|ed|ning|ing)? (?:to )?{_FAIL}",
        r"\b(?:began|starts? (?:seeing|returning|serving)) .{0,20}\berrors?\b",
        r"\b(?:outage|impact|downtime|data loss|customer impact) (?:starts|begins|started|began)\b",
        r"\b(?:site|service|api|checkout|app|website|platform|cluster|database|region) (?:goes|went) (?:down|offline|dark|away)\b",
        r"\bfirst (?:failed|failing|affected|bad) (?:request|payment|user|customer|order|call|job)s?\b",
        r"\banswers? (?:with )?(?:5\d\d|5xx)\b",
    ),
    _rule(
        EventKind.DETECTED,
        r"\bnotic(?:es|ed|ing)\b|\bdetect(?:s|ed)\b|\bspott?(?:s|ed)\b",
        r"\b(?:sees|saw) (?:that|how|the)\b",
        rf"\b(?:first )?{_PEOPLE_TOLD} (?:\w+ )?(?:report|reports|reported|complain|complains|complained|ask why|call in)\b",
        r"\b(?:first|support|customer) (?:reports?|tickets?|complaints?|calls?) (?:comes?|came|arrives?|arrived|is|are|about|from)\b",
    ),
    _rule(
        EventKind.CONTEXT,
        r"\bhad (?:meant|planned|intended|just (?:joined|started|returned)) to\b",
        r"\b(?:on (?:holiday|vacation|leave)|public holiday|long weekend|bank holiday|black friday|peak season|change freeze)\b",
        r"\b(?:usually|normally|for context|background|at that time of)\b",
    ),
    _rule(
        EventKind.OBSERVATION,
        r"\b(?:dashboards?|graphs?|metrics?|logs?|charts?|traces?) (?:\w+ )?(?:shows?|showed|says?|said|climbs?)\b",
        r"\b(?:latency|load|cpu|memory|traffic|error rate|queue|lag|disk|usage|connections?)\b.{0,30}\b(?:climb|rise|grow|spike|jump|drop|fall|increase|double|reach|hit|fill)\w*",
        r"\b(?:locks?|lock) up\b|\bis (?:partly|partially) down\b",
    ),
)

_NOT = re.compile(
    r"\b(?:no|not|never|nobody|none|without|did ?n['o]t|does ?n['o]t|do ?n['o]t|was ?n['o]t|is ?n['o]t|were ?n['o]t|has ?n['o]t|cannot|can't|fails? to|failed to|before|until|yet to|instead of|nothing)\s+(?:\S+\s+){0,2}$",
    re.IGNORECASE,
)
_NOT_INSIDE = re.compile(
    r"\b(?:no|not|never|n't|did(?:n't| not)|cannot|fails? to|failed to)\b|n't\b", re.IGNORECASE
)
_NEGATABLE = frozenset(
    {
        EventKind.DECLARED,
        EventKind.ACKNOWLEDGED,
        EventKind.ALERTED,
        EventKind.ESCALATED,
        EventKind.RESOLVED,
        EventKind.MITIGATED,
        EventKind.IMPACT_END,
        EventKind.IMPACT_START,
        EventKind.IDENTIFIED,
        EventKind.DETECTED,
        EventKind.COMMS,
        EventKind.CHANGE,
        EventKind.ACTION,
        EventKind.HANDOFF,
        EventKind.OH_NO,
    }
)
"""Kinds that a "not" in front takes back: an alert that did not fire alerted nobody."""


def guess_kind(text: str) -> EventKind | None:
    """The kind the words of an event speak for, or None when they leave it open."""
    words = text[:_LOOK_AT].strip()
    if not words:
        return None
    for kind, pattern in _RULES:
        found = pattern.search(words)
        if found is None:
            continue
        if kind in _NEGATABLE and _taken_back(words, found):
            continue
        return kind
    return None


def _taken_back(words: str, found: re.Match[str]) -> bool:
    return bool(
        _NOT.search(words[max(0, found.start() - 40) : found.start()]) or _NOT_INSIDE.search(found[0])
    )
