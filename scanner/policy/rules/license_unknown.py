"""The license of a model or dataset is not known, so nothing can be said of its terms.

Hosted services are used under terms of service and are not judged here.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.license_names import names_of, said_license
from scanner.policy.rule import Facts, Fault, Rule
from scanner.policy.spdx import atoms, read_expression
from scanner.policy.ways_out import ask_for_exception
from scanner.records.asset import Asset
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Options:
    """What `license-unknown` may be set to."""

    level: Level = Level.QUESTION
    """For a license nobody states, or whose text nobody read."""
    unread_text: bool = True
    """Whether to speak of a license that is named but whose text no record holds, too; one the policy
    allows by its name is left alone."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak where no expression is known, or only a name nobody read the text of."""
    if asset.kind is Kind.API_MODEL:
        return
    expression = asset.license.expression
    declared = ", ".join(repr(name) for name in asset.license.declared)
    if isinstance(expression, Unknown):
        said = f"; declared is {declared}" if declared else ""
        yield Fault(
            message=f"the license of {asset.name} is not known: {expression.reason}{said}",
            remedy=_remedy(asset, facts),
            missing="license",
            about=("license.expression",),
        )
    elif not options.unread_text or facts.license_named(expression):
        return
    elif isinstance(asset.license.category, Unknown) and (unread := _unread(expression, facts)):
        text = "its text" if unread == expression else f"the text of {unread}"
        yield Fault(
            message=f"{asset.name} is under {said_license(asset.license)}; {text} was not read",
            remedy="add a record: lading license new KEY TEXT",
            setting="unread_text",
            missing="license.terms",
            about=("license.category", expression),
        )


def _unread(expression: str, facts: Facts) -> str:
    """The licenses of an expression that no record puts in a category, joined; `""` where all are known."""
    tree, names = read_expression(expression), names_of(facts.knowledge)
    if isinstance(tree, Unknown):
        return expression
    found = (atom.license for atom in atoms(tree))
    return " and ".join(name for name in found if isinstance(names.category(name), Unknown))


def _remedy(asset: Asset, facts: Facts) -> str:
    if asset.kind is Kind.LOCAL_WEIGHTS:
        way_out = ask_for_exception(asset, RULE.id, facts.excepted_in)
        return f"say what it is in a README.md or LICENSE beside {asset.name}, or {way_out}"
    return f"ask the publisher, then record it: lading license new KEY TEXT; see lading show {asset.name}"


RULE = Rule(
    id="license-unknown",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=("Training data under an unknown license is not looked for.",),
)
