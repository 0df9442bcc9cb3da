"""Word lists that rewrites are built with: what can be dropped, turned, or asked for. Only data."""

from __future__ import annotations

# fmt: off
STOP_WORDS = frozenset([
    "because", "cause", "cuz", "coz", "cos", "bc", "so", "but", "although", "though", "if", "unless",
    "which", "where", "whereas", "yet", "and", "or", "that", "who",
])
TRAILING_PAIRS = frozenset(
    {
        ("this", "time"),
        ("next", "time"),
        ("as", "usual"),
        ("yet", "again"),
        ("of", "course"),
        ("at", "all"),
        ("last", "time"),
        ("even", "once"),
        ("by", "now"),
        ("at", "once"),
        ("by", "accident"),
        ("by", "mistake"),
        ("all", "morning"),
        ("all", "night"),
        ("all", "day"),
        ("all", "week"),
        ("all", "afternoon"),
        ("all", "evening"),
        ("all", "along"),
        ("too", "soon"),
        ("too", "early"),
        ("too", "late"),
        ("too", "fast"),
        ("so", "fast"),
    }
)
TEMPORAL = frozenset(["before", "after", "when", "while", "until", "since"])
TRAILING = frozenset([
    "again", "obviously", "lol", "either", "anyway", "anyways", "tbh", "yet", "please", "properly",
    "actually", "clearly", "already", "though", "even", "just", "brilliant", "apparently", "tho", "too",
    "also", "right", "huh", "eh", "instead", "once", "surely", "ever", "first",
    "pls", "plz", "smh", "ffs", "amirite",
])
KEPT_PEOPLE = frozenset([
    "them", "they", "we", "us", "you", "people", "anyone", "anybody", "everyone", "everybody",
])
SUBSTITUTE = {
    "his": "the",
    "her": "the",
    "their": "the",
    "your": "the",
    "my": "the",
    "him": "someone else",
    "he": "we",
    "she": "we",
}
MANNER = frozenset([
    "with", "by", "without", "during", "at", "after", "before", "while", "when", "for", "from", "again",
    "twice", "until",
])
POINTING = frozenset(["this", "that", "all"])
PARTICLES = frozenset(["round", "down", "up", "out", "off", "offline", "over", "away", "back"])
LEADING_VERBS = frozenset([
    "quit~", "avoid~",
    "think~",
    "care~",
    "fail~", "forget~", "neglect~", "omit~", "bother~", "suppose~", "mean~", "expect~", "need~",
    "refuse~", "keep~", "decide~", "manage~", "try~", "remember~", "start~", "stop~", "want~",
])
NEGATIVE = frozenset(["not", "never", "nobody", "none", "neither", "nor"])
NEGATIVE_VERBS = frozenset(["stop~", "quit~", "avoid~", "fail~", "forget~", "neglect~", "omit~", "refuse~"])
PLURAL_S = ("ss", "us", "is", "ns")
EMPTY_STARTS = frozenset([
    "it's all", "it is all", "this is all", "that is all",
    "it's", "its", "it was", "it is", "that's", "that was", "this is", "this was", "root cause",
])
NO_ARTICLE = frozenset([
    "prod", "production", "staging", "training", "monitoring", "access", "feedback", "onboarding",
    "software", "hardware", "dns", "vpn", "code", "capacity", "load", "churn", "workload", "checkout",
    "kafka", "logging", "review", "main", "vacuum", "tls", "ssh", "config", "data",
])
REGARDING = frozenset([
    "through", "with", "about", "in", "on", "around", "of", "for", "over", "during", "at", "inside",
    "regarding",
])
TIMELY = frozenset(["before", "after", "when", "while", "during"])
TOWARDS = frozenset(["to"])
HEATED = frozenset([
    "waste",
    "shrug", "thank", "thanks", "admit", "name", "shame", "time", "pay", "care", "need", "rush",
    "act", "last", "mind", "guess", "cause", "trigger", "talk", "err", "let", "say", "cost",
    "guess", "want", "seem", "strike", "fire", "sack", "ban", "dock", "demote", "punish", "own",
    "confess", "apologise", "apologize", "err", "blunder", "flail", "respect", "bother", "manage",
    "happen", "deserve", "think", "screw", "mess", "fuck", "cock", "muck", "blow", "panic", "botch",
    "bungle", "goof", "bork", "suck", "hate", "insist", "refuse", "lie", "ars", "arse", "fall",
    "mistake",
])
LAPSES = frozenset([
    "forget", "miss", "ignore", "skip", "overlook", "neglect", "omit", "dismiss", "disregard",
])
LOOKING = frozenset(["check", "verify", "confirm", "inspect", "double-check", "read", "validate"])
"""What one does to find something out: a thing that shows it does as well."""

