"""Whether a Python file can name a model at all; asked before it is parsed.

Parsing and following a file takes some twenty times as long as searching it, and of the Python files of
projects that use models hardly one in seven names one. So each file is searched first, and only those are
parsed in which at least one of these stands:

1.  a recorded call: its last name (`from_pretrained`) as something called, imported or handed on, and what
    it belongs to (the import of its library, or for a call any object has, the name before it). The names
    of a file are taken as one set; which sets make a call is worked out of the library records once;
2.  a word that only models' tools use (`hf.co`, `vllm serve`, `:11434`, `lading:`);
3.  a name that speaks of a model beside a text that could be its value: `llm_model = "o1"`,
    `{"model": "o1"}`, `os.getenv("LLM_MODEL", "o1")`, `"--model", "o1"`, a `default="o1"` near such a name;
4.  a text of the shape `owner/name` in quotes, without them where it speaks for itself or is known; the name
    of a hosted model in quotes; an Ollama tag with its size (`llama3:8b`); the address of a file of weights;
5.  settings or a script between three quotes.

Each is a condition without which no detector would say anything of the file: `tests/discovery/
test_python_relevance.py` reads generated files with the filter and without and compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import iskeyword
from typing import Protocol

from scanner.discovery.code_names import hints_of
from scanner.discovery.config_keys import KeyRole
from scanner.discovery.loading_names import HYPHENED
from scanner.discovery.made_calls import Recorded, is_inside, makes_a_call
from scanner.discovery.names import decode, is_hub_id, is_placeholder, speaks_for_itself
from scanner.discovery.python_settings import holds_settings
from scanner.discovery.speaking_names import names_of, speaking_names
from scanner.discovery.switches import ADDRESS_SWITCHES, MODELSCOPE_SWITCHES
from scanner.discovery.vocabulary import any_of
from scanner.discovery.widgets import ASKING
from scanner.patterns import regex

MAX_CANDIDATES = 3_000
"""Names of a file that are looked at before it is parsed anyway."""

_PIPELINES = ("_core_", "_sent_", "_dep_", "_ent_")
_TELLING_NAMES = ("huggingface_", "modelscope", "sglang", *_PIPELINES)
"""Parts of names that are written only where a model is loaded or asked."""
_TELLING: dict[str, tuple[str, ...]] = {
    "huggingface": ("huggingface.", "huggingface:", "huggingface-"),
    "hf": ("hf.co", "hf://", "hf download"),
    "models": ("models--",),
    "resolve": ("/resolve/main",),
    "ollama": ("'ollama", '"ollama', "ollama run", "ollama pull"),
    "11434": (":11434",),
    "llama": ("llama-server",),
    "vllm": ("vllm serve", "vllm chat", "'vllm'", '"vllm"', "vllm.entry"),
    "deployments": ("openai/deployments",),
    "googleapis": ("googleapis.com/",),
    "amazonaws": ("bedrock-runtime",),
    "nvidia": ("api.nvidia.com/",),
    "lading": ("lading:",),
}
"""What no record of a library holds and is written only there: by a name in it, for which is asked first."""
_SWITCHES = ADDRESS_SWITCHES | MODELSCOPE_SWITCHES
_VALUE = r"[\"']([A-Za-z0-9{][\w.\-/:@{}]{1,100})[\"']"
_GIVEN = regex(
    r"[\"']?\]?\s*(?::\s*[\w\[\]|., \"']{1,60})?(?:=(?!=)|:=?)"
    rf"(?:\s*(?:[\w.]{{1,40}}\(\s*)?(?:\w{{1,20}}\s*=\s*)?[\[({{fr\s]*|[^\n#]{{0,120}}?[\s(\[]){_VALUE}"
)
"""Behind a name that speaks of a model: what it is given."""
_ELSE = regex(rf"(?:\bor|\belse|,)\s*{_VALUE}")
_ELSE_WITHIN = 120
"""What a name is given where the first text is not it, and characters within which it stands."""
_NAMED = regex(r"\s*=\s*(?:\w{1,40}\.){0,3}([A-Za-z_]\w{0,60})\s*[,)\n;#]")
"""Behind such a name: another name that holds what it is given."""
_RETURNED = regex(r"return\b\s*[\[({fr\s]*[\"'][A-Za-z0-9]")
_KEPT = regex(r"[\"']\]?\s*[:=]\s*[\w.]{1,60}\(")
_CHOICE = regex(r"\b(?:values?|default|choices|options)\s*=\s*[\[({fr\s]*[\"'][A-Za-z0-9]")
_CHOICE_WITHIN = 4_000
"""Characters behind the beginning of a call in which it offers something."""
_NOTHING = frozenset({"None", "True", "False", "self"})
_MAY_GIVE = frozenset("\"'] :=")
"""Signs behind a name that may be given something."""
_BRACKETS = regex(r"[\[({\])},]")
_DEPTHS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_ASKS = regex(r"([A-Za-z_]\w{0,60})[ \t]*(?::[ \t]*[\w\[\], ]{1,60})?=\s*(?:\w{1,40}\.){0,3}\Z")
"""A name that is given what a person answers."""
ENUMERATIONS = frozenset({"Enum", "StrEnum"})
_ENUM = regex(r"class[ \t]+(\w{1,60})[ \t]*\([^)\n]{0,80}\b(?:Str)?Enum\)")
"""A class whose members may be names of models."""
_QUOTED = regex(_VALUE)
_ASKED_WITHIN = 260
"""Characters in front of a question in which the name stands that is given the answer."""
_QUESTION = 1_000
"""Characters of such a call in which its choices stand, over many lines."""
_OPTION = regex(r"--([\w\-]+)")
_BESIDE = regex(rf"[\w\-]*[\"']\s*,\s*(?:\w{{1,20}}\s*=\s*)?[\[({{fr\s]*{_VALUE}")
"""Behind such a name in quotes, where it is the first argument of a call or a flag."""
_FLAG = regex(r"[\w\-]*[ =][\"']?([A-Za-z0-9][\w.\-/:@]{1,100})")
_FLAG_SO_FAR = regex(r"(?:^|[\s\"'=(\[])--?(?:\w+-)*$")
_CALL_SO_FAR = regex(r"([\w)\]]+)\s*\(\s*(?:[\w.]{1,60}\s*,\s*)?[rf]?$")
_NO_PLAIN_WORD = regex(r"[0-9/:{.\-]")
_DEFAULT = regex(rf"default\s*=\s*(?:[^\n#]{{0,120}}?[\s(\[{{])?[fF]?{_VALUE}")
_OPTION_BEFORE, _NAME_BEFORE, _OPTION_BEHIND = 1_000, 100, 100
"""Characters before a default in which its call begins, before that call, and behind the default."""
_WEIGHTS = regex(
    r"://[^\s\"']{4,300}\.(?:safetensors|gguf|bin|pth?|ckpt|onnx|tflite|h5|pb|nemo|tar\.gz|zip)\b"
)
_TAG = regex(
    r":(?:[ev]?\d+(?:\.\d+)?[bm]|\d+x\d+(?:\.\d+)?b|latest|instruct|chat|text|code|mini|medium|small|large|cloud|fp16"
    r"|[\w.\-]*q[2-8])[\w.\-]*[\"']",
    re.IGNORECASE,
)
"""The end of an Ollama tag in quotes."""
_PLAIN_NAME = regex(rf"[\"']({HYPHENED})[\"']")
"""A name in quotes that could be a hosted model's."""
_RIGHT = regex(r"[A-Za-z0-9][\w.\-]{1,95}|(?=[{\"'])")
_LEFT = regex(r"(?<![\w.\-])[A-Za-z0-9][\w.\-]{1,95}$")


