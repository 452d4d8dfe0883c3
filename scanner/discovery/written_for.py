"""What a text in quotes is given to, read off the signs in front of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.config_keys import KeyRole, role_of_variable
from scanner.discovery.loading_names import takes_a_model
from scanner.discovery.vocabulary import any_of
from scanner.patterns import regex

_LONGEST = 41
"""Characters of such a name before the last four letters of `model`."""
_BEFORE = 160
"""Characters in front of a literal that are searched for what it is given to."""
_GIVEN_TO = regex(
    r"(?:([A-Za-z_][\w.]{0,60})\s*\([^()\"]{0,60})?"
    r"(?:\b([A-Za-z_]\w{0,60})[\"']?\s*(?::[ \t]*[\w<>?&*\[\].]{1,40}\s*=|:=|=>|[=:(]))\s*"
    r"(?:[\w.&*:<>]{1,30}\(\s*){0,2}?([\w.&*:<>]{0,30})\(?\s*$"
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
    r"(?:chat|embedding|completions?|image|audio|realtime|ollama|inference|llm)\w{0,30}?"
    r"(?:client|generator|generation|completions?|service|agent)$|^agent$",
    re.IGNORECASE,
)
CLIENT_MADE = regex(r"\b([A-Za-z]\w{2,30})(?:\.|::)(?:[nN]ew|builder|from_env)\w{0,20}\(")
"""A client of a service made by its name: `groq.New(`."""
GIVEN_WORD = regex(
    r"[mM]odel(?:_?[nN]ame|_?I[dD]|_id)?[\"']?(?:\(|\s{0,9}(?::[ \w?]{1,20}=|:=|=>|[:=])\s{0,9})"
    r"[\"']([a-z][a-z0-9]{2,40})[\"']"
)
"""A plain word given to a setter or a variable of a model: `.WithModel("llava")`, `model := "llava"`."""
LONGEST_GIVEN = 90
"""Characters from the beginning of what a plain word is given to, up to its end."""
_AROUND = 300
"""Characters in front of a literal that are searched for the call it is an argument of."""
_CALLEE = regex(r"([A-Za-z_]\w{0,60})\s*(?:<[\w<>., ?\[\]]{1,80}>)?\s*$")
_OPENS, _CLOSES, _QUOTES = frozenset("([{"), frozenset(")]}"), frozenset("\"'`")


_KEYED = regex(
    r"[(,\[]\s{0,9}[\"']([A-Za-z][\w.:\-]{1,60})[\"']\s{0,9}"
    r"(?:,|[)\]]{1,3}\s{0,20}(?:\?\?|\?:|\|\|"
    r"|\.\s{0,3}(?:unwrap_or|unwrap_or_else|orElse|orElseGet|or_else|getOrElse|ifEmpty)\("
    r"(?:\|\w{0,20}\||\(\w{0,20}\)\s?->)?\s{0,3}(?:String::from\()?))\s{0,20}\Z"
)
"""A key, and behind it what is taken where nothing stands there: `getenv("MODEL", "…")`, `… ?? "…"`."""
_TESTS = frozenset({"match", "gmatch", "find", "gsub", "sub", "startswith", "endswith"})
"""Methods that ask what a name is like."""
_BEHIND_KEYS = frozenset(",?:|(")
_QUOTE_SIGNS = ('"', "'")
_AS_NAMES = str.maketrans(":-", "._")
_SLOT = regex(
    r"(?:[mM]odel(?:_?[nN]ame|_?I[dD]|_id)?|MODEL)[\"']?\s{0,9}(?::=|=>|[:=(])\s{0,9}(?:\w{1,60}(?:\.|::))?\Z"
)
"""What a model's name is given to, up to where it stands."""
MOST_USES = 50
"""Places a constant stands at that are looked at."""


def held_by(text: str, start: int) -> str:
    """What a literal is given to; of a later argument, or a fallback (`?? "…"`), the client it makes.

    What stands behind a key (`getenv("MODEL", "…")`) is given to that key, and a constant to the model
    that is given the constant in the same text.
    """
    name = given_to(text, start)
    if speaks_of_models(name) or makes_client(name):
        return name
    nearest = text[max(0, start - 60) : start].rstrip()
    sign = nearest[-1:]
    if sign in _BEHIND_KEYS and any_of(_QUOTE_SIGNS, nearest):
        keyed = _KEYED.search(text, max(0, start - _BEFORE), start)
        if keyed is not None and holds_model(keyed[1]):
            return keyed[1].translate(_AS_NAMES)
    if sign == "=" and is_given_on(text, name):
        return f"{name}.model"
    if listed := _listed_in(text, start):
        return listed
    before = text[max(0, start - 8) : start].rstrip()
    if before.endswith(("?", ":")) and (chosen := _CHOSEN.search(text, max(0, start - _BEFORE), start)):
        return f"{chosen[1] or chosen[2]}.model"
    if before.endswith("=") and (declared := _PROPERTY.search(text, max(0, start - _BEFORE), start)):
        return declared[1]
    if not before.endswith((",", "??", "?:", ":", "(")):
        return name
    around = call_around(text, start)
    if _OWNED.match(text, start) is not None and (takes_a_model(around) or around == "pipeline"):
        return f"{around}.model"
    if before[-1] in ":(" and not before.endswith("?:"):
        return around if before[-1] == ":" and takes_a_model(around) else name
    return around if makes_client(around) or (before[-1] != "," and speaks_of_models(around)) else name


