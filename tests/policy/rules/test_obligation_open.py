from __future__ import annotations

from scanner.records.sighting import Notice
from tests.policy.build import said
from tests.policy.licensed import licensed, under_use

RULE = "obligation-open"
ON = "obligation-open: {level: warning}"
USE = "distribution: [embedded], finetunes: false"


def test_an_open_duty_is_found_and_an_unknown_one_is_not() -> None:
    judgement = under_use(licensed("acme/model", "mit"), USE, ON)
    assert said(judgement, RULE) == [(RULE, "warning", "acme/model")]
    assert judgement.findings[0].message == (
        'acme/model: hand over a copy of the license (¶2: "this permission notice shall be included" of mit)'
    )


def test_a_duty_that_is_met_passes() -> None:
    notices = (Notice("NOTICE", "Built with Llama"),)
    open_ones = under_use(licensed("acme/model", "llama-3.1"), USE, ON, notices=notices)
    assert len(said(open_ones, RULE)) == 2


def test_nothing_passed_on_nothing_open() -> None:
    assert said(under_use(licensed("acme/model", "mit"), "distribution: [internal]", ON), RULE) == []


def test_a_scan_of_some_files_is_silent() -> None:
    assert said(under_use(licensed("acme/model", "mit"), USE, ON, scope="files"), RULE) == []
