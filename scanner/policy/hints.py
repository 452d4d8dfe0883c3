"""What was probably meant: words, days and numbers people write where a policy wants others."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType

from scanner.patterns import regex

LEVEL_WORDS = MappingProxyType(
    {
        **dict.fromkeys(("critical", "fatal", "high", "fail", "block", "deny"), "error"),
        **dict.fromkeys(("warn", "medium", "moderate"), "warning"),
        **dict.fromkeys(("ask", "review"), "question"),
        **dict.fromkeys(("info", "notice", "low", "hint"), "note"),
        **dict.fromkeys(
            ("none", "disabled", "disable", "ignore", "never", "skip", "no", "false", "allow"), "off"
        ),
    }
)
"""Words of other tools for a level."""
KEY_WORDS = MappingProxyType(
    {
        "until": "expires", "end": "expires", "expiration": "expires", "valid-until": "expires",
        "model": "reference", "name": "reference", "repo": "reference", "package": "reference",
        "approver": "owner", "approved-by": "owner", "contact": "owner", "by": "owner",
        "comment": "reason", "justification": "reason", "why": "reason", "note": "reason",
        "id": "rule", "check": "rule", "file": "path", "from": "extends", "inherit": "extends",
        "waivers": "exceptions", "allowlist": "exceptions", "whitelist": "exceptions",
        "severity": "level",
    }
)  # fmt: skip
"""Other words for keys, as `fold` writes them; taken where the key is one that may stand there."""
NO_END = frozenset({"never", "none", "forever", "permanent", "indefinite", "nothing"})
"""Words for an exception without an end."""
_TRUE, _FALSE = frozenset({"yes", "on", "y", "true"}), frozenset({"no", "off", "n", "false"})
_DAY = regex(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{4})(\d{2})(\d{2})|(\d{1,2})([./-])(\d{1,2})\8(\d{4})")
_NUMBER = regex(r"(\d{1,3}(?:[,' ]\d{3})+|\d+(?:\.\d+)?)\s?([kKmM]?)")
_EXPRESSION = regex(r"\.\*|[\^$+(\\|]")
_ADDRESS = regex(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?:models/)?([\w.-]+/[\w.-]+)/?")


def meant_truth(text: str) -> str | None:
    """`true` or `false` for a word that says so."""
    folded = text.casefold()
    return "true" if folded in _TRUE else "false" if folded in _FALSE else None


def meant_day(text: str) -> str | None:
    """The day as YYYY-MM-DD; None where it is none, or could be two."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    if found[7] is None:
        year, month, day = (int(part) for part in found.groups()[:6] if part is not None)
    else:
        first, second, year = int(found[7]), int(found[9]), int(found[10])
        if found[8] == "." or first > 12:  # a full stop stands between day and month, never month and day
            day, month = first, second
        elif second > 12:
            month, day = first, second
        else:
            return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def meant_number(text: str) -> str | None:
    """The number with digits alone, for `40k` and `9,000,000`; None where it is none."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    times = {"": 1, "k": 1_000, "m": 1_000_000}[found[2].lower()]
    value = float(re.sub(r"[,' ]", "", found[1])) * times
    return str(int(value)) if value == int(value) else None


def wrong_name(text: str) -> tuple[str, tuple[str, ...]] | None:
    """What is wrong with a pattern for names that fits no name, and what to write."""
    if found := _ADDRESS.fullmatch(text):
        return f"a model is called by its name, not its address: {text!r}", (f"did you mean {found[1]!r}?",)
    plain = text.removeprefix("^").removesuffix("$")
    if plain == text and "/.*" not in text and not text.startswith(".*"):
        return None
    meant = plain.replace("\\", "").replace(".*", "*")
    advice = () if _EXPRESSION.search(meant) else (f"did you mean {meant!r}?",)
    return f"not a pattern: {text!r}", ("a pattern knows * and ?, no regular expressions", *advice)


def wrong_path(text: str) -> tuple[str, tuple[str, ...]] | None:
    """What is wrong with a pattern for paths that fits no file of a project, and what to write."""
    if "\\" in text:
        return f"the path {text!r} has backslashes", ("write it from the root of the project, with slashes",)
    if not text.startswith(("/", "~")) and ".." not in text.split("/"):
        return None
    meant = text.strip("/")
    near = (f"did you mean {meant!r}?",) if meant and ".." not in meant.split("/") and meant[0] != "~" else ()
    return f"the path {text!r} leads out of the project", ("write it from the root of the project", *near)


def fold(name: str) -> str:
    """A key or word, letter case and kinds of gap aside."""
    return name.casefold().replace("_", "-").replace(" ", "-")