class Known(Recorded, Protocol):
    """What is asked about the world."""

    def is_known_model(self, name: str) -> bool:
        """Whether the catalog knows a name."""

    def is_hosted_model(self, name: str) -> bool:
        """Whether a service has models of names like this one."""


def is_relevant(text: str, world: Known) -> bool:
    """Whether any of the five conditions holds."""
    names = names_of(text)
    return (
        _tells(text, names)
        or not _SWITCHES.isdisjoint(names)
        or makes_a_call(text, names, world)
        or _gives_a_model(text, names)
        or _holds_an_id(text, world)
        or any(map(world.is_hosted_model, set(_PLAIN_NAME.findall(text))))
        or _TAG.search(text) is not None
        or holds_settings(text)
        or ("://" in text and _WEIGHTS.search(text) is not None)
    )


def _tells(text: str, names: set[str]) -> bool:
    """Whether something stands in the text that only models' tools use."""
    return any_of(_TELLING_NAMES, " ".join(names)) or any(
        any_of(_TELLING[name], text) for name in _TELLING.keys() & names
    )


def speaks_of_models(text: str, world: Known) -> bool:
    """Whether a file that others import from speaks of models: its functions and classes may be followed."""
    return bool(speaking_names(names_of(text))) or is_relevant(text, world)


