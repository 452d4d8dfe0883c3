"""JUnit XML: one suite per asset, one case per rule that has something to say."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.records.finding import Finding, Level
from scanner.records.report import Report
from scanner.reporting import phrases
from scanner.reporting.escaping import xml
from scanner.reporting.format import Canvas, Format

_FAILS = {Level.ERROR, Level.WARNING}


def render(report: Report, canvas: Canvas) -> str:
    """Write every asset as a test suite.

    Errors and warnings are failures (the level is the type), findings an exception covers and open
    questions are skipped cases with their reason, an asset without a finding is a case that passed (skipped
    where it was not judged or a baseline holds its findings), and one that could not be asked about is an
    error.
    """
    suites = list(_suites(report))
    counts = [sum(suite[1][at] for suite in suites) for at in range(4)]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="lading" tests="{counts[0]}" failures="{counts[1]}" errors="{counts[2]}" '
        f'skipped="{counts[3]}" time="0">\n'
    )
    return head + "".join(text for text, _ in suites) + "</testsuites>\n"


def _suites(report: Report) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    unanswered = {each.asset: each.reason for each in report.coverage.unanswered}
    silent = dict.fromkeys(report.coverage.assets_not_judged or (), "not judged")
    silent |= dict.fromkeys(report.coverage.baselined_assets or (), "findings stand in the baseline")
    known = {asset.id for asset in report.assets}
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.asset if finding.asset in known else "none", []).append(finding)
    subjects = [(asset.id, asset.name) for asset in report.assets]
    if "none" in found or not subjects:
        subjects.append(("none", "the project and its policy"))
    for at, (subject, name) in enumerate(subjects):
        cases = [_case(name, finding) for finding in found.get(subject, [])]
        if subject in unanswered:
            cases.append(_unanswered(name, unanswered[subject]))
        if not cases and (why := silent.get(subject)):
            cases.append(_silent(name, why))
        if not cases:
            cases.append((f'    <testcase classname="{xml(name)}" name="no finding" time="0"/>\n', "passed"))
        kinds = [kind for _, kind in cases]
        counts = (len(cases), kinds.count("failure"), kinds.count("error"), kinds.count("skipped"))
        yield _suite(report, name, cases, counts, with_policy=at == 0), counts


def _suite(
    report: Report,
    name: str,
    cases: list[tuple[str, str]],
    counts: tuple[int, int, int, int],
    *,
    with_policy: bool,
) -> str:
    properties = ""
    if with_policy:
        said = {
            "policy": phrases.policy_in_force(report, whole_digests=True),
            "findings": phrases.level_counts(report),
            **{f"waiting.{at}": line for at, line in enumerate(phrases.waiting(report), 1)},
            **{f"exception.{at}": line for at, line in enumerate(phrases.register(report), 1)},
            "disclaimer": report.disclaimer,
        }
        written = "".join(
            f'      <property name="{key}" value="{xml(text)}"/>\n' for key, text in said.items()
        )
        properties = f"    <properties>\n{written}    </properties>\n"
    return (
        f'  <testsuite name="{xml(name)}" tests="{counts[0]}" failures="{counts[1]}" errors="{counts[2]}" '
        f'skipped="{counts[3]}" time="0" timestamp="{report.date}T00:00:00">\n'
        f"{properties}{''.join(text for text, _ in cases)}  </testsuite>\n"
    )


def _case(name: str, finding: Finding) -> tuple[str, str]:
    place = phrases.place_of(finding)
    title = f"{finding.rule} at {place}"
    head = f'    <testcase classname="{xml(name)}" name="{xml(title)}" file="{xml(finding.file)}" time="0">\n'
    if finding.exception is not None:
        grant = finding.exception
        reason = f"excepted until {grant.expires} by {grant.owner}: {grant.reason}"
        return f'{head}      <skipped message="{xml(reason)}"/>\n    </testcase>\n', "skipped"
    if finding.level not in _FAILS:
        text = f"{finding.level.value}: {finding.message}"
        return f'{head}      <skipped message="{xml(text)}"/>\n    </testcase>\n', "skipped"
    policy = phrases.policy_line(finding.policy)
    body = f"{place}\n{finding.message}\nfix: {finding.remedy}\npolicy: {policy}"
    return (
        f'{head}      <failure type="{finding.level.value}" message="{xml(finding.message)}">'
        f"{xml(body)}</failure>\n    </testcase>\n"
    ), "failure"


def _unanswered(name: str, reason: str) -> tuple[str, str]:
    text = xml(f"could not be asked about: {reason}")
    return (
        f'    <testcase classname="{xml(name)}" name="facts" time="0">\n'
        f'      <error type="unanswered" message="{text}"/>\n    </testcase>\n'
    ), "error"


def _silent(name: str, why: str) -> tuple[str, str]:
    return (
        f'    <testcase classname="{xml(name)}" name="no finding told" time="0">\n'
        f'      <skipped message="{why}"/>\n    </testcase>\n'
    ), "skipped"


FORMAT = Format(
    name="junit",
    description="for test dashboards (JUnit XML)",
    suffix=".xml",
    render=render,
)
