"""What a report can show an assessor: clusters and model evidence, present or absent."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.records.asset import Asset, Category
from scanner.records.report import Report
from scanner.records.sighting import Kind
from scanner.records.terms import FieldBan, Terms, Threshold
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from scanner.reporting.escaping import GENERATOR, markdown
from scanner.reporting.format import Canvas, Format

PRESENT, ABSENT, NOT_APPLICABLE = "present", "absent", "not applicable"
OPEN = (Category.PERMISSIVE, Category.PUBLIC_DOMAIN, Category.COPYLEFT)
"""Categories whose terms restrict neither users nor purposes; the others name the clause that does."""
CARD = "README.md"
"""File of a repository that is its model card."""
MODELS = (Kind.HF_MODEL, Kind.OLLAMA, Kind.MODELSCOPE, Kind.LOCAL_WEIGHTS, Kind.TORCH_HUB, Kind.TIMM)

Row = tuple[str, str, str]
"""(what, state, where from)"""


def render(report: Report, canvas: Canvas) -> str:
    """Write both tables as Markdown. A state says what this report holds, never that a duty is fulfilled."""
    lines = [markdown(phrases.policy_in_force(report)), "", GENERATOR, "", "# Evidence", ""]
    lines += [markdown(phrases.circumstances(report)), "", "## Clusters of an SBOM for AI", ""]
    lines += [
        'The seven cluster names of the G7 document "SBOM for AI: Minimum Elements" of 2026-05-12, as',
        "secondary sources give them. Elements not itemized: the published list was not read.",
        "",
    ]
    lines += _table(("cluster", "state", "where from"), _clusters(report))
    lines += ["", "## Evidence per model (EU AI Act)", ""]
    lines += [
        "Fields an organization collects about models of others. What a scan cannot see is absent until",
        "somebody records it.",
    ]
    models = [asset for asset in report.assets if asset.kind in MODELS]
    for asset in models:
        at = f" at {asset.commit[: phrases.COMMIT_CHARACTERS]}" if isinstance(asset.commit, str) else ""
        lines += ["", f"### {markdown(asset.name + at)}", ""]
        lines += _table(("field", "state", "where from"), _fields(asset))
    if not models:
        lines += ["", "The project names no model whose weights are distributed."]
    return "\n".join([*lines, "", report.disclaimer]) + "\n"


def _table(head: Row, rows: Iterator[Row]) -> list[str]:
    written = [f"| {' | '.join(head)} |", "|---|---|---|"]
    return written + [f"| {' | '.join(markdown(cell) for cell in row)} |" for row in rows]


def _clusters(report: Report) -> Iterator[Row]:
    models = [asset for asset in report.assets if asset.kind is not Kind.HF_DATASET]
    datasets = {asset.name for asset in report.assets if asset.kind is Kind.HF_DATASET}
    for asset in report.assets:
        below = [each for each in (asset.lineage, asset.trained_on) if isinstance(each, tuple)]
        datasets |= {base.name for bases in below for base in bases if base.relation == "trained-on"}
    hosted = [asset for asset in report.assets if asset.endpoint is not None]
    files = [asset for asset in report.assets if not isinstance(asset.files, Unknown) and asset.files]
    yield "Metadata", PRESENT, "tool, date, policy and knowledge digests of this report"
    yield "System Level Properties", PRESENT, f"project {report.project.name}, commit, coverage"
    yield "Models", *_counted(len(models), "assets[]", "the project names no model")
    yield (
        "Dataset Properties",
        *_counted(
            len(datasets),
            "assets[], their lineages and training data",
            "no dataset is named, and no card or lineage names one",
        ),
    )
    yield "Infrastructure", *_counted(len(hosted), "endpoints of hosted models", "no hosted model is named")
    yield (
        "Security Properties",
        *_counted(len(files), "formats of model files", "no source told the files of a model"),
    )
    yield "KPI", NOT_APPLICABLE, "lading measures no performance"


def _counted(number: int, source: str, otherwise: str) -> tuple[str, str]:
    return (PRESENT, f"{number} in {source}") if number else (ABSENT, otherwise)


def _fields(asset: Asset) -> Iterator[Row]:
    """The evidence fields of one model; no state is a judgement on its provider."""
    card = next((each for each in asset.license.evidence if each.location == CARD), None)
    if card is not None:
        yield "documentation", PRESENT, f"the license stands in {CARD}, says {card.source}"
    else:
        yield "documentation", ABSENT, "no fact of this report stands in a model card"
    for field in ("copyright policy", "summary of training content", "signatory of the code of practice"):
        yield field, ABSENT, "no source lading reads says it; record it beside this report"
    yield _open_license(asset)
    yield _excluded(asset)
    yield (
        "compute share of a modification",
        ABSENT,
        "only whoever trains knows it; record it beside this report",
    )


def _open_license(asset: Asset) -> Row:
    field = "license without restrictions of users or purposes"
    category = asset.license.category
    if isinstance(category, Unknown):
        return field, ABSENT, f"license unknown: {category.reason}"
    said = f"{phrases.license_words(asset)}, category {category.value}"
    if category in OPEN:
        return field, PRESENT, said
    clauses = [ban.clause for ban in _bans(asset.terms) if isinstance(ban.clause, str)]
    return field, ABSENT, said + (f"; {clauses[0]}" if clauses else "")


def _bans(terms: Terms | Unknown) -> tuple[FieldBan | Threshold, ...]:
    """What restricts fields or users, each with its clause."""
    if isinstance(terms, Unknown):
        return ()
    bans = () if isinstance(terms.field_bans, Unknown) else terms.field_bans
    thresholds = () if isinstance(terms.thresholds, Unknown) else terms.thresholds
    return (*bans, *thresholds)


def _excluded(asset: Asset) -> Row:
    """Whether the license or that of a base leaves out the Union."""
    field = "European Union excluded by the terms"
    sources = [(asset.name, asset.terms), *((each.from_, each.terms) for each in asset.inherited)]
    read = [(name, terms.territory_excluded) for name, terms in sources if isinstance(terms, Terms)]
    for name, territory in read:
        places = territory.value if isinstance(territory.value, tuple) else ()
        if any(place.split(" ")[0] == "EU" for place in places):
            clause = territory.clause if isinstance(territory.clause, str) else "clause not recorded"
            return field, PRESENT, f"terms of {name}: {clause}"
    if not read or len(read) < len(sources):
        return field, ABSENT, "the terms of the license, or of a base, were not read"
    return field, NOT_APPLICABLE, "the terms that were read exclude no territory of it"


FORMAT = Format(
    name="evidence",
    description="What an assessor finds in this report: SBOM-for-AI clusters and evidence per model.",
    suffix=".md",
    render=render,
)
