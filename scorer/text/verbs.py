"""Action verbs: what a tool may do, by what it does to the world."""

from __future__ import annotations

import re
from typing import Literal

VerbClass = Literal["read", "compute", "create", "update", "delete", "send", "execute", "interact", "access"]

# The classes are about effect: read and compute leave everything as it was.
_VERBS: dict[VerbClass, str] = {
    "read": """get list search find fetch retrieve read show view describe query look lookup browse check inspect count return display
        monitor watch preview see examine explore discover enumerate locate identify detect scan index audit report track trace
        obtain pull access load peek expand surface tell introspect whoami poll observe collect gather survey test verify validate diagnose debug profile measure
        review lint ping probe head tail cat grep stat info status recall recommend suggest select""",
    "compute": """compare geocode echo analyze analyse summarize summarise calculate compute convert translate transform extract parse format encode
        decode compress decompress hash tokenize classify predict estimate forecast score rank rate evaluate assess check explain
        simulate plan think reason resolve match filter sort aggregate group diff render generate compose visualize visualise chart plot map
        infer guess interpret embed cluster backtest benchmark recognize recognise transcribe synthesize optimize optimise normalize
        normalise sanitize escape unescape merge-text count solve prove derive minify beautify prettify highlight annotate-text""",
    "create": """create add new make insert append build register open initialize initialise init scaffold draft compose upload import
        provision allocate define establish record log store save write put post capture copy clone duplicate fork attach book
        schedule reserve start launch spawn enroll subscribe bookmark generate produce export download backup snapshot persist
        instantiate mint issue""",
    "update": """update edit modify change set alter patch rename replace revise adjust configure toggle enable disable move reorder
        assign unassign tag untag label relabel mark flag unflag pin unpin star unstar lock unlock archive unarchive restore
        revert rollback undo redo reset refresh sync synchronize merge rebase commit stage unstage apply accept reject approve
        unapprove decline complete finish resume pause transfer link unlink connect disconnect join leave mute unmute resolve
        resize crop rotate scale align highlight annotate convert fill bold italicize format protect unprotect promote demote
        triage categorize sort split combine upgrade downgrade migrate increment decrement upsert publish unpublish close reopen
        checkout switch invite share unshare follow unfollow like unlike vote bind unbind attach detach manage handle maintain
        customize extend shrink adapt invalidate expire renew rotate rewrite fix repair correct translate organize control place turn adjust jog nudge clean shift mask paint tune calibrate normalize""",
    "delete": """delete remove drop destroy purge clear erase wipe truncate uninstall unregister deregister cancel revoke terminate kill
        discard flush empty evict prune unset abort drain trash expunge void obliterate clean cleanup deprovision tear end redact""",
    "send": """send email mail message reply respond forward notify publish broadcast post tweet comment announce dispatch deliver
        submit emit push call dial text dm ask request contact rsvp invite speak say print text""",
    "execute": """run execute invoke eval evaluate trigger launch start stop restart deploy install compile build perform process exec
        call spawn train automate orchestrate crawl scrape halt shutdown boot reboot schedule script enforce activate deactivate delegate""",
    "interact": """click type press hover drag drop scroll navigate go visit tap swipe focus select close open resize screenshot
        take wait handle upload fill submit""",
    "access": """login logout authenticate authorize authorise connect disconnect signin signout sign grant revoke pay charge refund buy
        sell purchase order trade swap stake deposit withdraw settle""",
}

_DOUBLING = re.compile(r"[^aeiouwxy][aeiou][bdgklmnprt]$")


def forms(base: str) -> tuple[str, ...]:
    """The base form, the third person and the gerund."""
    third = (
        base + "es"
        if base.endswith(("s", "sh", "ch", "x", "z", "o"))
        else base[:-1] + "ies"
        if re.search(r"[^aeiou]y$", base)
        else base + "s"
    )
    cut = base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base
    gerunds = (cut + "ing", cut + cut[-1] + "ing") if _DOUBLING.search(base) else (cut + "ing",)
    return (base, third, *gerunds)


# Every form leads to its base; a base's first class is its usual one, the others are readings that context may choose.
CLASSES: dict[str, tuple[VerbClass, ...]] = {}
BASES: dict[str, str] = {}
for _class, _list in _VERBS.items():
    for _verb in _list.split():
        if _class not in CLASSES.get(_verb, ()):
            CLASSES[_verb] = (*CLASSES.get(_verb, ()), _class)
        for _form in forms(_verb):
            BASES.setdefault(_form, _verb)

SAFE: frozenset[VerbClass] = frozenset({"read", "compute"})

# Verbs that say that something is done, not what.
VAGUE = frozenset(
    "handle process manage do perform work deal support help assist provide use access interact operate execute maintain".split()
)


def base_form(word: str) -> str | None:
    """The base of a lower-case word taken as a verb in base form, third person or gerund; None when it is no known action verb."""
    return BASES.get(word)


def classes(word: str) -> tuple[VerbClass, ...]:
    """The effect classes of a lower-case verb form, most usual first; () when it is no known action verb."""
    base = BASES.get(word)
    return CLASSES[base] if base else ()
