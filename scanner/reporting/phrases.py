"""How facts are said in words, the same in every format for people."""

from __future__ import annotations

from collections import Counter

from scanner.records.asset import Asset, Party
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import ExceptionEntry, Finding, Grant, Level, PolicyPlace
from scanner.records.report import PolicySource, Report, Summary
from scanner.records.sighting import Kind, Location, Skipped
from scanner.records.terms import Law
from scanner.records.unknown import Unknown

LEVELS = (Level.ERROR, Level.WARNING, Level.QUESTION, Level.NOTE)
"""Loudest first."""

DIGEST_CHARACTERS = len("sha256:") + 12
"""Of a digest, where people read it; the JSON report has all of it."""

COMMIT_CHARACTERS = 12

_KINDS = {
    Kind.HF_MODEL: "model",
    Kind.HF_DATASET: "dataset",
    Kind.OLLAMA: "Ollama model",
    Kind.MODELSCOPE: "ModelScope model",
    Kind.API_MODEL: "hosted API",
    Kind.TORCH_HUB: "torch.hub model",
    Kind.TIMM: "timm model",
    Kind.SPACY: "spaCy model",
    Kind.GITHUB_WEIGHTS: "weights on GitHub",
    Kind.URL_WEIGHTS: "weights at an address",
    Kind.LOCAL_WEIGHTS: "local weights",
    Kind.OTHER: "other",
}

Fact = str | bool | int | float | tuple[str, ...] | Law | Unknown


def say(value: Fact) -> str:
    """Say a fact in words: `unknown (reason)`, `yes`, `a, b`."""
    match value:
        case Unknown(reason):
            return f"unknown ({reason})"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(value) or "none"
        case Law(law, venue):
            return f"{law}; venue: {venue}" if venue != "none" else law
        case _:
            return str(value)


