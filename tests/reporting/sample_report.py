"""A report built by hand: every kind of asset, level, state and gap once. All names are invented."""

from __future__ import annotations

from scanner.records.asset import (
    Reference,
    Unanswered,
)
from scanner.records.counting import count
from scanner.records.finding import (
    ExceptionEntry,
    Finding,
    Grant,
    Level,
    NotJudged,
    Obligation,
    PolicyPlace,
)
from scanner.records.report import (
    SCHEMA,
    Coverage,
    KnowledgeStamp,
    LanguageGap,
    LockStamp,
    PolicySource,
    PolicyStamp,
    Project,
    Report,
    RuleText,
    Tool,
    Unread,
)
from scanner.records.sighting import (
    Certainty,
    Kind,
    Location,
    Role,
    Scope,
    Sighting,
    Skipped,
    Unresolved,
)
from scanner.records.unclaimed import NO_READER, NO_READER_OF_LANGUAGE, THE_LOCKFILE
from scanner.records.unknown import Unknown
from tests.reporting.sample_assets import (
    API,
    ASSETS,
    CHAT,
    COMMITS,
    DAY,
    EMBED,
    GGUF,
    GONE,
    IDS,
    NOT_SAID,
    NOTES,
    evidence,
)


def reference(name: str, kind: Kind, file: str, line: int, **more: object) -> Reference:
    fields: dict[str, object] = {
        "revision": NOT_SAID,
        "role": Role.DEPENDENCY,
        "scope": Scope.SHIPPED,
        "certainty": Certainty.LITERAL,
        "detector": "library-calls",
    }
    place = Location(file, line, 9, line, 9 + len(name), more.pop("cell", None))  # type: ignore[arg-type]
    return Reference(IDS[name], Sighting(kind, name, location=place, **(fields | more)))  # type: ignore[arg-type]


REFERENCES = (
    reference(
        CHAT,
        Kind.HF_MODEL,
        "deploy/docker-compose.yml",
        12,
        detector="command-lines",
        library="vllm",
        call="--model",
    ),
    reference(
        CHAT, Kind.HF_MODEL, "docs/how-it-works.md", 4, role=Role.MENTION, scope=Scope.DOCS, detector="links"
    ),
    reference(
        NOTES,
        Kind.HF_DATASET,
        "notebooks/explore.ipynb",
        31,
        cell=2,
        revision=COMMITS["notes"],
        library="datasets",
        call="load_dataset",
    ),
    reference(
        GGUF,
        Kind.HF_MODEL,
        "scripts/fetch.sh",
        3,
        revision=COMMITS["gguf"],
        detector="command-lines",
        call="hf download",
    ),
    reference(
        GONE,
        Kind.HF_MODEL,
        "services/chat/fallback.py",
        7,
        certainty=Certainty.FOLDED,
        library="transformers",
    ),
    reference(
        CHAT,
        Kind.HF_MODEL,
        "services/chat/model.py",
        14,
        library="transformers",
        call="AutoModelForCausalLM.from_pretrained",
        remote_code=True,
    ),
    reference(
        API,
        Kind.API_MODEL,
        "services/chat/remote.py",
        22,
        provider="cloudy",
        base_url="https://api.cloudy.example/v1",
        library="openai",
    ),
    reference(
        EMBED,
        Kind.HF_MODEL,
        "services/search/embed.py",
        5,
        revision=COMMITS["embed"],
        library="sentence-transformers",
    ),
    reference(
        EMBED, Kind.HF_MODEL, "tests/test_embed.py", 8, scope=Scope.TEST, ignored=("revision-not-pinned",)
    ),
)

POLICY = "lading.yaml"
GRANT = Grant(
    "legal@example.com", "agreement signed with the provider", "2027-03-31", PolicyPlace(POLICY, 30)
)


def finding(
    number: int,
    rule: str,
    level: Level,
    name: str,
    message: str,
    remedy: str,
    place: tuple[str, int],
    line: int,
    **more: object,
) -> Finding:
    return Finding(
        id=f"{number:016x}",
        rule=rule,
        level=level,
        message=message,
        remedy=remedy,
        asset=IDS.get(name, NOT_SAID),
        reference=name if name in IDS else NOT_SAID,
        file=place[0],
        line=place[1],
        column=9 if place[1] else 0,
        policy=PolicyPlace(POLICY, line),
        evidence=more.get("evidence", ()),  # type: ignore[arg-type]
        exception=more.get("exception"),  # type: ignore[arg-type]
    )


_NOT_ALLOWED = f"{CHAT} is under meadow-1.0, category use-restricted; the policy allows category:permissive."
_NOT_ALLOWED_REMEDY = (
    "Use small-co/tern-chat (MIT), or ask for an exception: lading policy exception add "
    f'{CHAT} --rule license-not-allowed --license meadow-1.0 --owner OWNER --reason "REASON"'
)