NOTICING = frozenset([
    "spot", "notice", "catch", "see", "know", "realise", "realize", "anticipate", "predict", "foresee",
    "understand", "guess", "figure", "recognise", "recognize",
])
DECIDING = frozenset([
    "approve", "sign", "decide", "choose", "pick", "review", "accept", "allow", "greenlight",
    "green-light", "okay", "think", "insist", "agree", "say",
])
AUTOMATIC = frozenset([
    "run", "test", "check", "double-check", "verify", "validate", "update", "notify", "lint", "review",
    "confirm", "back", "warn", "inform", "tell", "rotate", "renew",
])
DEPLOYS = frozenset(["deploy", "deploys", "merge", "role", "commit", "write", "approval"])
BY_VERB = {
    "broken_thing": frozenset(
        ["break", "crash", "corrupt", "trash", "ruin", "wreck", "bork", "fry", "brick", "tank", "mangle"]
    ),
    "down_thing": frozenset(["take", "bring", "knock", "pull", "tear", "kill", "tank"]),
    "lost_thing": frozenset(
        ["wipe", "delete", "drop", "nuke", "trash", "destroy", "lose", "erase", "truncate", "blow"]
    ),
    "hard_thing": frozenset(["make", "botch", "bungle", "mess", "screw", "fuck", "mangle"]),
    "missed_thing": LAPSES - {"skip", "ignore", "dismiss", "disregard"},
    "left_thing": frozenset(["leave"]),
    "ignored_thing": frozenset(["ignore", "dismiss", "disregard"]),
    "skipped_thing": frozenset(["skip", "bypass"]),
}
POINTERS = frozenset(["the", "our", "this", "these", "those", "that"])
VERDICTS = frozenset([
    "<trait>", "<person_trait>", "<vice>", "<virtue>", "<person_noun>", "<conduct_trait>", "<bad_noun>",
    "<misdeed>",
])
VAGUE = frozenset([
    "masterclass", "lesson", "surprise", "joke", "shambles", "genius", "piece", "mail", "show",
    "hero", "clap", "star", "circus", "day", "week", "weekend", "night", "morning", "afternoon",
    "evening", "month", "year", "time", "times", "moment", "way", "thing", "things", "kind",
    "point", "fact", "hell", "world", "reason", "part", "rest", "least", "person", "people", "one",
    "ones", "mess", "job", "same", "whole", "other", "others", "best", "worst", "usual", "first",
    "second", "third", "last", "next", "end", "middle", "beginning", "idea", "wrong", "right",
    "hour", "minute", "minutes", "seconds", "hours", "days", "place", "side", "lot", "bit", "sort",
    "trouble", "blame", "who", "that", "which", "what", "why", "how", "when", "i", "we", "you",
    "it", "guys", "cause", "outage", "door", "table", "ball", "plug", "wheel", "bus", "line",
    "heck", "earth", "onus", "company", "floor", "corner", "problem", "issue", "thought", "weak",
    "culprit", "only", "main", "half", "quarter", "sprint", "friday", "monday", "sunday", "all",
    "too", "months", "weeks", "years", "start", "root", "hurry", "lack", "ages", "turn", "award",
    "applause",
])
NO_TOPICS = frozenset([
    "back", "backs",
    "report", "numbers", "keys", "laptop", "messages", "noise", "form", "story", "words", "word",
    "sense", "disk-space", "favour", "glance", "attitude", "hole", "trigger", "radar", "luxury",
    "magic", "presence", "cavalry", "31st", "quiet", "rug", "finger", "fingers", "wall", "desk",
    "pub", "bunch", "medal", "prize",
])
FIGURES = frozenset([
    "wheel", "ball", "coffee", "keyboard", "judgement", "judgment", "decision", "balls", "corners",
    "gun", "plot", "buck", "boat",
    "corner", "hand", "hands", "head", "eye", "eyes", "brain", "attitude", "behaviour", "behavior",
    "communication", "joke",
    "fault", "everything", "anything", "nothing", "something", "enough", "again", "carefully",
    "properly", "agents",
])
LOOSE_ENDS = frozenset([
    "of", "for", "with", "from", "at", "than", "as", "by", "about", "into", "onto", "and", "or",
])
ARTICLES = frozenset(["a", "an"])
NO_INFINITIVE = frozenset([
    "confess", "apologise", "apologize", "come", "be", "have", "do", "blame", "find", "stop", "pay",
    "know", "tell", "admit", "own", "explain", "think", "",
])
POSITIVE = {"anything": "more", "anyone": "the others", "anybody": "the others"}
SAYING = frozenset([
    "promise", "choose", "allow", "keep", "start", "stop", "try", "want", "need", "like", "manage",
    "seem", "begin", "continue", "fail", "decide", "refuse", "find", "know", "say", "tell", "cause",
    "trigger", "blame", "let", "be", "have", "do", "make", "get",
])
ALONE = frozenset([
    "watch",
    "restart", "deploy", "reboot", "merge", "escalate", "guess", "wait", "improvise", "ask", "stop",
    "notice", "listen", "look", "check", "double-check", "call", "reply", "answer", "respond",
    "react", "speak", "test", "rehearse", "practise", "practice", "plan", "think", "pause", "help",
    "push", "share", "communicate", "act", "hurry", "ship", "retry", "backup", "force-push",
    "release", "roll", "verify", "confirm", "understand", "anticipate", "predict", "concentrate",
    "freeze", "oversleep", "intervene", "follow-up",
])
COUNTS = frozenset([
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "dozens", "hours",
    "second", "third", "fourth", "fifth", "half",
])
JOINS_CLAUSE = frozenset(["that", "how", "what", "where", "when", "whether", "if", "why", "which"])
OF_WHAT = frozenset(["of", "to", "on", "in", "at", "with", "for", "during", "without", "into"])
CROWD = frozenset(["guys", "people", "folks", "folk", "lads", "crowd", "guy", "staff", "gang"])
PARTNERS = frozenset([
    "contractor", "contractors", "vendor", "supplier", "provider", "agency", "consultant", "consultants",
    "freelancer", "freelancers", "outsourcer", "integrator", "integrators",
])
NOUNS_OF = {
    "slip": frozenset([
        "mistake", "error", "typo", "slip", "oversight", "mix-up", "misclick", "misreading", "blunder",
        "mistakes", "errors", "typos", "slips",
    ]),
    "decision": frozenset([
        "decision", "timing", "call", "choice", "idea", "plan", "design", "move", "bet", "workaround",
        "shortcut", "decisions", "choices",
    ]),
    "work": frozenset([
        "review", "deploy", "deployment", "release", "rollout", "handling", "handover", "response", "push",
        "merge", "testing", "migration", "change", "changes", "commit", "work", "code", "script", "setup",
        "restart", "rollback", "failover", "cleanup", "coding", "job", "fix", "hotfix", "refactor",
        "configuration", "config", "maintenance", "cutover",
    ]),
}
NO_SLIPS = frozenset(["failure", "fault", "element", "factor", "trouble", "problem", "fingers"])
LEADS_TO = frozenset(["comes", "came", "boils", "lies", "goes", "rests", "falls"])
NOT_JOINED = frozenset(["then", "now", "so", "it", "this", "that", "why", "how", "when", "where", "who"])
ARTICLES_AND_OWNERS = frozenset([
    "the", "a", "an", "our", "their", "my", "his", "her", "every", "each", "one",
])
FIGURATIVE = frozenset([
    "feet", "trigger", "towel", "nose", "goalposts", "knees", "wolf", "snooze", "charm",
    "mind", "ball", "balls", "corners", "wheel", "buck", "boat", "brain", "gun", "plot", "seriously",
])
KNOWING = frozenset(["know", "understand", "realise", "realize"])
OBJECTS = frozenset(["us", "me", "them", "him"])
STATES = frozenset([
    "blank", "empty", "unfinished", "dangling", "on", "open", "off", "enabled", "disabled",
    "running", "unlocked", "unattended", "exposed", "untested", "public", "muted",
])
TIMES = frozenset([
    "night", "morning", "evening", "afternoon", "friday", "monday", "sunday", "weekend", "day",
])
THEREFORE = frozenset(["because", "so", "and", "but"])
CONDITIONAL = frozenset(["until", "unless", "if", "when", "before", "while"])
POINTING_AT = frozenset(["this", "that", "these", "those", "the", "a", "an", "every", "each"])
TELLING = frozenset(["tell", "warn", "inform", "notify", "mention"])
BEFORE_ING = frozenset([
    "one", "ones", "by", "for", "from", "without", "before", "after", "when", "while", "not", "never",
])
PAPER = frozenset([
    "ticket", "tickets", "label", "labels", "invoice", "invoices", "alert", "alerts", "review", "reviews",
    "email", "emails", "docs", "inbox", "on-call", "oncall",
    "process", "procedure", "policy", "rules", "decimals", "incidents", "shift", "shifts",
])
MESS = frozenset(["mess", "hash", "shambles"])
MIXED = frozenset(["mix~", "confuse~", "swap~"])
TRAITS = frozenset(["<trait>", "<person_trait>", "<conduct_trait>"])
FINE = frozenset(["ok", "okay", "fine", "safe", "good", "right", "clever", "enough", "acceptable"])
GROUPS = frozenset(["team", "teams", "squad", "crew", "department", "dept", "tribe"])
FLAWS = frozenset([
    "untested", "unreviewed", "broken", "unfinished", "incomplete", "stale", "invalid", "malformed",
    "buggy", "faulty", "half-tested", "outdated", "unsigned",
])
SHIPPED = frozenset([
    "release", "build", "bundle", "code", "config", "migration", "script", "version", "image", "package",
    "change", "patch", "hotfix", "deploy", "releases", "builds", "changes", "deploys", "update", "feature",
])
NO_TEAMS = frozenset(["hr", "shift", "company", "firm", "committee", "legal"])
BEFORE_TEAM = frozenset([
    "typical", "classic", "usual", "ever", "bravo", "that", "this", "those", "these", "thanks",
    "cheers", "so", "kudos",
])
ONLY_A_PREPOSITION = frozenset(["in", "on", "with", "for", "at", "to", "by", "of", "from", "about"])
KEEP_ALONE = frozenset(["log", "check", "sign", "step", "chip", "call", "join", "carry", "hold", "move"])
AFTER_TOPIC = frozenset(["ready", "blank", "open", "loose", "alone", "live", "full"])
BARE_RIGHTS = frozenset(["root", "prod", "production", "admin", "sudo", "staging", "shell", "ssh", "git"])
OUT_OF_MIND = frozenset(["mind", "minds", "attention", "forgot", "forget", "forgets", "forgotten"])
LONG_TIMES = frozenset([
    "forever", "ages", "eternity", "long", "hours", "hour", "min", "mins", "minutes", "days",
    "weeks", "day",
])
INTENDED = frozenset(["want~", "mean~", "try~", "suppose~", "expect~", "need~"])
BRUSHING = frozenset(["shrugged", "shrugs", "brushed", "brushes", "laughed", "played", "explained"])
READINESS = frozenset([
    "trouble", "sense", "time", "courage", "decency", "courtesy", "effort", "patience", "guts", "wit",
    "wits", "nerve", "energy", "heart", "foresight",
])
ARRIVING = frozenset([
    "show", "wake", "join", "reply", "answer", "arrive", "ack", "acknowledge", "appear", "respond", "turn",
    "figure", "grace", "come", "log", "pick", "return",
])
HARM = frozenset([
    "break", "wreck", "ruin", "crash", "trash", "kill", "bork", "brick", "fry", "lose", "leak",
    "starve", "hose", "corrupt", "mangle", "waste", "sink", "damage", "destroy", "miss", "forget",
    "choke", "poison", "clobber", "drag", "slip", "cost", "burn", "bring-down", "flood", "hog",
    "dump", "botch", "mistype", "hammer",
])
ATTITUDE = frozenset([
    "promise", "concentrate", "slow", "sit", "redo", "take", "breathe", "keep", "wake",
    "remember", "pay", "get", "open", "calm", "relax", "focus", "stay", "grow", "step", "attend",
    "act", "behave", "respect", "care", "use-your", "try", "improve",
])
CHOOSING = frozenset([
    "decided", "chose", "decides", "chooses", "opted", "managed", "wanted", "wants", "preferred", "rushed",
    "likes", "love", "loves", "dared", "deciding", "choosing", "going", "about", "bound", "sure",
])
AMOUNTS = frozenset(["a", "an", "two", "three", "more", "some", "enough"])
PAUSES = frozenset(["slow", "stop", "wake", "breathe", "calm", "pause", "sit", "take", "step"])
WAVING = frozenset([
    "stamped", "stamp", "stamps", "waved", "waves", "nodded", "nods", "glossed", "skimmed",
    "breezed", "gloss", "rubberstamped", "rubberstamp",
])
LOOSE_PARTICLES = ("through", "so", "to", "just", "anyway")
LOOKS = frozenset([
    "look", "glance", "call", "message", "review", "note", "check", "question", "ping", "test",
    "warning", "heads-up", "search", "mail", "email", "rehearsal", "second", "pair", "eyes", "chat",
    "minute", "minutes",
])
NO_DEEDS = frozenset([
    "'d", "wish", "wishes", "thanks", "thank", "like", "'ll", "'ve", "possessed", "possess", "earning",
    "earn",
])
LEADING_WORDS = frozenset([
    "arsed", "told", "asked", "instructed", "reminded", "warned", "trained", "paid", "killed", "taught",
    "possessed", "ordered", "chose", "opted", "promised",
])
INSULTS = frozenset([
    "blindly", "carelessly", "stupidly", "recklessly", "foolishly", "mindlessly", "casually",
    "merrily", "blithely", "awful", "terrible", "horrible", "hideous", "godawful", "stupid", "dumb",
    "idiotic", "silly", "lame", "crappy", "shitty", "bloody", "damn", "damned", "fucking", "sloppy",
    "lazy", "careless", "half-arsed", "half-assed", "half-baked", "precious", "so-called", "shoddy",
    "reckless", "thoughtless", "yolo", "pathetic", "ridiculous", "goddamn", "freaking", "magic",
])
JUNK = frozenset([
    "mess", "disaster", "rubbish", "garbage", "crap", "fiasco", "debacle", "nonsense", "circus",
])
NOT_LAST = frozenset([
    "but", "got", "has", "had", "have", "considering", "except", "given", "because", "since", "thanks",
    "until", "late", "and", "or",
])
CALMER = {
    "sneak": "put", "smuggle": "put", "ram": "push", "poke": "look", "fiddle": "change", "tamper": "change",
    "meddle": "change", "tinker": "change", "yank": "pull", "chuck": "pass", "fling": "pass",
    "mess": "change", "muck": "change", "screw": "change", "monkey": "change", "faff": "change",
}