def say_briefly(value: Fact) -> str:
    """Say a fact in words, an unknown without its reason."""
    return "unknown" if isinstance(value, Unknown) else say(value)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Say a number of things: `1 file`, `1,024 files`, `no files`."""
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number or 'no'} {word}" if number < 1000 else f"{number:,} {word}"


def kind_of(kind: Kind) -> str:
    """Say what kind of thing a name names."""
    return _KINDS[kind]


def census(report: Report) -> str:
    """Count the assets by what they are: `4 models, 1 dataset, 1 hosted API`."""
    datasets = sum(asset.kind is Kind.HF_DATASET for asset in report.assets)
    hosted = sum(asset.kind is Kind.API_MODEL for asset in report.assets)
    models = len(report.assets) - datasets - hosted
    counts = ((models, "model"), (datasets, "dataset"), (hosted, "hosted API"))
    return ", ".join(counted(number, noun) for number, noun in counts if number)


def level_counts(report: Report) -> str:
    """Count the findings: `3 errors, 1 warning; 1 more covered by an exception`."""
    summary = report.summary
    numbers = (
        (summary.error, "error"),
        (summary.warning, "warning"),
        (summary.question, "question"),
        (summary.note, "note"),
    )
    said = ", ".join(counted(number, noun) for number, noun in numbers if number) or "no findings"
    if summary.excepted:
        said += f"; {summary.excepted} more covered by an exception"
    hidden = baselined(summary)
    return f"{said}; {hidden}" if hidden else said


def baselined(summary: Summary) -> str:
    """Say how many findings a baseline hid; `""` where none was given."""
    if summary.baselined is None:
        return ""
    if not summary.baselined:
        return "the baseline hides none"
    stand = "stands" if summary.baselined == 1 else "stand"
    return f"{counted(summary.baselined, 'finding')} {stand} in the baseline"


def accepted_words(number: int) -> str:
    """Say how many names are left out of a list because the baseline holds what was found about them."""
    return f"{counted(number, 'name')} with all {'its' if number == 1 else 'their'} findings in the baseline"


def not_judged_words(number: int, scope: str) -> str:
    """Say how many names were not judged, and why."""
    why = {"diff": "not part of this change", "files": "not in these files"}.get(scope)
    return f"{counted(number, 'name')} not judged: {why or 'in a part of the project that is not included'}"


def policy_in_force(report: Report, *, whole_digests: bool = False) -> str:
    """Name the policies in force and their digests: the first line of every report."""
    if not report.policy.sources:
        return "Policy in force: none"
    end = None if whole_digests else DIGEST_CHARACTERS
    return "Policy in force: " + ", ".join(
        f"{each.path} ({each.digest[:end]}{', ' + whose(each) if each.by else ''})"
        for each in report.policy.sources
    )


def whose(source: PolicySource) -> str:
    """Say whose policy a file is part of: `organization and project`; `""` where there is only one."""
    return " and ".join(source.by or ())


def circumstances(report: Report) -> str:
    """Say what was scanned and as of which days."""
    project = report.project
    parts = [project.name]
    if not isinstance(project.commit, Unknown):
        parts[0] += f" at {project.commit[:COMMIT_CHARACTERS]}"
        parts[0] += " with changes" if project.dirty is True else ""
    parts.append({"whole": "whole project", "files": "some files", "diff": "what changed"}[project.scope])
    parts.append(report.date)
    as_of = report.knowledge.as_of
    parts.append("knowledge of an unknown day" if isinstance(as_of, Unknown) else f"knowledge of {as_of}")
    return " · ".join(parts)


def license_words(asset: Asset) -> str:
    """Say the license of an asset."""
    if isinstance(asset.license.expression, Unknown):
        return f"license unknown ({asset.license.expression.reason})"
    return asset.license.expression


def party_words(party: Party | Unknown) -> str:
    """Say who somebody is and from which country, as far as it is known."""
    if isinstance(party, Unknown):
        return f"unknown ({party.reason})"
    name = party.entity if not isinstance(party.entity, Unknown) else party.name
    if isinstance(name, Unknown):
        return f"unknown ({name.reason})"
    if isinstance(party.country, Unknown):
        return f"{name} (country unknown)"
    return f"{name} ({party.country})"


def publisher_words(asset: Asset) -> str:
    """Say who published an asset: `by Example Ltd (XA)`, `publisher unknown (reason)`."""
    words = party_words(asset.publisher)
    return f"publisher {words}" if words.startswith("unknown") else f"by {words}"


def place_of(finding: Finding) -> str:
    """Say where a finding points: `FILE:LINE:COLUMN`, as far as there is one."""
    return ":".join([finding.file, *(str(number) for number in (finding.line, finding.column) if number)])


def telling(finding: Finding) -> tuple[Evidence, ...]:
    """The facts a judgement rests on; where the catalog has its row from only if there is no other."""
    told = tuple(each for each in finding.evidence if each.fact != "catalog")
    return told or finding.evidence


def message_and_remedy(finding: Finding) -> str:
    """Say in one line what is the case and what settles it."""
    return f"{finding.message.rstrip('.')}. What to do: {finding.remedy}"


def place_and_reason(skipped: Skipped) -> tuple[str, str]:
    """Say where something was not read, with the line where the reason begins with one, and why."""
    line, colon, reason = skipped.reason.removeprefix("line ").partition(": ")
    if colon and line.isdecimal() and skipped.reason.startswith("line "):
        return f"{skipped.file}:{line}", reason
    return skipped.file, skipped.reason


def policy_line(place: PolicyPlace) -> str:
    """Say which line of the policy it is: `FILE:LINE`, the name alone where nothing was written."""
    return f"{place.file}:{place.line}" if place.line else place.file


def place_of_reference(location: Location) -> str:
    """Say where a name stands: `FILE:LINE`, with the cell of a notebook."""
    cell = f" (cell {location.cell})" if location.cell is not None else ""
    return f"{location.file}:{location.line}{cell}"


def evidence_words(evidence: Evidence) -> str:
    """Say one fact with its source: `license.key = mit ("license: mit", README.md:2; hub:…, 2026-11-20)`."""
    shown = [quoted(evidence.quote)] if evidence.quote else []
    if evidence.location:
        shown.append(evidence.location)
    day = [] if isinstance(evidence.as_of, Unknown) else [evidence.as_of]
    sure = [] if evidence.confidence is Confidence.VERIFIED else [evidence.confidence.value]
    source = ", ".join([evidence.source, *day, *sure])
    inside = f"{', '.join(shown)}; {source}" if shown else source
    return f"{evidence.fact} = {say(evidence.value)} ({inside})"


def quoted(text: str) -> str:
    """Put a text in quotation marks unless it brings its own."""
    return text if '"' in text else f'"{text}"'


def nothing_named(report: Report) -> str | None:
    """Say that the project names nothing, where so."""
    if report.references or report.unresolved or report.assets:
        return None
    return f"no model, dataset or hosted API named in {counted(report.coverage.read, 'file')}"


def waiting(report: Report) -> tuple[str, ...]:
    """Say which one fact would settle how many findings, the most telling first."""
    missing = Counter(each.missing for each in report.findings if each.missing and each.exception is None)
    said = []
    for fact, number in sorted(missing.items(), key=lambda pair: (-pair[1], pair[0])):
        if fact.startswith("use."):
            said.append(f"declare {fact} to settle {counted(number, 'finding')}")
        else:
            wait = "waits" if number == 1 else "wait"
            said.append(f"{counted(number, 'finding')} {wait} for one fact: {fact}")
    return tuple(said)


def unverified(report: Report) -> str:
    """Say how many questions would be louder if their facts were sure; `""` for none."""
    number = report.summary.unverified
    if not number:
        return ""
    return f"{counted(number, 'question')} would be louder if the facts were verified"


def register(report: Report) -> tuple[str, ...]:
    """Say what the exceptions cover, and of those that cover nothing how they stand."""
    lines: Counter[str] = Counter()
    covering = set()
    for finding in report.findings:
        if (grant := finding.exception) is not None:
            covering.add(grant.policy)
            lines[f"{finding.rule} for {finding.reference}, {_grant_words(grant)}"] += 1
    covered = [line if times == 1 else f"{line} · {times} findings" for line, times in lines.items()]
    others = [
        f"{each.status}: {each.rule} for {each.reference}, {_grant_words(each)}"
        for each in report.exceptions
        if each.policy not in covering
    ]
    return (*covered, *others)


def _grant_words(grant: Grant | ExceptionEntry) -> str:
    return f"until {grant.expires}: {grant.reason} ({grant.owner}, {policy_line(grant.policy)})"
