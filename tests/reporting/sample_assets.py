"""The assets of the sample report. All names are invented."""

from __future__ import annotations

from dataclasses import replace

from scanner.records.asset import (
    Ancestor,
    Asset,
    AssetLicense,
    Category,
    Endpoint,
    Inherited,
    ListEntry,
    ModelFile,
    Party,
)
from scanner.records.fact import Confidence, Evidence
from scanner.records.sighting import (
    Kind,
)
from scanner.records.terms import (
    Distribution,
    Duty,
    FieldBan,
    Outputs,
    Patent,
    Student,
    Term,
    Terms,
    Territory,
    Threshold,
)
from scanner.records.unknown import Unknown

DAY = "2026-11-20"
COMMITS = {
    name: (digit * 8 + "0123456789abcdef" * 2)
    for name, digit in (("chat", "a"), ("gguf", "b"), ("embed", "c"), ("notes", "d"))
}
CHAT, BASE = "example-lab/Meadow-72B-Instruct", "example-lab/Meadow-72B"
GGUF, EMBED, NOTES, GONE = (
    "quanters/Meadow-72B-Instruct-GGUF",
    "small-co/tern-embed",
    "open-data/field-notes",
    "gone/vanished-7b",
)
API = "cloudy:meadow-chat"
IDS = {
    CHAT: f"hf-model:{CHAT}@*",
    GGUF: f"hf-model:{GGUF}@{COMMITS['gguf']}",
    EMBED: f"hf-model:{EMBED}@{COMMITS['embed']}",
    NOTES: f"hf-dataset:{NOTES}@{COMMITS['notes']}",
    GONE: f"hf-model:{GONE}@*",
    API: f"api-model:{API}@*",
}
NOT_SAID = "none"


SILENT_TERM = Term(NOT_SAID, NOT_SAID, Confidence.VERIFIED)
SILENT_DUTY = Duty(NOT_SAID, NOT_SAID, Confidence.VERIFIED)


def term(value: str | bool | Unknown, clause: str = NOT_SAID) -> Term:
    return Term(value, clause, Confidence.VERIFIED)


def duty(value: str | bool, clause: str = NOT_SAID, *words: str) -> Duty:
    return Duty(value, clause, Confidence.VERIFIED, words or None)


PLAIN_TERMS = Terms(
    commercial_use=term("yes", "section 2"),
    thresholds=(),
    territory_excluded=Territory((), NOT_SAID, Confidence.VERIFIED),
    attribution=SILENT_DUTY,
    naming=SILENT_DUTY,
    aup=SILENT_TERM,
    outputs_for_training=Outputs("not addressed", NOT_SAID, Confidence.VERIFIED, Student.UNSETTLED),
    distribution=Distribution(duty(True, "section 4"), SILENT_DUTY, duty(True, "section 4"), duty(False)),
    patent=Patent(True, True, "whole license", "section 3", Confidence.VERIFIED),
    trademark=SILENT_TERM,
    governing_law=SILENT_TERM,
    termination=SILENT_TERM,
    update=SILENT_TERM,
    field_bans=(),
    export=SILENT_TERM,
)
MEADOW_TERMS = replace(
    PLAIN_TERMS,
    commercial_use=term("conditional", 'section 2: "more than 100 million monthly active users"'),
    thresholds=(
        Threshold(
            "monthly_active_users",
            ">",
            100_000_000,
            "users",
            "month",
            "request a license",
            "section 2",
            Confidence.VERIFIED,
        ),
    ),
    territory_excluded=Territory(("XA",), 'section 5: "is not granted in"', Confidence.VERIFIED),
    attribution=duty("Built with Meadow", "section 1(b)", "Built with Meadow"),
    aup=term(True, "section 4"),
    field_bans=(FieldBan("surveillance", "section 4", Confidence.UNVERIFIED, ("surveillance",)),),
    governing_law=term(Unknown("the section is not in the text that was read")),
)


def party(
    name: str, entity: str | Unknown, country: str | Unknown, role: str = "developer", **more: object
) -> Party:
    return Party(
        name=name,
        entity=entity,
        parent=more.get("parent", NOT_SAID),  # type: ignore[arg-type]
        country=country,
        parent_country=more.get("parent_country", NOT_SAID),  # type: ignore[arg-type]
        kind="company",
        role=role,
        lists=more.get("lists", ()),  # type: ignore[arg-type]
        confidence=Confidence.CORROBORATED,
        source=f"knowledge:publishers/{name}",
        as_of=DAY,
    )


EXAMPLE_LAB = party(
    "example-lab", "Example Laboratory Ltd", "XA", parent="Example Holding", parent_country="XB"
)
QUANTERS = party(
    "quanters", Unknown("no record of this namespace"), Unknown("no record of this namespace"), "requantizer"
)
SMALL_CO = party("small-co", "Small Company GmbH", "XB")
OPEN_DATA = party("open-data", "Open Data Foundation", "XC")
CLOUDY = party(
    "cloudy",
    "Cloudy Services Inc",
    "XC",
    "first-party",
    lists=(
        ListEntry(
            "Example Trade List",
            "listed",
            "2026-03-01",
            "https://lists.example/trade",
            "Cloudy Services",
            Confidence.VERIFIED,
        ),
    ),
)


