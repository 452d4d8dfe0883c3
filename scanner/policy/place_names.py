"""Countries, groups of them and regions as a policy names them, and what is wrong with others."""

from __future__ import annotations

from scanner.knowledge import places
from scanner.patterns import regex
from scanner.policy.license_names import Names
from scanner.policy.mistakes import nearest

_CODE = regex(r"[A-Z]{2}")
_OF_USERS = regex(r"AA|Q[M-Z]|X[A-Z]|ZZ")
"""Codes ISO 3166-1 leaves to its users for good: what one stands for, only who wrote it knows."""
_START = regex(r"[A-Za-z]+")
PARTIES = ("publishers", "entities", "providers")
"""Kinds of record that may say a country no other list knows: an overlay's own."""
Wrong = tuple[str, tuple[str, ...]]
"""What is wrong, and what to write instead."""


def wrong_country(text: str, names: Names, *, may_be_group: bool) -> Wrong | None:
    """What is wrong with a country of a policy; None where it can match."""
    if _is_country(text, names):
        return None
    group = _group(text, names)
    if group == text:
        if may_be_group:
            return None
        countries = ", ".join(sorted(places.members(names.knowledge, text)))
        return f"{text!r} is a group of countries", (f"write one country; it holds {countries}",)
    meant = names.country(text) or group or _in_capitals(text, names)
    groups = ", ".join(names.knowledge.keys(places.GROUPS)) if may_be_group else ""
    form = "write the two letters of ISO 3166-1, in capitals" + (f", or a group: {groups}" if groups else "")
    what = "no country has the code" if _CODE.fullmatch(text) and meant is None else "not a country:"
    return f"{what} {text!r}", (form, *((f"did you mean {meant!r}?",) if meant else ()))


def wrong_region(text: str, names: Names) -> Wrong | None:
    """What is wrong with a region of a policy; None where an endpoint may be in it.

    A label that no record has is taken as written: providers open regions every month.
    """
    if any(sign in text for sign in "*?"):
        start = _START.match(text)
        meant = _meant(start[0], names) if start else None
        return f"not a region: {text!r}", (
            "a region is written whole, without a pattern, or by its country or group of countries",
            *((f"did you mean {meant!r}?",) if meant else ()),
        )
    labels = names.knowledge.resolve_alias("regions", text)
    if text in labels or _is_recorded(text, names):
        return None
    meant = labels[0] if labels else _meant(text, names)
    if meant == text or (meant is None and not _CODE.fullmatch(text)):
        return None
    what = "no country or region has the code" if meant is None else "not a region:"
    return f"{what} {text!r}", ((f"did you mean {meant!r}?",) if meant else ("name a country or a label",))


def _meant(text: str, names: Names) -> str | None:
    """The country or group that goes by a name or code."""
    if _is_country(text, names):
        return text
    return _group(text, names) or names.country(text) or _in_capitals(text, names)


def _in_capitals(text: str, names: Names) -> str | None:
    code = text.upper()
    return code if code != text and _CODE.fullmatch(code) and _is_country(code, names) else None


def _is_country(code: str, names: Names) -> bool:
    """Whether something can be of the country: it has a record, or a party says that it is its own."""
    if not _CODE.fullmatch(code):
        return False
    if names.country(code) is not None:
        return names.country(code) == code
    if _OF_USERS.fullmatch(code):
        return True
    if _group(code, names) == code:
        return False
    known = names.knowledge
    # Knowledge without countries cannot say that there is none of this code.
    return not known.keys("countries") or any(
        code in (body.get("country"), body.get("parent_country"))
        for kind in PARTIES
        for _, body in known.all(kind)
    )


def _is_recorded(label: str, names: Names) -> bool:
    """Whether a host of the record of a provider is in the region of this label."""
    return any(
        isinstance(host, dict) and host.get("region") == label
        for _, body in names.knowledge.all("providers")
        for host in body.get("hosts") or ()
    )


def _group(text: str, names: Names) -> str | None:
    """The group of countries of a code or name."""
    keys = names.knowledge.resolve_alias(places.GROUPS, text)
    if keys:
        return keys[0]
    if len(text) <= 3:
        return None
    titles = {str(body.get("title")): key for key, body in names.knowledge.all(places.GROUPS)}
    near = nearest(text, titles)
    return titles[near] if near else None
