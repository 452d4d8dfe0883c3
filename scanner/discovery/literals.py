"""Texts in quotes that could name a model, found in code without parsing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from scanner.discovery.asked_addresses import MARKS
from scanner.discovery.candidates import Candidates, has_hub_link, proves_itself
from scanner.discovery.classify import looks_like_ollama
from scanner.discovery.enclosing import may_hold_models
from scanner.discovery.javascript_scopes import TYPES_ONLY, package_of
from scanner.discovery.javascript_tree import is_minified
from scanner.discovery.model_constants import constants_of_modules, service_of
from scanner.discovery.names import decode, is_hub_id
from scanner.discovery.vocabulary import any_of
from scanner.discovery.written_for import (
    CLIENT_MADE,
    GIVEN_WORD,
    defaults_of_settings,
    enumerated_models,
    held_by,
    holds_model,
    makes_client,
)
from scanner.patterns import regex

_LITERAL = regex(r"""["'`]([A-Za-z0-9_@][\w.:/@%?=&+\-\\]{1,199}+)(?=["'`])""")
"""A text in quotes without spaces; what stands between two of them may be taken for one too."""
_NAME_IN_CODE = regex(
    r"""["'`](?=[A-Za-z@][\w@%?=&+]{0,199}?[/\d.:\-])([A-Za-z@][\w.:/@%?=&+\-]{1,199}+)(?=["'`])"""
)
"""The same with a digit, slash, dot, colon or hyphen: what the reader of plain code takes for a name."""
_UNQUOTED = regex(r"=([A-Za-z0-9@][\w.\-]*+/[\w.\-:/]+)")
_PUT_TOGETHER = regex(
    r"""["'`][A-Za-z0-9][\w.\-]*+/(?:["'`]\s*\+|\$\{)|`\$\{[^{}`]{1,80}\}/\$\{[^{}`]{1,80}\}`"""
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
_FROM = regex(
    r"""import\s+(?!type\s+(?!from\b)[\w$*{])([\w$*{},\s]{1,2000}?)\s*from\s*["'](?:\.|@/|~/|\$lib/)"""
)
_REQUIRED = regex(
    r"""([\w$]{1,80}|\{[\w$,:\s]{1,400}\})\s*=\s*(?:await\s+)?(?:require|import)\(\s*["'](?:\.|@/|~/|\$lib/)"""
)
_BOUND = regex(r"=\s*(?:await\s+|new\s+)?([a-z_$][\w$]*)")
_BEFORE_EQUALS = regex(r"([a-z_$][\w$]*|\{[^{}=;]{1,75}\})\s*(?::[^=;\n]{1,60})?\Z")
_OWNER_OF_CALL = regex(
    r"[a-z_$][\w$]*(?:(?:\([^()]{0,60}\))?[?!]?\s*\.\s*#?[\w$]+)*(?:\([^()]{0,60}\))?[?!]?\s*\Z"
)
"""What stands before the last dot of a call: `client.chat`, `getClient().chat`, `this.client`."""
_SHORT = regex(r"[{,]\s{0,40}model\s{0,40}[,}]")
_GIVEN_TEXT = regex(r"""([a-z_$][\w$]*)(?:\.[\w$]{1,60}){0,3}\(\s*["'`][a-z0-9@][^\s"'`]{1,200}["'`]""")
_IMPORTED = ("from", "import", "import(", "require(")
_DIGITS = frozenset("0123456789")
_ROW = regex(
    r"""https?://[^\n"'`]{4,200}["'`][^\n]{0,200}["'`][A-Za-z][\w.:]*-[\w.\-]+["'`]"""
    r"""|["'`][A-Za-z][\w.:]*-[\w.\-]+["'`][^\n]{0,200}["'`]https?://"""
)
_SIGNS_OF_TAGS = _DIGITS | {"-", ":"}
_QUOTES = frozenset("\"'`")
_OPENERS = _QUOTES | frozenset("@#")


def script_names(text: str, candidates: Candidates, *, is_test: bool = False) -> bool:
    """Whether JavaScript, or a page around it, holds a name or a call that a library's record knows.

    In a test (`is_test`) a name no recorded call takes counts only where the catalog has it. An address
    may be asked by a plain `fetch`, so what proves itself counts everywhere.
    """
    if is_minified(text):
        return True  # said to be left out by the reader
    lowered = text.lower()
    if proves_itself(lowered) or has_hub_link(text, lowered) or (not is_test and "/api/pull" in lowered):
        return True
    if any(call.search(text) for call in candidates.script_words):
        return True
    literals = set(_LITERAL.findall(text))
    packages = [literal for literal in literals if package_of(literal) in candidates.script_packages]
    if packages and _uses(packages, text):
        return True
    counts = candidates.is_proven if is_test else candidates.could_be_named
    if any(counts(literal) and not _is_specifier(text, literal) for literal in literals):
        return True
    if any(map(counts, _UNQUOTED.findall(text))):
        return True
    if candidates.has_spoken(text) or _PUT_TOGETHER.search(text):
        return True
    given = [value for slot in _SLOTS for value in slot.findall(lowered)]
    is_quoted = not is_test and any(_QUOTED.search(value) for value in given)
    if is_quoted and candidates.speaks_of_service(lowered):
        return True
    return _takes_from_others(lowered, given, candidates)


def _uses(packages: Iterable[str], text: str) -> bool:
    """Whether one of some packages stands in a text for more than its types."""
    if "type" in text:
        text = TYPES_ONLY.sub("", text)
    return any(f"{quote}{package}" in text for package in packages for quote in _QUOTES)


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
    taken = (*_FROM.findall(lowered), *_REQUIRED.findall(lowered))
    names = {name for found in taken for name in _NAME.findall(found)}
    if not names:
        return False
    for bound in _BOUND.finditer(lowered):
        if bound[1] in names:
            name = _BEFORE_EQUALS.search(lowered[max(0, bound.start() - 80) : bound.start()])
            names |= set(_NAME.findall(name[1])) if name is not None else set()
    if "model" in names and _SHORT.search(lowered):
        return True
    if any(asked[1] in names for asked in _GIVEN_TEXT.finditer(lowered)):
        return True  # it may be a provider: `groq("name")`
    if any(name in names for value in given for name in _VALUE.findall(value)):
        return True
    for asked in candidates.script_methods.finditer(lowered):
        owner = _OWNER_OF_CALL.search(lowered[max(0, asked.start() - 120) : asked.start()])
        if owner is not None and not names.isdisjoint(_NAME.findall(owner[0])):
            return True
    return False


def code_names(text: str, candidates: Candidates, *, is_test: bool = False) -> bool:
    """Whether code of a language without a reader of its own holds a name a guess would be made of.

    In a test (`is_test`) only a name that proves itself is one, and one of the catalog.
    """
    if any_of(("/openai/deployments/", ":bedrock:", *MARKS), text):
        return True
    if has_hub_link(text, text) or candidates.has_spoken(text):
        return True
    literals = set(_NAME_IN_CODE.findall(text))
    named = list(filter(candidates.could_be_named, literals))
    if any(decode(literal) is not None or candidates.context.is_known_model(literal) for literal in named):
        return True
    if is_test:
        return False
    if any(_is_given_to_model(text, literal) for literal in named) or any(
        chain(enumerated_models(text), defaults_of_settings(text))
    ):
        return True
    may_hold = may_hold_models(text)
    if may_hold and any(is_hub_id(name) or candidates.context.providers_of_model(name) for name in named):
        return True
    if any(
        service_of(path, text[at:end], candidates.context) for path, at, end in constants_of_modules(text)
    ):
        return True
    speaks_of_ollama = "ollama" in text.lower()
    if speaks_of_ollama and (GIVEN_WORD.search(text) is not None or any(map(looks_like_ollama, literals))):
        return True
    likely = [
        literal for literal in literals if "://" not in literal and not _SIGNS_OF_TAGS.isdisjoint(literal)
    ]
    has_service = any(_services(literals, candidates))
    if has_service and _ROW.search(text) is not None:
        return True  # an address and a name in one line: a row of a table of services
    if has_service and may_hold:
        return bool(likely)  # what brackets hold may be asked of the service
    if not speaks_of_ollama and not has_service and CLIENT_MADE.search(text) is None:
        return False
    return any(_is_given_to_model(text, literal) for literal in likely)


def _is_given_to_model(text: str, literal: str) -> bool:
    at = text.find(literal)
    while at >= 0:
        start = at
        while start and text[start - 1] in _OPENERS:
            start -= 1
        held = held_by(text, start) if start < at else ""
        if holds_model(held) or makes_client(held):
            return True
        at = text.find(literal, at + 1)
    return False


def _services(literals: Iterable[str], candidates: Candidates) -> Iterator[bool]:
    for literal in literals:
        if literal.startswith(("https://", "http://")):
            yield candidates.context.provider_of_host(literal) is not None
