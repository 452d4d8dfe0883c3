"""The ways a change could make its own judge milder, each tried on a real repository with `--trust`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kit import LOADS_APACHE, LOADS_RESEARCH, STRICT, Answer, Lading, commit, make_repository
from tests.project.repositories import git

NAME = "Qwen/Qwen2.5-3B-Instruct"
GRANT = """exceptions:
  - rule: license-not-allowed
    reference: Qwen/Qwen2.5-1.5B-Instruct
    license: qwen-research
    owner: legal@example.com
    reason: evaluation
    granted: 2026-10-01
    expires: 2027-01-31
"""
HELD = "rules:\n  use-outside-license: error\n  license-not-allowed: {allow: [Apache-2.0], level: error}\n"


def rules_of(answer: Answer) -> set[str]:
    return {rule for rule, _, _ in answer.findings()}


def seen_through(
    lading: Lading, root: Path, base: str, *words: str | Path, rule: str = "license-not-allowed"
) -> Answer:
    """The answer with trust, to an attack that works without it."""
    assert lading.scan(root, *words).code == 0, "the attack works without trust"
    answer = lading.scan(root, *words, "--trust", base)
    assert answer.code == 1
    assert rules_of(answer) >= {rule, "policy-loosened"}
    return answer


def test_an_exception_the_change_widens_covers_no_more_than_it_did(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    base = make_repository(root, {"app.py": LOADS_APACHE, "lading.yaml": STRICT + GRANT})
    wider = GRANT.replace("Qwen/Qwen2.5-1.5B-Instruct", '"Qwen/Qwen2.5-*"')
    commit(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT + wider})
    answer = seen_through(lading, root, base)
    assert "an exception for Qwen/Qwen2.5-* from license-not-allowed is added" in answer.out


def test_a_use_the_change_declares_otherwise_judges_nothing(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    policy = (
        "version: 1\nuse: {commercial: true}\nrules: {use-outside-license: error, revision-not-pinned: off}\n"
    )
    base = make_repository(root, {"app.py": LOADS_APACHE, "lading.yaml": policy})
    commit(root, {"app.py": LOADS_RESEARCH, "lading.yaml": policy.replace("true", "false")})
    answer = seen_through(lading, root, base, rule="use-outside-license")
    assert "use.commercial changes from true to false" in answer.out


OVERLAY = f"""records:
  {NAME}:
    license: apache-2.0
    bases: []
    root: yes
    gated: false
    confidence: verified
    source: our own word
    as_of: 2026-11-01