def _gives_a_model(text: str, names: set[str]) -> bool:
    """Whether a name that speaks of a model stands beside a text that could be its value."""
    speaking = speaking_names(names)
    handed_on: set[str] = set()
    for name in speaking:
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not is_inside(text, at, end):
                found = _given(text, end) or _beside(text, at, end)
                if found is not None and (_could_be(found[1], name) or _falls_back(text, found.end(), name)):
                    return True
                if (named := _NAMED.match(text, end)) is not None:
                    handed_on.add(named[1])
                if _returns(text, at, end) or _offers(text, end):
                    return True
            at = text.find(name, end)
    if any(_holds_a_text(name, text) for name in sorted(handed_on - speaking - _NOTHING)):
        return True
    if speaking:
        if not names.isdisjoint(ENUMERATIONS) and any(
            listed[1] in speaking for listed in _ENUM.finditer(text)
        ):
            return True
        for name, end in _asked(text, names):
            given = _QUOTED.finditer(text, end, end + _QUESTION)
            if name in speaking and any(_could_be(each[1], name) for each in given):
                return True
        for found in _DEFAULT.finditer(text):
            if _may_be_open(text, found):
                around = text[_start_of_call(text, found.start()) : found.end() + _OPTION_BEHIND]
                flags = {flag.replace("-", "_") for flag in _OPTION.findall(around)}
                if speaking_names(names_of(around) | flags):
                    return True
    return False


def _asked(text: str, names: set[str]) -> Iterator[tuple[str, int]]:
    """Names that are given what a person answers, and where the arguments of the question begin."""
    for word in sorted(ASKING & names):
        at = text.find(f"{word}(")
        while at >= 0:
            if (given := _ASKS.search(text[max(0, at - _ASKED_WITHIN) : at])) is not None:
                yield given[1], at + len(word) + 1
            at = text.find(f"{word}(", at + 1)


def _returns(text: str, at: int, end: int) -> bool:
    """Whether a function of this name returns a text: before the next that is indented no deeper."""
    if text[at - 4 : at] != "def ":
        return False
    line = text.rfind("\n", 0, at) + 1
    indent = text[line:at].removesuffix("def ").removesuffix("async ")
    ends = (text.find(f"\n{indent}{word}", end) for word in ("def ", "async ", "class ", "@"))
    stop = min((each for each in ends if each >= 0), default=len(text))
    start = text.find("return", end, stop)
    while start >= 0:
        if _RETURNED.match(text, start) is not None:
            return True
        start = text.find("return", start + 6, stop)
    return False


def _offers(text: str, end: int) -> bool:
    """Whether what is kept under a key of this name is made with texts to choose from."""
    kept = _KEPT.match(text, end)
    return kept is not None and _CHOICE.search(text, kept.end(), kept.end() + _CHOICE_WITHIN) is not None


