"""What records may say: their fields, and the words some fields choose from."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from scanner.errors import Mistake
from scanner.marked_yaml import Mapping, Node, Scalar
from scanner.patterns import regex


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CONFIDENCE = frozenset({"verified", "corroborated", "unverified"})
_PARTY = _words(
    "display entity parent parent_country parent_confidence parent_share parent_note country kind role "
    "aliases names related hosts confidence confidence_note source as_of read_on note disputed"
)
FIELDS: dict[str, frozenset[str]] = {
    "publishers": _PARTY | {"renamed_to", "seen_in", "families"},
    "providers": _PARTY
    | _words(
        "publisher packages classes env_vars model_patterns model_paths prefixes spellings client_defaults "
        "host_confidence terms"
    ),
    "entities": _words("names country confidence source as_of read_on note"),
    "catalog": _words(
        "kind license license_name license_link bases relation root stands_for pipeline_tag library gated "
        "datasets revision aliases taken_over new_version confidence base_confidence base_note source as_of "
        "read_on note disputed"
    ),
    "lists": _words(
        "name issuer jurisdiction kind meaning is_starter as_of read_on imported confidence source note "
        "entries by_name called"
    ),
    "countries": _words("name aliases confidence source as_of read_on note"),
    "regions": _words("country place confidence source as_of read_on note"),
}
"""Fields of the kinds described here; other kinds are described by their own loaders."""

CHOICES: dict[tuple[str, str], frozenset[str]] = {
    ("publishers", "role"): frozenset({"developer", "requantizer", "mirror", "converter"}),
    ("providers", "role"): frozenset({"first-party", "cloud", "aggregator", "proxy", "local"}),
    ("publishers", "kind"): frozenset(
        {"company", "university", "nonprofit", "government", "community", "individual"}
    ),
    ("catalog", "root"): frozenset({"yes", "no", "unknown"}),
    **{(kind, "confidence"): _CONFIDENCE for kind in FIELDS},
    ("catalog", "base_confidence"): _CONFIDENCE,
    ("providers", "host_confidence"): _CONFIDENCE,
}
_COUNTRY = regex(r"[A-Z]{2}")
_COUNTRIES = frozenset({"country", "parent_country"})
_SHARE = "parent_share"


def check_shape(kind: str, node: Mapping, file: str) -> Iterator[Mistake]:
    """Find fields a kind of record does not have, and words a field does not take."""
    known = FIELDS.get(kind)
    if known is None:
        return
    for name, place, value in node.items():
        if name not in known and name not in ("key", "records"):
            near = get_close_matches(name, known, 1)
            advice = f"did you mean {near[0]!r}?" if near else "fields are: " + ", ".join(sorted(known))
            what = f"a record of {kind} has no field {name!r}"
            yield Mistake(file, place.line, place.column, what, (advice,))
        yield from _check_value(kind, name, value, file)


def _check_value(kind: str, name: str, value: Node, file: str) -> Iterator[Mistake]:
    if is_unknown(value):
        return
    choices = CHOICES.get((kind, name))
    said = value.value if isinstance(value, Scalar) else None
    if choices is not None and said not in choices:
        advice = "one of: " + ", ".join(sorted(choices)) + "; or {unknown: reason}"
        yield Mistake(file, value.line, value.column, f"{name} cannot be {said!r}", (advice,))
    is_country = isinstance(said, str) and _COUNTRY.fullmatch(said)
    if name in _COUNTRIES and kind in FIELDS and not is_country:
        yield Mistake(
            file,
            value.line,
            value.column,
            f"{name} cannot be {said!r}",
            ("write two capital letters (ISO 3166-1), or {unknown: reason}",),
        )

    is_share = isinstance(said, (int, float)) and not isinstance(said, bool) and 0 < said <= 100
    if name == _SHARE and kind in FIELDS and not is_share:
        yield Mistake(
            file,
            value.line,
            value.column,
            f"{name} cannot be {said!r}",
            ("write the share in percent, above 0 and at most 100, or {unknown: reason}",),
        )


def is_unknown(node: Node) -> bool:
    """Whether a value says that it is not known, and why."""
    return isinstance(node, Mapping) and isinstance(node.get("unknown"), Scalar)