_CHOSEN = regex(
    r"\b(\w{0,40}[mM]odel(?:_?[nN]ame|_?[iI][dD])?)\b[^;{}\n?]{0,60}\?\s{0,9}:?\s{0,9}\Z"
    r"|\b(\w{0,40}[mM]odel(?:_?[nN]ame|_?[iI][dD])?)\s{0,9}=(?!=)[^;{}\n]{1,80}\?[^;{}\n]{1,80}:\s{0,9}\Z"
)
"""What is asked first, or given one of two: `model.empty() ? "…"`, `$model ?: "…"`, `model = a ? b : "…"`."""
_PROPERTY = regex(r"\b([A-Za-z_]\w{0,60})\s{0,9}\{\s{0,9}get\b[^{}]{0,40}\}\s{0,9}=\s{0,9}\Z")
_OWNED = regex(r"[\"'][\w.\-]{1,60}/[\w.\-]{1,100}[\"']")


_LIST_OF_MODELS = regex(
    r"\b([A-Za-z_]\w{0,60}?[mM]odels|models|MODELS|[A-Z_]{1,60}_MODELS)\s{0,9}(?::[^=;{}\n]{1,40})?(?::=|=)\s{0,9}"
    r"(?:&|\[\d{0,4}\]\w{1,30}|new\s?[\w<>]{0,30}(?:\[\])?|(?:List|Set|Arrays?)\.\w{2,10}|(?:list|set|array)Of|vec!)?"
    r"\s{0,3}\Z"
)
BARRED = regex(
    r"unsupport|not_?support|without|deprecat|disabl|remov|retire|block|exclu|ignor", re.IGNORECASE
)
"""Words of names that hold what is not to be used."""
MOST_MEMBERS = 200
"""Members of a list in front of a literal that are looked at."""


def _listed_in(text: str, start: int) -> str:
    """Name of the list of models a literal is a member of: `models := []string{"…", "…"}`."""
    at = start
    for _ in range(MOST_MEMBERS):
        while at and (text[at - 1].isspace() or text[at - 1] == ","):
            at -= 1
        sign = text[at - 1 : at]
        if sign in ("[", "{", "("):
            named = _LIST_OF_MODELS.search(text, max(0, at - 1 - _BEFORE), at - 1)
            return named[1] if named is not None and BARRED.search(named[1]) is None else ""
        if sign not in ('"', "'") or at < 2:
            return ""
        at = text.rfind(sign, max(0, at - 200), at - 1)
        if at < 0:
            return ""
    return ""


def defaults_of_settings(text: str) -> Iterator[tuple[str, int, int]]:
    """Settings whose default stands in code (`@Value("${chat.model:…}")`): key, and place of the default."""
    for found in _SETTING.finditer(text) if any_of(_SETTINGS, text) else ():
        key, at = (found[1], 2) if found[1] else (found[3], 4)
        holder = key.replace("-", "_").replace(".", "_")
        if holds_model(holder):
            yield holder, *found.span(at)


_SETTINGS = ("${", "defaultValue")
_SETTING = regex(
    r"[\"']\$\{([A-Za-z][\w.\-]{1,80}):([A-Za-z][\w.:/\-]{1,120})\}[\"']"
    r"|\bname\s{0,3}=\s{0,3}\"([\w.\-]{1,80})\"\s{0,3},\s{0,9}defaultValue\s{0,3}=\s{0,3}\"([A-Za-z][\w.:/\-]{1,120})\""
)


def holds_model(name: str) -> bool:
    """Whether a key, or a variable of the environment, says that a model's name stands there."""
    if speaks_of_models(name) or _DEPLOYMENT.search(name) is not None:
        return True
    return name.isupper() and role_of_variable(name) in {KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE}


_DEPLOYMENT = regex(r"deployment(?:_?name|_?id)?$", re.IGNORECASE)


def is_given_on(text: str, name: str) -> bool:
    """Whether the constant of this name is what a model is given: `Model: defaultName`."""
    if len(name) < 3 or not name.isidentifier():
        return False
    at, uses = text.find(name), 0
    while at >= 0 and uses < MOST_USES:
        end = at + len(name)
        if not (text[end : end + 1].isalnum() or text[end : end + 1] in ("_", "(")) and (
            _SLOT.search(text, max(0, at - 80), at) is not None
        ):
            return True
        at, uses = text.find(name, end), uses + 1
    return False


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
    if called in _TESTS:
        return called  # `model:match("…")` of Lua
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