def _holds_a_text(name: str, text: str) -> bool:
    """Whether what names a model elsewhere (`model=chosen`) is given a text, or comes from another file."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if text[end : end + 1] in _MAY_GIVE and not is_inside(text, at, end):
            held = _given(text, end)
            if held is not None and _may_be_open(text, held):
                return True
        at = text.find(name, end)
    return name.isupper() and re.search(rf"\bimport\b[^;]{{0,400}}?\b{name}\b", text) is not None


def _falls_back(text: str, end: int, name: str) -> bool:
    """Whether a text stands behind the first one, as what is taken else: `task.get("model") or "gpt-4o"`."""
    return any(_could_be(found[1], name) for found in _else_behind(text, end))


def _may_be_open(text: str, given: re.Match[str]) -> bool:
    """Whether a text that is given, or one behind it that is taken else, could be a name."""
    return _is_open(given[1]) or any(_is_open(each[1]) for each in _else_behind(text, given.end()))


def _else_behind(text: str, end: int) -> Iterator[re.Match[str]]:
    return _ELSE.finditer(text, end, end + _ELSE_WITHIN)


def _given(text: str, end: int) -> re.Match[str] | None:
    """The text given to the name that ends here: none of the next argument or member."""
    found = _GIVEN.match(text, end)
    if found is None or text[end : end + 1] == " ":
        return found  # with a space it is a statement's, whose value may be several
    # The key of a subscript closes it: `config["model"] = "o1"`.
    depth = int(text[end : end + 2] in ("']", '"]'))
    for sign in _BRACKETS.findall(text, end, found.start(1)):
        depth += _DEPTHS.get(sign, 0)
        if depth < 0 or (depth == 0 and sign == ","):
            return None
    return found


def _start_of_call(text: str, at: int) -> int:
    """Where the call begins in which a default stands, with the name its value is given."""
    depth = 0
    for sign in range(at - 1, max(0, at - _OPTION_BEFORE), -1):
        if text[sign] == ")":
            depth += 1
        elif text[sign] == "(":
            depth -= 1
            if depth < 0:
                return max(0, sign - _NAME_BEFORE)
    return max(0, at - _OPTION_BEFORE)


def _beside(text: str, at: int, end: int) -> re.Match[str] | None:
    """The text after a name that is a flag, or the first text a call is given."""
    before = text[at - 1 : at]
    if before == "-":
        flag = _FLAG_SO_FAR.search(text, max(0, at - 60), at)
        return (_FLAG.match(text, end) or _BESIDE.match(text, end)) if flag is not None else None
    if before in ("'", '"') and (called := _CALL_SO_FAR.search(text, max(0, at - 120), at - 1)):
        return _BESIDE.match(text, end) if not iskeyword(called[1]) else None
    return None


def _could_be(value: str, name: str) -> bool:
    """Whether a name may be given this text as a model: under most names a plain word is something else."""
    if not _is_open(value):
        return False
    role = hints_of(name)
    return (
        role is KeyRole.MODEL
        or (role is KeyRole.DATASET and name.isupper())
        or "deploy" in name.lower()
        or _NO_PLAIN_WORD.search(value) is not None
    )


def _is_open(value: str) -> bool:
    """Whether a text could be a name, or be made into one."""
    if "://" in value:
        return decode(value) is not None
    return "{" in value or not is_placeholder(value)


def _holds_an_id(text: str, world: Known) -> bool:
    """Whether two words joined by a slash could be a name of the Hub."""
    parts = text.split("/")
    for at in range(1, len(parts)):
        before, behind = parts[at - 1], parts[at]
        right = _RIGHT.match(behind)
        left = _LEFT.search(before[-98:]) if right is not None else None
        if right is None or left is None:
            continue
        if at > MAX_CANDIDATES:
            return True
        name = f"{left[0]}/{right[0].rstrip('.') or 'x1'}"
        if not is_hub_id(name):
            continue
        quote = before[-len(left[0]) - 1 : -len(left[0])]
        if quote in ("'", '"') and behind[right.end() : right.end() + 1] in (quote, "{", "%"):
            return True
        if right[0] and (speaks_for_itself(name) or world.is_known_model(name)):
            return True
    return False
