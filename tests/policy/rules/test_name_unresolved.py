from __future__ import annotations

from scanner.records.sighting import IgnoreComment, Kind, Unresolved
from tests.policy.build import judge, only, said

RULE = "name-unresolved"
PLACE = Unresolved(Kind.HF_MODEL, "args.model", "train.py", 12, 9, "command line")


def test_a_project_that_names_everything_passes() -> None:
    assert said(judge("{}"), RULE) == []


def test_a_name_decided_elsewhere_is_a_note_with_its_reason() -> None:
    finding = only(judge("{}", unresolved=(PLACE,)), RULE)
    assert (finding.level.value, finding.asset, finding.reference) == ("note", "none", "none")
    assert finding.message == "which hf-model args.model names is not known: command line"
    assert (finding.file, finding.line, finding.column) == ("train.py", 12, 9)


def test_a_policy_can_make_it_an_error() -> None:
    assert only(judge(f"{RULE}: error", unresolved=(PLACE,)), RULE).level.value == "error"


def test_an_ignore_silences_it() -> None:
    comment = IgnoreComment("train.py", 12, (RULE,), "given by the scheduler")
    assert said(judge("{}", unresolved=(PLACE,), ignores=(comment,))) == []
