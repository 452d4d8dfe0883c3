from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner.errors import PolicyBroken, UsageError
from scanner.policy.load import check, gather, policy_in_force
from scanner.policy.policy import Policy
from scanner.policy.sources import pack_names, read_from
from scanner.records.fact import Confidence
from scanner.records.finding import Level, PolicyPlace
from scanner.records.sighting import Scope
from scanner.records.unknown import Unknown
from tests.policy.build import KNOWLEDGE, asset, judge, load, said

ORGANIZATION = """version: 1
rules:
  license-not-allowed: {allow: [MIT, Apache-2.0]}
"""


def names(policy: Policy) -> list[str]:
    return [source.path for source in policy.stamp.sources]


def text_of(policy: Policy, rule: str, option: str) -> str:
    from scanner.policy.compose import RuleBook
    from scanner.policy.reference import written

    book = RuleBook(policy.judges[0], policy.rules)
    chosen = next(each for each in policy.rules if each.id == rule)
    return written(getattr(book.everywhere(chosen).options, option))


def test_without_any_policy_the_baseline_is_in_force() -> None:
    assert names(load({})) == ["pack:baseline"]


def test_the_projects_own_file_is_in_force_with_what_it_extends() -> None:
    assert names(load("version: 1\nextends: [permissive-only]\n")) == [
        "pack:baseline", "pack:permissive-only", "lading.yaml",
    ]  # fmt: skip


def test_the_table_of_pyproject_is_in_force_where_there_is_no_file() -> None:
    toml = '[project]\nname = "x"\n\n[tool.lading]\nversion = 1\n\n'
    toml += '[tool.lading.rules]\nlicense-unknown = "error"\n'
    policy = load({"pyproject.toml": toml})
    assert names(policy) == ["pyproject.toml"]
    assert text_of(policy, "license-unknown", "level") == "error"
    assert policy.judges[0].rules["license-unknown"].place == PolicyPlace("pyproject.toml", 8)


def test_a_pyproject_that_only_speaks_of_lading_holds_no_policy() -> None:
    toml = '[project]\ndependencies = ["lading"]\n# [tool.lading] would be here\n'
    assert names(load({"pyproject.toml": toml})) == ["pack:baseline"]


def test_both_at_once_are_refused() -> None:
    with pytest.raises(UsageError) as raised:
        load({"pyproject.toml": "[tool.lading]\nversion = 1\n", "lading.yaml": "version: 1\n"})
    assert str(raised.value) == (
        "lading.yaml and [tool.lading] in pyproject.toml both hold a policy\n"
        "  keep one of them, so that one file decides"
    )


def test_a_pack_can_be_given_by_name() -> None:
    assert names(load({}, ("permissive-only",))) == ["pack:baseline", "pack:permissive-only"]


def test_a_policy_that_is_not_there_is_refused_with_the_nearest_pack() -> None:
    with pytest.raises(UsageError) as raised:
        load({}, ("permisive-only",))
    assert "no policy file or pack is called 'permisive-only'" in str(raised.value)
    assert "did you mean 'permissive-only'?" in str(raised.value)


def test_several_given_policies_are_laid_over_each_other() -> None:
    files = {
        "a.yaml": "version: 1\nrules: {license-unknown: error}\n",
        "b.yaml": "version: 1\nrules: {license-unknown: note}\n",
    }
    assert text_of(load(files, ("a.yaml", "b.yaml")), "license-unknown", "level") == "note"
    assert text_of(load(files, ("b.yaml", "a.yaml")), "license-unknown", "level") == "error"


def test_a_file_outside_the_project_can_be_given_and_extends_its_neighbors(tmp_path: Path) -> None:
    house, project = tmp_path / "house", tmp_path / "project"
    house.mkdir()
    project.mkdir()
    (house / "base.yaml").write_text("version: 1\nrules: {license-unknown: error}\n")
    (house / "org.yaml").write_text("version: 1\nextends: [./base.yaml, permissive-only]\n")
    policy = policy_in_force(project, (str(house / "org.yaml"),), KNOWLEDGE)
    assert names(policy) == ["base.yaml", "pack:baseline", "pack:permissive-only", "org.yaml"]