FINDINGS = (
    finding(
        1,
        "license-not-allowed",
        Level.ERROR,
        CHAT,
        _NOT_ALLOWED,
        _NOT_ALLOWED_REMEDY,
        ("deploy/docker-compose.yml", 12),
        12,
        evidence=(
            evidence("license.key", "meadow-1.0", f"hub:{CHAT}", "license_name: meadow-1.0", "README.md:4"),
        ),
    ),
    finding(
        2,
        "license-not-allowed",
        Level.ERROR,
        CHAT,
        _NOT_ALLOWED,
        _NOT_ALLOWED_REMEDY,
        ("services/chat/model.py", 14),
        12,
        evidence=(
            evidence("license.key", "meadow-1.0", f"hub:{CHAT}", "license_name: meadow-1.0", "README.md:4"),
        ),
    ),
    finding(
        3,
        "license-conflicts-with-base",
        Level.ERROR,
        GGUF,
        f"The card of {GGUF} says apache-2.0, but its base {CHAT} is under meadow-1.0, which asks for more.",
        f"Treat it as meadow-1.0, or use {CHAT} itself.",
        ("scripts/fetch.sh", 3),
        9,
        evidence=(
            evidence("license.declared", "apache-2.0", f"hub:{GGUF}", "license: apache-2.0", "README.md:2"),
            evidence("lineage.license_key", "meadow-1.0", f"hub:{CHAT}"),
        ),
    ),
    finding(
        4,
        "revision-not-pinned",
        Level.WARNING,
        CHAT,
        f"{CHAT} is used without a revision, so its weights can change under you.",
        'Add revision="…" or run: lading lock',
        ("services/chat/model.py", 14),
        20,
    ),
    finding(
        5,
        "could-not-resolve",
        Level.QUESTION,
        GONE,
        f"No source knows {GONE}: the run was offline.",
        "Run without --offline, or run: lading lock",
        ("services/chat/fallback.py", 7),
        5,
    ),
    finding(
        6,
        "knowledge-stale",
        Level.NOTE,
        "none",
        "Facts about publishers are 61 days old.",
        "Run: lading knowledge update",
        (POLICY, 0),
        24,
    ),
    finding(
        7,
        "hosted-api-not-allowed",
        Level.WARNING,
        API,
        "cloudy:meadow-chat is served by Cloudy Services Inc, country XC; the policy allows XB.",
        "Use another provider, or renew the exception.",
        ("services/chat/remote.py", 22),
        16,
        exception=GRANT,
    ),
)

OBLIGATIONS = (
    Obligation(
        IDS[NOTES],
        "attribution",
        "Name the Open Data Foundation as the source.",
        "section 3(a)",
        "met",
        "README.md:40",
    ),
    Obligation(
        IDS[CHAT], "attribution", 'Show "Built with Meadow" prominently.', "section 1(b)", "open", "none"
    ),
    Obligation(
        IDS[CHAT], "copy_of_license", "Pass on a copy of the license.", "section 1(a)", "unknown", "none"
    ),
    Obligation(
        IDS[GGUF], "copy_of_license", "Pass on a copy of the license.", "section 1(a)", "open", "none"
    ),
)

EXCEPTIONS = (
    ExceptionEntry(
        "hosted-api-not-allowed",
        API,
        "none",
        "legal@example.com",
        GRANT.reason,
        "2027-03-31",
        "granted",
        1,
        PolicyPlace(POLICY, 30),
    ),
    ExceptionEntry(
        "license-not-allowed",
        "old/model",
        "gpl-3.0",
        "team@example.com",
        "leaves with release 4",
        "2026-10-01",
        "expired",
        0,
        PolicyPlace(POLICY, 34),
    ),
)

UNRESOLVED = (
    Unresolved(
        Kind.HF_MODEL,
        "settings.model_name",
        "services/chat/settings.py",
        40,
        17,
        "environment variable MODEL_NAME without a default",
    ),
    Unresolved(Kind.API_MODEL, "${CHAT_MODEL}", "deploy/values.yaml", 8, 12, "chosen at run time"),
)

COVERAGE = Coverage(
    files=120,
    read=117,
    skipped=(
        Skipped("assets/huge.json", "larger than 20000000 bytes"),
        Skipped("third_party/lib", "submodule: not followed"),
    ),
    languages_without_reader=(LanguageGap("Rust", 3),),
    unread=(
        Unread(".png", NO_READER, 4, tuple(f"docs/{each}.png" for each in "abcd")),
        Unread("Rust", NO_READER_OF_LANGUAGE, 3, ("src/a.rs", "src/b.rs", "src/c.rs")),
        Unread("lading.lock", THE_LOCKFILE, 1, ("lading.lock",)),
    ),
    unanswered=(Unanswered(IDS[GONE], "offline"),),
    not_judged=(NotJudged("scan-flagged", "needs the network"),),
)


def build() -> Report:
    return Report(
        schema=SCHEMA,
        tool=Tool("lading", "0.1.0"),
        project=Project("orchard", "0123456789abcdef0123456789abcdef01234567", False, "whole"),
        date="2026-11-22",
        policy=PolicyStamp(
            (
                PolicySource(POLICY, "sha256:" + "1f" * 32),
                PolicySource("pack permissive-only", "sha256:" + "2e" * 32),
            )
        ),
        knowledge=KnowledgeStamp(DAY, "sha256:" + "3d" * 32),
        lock=LockStamp("lading.lock", "sha256:" + "4c" * 32),
        coverage=COVERAGE,
        references=REFERENCES,
        assets=ASSETS,
        findings=FINDINGS,
        obligations=OBLIGATIONS,
        unresolved=UNRESOLVED,
        exceptions=EXCEPTIONS,
        summary=count(REFERENCES, ASSETS, FINDINGS, OBLIGATIONS, UNRESOLVED),
        rules=(RuleText("license-not-allowed", "The license of a model is not one the policy allows."),),
    )


def build_empty() -> Report:
    """A project that names nothing, under no policy."""
    return Report(
        schema=SCHEMA,
        tool=Tool("lading", "0.1.0"),
        project=Project("empty", Unknown("not a git repository"), Unknown("not a git repository"), "whole"),
        date="2026-11-22",
        policy=PolicyStamp(()),
        knowledge=KnowledgeStamp(Unknown("not opened"), Unknown("not opened")),
        lock="none",
        coverage=Coverage(12, 12, (), ()),
        references=(),
        assets=(),
        findings=(),
        obligations=(),
        unresolved=(),
        exceptions=(),
        summary=count((), (), (), (), ()),
    )


REPORT = build()
EMPTY = build_empty()
