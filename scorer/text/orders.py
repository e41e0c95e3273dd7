"""Orders that a definition has no business to give: to whom the agent listens, what it keeps from the user, what it hands over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIVATE_FILE = r"(?:\.ssh\b|id_(?:rsa|ed25519|dsa)\b|\.aws/|\.aws\b|\.env\b|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.kube/config|\.docker/config|\.gnupg|\.cursor/mcp|mcp\.json|claude_desktop_config|/etc/(?:passwd|shadow)|credentials?\s+files?|key\s?chain|private\s+keys?|ssh\s+keys?|wallet\.dat|seed\s+phrase|browser\s+cookies)"
_HISTORY = r"(?:(?:conversation|chat|message|dialog(?:ue)?|session)(?:\s+(?:history|log|transcript|so\s+far|context)|s?\s+with\s+the\s+user)|(?:previous|prior|earlier)\s+(?:messages|turns|tool\s+(?:results|outputs|calls))|system\s+prompt|(?:results?|outputs?)\s+of\s+(?:all\s+|any\s+)?other\s+tools)"
_HAND_OVER = r"(?:include|pass|send|append|attach|add|put|paste|provide|copy|forward|upload|insert|embed|supply|submit|place|encode)"
_URGED = r"(?:always|must|also|should|shall|first|then|please|never\s+forget\s+to|remember\s+to|be\s+sure\s+to|make\s+sure\s+to|needs?\s+to|have\s+to|before\s+[^.\n]{1,60},)"
_TAKE = r"(?:read|cat|open|load|access|get|fetch|retrieve|look\s+up|dump|print|collect|find)"
_PERSON = (
    r"(?:the\s+|any\s+|your\s+)?(?:end[\s-])?(?:users?|humans?|anyone|anybody|persons?|people|customers?|operators?)"
)
_SILENT = r"(?:do\s+not|don['’]?t|never|must\s+not|should\s+not|shall\s+not|avoid|refrain\s+from)\s+(?:ever\s+)?"
_DEED = r"(?:this|it|that\s+(?:you|this|it)|you(?:r)?|the\s+(?:tool|call|copy|transfer|forwarding|bcc|file\s+read)|these\s+(?:steps|instructions)|anything|what\s+(?:you|this|it))\b"
# An address of somebody; those of manuals are examples.
_ADDRESS = r"[\w.+-]+@(?!example\b|domain\b|company\b)[\w-]+\.\w"
_LOOT = r"(?:a\s+copy|results?|everything|all\s+\w+|(?:the\s+)?(?:conversation|outputs?|response|contents?|data))"
_EARLIER = r"(?:previous|previously|prior|above|earlier|preceding|foregoing|former|original|initial|your|system|safety)"


class _Family(NamedTuple):
    """A kind of order. signs, beside: one of each stands in every text that has it. own: what a tool is about that may say such a sentence."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    own: re.Pattern[str] | None = None
    beside: tuple[str, ...] = ()

    def may_stand(self, lower: str) -> bool:
        """Whether a text can hold such an order; the patterns are slow."""
        return _has(lower, self.signs) and (not self.beside or _has(lower, self.beside))


def _has(lower: str, signs: tuple[str, ...]) -> bool:
    # A loop, because this is asked a dozen times of every definition and a generator takes twice as long.
    for sign in signs:  # noqa: SIM110
        if sign in lower:
            return True
    return False


