"""What a text in quotes is given to, read off the signs in front of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.patterns import regex

_LONGEST = 41
"""Characters of such a name before the last four letters of `model`."""
_BEFORE = 160
"""Characters in front of a literal that are searched for what it is given to."""
_GIVEN_TO = regex(
    r"(?:([A-Za-z_][\w.]{0,60})\s*\([^()\"]{0,60})?"
    r"(?:\b([A-Za-z_]\w{0,60})[\"']?\s*(?::\s*[\w<>?&*\[\].]{1,40}\s*=|:=|=>|[=:(]))\s*([\w.&*:<>]{0,30})\(?\s*$"
)
_ENUMERATED_MODEL = regex(
    r"\b(\w{0,40}[mM]odel(?:Name|Id)?)\(\s*(?:[A-Za-z_]\w*\.){0,4}([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\s*\)"
)
"""A member of an enumeration given to something that speaks of a model."""
_ASKED = regex(r"odel(?:Name|Id)?\(")
_GIVING = frozenset("=:(>_.&*")
"""Signs a literal that is given to something can stand behind."""
_MODEL = regex(r"model|checkpoint|tokeni[sz]er|(?:^|[._])llms?(?:$|[._])|hf_?repo", re.IGNORECASE)


_MAKES_CLIENT = regex(
    r"(?:chat|embedding|completions?|image|audio|ollama|inference|llm)\w{0,30}?"
    r"(?:client|generator|generation|completions?|service|agent)$",
    re.IGNORECASE,
)
CLIENT_MADE = regex(r"\b([A-Za-z]\w{2,30})(?:\.|::)(?:[nN]ew|builder|from_env)\w{0,20}\(")
"""A client of a service made by its name: `groq.New(`."""
GIVEN_WORD = regex(r"[mM]odel(?:Name|Id)?\([\"']([a-z][a-z0-9]{2,40})[\"']")
"""A plain word given to a setter of a model: `.WithModel("llava")`."""
_AROUND = 300
"""Characters in front of a literal that are searched for the call it is an argument of."""
_CALLEE = regex(r"([A-Za-z_]\w{0,60})\s*(?:<[\w<>., ?\[\]]{1,80}>)?\s*$")
_OPENS, _CLOSES, _QUOTES = frozenset("([{"), frozenset(")]}"), frozenset("\"'`")


def held_by(text: str, start: int) -> str:
    """What a literal is given to; of a later argument, or a fallback (`?? "…"`), the client it makes."""
    name = given_to(text, start)
    if speaks_of_models(name) or makes_client(name):
        return name
    before = text[max(0, start - 8) : start].rstrip()
    if not before.endswith((",", "??", "?:")):
        return name
    around = call_around(text, start)
    return around if makes_client(around) or (before[-1] != "," and speaks_of_models(around)) else name


def call_around(text: str, start: int) -> str:
    """Name of the call a literal is an argument of, empty where none begins shortly before it."""
    depth, at, stop = 0, start, max(0, start - _AROUND)
    while at > stop:
        at -= 1
        sign = text[at]
        if sign in _CLOSES:
            depth += 1
        elif sign in _OPENS and depth:
            depth -= 1
        elif sign in _OPENS:
            called = _CALLEE.search(text[max(0, at - 160) : at]) if sign == "(" else None
            return called[1] if called is not None else ""
        elif sign == ";":
            return ""
        elif sign in _QUOTES:
            at = text.rfind(sign, stop, at)  # a text is passed over as a whole
    return ""


def makes_client(name: str) -> bool:
    """Whether a call makes what asks a hosted model (`AsChatClient`, `AddOpenAIChatCompletion`)."""
    return _MAKES_CLIENT.search(name) is not None


def given_to(text: str, start: int) -> str:
    """Name of the variable, field or parameter a literal stands behind, with the call around it."""
    before = text[max(0, start - _BEFORE) : start]
    last = before.rstrip()[-1:]
    if not (last.isalnum() or last in _GIVING):
        return ""
    given = _GIVEN_TO.search(before[before.rfind("\n", 0, max(0, before.rfind("\n"))) + 1 :])
    if given is None:
        return ""
    called = given[3].rpartition(".")[2]
    if called.isidentifier() and speaks_of_models(called) and not speaks_of_models(given[2]):
        return called  # `options = builder.model("…")`
    return ".".join(part for part in given.groups()[:2] if part)


def speaks_of_models(name: str) -> bool:
    """Whether a name says that a model's name is held."""
    return _MODEL.search(name) is not None


def enumerated_models(text: str) -> Iterator[re.Match[str]]:
    """Find members of enumerations given to what speaks of a model: its name, and the member's."""
    for asked in _ASKED.finditer(text):
        start = end = asked.start()
        while start and end - start < _LONGEST and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        if (found := _ENUMERATED_MODEL.match(text, start)) is not None:
            yield found
