from __future__ import annotations

import pytest

from scanner.records.fact import Confidence
from scanner.records.finding import Judgement
from scanner.records.lock import Lock, LockedBlock, LockedLicense
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.policy.build import COMMIT, asset, judge, only, reference, said

RULE = "revision-not-pinned"


def at(revision: str | Unknown, options: str = "{}", **changes: object) -> Judgement:
    model = asset("acme/model", **changes)  # type: ignore[arg-type]
    return judge(f"{RULE}: {options}", model, reference(model, revision=revision))


def test_a_commit_is_a_pin() -> None:
    assert said(at(COMMIT), RULE) == []


@pytest.mark.parametrize("revision", ["main", "v1.0", "refs/pr/3", COMMIT[:12], COMMIT.upper()])
def test_anything_else_is_not(revision: str) -> None:
    finding = only(at(revision), RULE)
    assert finding.message == f"acme/model is used at {revision!r}, which is no commit"
    assert (finding.level.value, finding.remedy) == ("warning", f'write revision="{COMMIT}"')


def test_no_revision_at_all_is_not() -> None:
    assert only(at("none"), RULE).message == "acme/model is used without a revision"


def test_a_revision_chosen_at_run_time_is_not() -> None:
    finding = only(at(Unknown("environment")), RULE)
    assert finding.message == "acme/model is used at a revision that is not known here (environment)"


def test_a_tag_is_a_pin_where_the_policy_says_so_and_a_branch_never() -> None:
    assert said(at("v1.0.2", "{accept_tags: true}"), RULE) == []
    assert said(at("main", "{accept_tags: true}"), RULE) != []


def test_without_a_known_commit_the_remedy_is_to_lock() -> None:
    finding = only(at("none", commit=Unknown("offline")), RULE)
    assert finding.remedy == "lading lock, then write the commit it finds"


def test_a_lockfile_lowers_it_to_a_note_that_says_what_it_is_not() -> None:
    finding = only(at("none", answered_by="lockfile"), RULE)
    assert finding.level.value == "note"
    assert finding.message == (
        f"acme/model is used without a revision; {COMMIT[:12]} is locked, "
        "but nothing reads lading.lock at run time"
    )
    assert said(at("none", "{locked: off}", answered_by="lockfile"), RULE) == []
    assert said(at("none", "{locked: error}", answered_by="lockfile"), RULE)[0][1] == "error"


@pytest.mark.parametrize("kind", [Kind.API_MODEL, Kind.OLLAMA, Kind.LOCAL_WEIGHTS])
def test_what_has_no_commits_is_not_judged(kind: Kind) -> None:
    assert said(at("none", kind=kind), RULE) == []


def test_an_exception_covers_it() -> None:
    model = asset("acme/model")
    held = (
        "version: 1\nexceptions:\n  - {rule: revision-not-pinned, reference: acme/model, owner: o, "
        "reason: r, granted: 2026-10-01, expires: 2027-01-01}\n"
    )
    found = judge(held, model, reference(model, revision="main"))
    assert only(found, RULE).exception is not None


def test_a_locked_commit_counts_whoever_answered_and_is_the_line_to_write() -> None:
    unsaid = Unknown("not in this test")
    locked = "e" * 40
    block = LockedBlock(
        Kind.HF_MODEL, "acme/model", "none", "acme/model", locked, unsaid, LockedLicense(unsaid, unsaid, ()),
        unsaid, (), False, unsaid, "public", "hub", "2026-11-22", Confidence.VERIFIED, 6,
    )  # fmt: skip
    lock = Lock("lading.lock", "sha256:0", (block,))
    model = asset("acme/model")
    finding = only(judge(f"{RULE}: {{}}", model, reference(model, revision="none"), lock=lock), RULE)
    assert (finding.level.value, finding.remedy) == ("note", f'write revision="{locked}"')
    branch = judge(f"{RULE}: {{}}", model, reference(model, revision="dev"), lock=lock)
    assert only(branch, RULE).level.value == "warning"


@pytest.mark.parametrize(
    ("detector", "revision", "kind", "remedy"),
    [
        ("command-line", "none", Kind.HF_MODEL, f"write --revision {COMMIT}"),
        ("javascript-calls", "none", Kind.HF_MODEL, f'write {{ revision: "{COMMIT}" }}'),
        ("config-key", "main", Kind.HF_MODEL, f'write revision: "{COMMIT}" beside it'),
        ("fetched-address", "main", Kind.HF_MODEL, f"write {COMMIT} for main in the address"),
        ("fetched-address", "none", Kind.HF_MODEL, f"git checkout {COMMIT} in what was cloned"),
        ("library-calls", "none", Kind.TORCH_HUB, f"write acme/model:{COMMIT}"),
    ],
)
def test_the_remedy_is_the_line_to_write_at_that_place(
    detector: str, revision: str, kind: Kind, remedy: str
) -> None:
    model = asset("acme/model", kind=kind)
    place = reference(model, revision=revision, detector=detector)
    assert only(judge("{}", model, place), RULE).remedy == remedy