"""


@pytest.mark.parametrize("had_folder", [False, True])
def test_facts_the_change_lays_over_are_not_believed(
    lading: Lading, tmp_path: Path, had_folder: bool
) -> None:
    root = tmp_path / "shop"
    named = STRICT.replace("version: 1\n", "version: 1\nknowledge: [./facts]\n")
    before = {"app.py": LOADS_RESEARCH, "lading.yaml": named if had_folder else STRICT}
    if had_folder:
        before["facts/catalog/none.yaml"] = "records: {}\n"
    base = make_repository(root, before)
    commit(root, {"lading.yaml": named, "facts/catalog/ours.yaml": OVERLAY})
    seen_through(lading, root, base)


def test_a_license_the_change_edits_in_the_lockfile_is_not_believed(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make_repository(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    assert lading("lock", root, "--offline", "--date", "2026-11-22").code == 0
    base = commit(root, {})
    lock = (root / "lading.lock").read_text()
    forged = lock.replace("LicenseRef-lading-qwen-research-2024-09-19", "Apache-2.0")
    forged = forged.replace("qwen-research-2024-09-19", "apache-2.0").replace("non-commercial", "permissive")
    assert forged != lock
    commit(root, {"lading.lock": forged})
    answer = lading.scan(root, "--trust", base)
    assert answer.code == 1
    assert rules_of(answer) >= {"license-not-allowed", "lock-edited"}
    without = lading.scan(root)
    assert (without.code, rules_of(without)) == (0, {"lock-contradicts-source"}), "it works without trust"


def test_a_table_in_pyproject_is_trusted_as_it_was(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    table = (
        "[tool.lading]\nversion = 1\n"
        '[tool.lading.rules]\nrevision-not-pinned = "off"\n'
        'license-not-allowed = {allow = ["Apache-2.0"], level = "error"}\n'
    )
    base = make_repository(root, {"app.py": LOADS_APACHE, "pyproject.toml": table})
    looser = table.replace('["Apache-2.0"]', '["Apache-2.0", "qwen-research"]')
    commit(root, {"app.py": LOADS_RESEARCH, "pyproject.toml": looser})
    answer = seen_through(lading, root, base)
    assert "license-not-allowed.allow gains qwen-research" in answer.out


def test_a_policy_that_moves_to_another_file_is_the_one_it_was(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    base = make_repository(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    (root / "lading.yaml").unlink()
    commit(root, {"pyproject.toml": "[tool.lading]\nversion = 1\n"})
    seen_through(lading, root, base)


def test_the_organizations_file_in_the_repository_is_trusted_as_it_was(
    lading: Lading, tmp_path: Path
) -> None:
    root = tmp_path / "shop"
    base = make_repository(root, {"app.py": LOADS_APACHE, "house.yaml": STRICT})
    commit(root, {"app.py": LOADS_RESEARCH, "house.yaml": "version: 1\n"})
    seen_through(lading, root, base, "--policy", root / "house.yaml")


def test_a_file_the_policy_extends_is_trusted_as_it_was(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    own = "version: 1\nextends: [./policies/house.yaml]\n"
    base = make_repository(root, {"app.py": LOADS_APACHE, "lading.yaml": own, "policies/house.yaml": STRICT})
    commit(root, {"app.py": LOADS_RESEARCH, "policies/house.yaml": "version: 1\n"})
    seen_through(lading, root, base)


def test_a_baseline_file_the_change_brings_along_hides_nothing(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    base = make_repository(root, {"app.py": LOADS_APACHE, "lading.yaml": STRICT})
    commit(root, {"app.py": LOADS_RESEARCH})
    lading.scan(root, "--write-baseline", root / "base.json")
    commit(root, {})
    assert lading.scan(root, "--baseline", "base.json").code == 0, "the attack works without trust"
    answer = lading.scan(root, "--baseline", "base.json", "--trust", base)
    assert (answer.code, rules_of(answer)) == (1, {"license-not-allowed", "policy-loosened"})


def judged_since(lading: Lading, root: Path, base: str) -> tuple[int, list[tuple[str, str]]]:
    answer = lading.scan(root, "--diff", base)
    return answer.code, [(each["rule"], each["file"]) for each in answer.report["findings"]]


def test_a_difference_judges_only_the_settings_it_adds(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    policy = "version: 1\nrules: {hub-redirected: error, name-unresolved: error}\n"
    old = "HF_ENDPOINT=https://one.example\n"
    base = make_repository(root, {"old.env": old, "lading.yaml": policy})
    assert lading.scan(root).code == 1
    commit(root, {"old.env": "# moved\n" + old})
    assert judged_since(lading, root, base) == (0, [])
    commit(root, {"new.env": old.replace("one", "two")})
    assert judged_since(lading, root, base) == (1, [("hub-redirected", "new.env")])


def test_a_difference_judges_the_names_it_leaves_to_run_time(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    policy = "version: 1\nrules: {name-unresolved: error}\n"
    loads = (
        "import os\nfrom transformers import AutoModel\nAutoModel.from_pretrained(os.environ['A_MODEL'])\n"
    )
    base = make_repository(root, {"old.py": loads, "lading.yaml": policy})
    commit(root, {"old.py": "# moved\n" + loads})
    assert judged_since(lading, root, base) == (0, [])
    commit(root, {"new.py": loads.replace("A_MODEL", "B_MODEL")})
    assert judged_since(lading, root, base) == (1, [("name-unresolved", "new.py")])


def test_a_folder_of_a_larger_repository_is_trusted_as_it_was(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "all"
    base = make_repository(root, {"shop/app.py": LOADS_APACHE, "shop/lading.yaml": STRICT, "x.py": "x = 1\n"})
    commit(root, {"shop/app.py": LOADS_RESEARCH, "shop/lading.yaml": "version: 1\n"})
    seen_through(lading, root / "shop", base)
    changed = lading.scan(root / "shop", "--trust", base, "--diff", base)
    assert changed.code == 1
    assert {f["file"] for f in changed.report["findings"]} == {"app.py", "lading.yaml"}
    commit(root, {"shop/more.py": "y = 2\n"})
    assert lading.scan(root / "shop", "--diff", "HEAD~1").report["findings"] == []


def test_a_first_policy_is_judged_by_the_default_one(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    runs_code = LOADS_APACHE.replace('8B")', '8B", trust_remote_code=True)')
    base = make_repository(root, {"app.py": LOADS_APACHE})
    commit(root, {"app.py": runs_code, "lading.yaml": "version: 1\nrules: {remote-code: off}\n"})
    seen_through(lading, root, base, rule="remote-code")


def test_a_first_lockfile_is_not_believed(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    base = make_repository(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    assert lading("lock", root, "--offline", "--date", "2026-11-22").code == 0
    lock = (root / "lading.lock").read_text()
    forged = lock.replace("LicenseRef-lading-qwen-research-2024-09-19", "Apache-2.0")
    commit(root, {"lading.lock": forged.replace("qwen-research-2024-09-19", "apache-2.0")})
    assert lading.scan(root).code == 0, "the attack works without trust"
    answer = lading.scan(root, "--trust", base)
    assert (answer.code, "license-not-allowed" in rules_of(answer)) == (1, True)


def test_a_part_of_the_project_the_change_makes_milder_is_judged_as_before(
    lading: Lading, tmp_path: Path
) -> None:
    root = tmp_path / "shop"
    base = make_repository(root, {"app.py": LOADS_APACHE, "lading.yaml": STRICT})
    milder = STRICT + "scopes:\n  - {paths: [app.py], rules: {license-not-allowed: off}}\n"
    commit(root, {"app.py": LOADS_RESEARCH, "lading.yaml": milder})
    seen_through(lading, root, base)


def test_a_shallow_clone_is_told_how_to_deepen_for_trust_too(lading: Lading, tmp_path: Path) -> None:
    first = make_repository(tmp_path / "far", {"a.py": "x = 1\n"})
    commit(tmp_path / "far", {"a.py": "x = 2\n"})
    near = tmp_path / "near"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path / 'far'}", str(near))
    answer = lading.scan(near, "--trust", first)
    assert answer.code == 2
    assert answer.err.splitlines()[-2:] == ["  git fetch --unshallow origin", f"  git fetch origin {first}"]
