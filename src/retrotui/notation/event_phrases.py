"""The phrases that speak for each kind of event, the most telling kind first, in the notation of `phrases`.

Leaves looking them up to `guessing`.
"""

from retrotui.retro import EventKind

CLASSES = {
    "public": "customer+ user+ client+ merchant+ tenant+ partner+ stakeholder+ support management public "
    "subscriber+ shopper+ reader+ visitor+ people",
    "incident": "incident outage major emergency sev sev0 sev1 sev2 sev3 sev4 p0 p1 p2 p3 p4",
    "alarm": "alert+ alarm+ pager+ page+ monitor+ probe+ pagerduty opsgenie alertmanager watchdog+ check+",
    "fail": "fail! error! break! drop! hang! crash! disappear! vanish! timeout! stall! reject!",
    "system": "site service+ api app website platform cluster+ database+ db region+ checkout login+ queue+ "
    "traffic payment+ request+ write+ read+ server+ node+ backend frontend store shop search",
    "place": "data table+ row+ record+ volume+ disk+ host+ server+ node+ instance+ cluster+ region+ zone+ "
    "environment+ namespace+ account+ window terminal tab prompt database+ db bucket+ branch+ machine+ "
    "box shard+ replica+ prod production",
    "is": "is are was were gets get got being been be",
    "fixing": "revert! restart! reboot! kill! drain! block! ban! disable! reenable! isolate! quarantine! "
    "restore! rebuild! rerun! reindex! resync! flush! purge! mount! remount! throttle! cordon! "
    "hotfix! patch! repair! unblock! redeploy! backfill!",
    "order": "restart reboot revert kill drain block ban disable reenable restore rebuild rerun delete "
    "remove mount unmount back copy archive stop flush purge move apply clear detach attach redeploy "
    "throttle truncate bounce cordon roll fail switch scale pause pin raise lower increase take put",
    "change": "deploy! release! merge! upgrade! migrate! ship!",
    "gone": "down offline dark away",
    "message": "update statement notice apology banner announcement",
    "helper": "team oncall call lead engineer+ dba+ expert+ manager+ vendor",
    "deed": "run! type! click! press! restart! delete! deploy! open! start! stop! check! change! edit! "
    "merge! push! revert! page! ask! write! try! switch! connect! enter! execute! copy! remove! set! put! "
    "tell! call! message! post! warn! restore!",
    "complaint": "report+ ticket+ complaint+ call+",
    "measure": "latency load cpu memory traffic queue lag usage connections rate",
}

