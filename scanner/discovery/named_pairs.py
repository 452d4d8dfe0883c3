"""Settings written as pairs of a name and a value, in lists and in repeated blocks."""

from __future__ import annotations

from scanner.discovery.config_keys import ENVIRONMENTS, snake
from scanner.discovery.shell_state import Setting
from scanner.discovery.tree_nodes import Leaf, Listing, Node, Table
from scanner.discovery.views import Constant, Opaque, Text
from scanner.discovery.vocabulary import words
from scanner.patterns import regex

AS_VARIABLE = "env"
"""The step of a path behind which a variable stands, where no key of the project says so."""
_VARIABLE = regex(r"[A-Z][A-Z0-9_]+")
_PARAMETERS = words("parameters params set set_string arguments inputs")
_NAMES, _VALUES = ("name", "key", "parameterkey"), ("value", "parametervalue")
_STEPS = regex(r"[^.\[\]]*[^.\[\]\d][^.\[\]]*")
_ASSIGNED = regex(r"[A-Za-z_][A-Za-z0-9_]*")


def pairs_of(listing: Listing) -> list[Setting]:
    """`[{name: A, value: b}, …]` and `["A=b", …]` as pairs."""
    found: list[Setting] = []
    for member in listing.members:
        if isinstance(member, Leaf) and isinstance(member.value, Text):
            name, equals, _ = member.value.value.partition("=")
            if equals and _ASSIGNED.fullmatch(name):
                found.append((name, member.behind(len(name) + 1)))
        elif isinstance(member, Table) and (pair := _pair(member)) is not None:
            found.append(pair)
    return found


def sets_variables(key: str) -> bool:
    """Whether variables stand under a key that commands beside it may use; `vars` is that of task runners."""
    name = snake(key)
    return name in ENVIRONMENTS or name == "vars"


def own_environment(table: Table) -> list[Setting]:
    """The variables a table sets for what it runs."""
    for key, node in table.entries:
        if not sets_variables(key.value):
            continue
        if isinstance(node, Listing):
            return pairs_of(node)
        if isinstance(node, Table):
            held = [(name.value, leaf) for name, leaf in node.entries if isinstance(leaf, Leaf)]
            held.sort(key=lambda pair: isinstance(pair[1].value, Constant))
            return [_setting(name, leaf) for name, leaf in held]
    return []


def listed_settings(listing: Listing, keys: tuple[str, ...]) -> list[tuple[tuple[str, ...], Setting]]:
    """The pairs of a list that sets variables or parameters, each with the path to it; empty for another.

    A key may say that variables stand there; names in capitals say it themselves. The name of a parameter
    is a path of its own (`model.id` of a chart).
    """
    last = snake(keys[-1]) if keys else ""
    if last in ENVIRONMENTS or tuple(map(snake, keys[-2:])) == ("build", "args"):
        above = keys if last in ENVIRONMENTS else (*keys, AS_VARIABLE)
        return [((*above, pair[0]), pair) for pair in pairs_of(listing)]
    if not all(isinstance(member, Table) for member in listing.members):
        return []
    pairs = pairs_of(listing)
    if len(pairs) < len(listing.members):
        return []
    if all(_VARIABLE.fullmatch(name) for name, _ in pairs):
        return [((*keys, AS_VARIABLE, pair[0]), pair) for pair in pairs]
    if last in _PARAMETERS:
        return [((*keys, *(_STEPS.findall(pair[0]) or ["?"])), pair) for pair in pairs]
    return []


def sets_it(expression: str, environment: list[Setting]) -> bool:
    """Whether an expression is one variable that is set around it to what is known."""
    named = _USED.fullmatch(expression)
    return named is not None and any(
        name == (named[1] or named[2]) and isinstance(value, Text) for name, value in environment
    )


_USED = regex(r"\$\{?([A-Za-z_]\w*)\}?|\{\{[ ]?\.?([A-Za-z_]\w*)[ ]?\}\}")


def with_pairs_listed(table: Table) -> None:
    """Make lists of the blocks of a table that are pairs (`env { name = … value = … }`), where they begin."""
    lists: dict[str, Listing] = {}
    kept: list[tuple[Text, Node]] = []
    for key, node in table.entries:
        if not isinstance(node, Table) or _pair(node) is None:
            kept.append((key, node))
        elif key.value in lists:
            lists[key.value].members.append(node)
        else:
            lists[key.value] = Listing([node])
            kept.append((key, lists[key.value]))
    if lists:
        table.entries[:] = kept


def _pair(table: Table) -> Setting | None:
    name, value = (
        next((node for key in keys if (node := table.get(key)) is not None), None)
        for keys in (_NAMES, _VALUES)
    )
    if not isinstance(name, Leaf) or not isinstance(value, Leaf):
        return None
    return _setting(name.written(), value)


def _setting(name: str, leaf: Leaf) -> Setting:
    value = leaf.value
    if not isinstance(value, Constant):
        return name, value
    if value.value is None and leaf.raw is None:
        return name, Opaque(name, "environment", value.location)  # an expression of Terraform
    return name, Text(leaf.written(), value.location)
