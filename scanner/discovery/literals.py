"""Texts in quotes that could name a model, found in code without parsing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.discovery.candidates import Candidates, has_hub_link, proves_itself
from scanner.discovery.javascript_scopes import package_of
from scanner.discovery.javascript_tree import is_minified
from scanner.discovery.names import decode
from scanner.discovery.written_for import enumerated_models, given_to, speaks_of_models
from scanner.patterns import regex

_LITERAL = regex(r"""["'`]([A-Za-z0-9_@][\w.:/@%?=&+\-\\]{1,199})(?=["'`])""")
"""A text in quotes without spaces; what stands between two of them may be taken for one too."""
_UNQUOTED = regex(r"=([A-Za-z0-9@][\w.\-]*/[\w.\-:/]+)")
_PUT_TOGETHER = regex(
    r"""["'`][A-Za-z0-9][\w.\-]*/(?:["'`]\s*\+|\$\{)|`\$\{[^{}`]{1,80}\}/\$\{[^{}`]{1,80}\}`"""
)
_SLOTS = tuple(
    regex(
        word + r"""s?(?:[_-]?(?:id|name|path|repo|url|uri|key)s?)?["'`\]]{0,2}\s*[:=](?!=)([^;,\n]{1,100})"""
    )
    for word in ("model", "checkpoint", "tokenizer", "tokeniser")
)
"""What is given to a name that speaks of models, in a text in lower case."""
_QUOTED = regex(r"""["'`][a-z0-9@][^\s"'`]+["'`]""")
_NAME = regex(r"[a-z_$][\w$]*")
_VALUE = regex(r"""(?<![\w$."'`\-])([a-z_$][\w$]*)(?![\w$])(?!\s*\[\])""")
"""A name in an expression that is no property and no type."""
_FROM = regex(r"""import\s+(?:type\s+)?([\w$*{},\s]{1,2000}?)\s*from\s*["'](?:\.|@/|~/|\$lib/)""")
_BOUND = regex(r"=\s*(?:await\s+)?([a-z_$][\w$]*)")
_BEFORE_EQUALS = regex(r"([a-z_$][\w$]*)\s*(?::[^=;\n]{1,60})?\Z")
_OWNER_OF_CALL = regex(r"([a-z_$][\w$]*)(?:[?!]?\.[\w$]+)*[?!]?\Z")
_IMPORTED = ("from", "import", "import(", "require(")
_DIGITS = frozenset("0123456789")
_QUOTES = frozenset("\"'`")
_OPENERS = _QUOTES | frozenset("@#")


def script_names(text: str, candidates: Candidates) -> bool:
    """Whether JavaScript, or a page around it, holds a name or a call that a library's record knows."""
    if is_minified(text):
        return True  # said to be left out by the reader
    lowered = text.lower()
    if proves_itself(lowered) or has_hub_link(text, lowered):
        return True
    if any(call.search(text) for call in candidates.script_words):
        return True
    for literal in set(_LITERAL.findall(text)):
        if package_of(literal) in candidates.script_packages:
            return True
        if candidates.could_be_named(literal) and not _is_specifier(text, literal):
            return True
    if any(candidates.could_be_named(value) for value in _UNQUOTED.findall(text)):
        return True
    if candidates.has_spoken(text) or _PUT_TOGETHER.search(text):
        return True
    given = [value for slot in _SLOTS for value in slot.findall(lowered)]
    if any(_QUOTED.search(value) for value in given) and candidates.speaks_of_service(lowered):
        return True
    return _takes_from_others(lowered, given, candidates)


def _is_specifier(text: str, literal: str) -> bool:
    """Whether a text only ever names a module that is imported."""
    at = text.find(literal)
    while at >= 0:
        if text[at - 1] in _QUOTES and not text[max(0, at - 14) : at - 1].rstrip().endswith(_IMPORTED):
            return False
        at = text.find(literal, at + 1)
    return True


def _takes_from_others(lowered: str, given: Iterable[str], candidates: Candidates) -> bool:
    """Whether a name out of another file is given to a model, or a client out of another file is asked."""
    names = {name for found in _FROM.findall(lowered) for name in _NAME.findall(found)}
    if not names:
        return False
    for bound in _BOUND.finditer(lowered):
        if bound[1] in names:
            name = _BEFORE_EQUALS.search(lowered[max(0, bound.start() - 80) : bound.start()])
            names |= {name[1]} if name is not None else set()
    if any(name in names for value in given for name in _VALUE.findall(value)):
        return True
    for asked in candidates.script_methods.finditer(lowered):
        owner = _OWNER_OF_CALL.search(lowered[max(0, asked.start() - 80) : asked.start()])
        if owner is not None and owner[1] in names:
            return True
    return False


def code_names(text: str, candidates: Candidates) -> bool:
    """Whether code of a language without a reader of its own holds a name a guess would be made of."""
    if has_hub_link(text, text) or candidates.has_spoken(text) or "/openai/deployments/" in text:
        return True
    if any(enumerated_models(text)):
        return True
    literals = set(_LITERAL.findall(text))
    for literal in filter(candidates.could_be_named, literals):
        if decode(literal) is not None or candidates.context.is_known_model(literal):
            return True
        if _is_given_to_model(text, literal):
            return True
    if "ollama" not in text.lower() and not any(_services(literals, candidates)):
        return False
    return any(
        _is_given_to_model(text, literal)
        for literal in literals
        if "://" not in literal and not _DIGITS.isdisjoint(literal)
    )


def _is_given_to_model(text: str, literal: str) -> bool:
    at = text.find(literal)
    while at >= 0:
        start = at
        while start and text[start - 1] in _OPENERS:
            start -= 1
        if start < at and speaks_of_models(given_to(text, start)):
            return True
        at = text.find(literal, at + 1)
    return False


def _services(literals: Iterable[str], candidates: Candidates) -> Iterator[bool]:
    for literal in literals:
        if literal.startswith(("https://", "http://")):
            yield candidates.context.provider_of_host(literal) is not None
