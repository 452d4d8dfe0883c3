"""A license that asks for its text is declared, and the repository ships no license text or notice."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.lineage import own_holding
from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

TEXT_NAMES = ("license", "licence", "copying", "notice", "unlicense", "eula", "terms", "model_license")
"""Beginnings of the names that license texts have, letter case aside."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a policy may say of this rule."""

    level: Level = Level.NOTE


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak where the files are known, none is a text, and the license asks for a copy."""
    if isinstance(asset.files, Unknown) or not asset.files or asset.license.detected:
        return
    holding = own_holding(asset, facts.knowledge)
    if isinstance(holding.terms, Unknown) or isinstance(holding.terms.distribution, Unknown):
        return
    copy = holding.terms.distribution.copy_of_license
    if not copy.is_asked or any(_is_text(file.path) for file in asset.files):
        return
    clause = f" ({copy.clause})" if isinstance(copy.clause, str) and copy.clause != "none" else ""
    yield Fault(
        message=f"{asset.name} is declared {holding.key}, which asks for its text{clause}, and ships none",
        remedy=f"take the text from elsewhere before passing it on: lading license show {holding.key}",
        evidence=(
            Evidence(
                "files",
                f"{len(asset.files)} files, none of them a license text",
                str(asset.answered_by),
                asset.as_of,
                Confidence.VERIFIED,
            ),
        ),
        level=options.level,
        about=("files", str(holding.key)),
    )


def _is_text(path: str) -> bool:
    name = path.rsplit("/", 1)[-1].lower().replace(" ", "_").replace("-", "_")
    return name.startswith(TEXT_NAMES) or "license" in name or "licence" in name


RULE = Rule(
    id="license-text-missing",
    judges=Asset,
    options=Options,
    check=check,
    blind_spots=("A text inside the card or on a web page is not counted as shipped.",),
)