def test_a_file_outside_cannot_climb_out_of_its_folder(tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (tmp_path / "secret.yaml").write_text("version: 1\n")
    (house / "org.yaml").write_text("version: 1\nextends: [../secret.yaml]\n")
    with pytest.raises(PolicyBroken, match=r"there is no file '\.\./secret\.yaml'"):
        policy_in_force(tmp_path / "project", (str(house / "org.yaml"),), KNOWLEDGE)


def test_a_link_out_of_the_project_is_as_good_as_absent(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("version: 1\n")
    project = tmp_path / "project"
    project.mkdir()
    (project / "lading.yaml").symlink_to(tmp_path / "outside.yaml")
    assert read_from(project)("lading.yaml") is None


def test_paths_below_the_root_are_read_from_where_the_file_stands() -> None:
    files = {
        "lading.yaml": "version: 1\nextends: [./policies/house.yaml]\n",
        "policies/house.yaml": "version: 1\nextends: [./parts/strict.yaml, ../shared.yaml]\n",
        "policies/parts/strict.yaml": "version: 1\nrules: {license-unknown: error}\n",
        "shared.yaml": "version: 1\nrules: {revision-not-pinned: error}\n",
    }
    assert names(load(files)) == [
        "policies/parts/strict.yaml",
        "shared.yaml",
        "policies/house.yaml",
        "lading.yaml",
    ]


def test_a_file_that_two_others_extend_is_read_once() -> None:
    files = {
        "lading.yaml": "version: 1\nextends: [./a.yaml, ./b.yaml]\n",
        "a.yaml": "version: 1\nextends: [./c.yaml]\n",
        "b.yaml": "version: 1\nextends: [./c.yaml]\n",
        "c.yaml": "version: 1\n",
    }
    assert names(load(files)) == ["c.yaml", "a.yaml", "b.yaml", "lading.yaml"]


def test_mistakes_of_every_file_are_told_together() -> None:
    files = {
        "lading.yaml": "version: 1\nextends: [./a.yaml]\nrules: {licence-unknown: error}\n",
        "a.yaml": "version: 1\nuse: {territories: [de]}\n",
    }
    with pytest.raises(PolicyBroken) as raised:
        load(files)
    assert [(each.file, each.line) for each in raised.value.mistakes] == [("a.yaml", 2), ("lading.yaml", 3)]


def test_a_package_can_carry_a_policy_as_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    info = site / "acme_policies-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "acme_policies").mkdir()
    (site / "acme_policies" / "__init__.py").write_text("raise SystemExit('imported')\n")
    (site / "acme_policies" / "house.yaml").write_text("version: 1\nrules: {license-unknown: error}\n")
    (site / "secret.yaml").write_text("version: 1\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-policies\nVersion: 1.0\n")
    (info / "RECORD").write_text("acme_policies/__init__.py,,\nacme_policies/house.yaml,,\n")
    monkeypatch.syspath_prepend(str(site))
    policy = load("version: 1\nextends: ['package:acme-policies/acme_policies/house.yaml']\n")
    assert names(policy) == ["package:acme-policies/acme_policies/house.yaml", "lading.yaml"]
    for wrong in ("acme_policies/none.yaml", "secret.yaml", "../secret.yaml"):
        with pytest.raises(PolicyBroken, match="has no file"):
            load(f"version: 1\nextends: ['package:acme-policies/{wrong}']\n")


def test_an_organizations_word_and_the_projects_are_both_judges() -> None:
    files = {
        "org.yaml": ORGANIZATION,
        "lading.yaml": "version: 1\nrules:\n  license-not-allowed: {allow: [Apache-2.0, GPL-3.0-only]}\n",
    }
    models = [asset("acme/mit", "MIT"), asset("acme/apache", "Apache-2.0"), asset("acme/gpl", "GPL-3.0-only")]
    found = judge(files, *models, given=("org.yaml",))
    assert said(found, "license-not-allowed") == [
        ("license-not-allowed", "error", "acme/mit"),
        ("license-not-allowed", "error", "acme/gpl"),
    ]
    assert [each.policy.file for each in found.findings if each.reference == "acme/gpl"] == ["org.yaml"]
    assert [each.policy.file for each in found.findings if each.reference == "acme/mit"] == ["lading.yaml"]


def test_a_project_can_tighten_and_never_loosen() -> None:
    off = {
        "org.yaml": ORGANIZATION,
        "lading.yaml": "version: 1\nrules: {license-not-allowed: off, license-unknown: error}\n",
    }
    found = judge(off, asset("acme/gpl", "GPL-3.0-only"), asset("acme/x", None), given=("org.yaml",))
    assert said(found, "license-not-allowed", "license-unknown") == [
        ("license-not-allowed", "error", "acme/gpl"),
        ("license-unknown", "error", "acme/x"),
    ]


def test_a_projects_silence_adds_no_defaults_under_an_organization() -> None:
    files = {"org.yaml": "version: 1\nrules: {license-unknown: off}\n", "lading.yaml": "version: 1\n"}
    assert said(judge(files, asset("acme/x", None), given=("org.yaml",)), "license-unknown") == []


EXCEPTION = """exceptions:
  - {rule: license-not-allowed, reference: acme/gpl, license: GPL-3.0-only, owner: o, reason: r,
      granted: 2026-10-01, expires: 2027-01-01}
"""


@pytest.mark.parametrize(("may", "covered"), [("", False), ("project_may: [exceptions]\n", True)])
def test_exceptions_of_a_project_count_only_where_it_may(may: str, covered: bool) -> None:
    files = {"org.yaml": ORGANIZATION + may, "lading.yaml": "version: 1\n" + EXCEPTION}
    found = judge(files, asset("acme/gpl", "GPL-3.0-only"), given=("org.yaml",))
    (finding,) = [each for each in found.findings if each.rule == "license-not-allowed"]
    assert (finding.exception is not None) is covered


def test_exceptions_of_the_organization_always_count() -> None:
    files = {"org.yaml": ORGANIZATION + EXCEPTION, "lading.yaml": "version: 1\n"}
    found = judge(files, asset("acme/gpl", "GPL-3.0-only"), given=("org.yaml",))
    assert [each.exception is not None for each in found.findings if each.rule == "license-not-allowed"] == [
        True
    ]


def test_use_of_a_project_adds_where_it_may_and_never_overrides() -> None:
    own = "version: 1\nuse: {territories: [US], commercial: true}\n"
    files = {"org.yaml": "version: 1\nuse: {territories: [DE]}\n", "lading.yaml": own}
    assert isinstance(load(files, ("org.yaml",)).use.commercial, Unknown)
    files["org.yaml"] += "project_may: [use]\n"
    use = load(files, ("org.yaml",)).use
    assert (use.territories, use.commercial) == (("DE",), True)


@pytest.mark.parametrize(("may", "silenced"), [("", False), ("project_may: [ignores]\n", True)])
def test_ignores_of_a_project_count_only_where_it_may(may: str, silenced: bool) -> None:
    from scanner.records.sighting import IgnoreComment

    comment = IgnoreComment("app.py", 3, ("license-not-allowed",), "because")
    files = {"org.yaml": ORGANIZATION + may, "lading.yaml": "version: 1\n"}
    found = judge(files, asset("acme/gpl", "GPL-3.0-only"), given=("org.yaml",), ignores=(comment,))
    assert (said(found, "license-not-allowed") == []) is silenced


def test_overlays_are_known_before_anything_is_checked() -> None:
    own = "version: 1\nknowledge: [./our-facts]\n"
    files = {"lading.yaml": own, "org.yaml": "version: 1\nknowledge: [./house-facts]\n"}
    read = {path: text.encode() for path, text in files.items()}
    root = Path("/nowhere/project")
    assert gather(root, (), read.get).overlays == ("./our-facts",)
    assert gather(root, ("org.yaml",), read.get).overlays == ("./house-facts",)
    read["org.yaml"] += b"project_may: [knowledge]\n"
    assert gather(root, ("org.yaml",), read.get).overlays == ("./our-facts", "./house-facts")


def test_top_level_settings_and_their_defaults() -> None:
    policy = load("version: 1\n")
    assert policy.include == frozenset({Scope.SHIPPED})
    assert (policy.min_confidence, policy.unlocked) == (Confidence.CORROBORATED, Level.NOTE)
    assert (policy.max_exception_days, policy.warn_before_days) == (365, 30)
    policy = load(
        "version: 1\ninclude: [test]\nmin_confidence: verified\nmax_exception_days: 90\n"
        "warn_before_days: 7\nhook: {unlocked: off}\n"
    )
    assert policy.include == frozenset({Scope.SHIPPED, Scope.TEST})
    assert (policy.min_confidence, policy.unlocked) == (Confidence.VERIFIED, None)
    assert (policy.max_exception_days, policy.warn_before_days) == (90, 7)


def test_a_project_cannot_lengthen_exceptions() -> None:
    files = {
        "org.yaml": "version: 1\nmax_exception_days: 90\n",
        "lading.yaml": "version: 1\nmax_exception_days: 900\n",
    }
    assert load(files, ("org.yaml",)).max_exception_days == 90


def test_the_digest_is_that_of_the_bytes() -> None:
    import hashlib

    own = "version: 1\n"
    assert load(own).stamp.sources[0].digest == "sha256:" + hashlib.sha256(own.encode()).hexdigest()


def test_a_list_takes_over_what_it_extends_where_it_says_so() -> None:
    base = "version: 1\nrules:\n  license-not-allowed: {allow: [MIT]}\n"
    files = {"base.yaml": base, "lading.yaml": ""}
    head = "version: 1\nextends: [./base.yaml]\nrules:\n  license-not-allowed: {allow: "
    files["lading.yaml"] = head + "[Apache-2.0]}\n"
    assert text_of(load(files), "license-not-allowed", "allow") == "[Apache-2.0]"
    files["lading.yaml"] = head + "[..., Apache-2.0]}\n"
    assert text_of(load(files), "license-not-allowed", "allow") == "[Apache-2.0, MIT]"


def test_options_a_file_does_not_name_are_kept_from_what_it_extends() -> None:
    files = {
        "base.yaml": "version: 1\nrules:\n  license-not-allowed: {allow: [MIT], scope: lineage}\n",
        "lading.yaml": "version: 1\nextends: [./base.yaml]\nrules:\n  license-not-allowed: warning\n",
    }
    policy = load(files)
    assert text_of(policy, "license-not-allowed", "scope") == "lineage"
    assert text_of(policy, "license-not-allowed", "level") == "warning"


def test_json_is_read_as_yaml() -> None:
    own = {"version": 1, "rules": {"license-unknown": {"level": "error"}}}
    assert text_of(load(json.dumps(own)), "license-unknown", "level") == "error"


def test_norway_is_a_country_and_on_is_no_boolean() -> None:
    assert load("version: 1\nuse: {territories: [NO], fields: [research]}\n").use.territories == ("NO",)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\xef\xbb\xbfversion: 2\n"])
def test_bytes_that_are_no_text_are_a_mistake(content: bytes) -> None:
    with pytest.raises(PolicyBroken):
        check(gather(Path("/nowhere/project"), (), {"lading.yaml": content}.get), KNOWLEDGE)


def test_a_huge_policy_is_refused() -> None:
    with pytest.raises(PolicyBroken, match="larger than"):
        load("version: 1\n#" + "x" * 4_100_000)


def test_too_many_files_are_refused() -> None:
    files = {f"p{n}.yaml": f"version: 1\nextends: [./p{n + 1}.yaml]\n" for n in range(60)}
    files["lading.yaml"] = "version: 1\nextends: [./p0.yaml]\n"
    with pytest.raises(PolicyBroken, match="too many files"):
        load(files)


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_is_right_and_opens_with_what_it_is(name: str) -> None:
    from scanner.knowledge.store import open_knowledge

    policy = check(gather(Path("/nowhere/project"), (name,), {}.get), open_knowledge())
    assert policy.layers[-1].file == f"pack:{name}"


def test_broken_toml_is_a_mistake_with_its_line() -> None:
    with pytest.raises(PolicyBroken) as raised:
        load({"pyproject.toml": "[tool.lading]\nversion = 1\nrules = {\n"})
    assert raised.value.mistakes[0].file == "pyproject.toml"
    assert "not TOML" in str(raised.value)


def test_a_mistake_in_toml_points_at_its_key() -> None:
    toml = (
        '[tool.lading]\nversion = 1\n\n[tool.lading.rules.license-not-allowed]\nallow = [\n  "MIT",\n'
        '  "apache2",\n]\n[[tool.lading.exceptions]]\nrule = "license-unknown"\nreference = "a/b"\n'
        'owner = "o"\nreason = "r"\n'
        "expires = 2027-13-01\n"
    )
    with pytest.raises(PolicyBroken) as raised:
        load({"pyproject.toml": toml.replace("2027-13-01", '"2027-13-01"')})
    assert [(each.line, each.what) for each in raised.value.mistakes] == [
        (7, "no license is called 'apache2'"),
        (14, "expires is not a day: '2027-13-01'"),
    ]


def test_a_day_of_toml_is_a_day() -> None:
    toml = (
        '[tool.lading]\nversion = 1\n[[tool.lading.exceptions]]\nrule = "license-unknown"\n'
        'reference = "a/b"\nowner = "o"\nreason = "r"\nexpires = 2027-03-31\n'
    )
    (entry,) = load({"pyproject.toml": toml}).exceptions
    assert (entry.expires.isoformat(), entry.place.line) == ("2027-03-31", 3)


def test_every_mistake_of_every_file_is_told_at_once_though_one_is_no_yaml_and_one_is_missing() -> None:
    files = {
        "lading.yaml": "version: 1\nextends: [./broken.yaml, ./gone.yaml, nosuch]\n"
        "rules: {remote-code: loud}\n",
        "broken.yaml": "version: 1\nrules: {a: [\n",
        "org.yaml": "version: 1\nextend: [./more.yaml]\nrules: {license-unknwon: {level: eror}}\n",
        "more.yaml": "version: 1\nuse: {territories: [XX1]}\n",
    }
    read = {path: text.encode() for path, text in files.items()}
    gathered = gather(Path("/nowhere/project"), ("org.yaml",), read.get)
    with pytest.raises(PolicyBroken) as raised:
        check(gathered, KNOWLEDGE)
    assert [(each.file, each.line, each.column) for each in raised.value.mistakes] == [
        ("broken.yaml", 3, 1),
        ("lading.yaml", 2, 26),
        ("lading.yaml", 2, 39),
        ("lading.yaml", 3, 22),
        ("more.yaml", 2, 21),
        ("org.yaml", 2, 1),
        ("org.yaml", 3, 9),
        ("org.yaml", 3, 34),
    ]