PHRASES: tuple[tuple[EventKind, tuple[str, ...]], ...] = (
    (
        EventKind.OH_NO,
        (
            "oh no",
            "dawn! on",
            "realise!/realize!",
            "see!/notice!/understand! ~5 wrong/other <place>",
            "heart sink!/sank",
            "stomach drop!",
        ),
    ),
    (
        EventKind.COMMS,
        (
            "status page+/account+/site/update+/post+/message+",
            "statuspage",
            "tweet!",
            "<public> <is> told/informed/notified/updated/emailed/warned",
            "tell!/inform!/notify!/email!/update!/warn! the/all/our/affected? affected/all/other? <public>",
            "<message> is/was/goes/went? posted/published/out/up/sent/shown",
            "post!/publish!/send! an/a/the/first/another ~2 <message>/email",
            "announce!",
        ),
    ),
    (
        EventKind.HANDOFF,
        (
            "hand! over/off",
            "handover+/handoff+",
            "shift change",
            "take! over as/from/command/incident",
            "take! over the lead/shift/incident/call",
            "next shift take! over",
        ),
    ),
    (
        EventKind.DECLARED,
        (
            "declare! ~4 <incident>",
            "<incident> ~4 declared",
            "open!/raise! an/a/the? <incident> incident?",
            "incident channel? is/was? opened",
        ),
    ),
    (
        EventKind.ACKNOWLEDGED,
        (
            "acknowledge!/acknowledgement",
            "acks/acked",
            "ack ~2 page/alert/alarm/from/by/at",
            "ack $",
            "pick! up the page/alert/pager",
            "answer! the page/pager/alert",
        ),
    ),
    (
        EventKind.ESCALATED,
        (
            "escalate!/escalation",
            "ask!/call! for help/backup/reinforcement/support/assistance",
            "calls/called/pulls/pulled/brings/brought/loops/looped/gets/got/pull/loop/bring ~5 in $",
            "calls/called/pulls/pulled/brings/brought/loops/looped/pull/loop in",
            "pages/paged/paging the/a/an/another/our ~3 <helper>",
            "second/third/other/another team+/responder+/engineer+ join!",
        ),
    ),
    (
        EventKind.ALERTED,
        (
            "<alarm> ~4 fire!/trigger!/ring!/sound!",
            "<alarm> ~3 go! off",
            "<alarm> ~3 turn! red",
            "<alarm> ~3 comes/come/came/arrive! in?",
            "<is> paged",
            "pager buzz!/beep!/go!",
            "pagerduty page!/call!",
            "paging start!/begin!",
            "^ the/an/a/first? ~2 alert/alarm/page for/about/on/from/that/says",
            "^ alert/alarm/page/firing :",
        ),
    ),
    (
        EventKind.DECISION,
        (
            "decide!/decision",
            "agree! to/on/that",
            "agree! not to",
            "choose!/opt! to/for/not",
            "go no go",
            "^ <order> ~20 because/instead",
            "^ <order> ~20 rather than",
        ),
    ),
    # Whoever begins with these words says the kind: what comes after them is what was seen, not a guess.
    (EventKind.SAW, ("^ i then? saw",)),
    (EventKind.EXPECTED, ("^ i then? expected",)),
    (EventKind.DID, ("^ i then? did",)),
    (
        EventKind.HYPOTHESIS,
        (
            "suspect!/suspicion/hypothesis/theory",
            "may/might/could also/well/still? be",
            "may/might have",
            "maybe/perhaps/possibly/probably/presumably",
            "look!/seem! like/unhealthy/related/suspicious",
            "look! as if/though",
            "seem!/appear! to be",
            "we/team/responders/i/they think!/believe!/guess!/assume!/wonder! that/it/the/if/whether/this",
            "disproved",
            "rule! out",
            "rule! it/this/that out",
        ),
    ),
    (
        EventKind.IMPACT_END,
        (
            "impact end!/stop!",
            "impact is/was over",
            "last failed/failing/affected/bad request+/payment+/user+/customer+/order+/call+/job+",
            "<public> can ~6 again",
        ),
    ),
    (
        EventKind.RESOLVED,
        (
            "<incident>/it/issue/problem ~4 is/was/marked/now as/fully/finally? resolved/closed/over",
            "^ resolved",
            "marked as? resolved",
            "fully recovered/restored/resolved/operational",
            "all clear",
            "back online",
            "back to normal",
            "everything works/green/back",
            "everything is green/back/normal",
            "incident resolved/closed/over",
        ),
    ),
    (
        EventKind.MITIGATED,
        (
            "mitigated/mitigates",
            "mitigation is/was? in/applied/works/complete",
            "error+/failure+ rate+? stop!/recover!/subside!/clear!/end!/ease!",
            "error+/failure+ rate+? drop!/fall!/go!/is back? to/below/under zero/0/normal/baseline/1/2",
            "<system> again? flow!/recover!/return!",
            "<system> work! again",
            "<system> come! back",
            "<system> is/are/was/were restored",
            "bleeding stop!",
            "stabilise!/stabilize!",
            "is/are deleted/removed/reverted/disabled/blocked/drained and _ load!/recover!/work!",
        ),
    ),
    (
        EventKind.SURPRISE,
        (
            "surprise!/surprising/surprisingly/unexpected/unexpectedly/strange/strangely/weird/weirdly/odd/oddly",
            "nobody/no expected",
            "turn! out",
            "still hang!/fail!/down/broken/empty/timing/time!/not/red/grow!/climb!/rise!/return!/5xx",
            "still is/are? not/down/broken/failing/empty",
            "go!/continue!/persist!/remain! on? even? after/despite",
            "yet ~5 no/not/none/nothing/never/still",
            "no effect/improvement/difference",
            "makes/made/make no difference",
            "does/did/do not help",
            "doesn't/didn't help",
            "backup+ ~3 empty/missing/gone/corrupt/unreadable",
        ),
    ),
    (
        EventKind.IDENTIFIED,
        (
            "root cause",
            "culprit",
            "pinpoint!",
            "narrow! it? down to",
            "trace! it? back? to",
            "cause/trigger/reason/source is/was? found/identified/known/confirmed/understood",
            "identify!/find!/confirm!/locate! the/a/as? ~2 cause/bug/reason/leak/deadlock/trigger/culprit",
            "log+ ~1 show!/reveal! that/why",
        ),
    ),
    (
        EventKind.EXPECTED,
        (
            "^ i ~1 expect!/assume!/believed/thought/hoped",
            "^ expected/expecting",
        ),
    ),
    (EventKind.SAW, ("^ i then? see/saw/notice!/read/heard",)),
    (
        EventKind.DID,
        ("^ i then/also/quickly? <deed>",),
    ),
    (EventKind.CHANGE, ("flag ~2 is/was? flipped/enabled", "flag ~2 switched/turned on")),
    (
        EventKind.ACTION,
        (
            "<fixing> the/a/an/all/every/each/both/single/several/some/it/them/one/two/three",
            "<fixing> with/by/from/in/on/to",
            "<fixing> db/node+/host+/service+/server+/pod+/instance+/replica+/traffic",
            "and/then/to restart/reboot/revert/kill/drain/block/isolate/restore/rebuild/flush/purge",
            "<is> ~1 <fixing>",
            "<fixing> $",
            "roll!/switch!/turn! ~4 back",
            "switch!/turn! ~4 on/off",
            "fail! over",
            "scale! ~3 up/out",
            "add! capacity",
            "back! up",
            "clean! up",
            "stop! the/all",
            "<is> emptied/stopped/killed/wiped",
            "<change> a/the fix/hotfix/patch/revert/rollback",
            "fix/hotfix/patch/rollback/revert is/was? deployed/shipped/merged/rolled/applied/live",
            "^ <order> the/all/every/a/an/one/two/what/it/them/up/back/over",
            "^ <order> traffic/writes/reads/db/node+/host+",
        ),
    ),
    (
        EventKind.CHANGE,
        (
            "<change> to/the/a/an/from/in/on/by/with/at/and/into/new/version/it",
            "upgrades/upgraded/migrates/migrated/deployed/merged/shipped _",
            "^ ~3 deploys/merges/ships/releases _",
            "<is> <change>",
            "<change> $",
            "deploy/release/deployment/rollout/migration ~3 start!/begin!/reach!/go!/run!",
            "deploy/release/deployment/rollout/migration ~3 finish!/land!/complete!",
            "roll! out",
            "rollout of",
            "go! live",
            "config/configuration/dns/schema/firewall/flag/routing/setting+ change+/push/update+",
            "goes/go/went/is/was/are ~2 from _ to",
            "set/changed/lowered/raised/bumped/increased/reduced/scaled ~2 from _ to",
            "scaled to zero",
            "take! a/the ~5 snapshot",
            "certificate+/key+/secret+ is/are/was/were? rotated/renewed/replaced",
        ),
    ),
    (
        EventKind.IMPACT_START,
        (
            "start!/begin! to? <fail>",
            "start!/begin! to? time!/run! out",
            "start!/begin! to? go! <gone>/missing/wrong",
            "start!/begin! to go $",
            "start!/begin! to? return!/answer!/see!/serve! with/only? error+/5xx/500/502/503/504",
            "outage/impact/downtime start!/begin!",
            "data loss start!/begin!",
            "<system> goes/went <gone>",
            "first failed/failing/affected/bad request+/payment+/user+/customer+/order+/call+/job+",
            "answer! with? 5xx/500/502/503/504",
        ),
    ),
    (
        EventKind.DETECTED,
        (
            "notice!/detect!",
            "spots/spotted",
            "sees/saw that/how/the",
            "<public> ~1 report!/complain!",
            "<public> call! in",
            "<public> ask! why",
            "first/support/customer <complaint> comes/come/came/arrive!/about/from/is/are",
        ),
    ),
    (
        EventKind.CONTEXT,
        (
            "had meant/planned/intended to",
            "on holiday/vacation/leave",
            "public/bank holiday",
            "long weekend",
            "black friday",
            "peak season",
            "change freeze",
            "^ usually/normally/background",
            "^ for context",
        ),
    ),
    (
        EventKind.OBSERVATION,
        (
            "dashboard+/graph+/metric+/log+/chart+/trace+ ~1 show!/say!/climb!",
            "<measure> ~5 climb!/rise!/grow!/spike!/jump!/drop!/fall!/double!/reach!/hit!",
            "lock! up",
            "partly/partially down",
        ),
    ),
)
