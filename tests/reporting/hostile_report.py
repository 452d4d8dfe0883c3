"""The sample with text of others turned against whoever reads it."""

from __future__ import annotations

from dataclasses import replace

from scanner.records.fact import Confidence, Evidence
from scanner.records.report import Report
from tests.reporting.sample_assets import ASSETS
from tests.reporting.sample_report import EXCEPTIONS, FINDINGS, OBLIGATIONS, REFERENCES, REPORT

HOSTILE = "evil\x1b[2J\x1b]0;title\x07\r\n\u202egnp\x9b\ud800"


def hostile() -> Report:
    """Every field a stranger can fill holds what steers a terminal or hides."""
    sighting = replace(
        REFERENCES[0].sighting,
        name=HOSTILE,
        revision=HOSTILE,
        call=HOSTILE,
        library=HOSTILE,
        base_url=HOSTILE,
        location=replace(REFERENCES[0].sighting.location, file=HOSTILE),
    )
    place = replace(REFERENCES[0], sighting=sighting)
    base = ASSETS[4].lineage
    assert isinstance(base, tuple)
    ancestor = replace(base[0], name=HOSTILE, of=HOSTILE, relation=HOSTILE, license_key=HOSTILE)
    license_ = replace(ASSETS[2].license, expression=HOSTILE, key=HOSTILE, declared=(HOSTILE,))
    asset = replace(ASSETS[2], name=HOSTILE, commit=HOSTILE, license=license_, modality=HOSTILE)
    asset = replace(asset, library=HOSTILE, lineage=(replace(ancestor, publisher=HOSTILE),))
    api = replace(ASSETS[0], name=f"{HOSTILE}:{HOSTILE}", id=HOSTILE)
    fact = Evidence("license.key", HOSTILE, HOSTILE, "2026-11-20", Confidence.UNVERIFIED, HOSTILE, HOSTILE)
    finding = replace(FINDINGS[0], message=HOSTILE, remedy=HOSTILE, file=HOSTILE, reference=HOSTILE)
    finding = replace(finding, evidence=(fact,))
    grant = FINDINGS[6].exception
    assert grant is not None
    return replace(
        REPORT,
        project=replace(REPORT.project, name=HOSTILE, commit=HOSTILE),
        references=(place, replace(place, asset=HOSTILE)),
        assets=(asset, api),
        findings=(finding, replace(finding, id="2", exception=replace(grant, reason=HOSTILE))),
        obligations=(replace(OBLIGATIONS[1], text=HOSTILE, clause=HOSTILE),),
        unresolved=(replace(REPORT.unresolved[0], expression=HOSTILE, file=HOSTILE, reason=HOSTILE),),
        exceptions=(replace(EXCEPTIONS[0], reason=HOSTILE, reference=HOSTILE),),
    )
