from __future__ import annotations

from scanner.records.sighting import Kind, Notice
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


def remedies(key: str, use: str = USE, kind: Kind = Kind.HF_MODEL) -> dict[str, str]:
    found = under_use(licensed("acme/model", key, kind=kind), use, ON).findings
    return {each.message.split(": ")[1].split(" (")[0]: each.remedy for each in found if each.rule == RULE}


def test_a_remedy_names_what_a_scan_would_see() -> None:
    files = "NOTICE, LICENSE, a third-party file or a folder LICENSES that is shipped"
    assert remedies("llama-3.1") == {
        "hand over a copy of the license": f"put the whole text of the license into {files}",
        "show the attribution": f"say it in those words in {files}",
        "put the notice into a NOTICE file": f"say it in those words in {files}",
    }


def test_a_duty_without_words_is_settled_by_an_exception_and_by_no_file() -> None:
    key = "deepseek-open-platform-2026-04-29"
    said = remedies(key, "distribution: [hosted-service]", Kind.API_MODEL)
    assert list(said.values()) == [
        "no file can show it; do it, then ask for an exception: lading policy exception add acme/model"
        f' --rule obligation-open --license {key} --owner OWNER --reason "REASON"'
    ]


def test_a_text_that_cannot_be_recognized_is_not_asked_for_in_a_file() -> None:
    said = remedies("minimax-m2.1-modified-mit")["hand over a copy of the license"]
    assert said.startswith("no file can show it; do it, then ask for an exception: ")
