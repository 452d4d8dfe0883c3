from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scanner.records.asset import Ancestor, Category, Inherited
from scanner.records.encoding import decode
from scanner.records.fact import Confidence, Evidence
from scanner.records.sighting import Kind
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown
from scanner.reporting.write import render
from tests.reporting.sample_assets import ASSETS, CHAT
from tests.reporting.sample_report import EMPTY, REPORT

MODEL = next(asset for asset in ASSETS if asset.name == CHAT)
NOWHERE = decode(Terms, {"territory_excluded": {"value": []}})
NOT_THERE = decode(Terms, {"territory_excluded": {"value": ["EU", "KR"], "clause": '§5.c: "outside"'}})


def row(text: str, field: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {field}")]
    return [cell.strip() for cell in line.strip("|").split(" | ")][1:]


def told(**changes: object) -> str:
    return render(replace(EMPTY, assets=(replace(MODEL, **changes),)), "evidence")  # type: ignore[arg-type]


def test_the_whole_page(golden: Callable[[str, str], None]) -> None:
    golden("evidence/report.md", render(REPORT, "evidence"))


def test_all_seven_clusters_are_named_and_an_empty_project_has_none_of_its_own() -> None:
    text = render(EMPTY, "evidence")
    names = ("Metadata", "System Level", "Models", "Dataset", "Infrastructure", "Security", "KPI")
    states = [row(text, name)[0] for name in names]
    assert states == ["present", "present", "absent", "absent", "absent", "absent", "not applicable"]
    assert "Elements not itemized: the published list was not read." in text


def test_an_excluded_union_is_told_with_the_clause_of_the_base_it_comes_from() -> None:
    inherited = (Inherited("lab/base", "finetune", "k", NOT_THERE),)
    state, source = row(told(terms=NOWHERE, inherited=inherited), "European Union excluded")
    assert (state, "lab/base" in source, "§5.c" in source) == ("present", True, True)


def test_terms_that_were_not_read_exclude_nothing_for_certain() -> None:
    assert row(told(terms=NOWHERE, inherited=()), "European Union excluded")[0] == "not applicable"
    unread = (Inherited("lab/base", "finetune", "k", Unknown("text not read")),)
    assert row(told(terms=NOWHERE, inherited=unread), "European Union excluded")[0] == "absent"


def test_a_model_card_is_there_where_a_fact_was_read_in_it() -> None:
    said = Evidence(
        "license.declared", "mit", "catalog", "2026-11-01", Confidence.VERIFIED, location="README.md"
    )
    read = replace(MODEL.license, evidence=(said,))
    unread = replace(MODEL.license, evidence=(replace(said, location="LICENSE"),))
    assert row(told(license=read), "documentation") == [
        "present",
        "the license stands in README.md, says catalog",
    ]
    assert row(told(license=unread), "documentation")[0] == "absent"


def test_a_dataset_is_counted_once_however_many_models_were_trained_on_it() -> None:
    data = Ancestor(
        name="lab/texts",
        of=CHAT,
        kind=Kind.HF_DATASET,
        relation="trained-on",
        depth=1,
        license_declared="mit",
        license_key="mit",
        publisher="lab",
        country="XA",
        as_of="2026-11-01",
        confidence=Confidence.VERIFIED,
    )
    one = replace(MODEL, lineage=Unknown("not read"), trained_on=(data,))
    other = replace(one, id="other", name="lab/other", lineage=(data,), trained_on=None)
    text = render(replace(EMPTY, assets=(one, other)), "evidence")
    assert row(text, "Dataset")[:2] == ["present", "1 in assets\\[\\], their lineages and training data"]


def test_a_restricted_license_is_not_shown_as_an_open_one() -> None:
    open_one = replace(MODEL.license, category=Category.PERMISSIVE)
    closed = replace(MODEL.license, category=Category.USE_RESTRICTED)
    assert row(told(license=open_one), "license without")[0] == "present"
    assert row(told(license=closed), "license without")[0] == "absent"