def evidence(
    fact: str, value: str, source: str, quote: str | None = None, location: str | None = None
) -> Evidence:
    return Evidence(fact, value, source, DAY, Confidence.VERIFIED, quote, location)


def license_of(
    expression: str | Unknown, key: str | Unknown, category: Category | Unknown, declared: str, name: str
) -> AssetLicense:
    said = evidence("license.declared", declared, f"hub:{name}", f"license: {declared}", "README.md:2")
    return AssetLicense(expression, key, category, (declared,), (), (said,))


MEADOW_LICENSE = license_of(
    "LicenseRef-lading-meadow-1.0", "meadow-1.0", Category.USE_RESTRICTED, "other", CHAT
)


def ancestor(
    name: str,
    of: str,
    relation: str,
    depth: int,
    kind: Kind = Kind.HF_MODEL,
    key: str = "meadow-1.0",
    country: str = "XA",
) -> Ancestor:
    publisher = name.split("/")[0]
    return Ancestor(
        name, of, kind, relation, depth, "other", key, publisher, country, DAY, Confidence.VERIFIED
    )


def asset(
    name: str,
    kind: Kind,
    license_: AssetLicense,
    commit: str | Unknown,
    publisher: Party | Unknown,
    **more: object,
) -> Asset:
    fields: dict[str, object] = {
        "repository_id": Unknown("the catalog has no repository id"),
        "renamed_from": NOT_SAID,
        "answered_by": "catalog",
        "as_of": DAY,
        "terms": PLAIN_TERMS,
        "inherited": (),
        "developer": publisher,
        "lineage": (),
        "files": Unknown("the catalog has no file list"),
        "modality": "text-generation",
        "library": "transformers",
        "gated": False,
        "availability": "public",
    }
    return Asset(IDS[name], name, kind, commit, license=license_, publisher=publisher, **(fields | more))  # type: ignore[arg-type]


ASSETS = (
    asset(
        API,
        Kind.API_MODEL,
        license_of(
            "LicenseRef-lading-cloudy-terms",
            "cloudy-terms",
            Category.PROPRIETARY_API,
            "terms of service",
            API,
        ),
        Unknown("a hosted API has no commit"),
        EXAMPLE_LAB,
        terms=Unknown("the terms of service were not read"),
        serving_entity=CLOUDY,
        endpoint=Endpoint("api.cloudy.example", Unknown("the project names no region"), "global"),
        lineage=Unknown("the provider does not say"),
        answered_by="knowledge",
        library=Unknown("not asked of a hosted API"),
    ),
    asset(
        NOTES,
        Kind.HF_DATASET,
        license_of("CC-BY-4.0", "cc-by-4.0", Category.PERMISSIVE_WITH_CONDITIONS, "cc-by-4.0", NOTES),
        COMMITS["notes"],
        OPEN_DATA,
        library="datasets",
        modality="text",
    ),
    asset(
        CHAT,
        Kind.HF_MODEL,
        MEADOW_LICENSE,
        Unknown("the project names no revision"),
        EXAMPLE_LAB,
        terms=MEADOW_TERMS,
        lineage=(ancestor(BASE, CHAT, "finetune", 1),),
        gated="manual",
    ),
    asset(
        GONE,
        Kind.HF_MODEL,
        AssetLicense(
            Unknown("the repository could not be asked"),
            Unknown("the repository could not be asked"),
            Unknown("the repository could not be asked"),
            (),
            (),
            (),
        ),
        Unknown("the repository could not be asked"),
        Unknown("no record of the namespace 'gone'"),
        terms=Unknown("no license is known"),
        lineage=Unknown("the repository could not be asked"),
        answered_by=Unknown("no source knew it"),
        as_of=Unknown("no source knew it"),
        modality=Unknown("no source knew it"),
        library=Unknown("no source knew it"),
        gated=Unknown("no source knew it"),
        availability=Unknown("offline"),
    ),
    asset(
        GGUF,
        Kind.HF_MODEL,
        license_of("Apache-2.0", "apache-2.0", Category.PERMISSIVE, "apache-2.0", GGUF),
        COMMITS["gguf"],
        QUANTERS,
        developer=EXAMPLE_LAB,
        inherited=(
            Inherited(CHAT, "quantized", "meadow-1.0", MEADOW_TERMS),
            Inherited(BASE, "finetune", "meadow-1.0", MEADOW_TERMS),
        ),
        lineage=(
            ancestor(CHAT, GGUF, "quantized", 1),
            ancestor(BASE, CHAT, "finetune", 2),
            ancestor(NOTES, BASE, "trained-on", 3, Kind.HF_DATASET, "cc-by-4.0", "XC"),
        ),
        files=(
            ModelFile("meadow-q4.gguf", "gguf", 44_000_000_000, False),
            ModelFile("extra.bin", "pickle", Unknown("not listed"), True),
        ),
    ),
    asset(
        EMBED,
        Kind.HF_MODEL,
        license_of("MIT", "mit", Category.PERMISSIVE, "mit", EMBED),
        COMMITS["embed"],
        SMALL_CO,
        modality="sentence-similarity",
        library="sentence-transformers",
        repository_id="6500000000000000000000aa",
    ),
)
