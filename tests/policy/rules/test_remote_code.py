from __future__ import annotations

from dataclasses import replace

from scanner.records.asset import ModelFile
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Judgement
from scanner.records.unknown import Unknown
from tests.policy.build import COMMIT, asset, judge, only, reference, said

RULE = "remote-code"


def at(
    remote_code: bool | Unknown | None, revision: str = "none", options: str = "{}", **facts: object
) -> Judgement:
    model = asset("acme/model", **facts)  # type: ignore[arg-type]
    place = reference(model, remote_code=remote_code, revision=revision)
    return judge(f"{RULE}: {options}", model, place)


def test_a_place_that_allows_none_passes() -> None:
    assert said(at(False), RULE) == []
    assert said(at(None), RULE) == []


def test_code_of_a_moving_revision_is_an_error_with_the_line_to_write() -> None:
    finding = only(at(True), RULE)
    assert finding.level.value == "error"
    assert finding.message == "loading acme/model runs code of its repository, whatever it holds on that day"
    assert finding.remedy == f'take trust_remote_code out, or write revision="{COMMIT}"'


def test_where_no_commit_is_known_the_remedy_is_to_lock() -> None:
    finding = only(at(True, commit=Unknown("offline")), RULE)
    assert (
        finding.remedy == "take trust_remote_code out, or write a commit as revision (lading lock finds it)"
    )


def test_code_of_a_fixed_commit_is_a_warning_that_can_be_silenced() -> None:
    finding = only(at(True, COMMIT), RULE)
    assert (finding.level.value, COMMIT[:12] in finding.message) == ("warning", True)
    assert said(at(True, COMMIT, "{pinned: off}"), RULE) == []


def test_what_is_decided_at_run_time_is_a_question() -> None:
    finding = only(at(Unknown("chosen at run time")), RULE)
    assert (finding.level.value, finding.missing) == ("question", "trust_remote_code")
    assert said(at(Unknown("environment"), options="{unknown: off}"), RULE) == []


def test_an_exception_covers_it() -> None:
    model = asset("acme/model")
    held = (
        "version: 1\nexceptions:\n  - {rule: remote-code, reference: acme/model, owner: o, reason: read, "
        "granted: 2026-10-01, expires: 2027-01-01}\n"
    )
    found = judge(held, model, reference(model, remote_code=True, revision="none"))
    assert only(found, RULE).exception is not None


def test_the_files_of_code_are_evidence() -> None:
    files = (ModelFile("modeling.py", "code", 9, True), ModelFile("a.safetensors", "safetensors", 9, False))
    (fact,) = only(at(True, files=files), RULE).evidence
    assert (fact.fact, fact.value, fact.source) == ("files", ("modeling.py",), f"hub:acme/model@{COMMIT}")


def test_a_folder_that_takes_its_classes_from_elsewhere_is_told_with_class_and_repository() -> None:
    model = asset("acme/code")
    header = (("auto_map", "acme/code--modeling.Boat"),)
    place = reference(
        model, "boat/config.json", remote_code=True, call="auto_map", header=header, revision="none"
    )
    assert only(judge("{}", model, place), RULE).message == (
        "loading the model of boat/config.json runs modeling.Boat of acme/code, whatever it holds on that day"
    )


def test_a_model_with_code_of_its_own_is_a_note_where_the_place_does_not_say() -> None:
    model = asset("acme/model")
    tag = Evidence("custom_code", True, "hub:acme/model", "2026-11-20", Confidence.VERIFIED)
    tagged = replace(model, license=replace(model.license, evidence=(tag,)))
    place = reference(tagged, remote_code=None)
    assert only(judge("{}", tagged, place), RULE).level.value == "note"
    assert said(judge(f"{RULE}: {{needed: off}}", tagged, place), RULE) == []
    assert said(judge("{}", tagged, reference(tagged, remote_code=False)), RULE) == []