_FAMILIES = (
    # Take other orders than those that it has.
    _Family(
        ("ignore", "disregard", "forget", "bypass", "override", "circumvent", "your ", "instruction"),
        re.compile(
            rf"\b(?:ignore|disregard|forget|bypass)\s+(?:about\s+)?(?:(?:all|any|every|everything|each)\s+)?(?:of\s+)?(?:the\s+|these\s+|those\s+|my\s+|in\s+the\s+)?(?:{_EARLIER}\s+(?:and\s+)?){{1,3}}(?:\w+\s+)?(?:instructions?|prompts?|guidelines?|directives?|orders\s+(?:and|from|given)|rules)\b"
            r"|\b(?:ignore|disregard|forget)\s+(?:all|any|everything)\s+(?:of\s+)?(?:the\s+|your\s+)?(?:instructions|prompts|guidelines)\b"
            r"|\b(?:override|circumvent|violate)\s+(?:all\s+)?(?:of\s+)?your\s+(?:\w+\s+)?(?:instructions|guidelines|guardrails|rules|system\s+prompt)\b"
            r"|\byour\s+(?:previous|prior|earlier|original|other)\s+(?:instructions|guidelines|rules)\s+(?:are|were|have\s+been)\s+(?:now\s+)?(?:void|replaced|cancell?ed|superseded|overridden|obsolete|revoked|no\s+longer)\b"
            r"|\b(?:new|updated|real)\s+(?:system|developer)\s+(?:instructions?|prompt|message)\s*:"
            r"|\b(?:ignore|disregard|forget)\s+(?:everything|anything|whatever)\s+(?:you|that\s+you|above|before|said)\b"
        ),
    ),
    _Family(
        ("you are now", "you're now"),
        re.compile(
            r"\byou(?:\s+are|['’]re)\s+now\s+(?:in\s+|running\s+in\s+|operating\s+in\s+)?(?:an?\s+|the\s+)?(?:developer|dev|god|admin(?:istrator)?|root|unrestricted|jailbr\w+|dan|privileged|super\s?user|unfiltered|uncensored)\b"
        ),
    ),
    # Keep from the user what was done.
    _Family(
        ("tell", "inform ", "informing", "mention", "reveal", "show", "disclos", "notify", "alert", "warn", "let "),
        re.compile(
            r"\bwithout\s+(?:telling|informing)\s+the\s+user\b"
            rf"|\b{_SILENT}(?:tell|inform|let)(?:ing)?\s+(?:the\s+)?(?:users?|human|anyone|anybody)(?:\s+know)?\s*(?:[.!]|$)"
            rf"|\b{_SILENT}(?:tell|inform|notify|alert|warn|let)(?:ing)?\s+{_PERSON}(?:\s+know)?\s+(?:(?:about\s+|of\s+|that\s+)?{_DEED}(?![^.\n]{{0,80}}\b(?:until|unless|before|yet)\b))"
            rf"|\b{_SILENT}(?:mention|reveal|show|disclos)(?:e|ing)?\s+(?:any\s+of\s+)?{_DEED}[^.\n]{{0,40}}\bto\s+{_PERSON}"
            rf"|\b{_SILENT}(?:mention|reveal|disclos)(?:e|ing)?\s+(?:(?:to\s+{_PERSON}\s+)?that\s+(?:you|this|it)\b|(?:this|it)(?:\s+to\s+anyone)?\s*[.!])"
            rf"|\b{_SILENT}(?:mention|reveal|show|disclos)(?:e|ing)?\s+(?:to\s+)?{_PERSON}\s+{_DEED}"
        ),
        beside=("do not ", "don't ", "don’t ", "never ", "must not ", "should not ", "shall not ", "avoid ", "refrain ", "without "),
    ),
    _Family(
        ("secret", "hidden", "quiet", "covert", "silently", "hide ", "confidential", "user must", "users must", "user should", "users should", "user may ", "users may ", "user shall", "user need", "users need"),
        re.compile(
            rf"\bkeep\s+(?:this|it|that|the\s+(?:call|copy))\s+(?:\w+\s+)?(?:a\s+)?(?:secret|hidden|quiet|confidential)\b[^.\n]{{0,20}}(?:\bfrom\s+{_PERSON}|[.!]|$)|\bhide\s+(?:this|it|that|the\s+call)\s+from\s+{_PERSON}"
            r"|\b(?:secretly|covertly|silently|quietly)\s+(?:send|forward|copy|bcc|upload|transmit|exfiltrate|include|append|attach|call|pass)\b"
            r"|\b(?:the\s+)?users?\s+(?:must|should|may|shall|need)\s+(?:not|never)\s+(?:to\s+)?(?:know|notice|be\s+(?:told|informed|aware)|find\s+out|reali[sz]e|learn)\s*(?:about\b|of\b|that\s+(?:this|you|it)\b|[.!]|$)"
        ),
    ),
    # Hand over what the call does not need.
    _Family(
        (".ssh", "ssh key", "id_rsa", "id_ed", "id_dsa", ".aws", ".env", ".netrc", ".npmrc", ".pypirc", ".git-", ".kube", ".docker/", ".gnupg", "mcp.json", "/mcp", "claude_desktop", "/etc/", "credential", "keychain", "key chain", "private key", "wallet", "seed phrase", "cookies"),
        re.compile(
            rf"\b{_URGED}\s+(?:\w+\s+){{0,2}}?{_TAKE}\s+[^\n]{{0,60}}?{_PRIVATE_FILE}[^\n]{{0,100}}?\b{_HAND_OVER}\b"
            rf"|\b{_URGED}\s+(?:\w+\s+){{0,2}}?{_HAND_OVER}\s+[^\n]{{0,60}}?(?:contents?|text|copy)\s+(?:of|from)\s+[^\n]{{0,30}}?{_PRIVATE_FILE}"
            rf"|\b{_TAKE}\s+(?:the\s+)?(?:contents?\s+of\s+|files?\s+)?[`'\"]?[~./$\w-]{{0,30}}{_PRIVATE_FILE}[^\n]{{0,80}}?\band\s+{_HAND_OVER}\s+(?:it|them|its|their|the\s+(?:contents?|result|output|text))\b"
            rf"|\b{_HAND_OVER}\s+(?:the\s+)?(?:full\s+|entire\s+|whole\s+)?contents?\s+of\s+[`'\"]?[~./$\w-]{{0,30}}{_PRIVATE_FILE}"
        ),
        re.compile(r"ssh|\benv\b|dotenv|credential|secret|keychain|cookie|wallet|\bkube|docker|npm"),
    ),
    _Family(
        ("history", "transcript", "so far", "system prompt", "with the user", "other tools", "previous", "prior", "earlier", "context", " log"),
        re.compile(
            rf"\b{_URGED}\s+(?:\w+\s+)?{_HAND_OVER}\s+(?:me\s+|us\s+)?(?:the\s+|your\s+|a\s+copy\s+of\s+the\s+|all\s+|any\s+|everything\s+in\s+the\s+){{0,2}}(?:(?:full|entire|complete|whole|raw|current|user's)\s+){{0,2}}{_HISTORY}"
            rf"|\b{_HAND_OVER}\s+(?:the\s+)?(?:contents?\s+of\s+)?your\s+(?:(?:full|entire|complete|own)\s+)?(?:system\s+prompt|instructions\s+from\s+the\s+system)"
            rf"|\b(?:{_HAND_OVER}|(?:must|should|has\s+to|needs?\s+to)\s+(?:contain|hold|carry|be))\s+(?:me\s+)?(?:the\s+|a\s+copy\s+of\s+the\s+)?(?:full|entire|complete|whole)\s+{_HISTORY}"
            rf"|\b(?:call|use|invoke|send)\s[^.\n]{{0,60}}\bwith\s+(?:the\s+)?(?:full|entire|complete|whole)\s+{_HISTORY}"
            r"|\b(?:every|all|any)\s+(?:the\s+)?(?:prior|previous|earlier|past)\s+(?:user\s+)?(?:messages?|turns?|prompts?)\s+(?:must|should|have\s+to|has\s+to|are\s+to|is\s+to)\s+be\s+(?:forwarded|sent|passed|included|copied|appended|attached)\b"
        ),
        re.compile(r"conversation|\bchats?\b|history|transcript|dialog|summar|memor|messages?\b|prompt|handoff|hand off|session"),
    ),
    _Family(
        ("secret", "credential", "passw", "private", "api", "ssh", "keychain", "wallet", "environment", "env_", "envvar"),
        re.compile(
            rf"\b(?:must|always|first|should|needs?\s+to|before\s+[^.\n]{{1,60}},?)\s+(?:\w+\s+){{0,2}}?(?:call|use|invoke|run|execute)\s+(?:the\s+)?[`'\"]?\w{{0,40}}(?:secret|credential|passw|private_?key|api_?key|ssh_?key|keychain|wallet|env_?var|environment)\w*[^.\n]{{0,60}}\b{_HAND_OVER}\b"
        ),
        re.compile(r"secret|credential|passw|key|wallet|env"),
    ),
    _Family(
        ("api key", "password", "credential", "access token", "secrets", "environment variable", "private key"),
        re.compile(
            rf"\b{_HAND_OVER}\s+(?:the\s+users?['’]?s?|all(?:\s+the)?|every|all\s+of\s+the)\s+(?:\w+\s+)?(?:api\s+keys?|passwords?|credentials|access\s+tokens?|secrets|environment\s+variables?|private\s+keys?)\s+(?:in|into|as|to|here|with|inside)\b"
        ),
        re.compile(r"env|secret|credential|passw|\bkey|token|auth|vault|log ?in|sign ?in|connect|deploy"),
    ),
    _Family(
        ("other tool", "another tool", "any tool", "every tool", "all tools", "always use"),
        re.compile(
            r"\b(?:when(?:ever)?|each\s+time|every\s+time|after)\s+(?:you\s+)?(?:call|calling|use|using|invoke|invoking)\s+(?:any|another|every|other|all)\s+(?:other\s+)?tools?\b[^.\n]{0,40}\b(?:also|always|first|must|call|send|pass|include)\b"
            r"|\balways\s+use\s+(?:the\s+)?(?:account(?:\s+number)?|iban|wallet|recipient|payee|beneficiary)\s+\S*\d{5}"
        ),
    ),
    # Send it elsewhere, or use other tools otherwise.
    _Family(
        ("@", "http", "instead", "webhook"),
        re.compile(
            rf"\b(?:all|any|every|each)\s+(?:future\s+|outgoing\s+|other\s+|subsequent\s+)?(?:e-?mails?|messages?|mails?|payments?|transfers?|requests?|files?|data|results?|queries|notifications?|invoices?|orders?)\s+(?:must|should|have\s+to|need\s+to|shall|are\s+to|will)\s+(?:\w+\s+)?be\s+(?:sent|forwarded|routed|redirected|copied|paid|addressed|transferred|posted|uploaded|bcc'?e?d)\s+(?:to|through|via)\s+[^\s]{{0,40}}\s?[^.\n]{{0,40}}?(?:@|\binstead\b|https?://)"
            rf"|\b(?:always|must|also|should|instead|then|be\s+sure\s+to|make\s+sure\s+to|remember\s+to)\s+(?:\w+\s+)?(?:send|forward|bcc|cc|copy|upload|transmit|post|e-?mail|pay)\s(?:[^\n]{{0,80}}?\bto\b[^\n]{{0,40}}?{_ADDRESS}|{_LOOT}\s[^\n]{{0,60}}?\bto\b\s+(?:https?://|\S+\s+webhook))"
            r"|\b(?:change|replace|set|modify|rewrite|switch|alter|redirect)\s+(?:the\s+)?(?:recipients?|to\s+(?:address|field)|destination|payee|beneficiary|account\s+number|iban)\s+(?:\w+\s+){0,4}?(?:to|with|by)\s+(?:[\w.+-]+@(?!example\b)[\w-]+\.\w|https?://|0x[0-9a-f]{8}|[a-z]{2}\d{10})"
        ),
        beside=("forward", "bcc", "cc ", "cop", "upload", "transmit", "post", "mail", "pay", "sent", "routed", "redirect", "addressed", "transferred", "recipient", "destination", "beneficiary", "iban", "account", "to field", "send "),
    ),
)  # fmt: skip
# What makes words an example of an attack, or a warning against it.
_NEGATED = re.compile(r"(?:\b(?:never|not|cannot|without|avoid|refus\w+\s+to)|n['’]t)\s+(?:\w+\s+){0,2}\Z")
_TOLD = re.compile(r"(?:[\"'“‘«`(]|\b(?:to|that|which|like|such\s+as|e\.g\.,?|of|or)\s)\s*(?:\w+\s+){0,4}\Z")
_OF_ATTACKS = re.compile(
    r"\b(?:injections?|jailbreaks?|attacks?|attackers?|malicious|adversarial|phishing|untrusted|detects?|blocks?|flags?|attempts?|scans?)\b"
)
_SENTENCE = 200


def orders(lower: str, about: str = "") -> Iterator[re.Match[str]]:
    """The first order of each kind in a lower-cased text.

    about: lower-cased words for what the tool or the argument is; a tool for conversations may ask for one.
    """
    for family in _FAMILIES:
        if family.may_stand(lower):
            yield from (found for found in family.pattern.finditer(lower) if _is_meant(found, lower, family, about))


def first_order(lower: str, about: str = "") -> re.Match[str] | None:
    """The order that stands first."""
    return min(orders(lower, about), key=lambda found: found.start(), default=None)


def _is_meant(found: re.Match[str], lower: str, family: _Family, about: str) -> bool:
    """Whether it is an order: not negated, no example of an attack, and none that such a tool may give."""
    start = found.start()
    before = re.split(r"[.!?\n]", lower[max(0, start - _SENTENCE) : start])[-1]
    if _NEGATED.search(before) or (_OF_ATTACKS.search(before) and _TOLD.search(before)):
        return False
    return family.own is None or not family.own.search(f"{about} {lower[: start - len(before)][:_SENTENCE]}")
