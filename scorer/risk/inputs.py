"""Signals that an argument shows: code, tasks, URLs, paths, secrets, recipients, previews."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.cues import cue, cue_in_head, names, takes_text
from scorer.risk.naming import snake
from scorer.risk.subject import of_parameter

if TYPE_CHECKING:
    from scorer.models.signals import Parameter
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Said, Subject


def arbitrary_code(_subject: Subject, verdict: Verdict) -> Said | None:
    return next((finding.said for finding in verdict.findings if finding.opening == "code"), None)


_LOOKS = frozenset("get list search find cancel stop check poll describe show count delete update".split())


def delegation(subject: Subject, verdict: Verdict) -> Said | None:
    free = next(subject.named("task", subject.top), None)
    if free is None or free.enum is not None or (verdict.base and verdict.base.act and verdict.base.act.verb in _LOOKS):
        return None
    return cue(subject, "delegation")


def arbitrary_url(subject: Subject, verdict: Verdict) -> Said | None:
    for parameter in names(subject, "arbitrary_url"):
        if (
            (parameter.depth == 1 or "webhook" in snake(parameter.name))
            and takes_text(parameter)
            and parameter.enum is None
            and _is_contacted(subject, parameter, verdict)
        ):
            return of_parameter(parameter)
    return None


_BOUND_URL = re.compile(
    r"\b(?:must\s+be\s+from|only\s+(?:from|urls)|should\s+be\s+from)\b|\b(?:sentry|github|gitlab|figma|notion|linear|slack|jira|confluence|youtube|arxiv|docs?|issue|ticket|aws|amazon|huggingface|reddit|twitter|wikipedia|google|the\s+thread|image\s+returned)\s+(?:\w+\s+)?(?:urls?|links?|documentation)\b|https?://(?!example)[\w.-]+\.\w+/"
)


_URL_RULE = re.compile(
    r"\burls?\b[^.]{0,20}\bmust\s+(?:be|start|come)\s+\w*\s*(?:from|with)\b|\bonly\s+(?:supports|accepts)\s+\w+\s+urls?\b"
)
_DOMAIN_RULE = re.compile(
    r"\b(?:must\s+(?:be|start|come)\s+\w*\s*(?:from|with)|only\s+(?:supports|works\s+with|accepts))\b"
)


_CONTACTS = frozenset(
    "fetch navigate scrape crawl extract read open load get download import visit browse connect request call ping add screenshot capture convert check analyze audit create update register map test monitor upload summarize parse goto go new send set take ask watch subscribe clone".split()
)


_WEBISH = re.compile(r"\b(?:url|web\s?pages?|website|link|http|internet|host|connection\s+string|webhook)\w*")


_STORED = frozenset(
    "bookmark profile avatar homepage redirect_uri redirect_url callback icon logo canonical html_url web_url external_url reference cite citation region_url regionurl".split()
)


def _is_contacted(subject: Subject, parameter: Parameter, verdict: Verdict) -> bool:
    name = snake(parameter.name)
    text = (parameter.description or "").lower()
    if name in _STORED or (
        name.startswith(
            (
                "return",
                "cancel",
                "success",
                "region",
                "issue",
                "redirect",
                "avatar",
                "icon",
                "logo",
                "external",
                "html",
                "web_url",
                "thread",
                "repo",
            )
        )
        and "webhook" not in name
    ):
        return False
    if _BOUND_URL.search(text) or _DOMAIN_RULE.search(text) or _URL_RULE.search(subject.lower[:1500]):
        return False
    if re.search(r"\bhttps?\b[^.]{0,30}\brequest", subject.lower[:300]):
        return True
    base = verdict.base
    verb = base.act.verb if base and base.act else ""
    if name in (
        "domain",
        "link",
        "links",
        "site",
        "pages",
        "page",
        "host",
        "hostname",
        "ip",
        "ip_address",
        "endpoint",
        "website",
    ) and not _WEBISH.search(text or subject.lower[:400]):
        return False
    hook = "webhook" in name and ("url" in name or "url" in text)
    crawls = (
        base is not None and base.act is not None and not {"crawl", "scrape", "website"}.isdisjoint(base.act.objects)
    )
    return crawls or verb in _CONTACTS or verdict.category == "Execute" or hook or "connection" in name


_REMOTE_PATH = re.compile(
    r"\b(?:in|within|inside|of)\s+(?:the\s+)?(?:repository|repo|project|archive|gitlab|github|vault|wiki|json|branch|bucket|container|drive|onedrive|sharepoint|workspace\s+id|collection|upload|model)\b|\bjson\s*path\b|\b(?:url|http|s3|jq)\s+path\b|\brepository\b|\bfile\s+in\s+(?:the\s+)?(?:project|repo)\w*|\bproject\s+path\b|namespace/|\bslug\b|\bendpoint\b|\bapi\s+path\b|\bof\s+the\s+upload\b|\bdocumentation\s+path\b"
)


_LOCAL_PATH = re.compile(
    r"\b(?:absolute|local|relative\s+to|on\s+disk|full\s+path|file\s+system|filesystem|working\s+directory|server's)\b|~/|/tmp|\.docx|\.xlsx|\.pdf|\.csv"
)


_FILE_THINGS = frozenset(
    "file files document documents workbook excel worksheet word pdf presentation pptx docx xlsx image directory folder filesystem git screenshot hwp csv sheet video audio disk local download".split()
)


_REMOTE_THINGS = frozenset(
    "gitlab github repository commit branch drive onedrive sharepoint attachment s3 bucket api notion confluence artifact blob".split()
)


def file_uri(subject: Subject) -> bool:
    """Whether a URI may name a local file."""
    return re.search(r"\bfile:(?://)?(?:\s|,|/|$)", subject.lower[:2000]) is not None


def filesystem_path(subject: Subject, _verdict: Verdict) -> Said | None:
    if not _REMOTE_KEYS.isdisjoint(p.name for p in subject.top) and not _UPLOADS & set(subject.name_parts):
        about_remote = True
    else:
        about_remote = False
    about = set(subject.name_parts) | set(re.findall(r"[a-z]+", subject.lower[:300]))
    if file_uri(subject) and (uri := next(names(subject, "arbitrary_url"), None)):
        return of_parameter(uri)
    for parameter in names(subject, "filesystem_path"):
        if parameter.depth > 1 and snake(parameter.name) in _VAGUE_PATHS and not about & _FILE_THINGS:
            continue
        if parameter.enum is None and takes_text(parameter) and _is_local(parameter, about, remote=about_remote):
            return of_parameter(parameter)
    return None


_REMOTE_KEYS = frozenset("project_id owner repo branch ref bucket drive_id driveId site_id workspace_id key".split())
_UPLOADS = frozenset({"upload", "attach", "import"})


def _is_local(parameter: Parameter, about: set[str], *, remote: bool) -> bool:
    name, text = snake(parameter.name), (parameter.description or "").lower()
    if name == "repo_path" or (_LOCAL_PATH.search(text) and (not remote or "local" in text + name)):
        return True
    if _UPLOADS & about and not _REMOTE_PATH.search(text):
        return True
    if remote or _REMOTE_PATH.search(text) or "json" in about:
        return name.startswith(("local", "output", "save", "download"))
    if name in _VAGUE_PATHS:
        return not about & _REMOTE_THINGS
    return True


_VAGUE_PATHS = frozenset(
    "path paths file files filename file_name destination directory source_path target_path file_path filepath".split()
)


def credentials_parameter(subject: Subject, _verdict: Verdict) -> Said | None:
    for parameter in names(subject, "credentials_parameter"):
        name, text = snake(parameter.name), (parameter.description or "").lower()
        if not takes_text(parameter) or parameter.enum is not None:
            continue
        if name in ("token", "auth", "dsn", "credentials", "cookies", "mnemonic", "credential") and not re.search(
            r"\b(?:auth\w*|api|access|bearer|secret|jwt|password|login|session|credential)", text
        ):
            continue
        if re.search(r"\b(?:pagination|page|cursor|next|continuation|symbol|asset|ref://|contract)\b", text):
            continue
        return of_parameter(parameter)
    return None


def external_recipient(subject: Subject, verdict: Verdict) -> Said | None:
    if verdict.category == "Read":
        return None
    named = next((p for p in names(subject, "external_recipient") if _is_recipient(subject, p)), None)
    return of_parameter(named) if named is not None else cue_in_head(subject, "external_recipient", verdict)


def _is_recipient(subject: Subject, parameter: Parameter) -> bool:
    return snake(parameter.name) != "to" or subject.rules.words["message"] & set(subject.name_parts) != set()


def dry_run(subject: Subject, verdict: Verdict) -> Said | None:
    if verdict.category == "Read":
        return None
    for parameter in names(subject, "dry_run"):
        name, text = snake(parameter.name), (parameter.description or "").lower()
        if name in ("apply", "nonce", "confirm", "confirmation") and not re.search(
            r"\b(?:preview|plan|without|nonce|confirm)", text
        ):
            continue
        return of_parameter(parameter)
    for parameter in subject.top:
        for value in parameter.enum or ():
            if isinstance(value, str) and snake(value) in ("plan_only", "preview", "dry_run", "validate_only"):
                return of_parameter(parameter)
    return None
