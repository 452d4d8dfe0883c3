"""A scanner of model files has something to say of a file.

lading is no such scanner. It reads what the Hub's scans say (`hub: true`) and reports of modelscan and
picklescan (`lading scan --scanned FILE`), and keeps their levels. A file nobody reports on is not thereby
safe.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset
from scanner.records.fact import Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

HIGH, OTHER, UNFINISHED = "scan.high", "scan.other", "scan.unfinished"
"""Facts resolution adds to the evidence, by how grave a scanner's own word is; the word is the value."""
MAX_FAULTS = 20
"""Reports on one asset that are told one by one."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `scan-flagged` may be set to."""

    level: Level = Level.WARNING
    """For the gravest levels of a scanner (critical, high, and what picklescan and the Hub call so)."""
    other: Level | None = Level.QUESTION
    """For caution, medium, error, and any level lading has not heard of."""
    hub: bool = False
    """Ask the Hub for its own results too: one more request for each repository, not from the cache."""
    unfinished: Level | None = None
    """For a repository whose scans the Hub has not finished or does not give, and for a file a scanner could
    not read."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of every file a scanner put a level on."""
    said = [each for each in asset.license.evidence if each.fact in (HIGH, OTHER, UNFINISHED)]
    for evidence in said[:MAX_FAULTS]:
        yield from _fault(asset, evidence, options)
    if len(said) > MAX_FAULTS:
        yield Fault(
            message=f"{asset.name}: {len(said) - MAX_FAULTS} more reports of scanners",
            remedy="read the scanner's own report",
            about=("more",),
        )


def _fault(asset: Asset, evidence: Evidence, options: Options) -> Iterator[Fault]:
    if isinstance(evidence.value, Unknown):
        if options.unfinished is not None:
            yield Fault(
                message=f"{asset.name}: {evidence.value.reason}",
                remedy="look again later, or run a scanner of your own",
                evidence=(evidence,),
                level=options.unfinished,
                setting="unfinished",
                about=("unfinished",),
            )
        return
    level, is_high = str(evidence.value), evidence.fact == HIGH
    if not is_high and options.other is None:
        return
    yield Fault(
        message=f"{evidence.source.partition(':')[0]} calls a file of {asset.name} {level}: {evidence.quote}",
        remedy="read the scanner's report; use another file or repository until it is settled",
        evidence=(evidence,),
        level=None if is_high else options.other,
        setting=None if is_high else "other",
        about=("scan", level, evidence.quote or ""),
    )


RULE = Rule(
    id="scan-flagged",
    judges=Asset,
    options=Options,
    check=check,
    never_baselined=True,
    rests_on=(HIGH, OTHER, UNFINISHED),
    blind_spots=(
        "Only what a scanner was asked about and has reported is known; no report is no clean bill.",
        "The Hub's results, and picklescan's of a model there, speak of the default branch, which may not "
        "be the commit in use.",
        "A report is matched by the path of a file in the project, or in a Hugging Face cache.",
    ),
)
