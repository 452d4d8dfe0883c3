from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.kit import DAY, LOADS_RESEARCH, Lading, write
from tests.reporting.schema import mistakes


def test_check_lists_every_mistake_with_line_and_advice(lading: Lading, tmp_path: Path) -> None:
    write(
        tmp_path, {"lading.yaml": "version: 1\nrules: {licence-unknown: error}\nuse: {territories: [de]}\n"}
    )
    answer = lading("policy", "check", "--root", str(tmp_path))
    assert answer.code == 2
    assert "lading.yaml:2:9: the rule 'licence-unknown' is not known" in answer.err
    assert "did you mean 'license-unknown'?" in answer.err
    assert "lading.yaml:3:21: not a country: 'de'" in answer.err


def test_check_says_what_is_in_force(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"lading.yaml": "version: 1\nextends: [permissive-only]\n"})
    answer = lading("policy", "check", "--root", str(tmp_path))
    assert answer.code == 0
    assert answer.out.startswith("no mistake in pack:baseline, pack:permissive-only, lading.yaml\n")


def test_check_reads_a_file_by_itself(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"lading.yaml": "broken: [", "house.yaml": "version: 1\nextends: [baseline]\n"})
    house = str(tmp_path / "house.yaml")
    answer = lading("policy", "check", house, "--root", str(tmp_path))
    assert (answer.code, answer.out.splitlines()[0]) == (0, "no mistake in pack:baseline, house.yaml")
    assert lading("policy", "check", "permissive-only").code == 0
    assert lading("policy", "check", house, "--policy", house).code == 2


def test_check_counts_sources_nobody_verified(lading: Lading, tmp_path: Path) -> None:
    note = "sources:\n  - {setting: use.territories, source: a letter, status: unverified}\n"
    write(tmp_path, {"lading.yaml": "version: 1\n" + note})
    answer = lading("policy", "check", "--root", str(tmp_path))
    assert "1 value with a source, 1 of them unverified" in answer.out
    assert "lading.yaml:3: use.territories (a letter)" in answer.out


def test_check_says_what_cannot_be_meant(lading: Lading, tmp_path: Path) -> None:
    own = "version: 1\nrules:\n  single-source: {weights_count: false}\n"
    own += "  license-not-allowed: {allow: [MIT, ISC], deny: [MIT]}\n"
    write(tmp_path, {"lading.yaml": own})
    answer = lading("policy", "check", "--root", str(tmp_path))
    assert (
        "lading.yaml:3: single-source is off, so weights_count has no effect: give it a level" in answer.out
    )
    assert "lading.yaml:4: MIT stands under allow and under deny, which wins" in answer.out
    assert "ISC stands" not in answer.out


def test_check_says_that_a_project_grants_itself_nothing(lading: Lading, tmp_path: Path) -> None:
    grant = "version: 1\nproject_may: [exceptions]\n"
    write(tmp_path, {"lading.yaml": grant, "org.yaml": grant})
    root, organization = ("--root", str(tmp_path)), str(tmp_path / "org.yaml")
    said = "project_may has no effect in a project's own policy, only in one given with --policy"
    alone = lading("policy", "check", *root)
    both = lading("policy", "check", "--policy", organization, *root)
    assert [answer.out.count(f"  lading.yaml:2: {said}\n") for answer in (alone, both)] == [1, 1]
    assert [answer.out.count(said) for answer in (alone, both)] == [1, 1]
    assert said not in lading("policy", "check", organization, *root).out


def test_a_pack_that_organization_and_project_extend_is_named_once(lading: Lading, tmp_path: Path) -> None:
    own = "version: 1\nextends: [baseline]\n"
    write(tmp_path, {"lading.yaml": own, "org.yaml": own + "project_may: [use, exceptions]\n"})
    given = ("--policy", str(tmp_path / "org.yaml"))
    shown = lading("policy", "show", *given, "--root", str(tmp_path)).out.splitlines()
    assert shown[0] == "Files, the last one strongest; a place must pass what each of the two says"
    assert [(line.split()[0], line.split("  ")[-1]) for line in shown[1:4]] == [
        ("pack:baseline", "organization and project"),
        ("org.yaml", "organization"),
        ("lading.yaml", "project"),
    ]
    scanned = lading("scan", str(tmp_path), *given, "--offline", "-f", "json", "--date", DAY).report
    assert [(each["path"], each["by"]) for each in scanned["policy"]["sources"]] == [
        ("pack:baseline", ["organization", "project"]),
        ("org.yaml", ["organization"]),
        ("lading.yaml", ["project"]),
    ]
    assert scanned["policy"]["project_may"] == ["exceptions", "use"]
    assert mistakes(scanned) == []
    alone = lading.scan(tmp_path).report["policy"]
    assert (list(alone), [list(each) for each in alone["sources"]]) == (
        ["sources"],
        [["path", "digest"], ["path", "digest"]],
    )


def test_check_says_what_has_no_effect_under_an_organizations_policy(lading: Lading, tmp_path: Path) -> None:
    own = "version: 1\nuse: {commercial: true}\nignores:\n  - {path: a, rule: license-unknown, reason: r}\n"
    write(tmp_path, {"lading.yaml": own, "org.yaml": "version: 1\n"})
    answer = lading("policy", "check", "--root", str(tmp_path), "--policy", str(tmp_path / "org.yaml"))
    why = "has no effect, the organization's policy does not let a project say it (project_may)"
    assert f"lading.yaml:4: the ignore of license-unknown in a {why}" in answer.out
    assert f"lading.yaml:2: use.commercial {why}" in answer.out


def test_show_names_the_line_of_each_value(lading: Lading, tmp_path: Path) -> None:
    write(
        tmp_path, {"lading.yaml": "version: 1\nextends: [permissive-only]\nrules:\n  license-unknown: note\n"}
    )
    answer = lading("policy", "show", "license-unknown", "--root", str(tmp_path))
    lines = [line.split() for line in answer.out.splitlines()]
    assert ["license-unknown", "note", "lading.yaml:4"] in lines
    assert ["unread_text", "true", "default"] in lines


def test_show_says_where_each_setting_of_the_whole_policy_comes_from(lading: Lading, tmp_path: Path) -> None:
    own = "version: 1\nuse: {commercial: true}\nmin_confidence: verified\nhook: {unlocked: off}\n"
    write(tmp_path, {"lading.yaml": own})
    answer = lading("policy", "show", "--root", str(tmp_path))
    lines = [line.split() for line in answer.out.splitlines()]
    for line in (
        ["commercial", "true", "lading.yaml:2"],
        ["min_confidence", "verified", "lading.yaml:3"],
        ["hook.unlocked", "off", "lading.yaml:4"],
        ["warn_before_days", "30", "built-in", "default"],
        ["license-unknown", "question", "built-in", "default"],
    ):
        assert line in lines, answer.out
    told = json.loads(lading("policy", "show", "--root", str(tmp_path), "--format", "json").out)
    assert told["use_places"] == {"commercial": {"file": "lading.yaml", "line": 2}}
    assert told["settings"]["min_confidence"] == {
        "value": "verified",
        "place": {"file": "lading.yaml", "line": 3},
    }


def test_show_as_json(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"lading.yaml": "version: 1\nrules:\n  license-not-allowed: {allow: [MIT]}\n"})
    answer = lading("policy", "show", "--root", str(tmp_path), "--format", "json")
    shown = json.loads(answer.out)
    (rule,) = [each for each in shown["judges"][0]["rules"] if each["id"] == "license-not-allowed"]
    assert rule["options"]["allow"] == {"value": "[MIT]", "place": {"file": "lading.yaml", "line": 3}}


def test_show_of_a_rule_that_does_not_exist(lading: Lading, tmp_path: Path) -> None:
    answer = lading("policy", "show", "license-unkown", "--root", str(tmp_path))
    assert (answer.code, "did you mean 'license-unknown'?" in answer.err) == (2, True)


CASES = """policy: lading.yaml
cases:
  - name: permissive passes
    given: {reference: acme/a, license: MIT, revision: 0123456789abcdef0123456789abcdef01234567}
    expect: []
  - name: copyleft does not
    given: {reference: acme/b, license: GPL-3.0-only, revision: 0123456789abcdef0123456789abcdef01234567}
    expect: [license-not-allowed: LEVEL]
"""
POLICY = "version: 1\nrules:\n  license-not-allowed: {allow: [MIT], review: [MPL-2.0]}\n"


def test_test_runs_cases_and_names_what_none_exercises(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"lading.yaml": POLICY, "a.test.yaml": CASES.replace("LEVEL", "error")})
    file = (tmp_path / "a.test.yaml").as_posix()
    answer = lading("policy", "test", file)
    assert answer.code == 0
    assert answer.out.startswith(f"{file}: 2 of 2 cases right (lading.yaml)\n")
    assert "lading.yaml:3: no case exercises license-not-allowed.review" in answer.out
    assert lading("policy", "test", file, "--all-settings").code == 1


def test_test_says_what_went_wrong_and_where(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"lading.yaml": POLICY, "a.test.yaml": CASES.replace("LEVEL", "warning")})
    file = (tmp_path / "a.test.yaml").as_posix()
    answer = lading("policy", "test", file)
    assert answer.code == 1
    assert f"{file}:6: copyleft does not" in answer.out
    assert "expected license-not-allowed: warning, which did not come" in answer.out
    assert "not expected license-not-allowed: error, acme/b is under GPL-3.0-only" in answer.out
    told = json.loads(lading("policy", "test", file, "--format", "json").out)
    assert told["files"][0]["wrong"][0]["missing"] == [{"rule": "license-not-allowed", "level": "warning"}]


def test_test_refuses_a_file_with_mistakes_and_tells_all(lading: Lading, tmp_path: Path) -> None:
    wrong = "cases:\n  - {name: x, given: {referense: a/b}, expect: [licence: error]}\n  - {given: {}}\n"
    write(tmp_path, {"lading.yaml": POLICY, "lading.test.yaml": wrong})
    answer = lading("policy", "test", (tmp_path / "lading.test.yaml").as_posix())
    assert answer.code == 2
    assert "did you mean 'reference'?" in answer.err
    assert "a case has no name" in answer.err


def test_the_packs_pass_their_own_cases(lading: Lading) -> None:
    from scanner.policy.sources import packs_folder

    files = [path.as_posix() for path in sorted(packs_folder().glob("*.test.yaml"))]
    answer = lading("policy", "test", *files)
    assert answer.code == 0, answer.out


def test_init_writes_a_policy_that_is_right(lading: Lading, tmp_path: Path) -> None:
    said = ["--extends", "permissive-only", "--country", "DE", "--territory", "DE", "--territory", "FR"]
    said += ["--commercial", "--distribution", "hosted-service", "--users", "40000", "--with-schema"]
    answer = lading("policy", "init", "--root", str(tmp_path), *said)
    assert (answer.code, answer.out) == (
        0,
        "wrote lading.yaml\n  next: lading policy show, then lading scan\n",
    )
    text = (tmp_path / "lading.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=./lading-policy.schema.json\n")
    for line in ("extends: [permissive-only]", "  territories: [DE, FR]", "  # annual_revenue_usd: 0"):
        assert line in text.splitlines()
    assert json.loads((tmp_path / "lading-policy.schema.json").read_text(encoding="utf-8"))["title"]
    assert lading("policy", "check", "--root", str(tmp_path)).code == 0


def test_init_leaves_a_policy_alone_and_needs_no_answer(lading: Lading, tmp_path: Path) -> None:
    assert lading("policy", "init", "--root", str(tmp_path)).code == 0
    again = lading("policy", "init", "--root", str(tmp_path))
    assert (again.code, "write over it with --force" in again.err) == (2, True)
    assert lading("policy", "init", "--root", str(tmp_path), "--force").code == 0


def test_init_with_a_wrong_answer_names_it(lading: Lading, tmp_path: Path) -> None:
    answer = lading("policy", "init", "--root", str(tmp_path), "--extends", "permisive-only")
    assert (answer.code, "did you mean 'permissive-only'?" in answer.err) == (2, True)


def test_exception_add_binds_to_the_license_lading_knows(lading: Lading, tmp_path: Path) -> None:
    own = "version: 1\nextends: [permissive-only]\n# kept\n"
    write(tmp_path, {"lading.yaml": own, "app.py": LOADS_RESEARCH})
    said = ["--root", str(tmp_path), "--owner", "legal@example.com", "--reason", "evaluation", "--date", DAY]
    answer = lading(
        "policy", "exception", "add", "Qwen/Qwen2.5-3B-Instruct", *said, "--expires", "2027-03-31"
    )
    assert answer.out == (
        "lading.yaml: Qwen/Qwen2.5-3B-Instruct is excepted from license-not-allowed until 2027-03-31, "
        "bound to qwen-research-2024-09-19\n"
    )
    text = (tmp_path / "lading.yaml").read_text(encoding="utf-8")
    assert text.startswith(own)
    before = lading("scan", str(tmp_path), "--offline", "--date", DAY, "-f", "json")
    assert "license-not-allowed" not in [rule for rule, _, _ in before.findings()]


def test_exception_add_refuses_what_the_policy_would_not_take(lading: Lading, tmp_path: Path) -> None:
    root = ["--root", str(tmp_path), "--owner", "o", "--reason", "r", "--date", DAY]
    assert "write one with lading policy init" in lading("policy", "exception", "add", "a/b", *root).err
    write(tmp_path, {"lading.yaml": "version: 1\nmax_exception_days: 30\n"})
    late = lading("policy", "exception", "add", "a/b", *root, "--expires", "2027-03-31")
    assert (late.code, "the policy allows 30 days" in late.err) == (2, True)
    wrong = lading("policy", "exception", "add", "a/b", *root, "--rule", "license-not-alowed")
    assert "did you mean 'license-not-allowed'?" in wrong.err
    rule = ("--rule", "license-not-allowed")
    odd = lading("policy", "exception", "add", "a/b", *root, *rule, "--license", "apache2")
    assert (odd.code, "did you mean 'Apache-2.0'?" in odd.err) == (2, True)
    assert (tmp_path / "lading.yaml").read_text(encoding="utf-8") == "version: 1\nmax_exception_days: 30\n"


def test_exception_add_asks_for_all_that_is_missing_at_once(lading: Lading, tmp_path: Path) -> None:
    answer = lading("policy", "exception", "add", "a/b", "--root", str(tmp_path))
    assert (answer.code, answer.err) == (
        2,
        "lading: an exception needs --owner and --reason\n"
        "  say who answers for it, and why in a sentence:\n"
        '  lading policy exception add a/b --owner legal@example.com --reason "to try it"\n',
    )


def test_init_with_a_value_no_policy_takes_leaves_what_was_there(lading: Lading, tmp_path: Path) -> None:
    wrong = ("policy", "init", "--root", str(tmp_path), "--country", "Germany")
    assert (lading(*wrong).code, (tmp_path / "lading.yaml").exists()) == (2, False)
    write(tmp_path, {"lading.yaml": "version: 1\n"})
    assert lading(*wrong, "--force").code == 2
    assert (tmp_path / "lading.yaml").read_text(encoding="utf-8") == "version: 1\n"


def test_show_prints_the_sections_that_are_named(lading: Lading, tmp_path: Path) -> None:
    own = (
        "version: 1\nrules: {license-unknown: error}\nuse: {commercial: true}\n"
        "ignores: [{path: a.json, rule: license-unknown, reason: read by no one}]\n"
        "scopes: [{paths: [docs/], rules: {license-unknown: note}}]\n"
    )
    write(tmp_path, {"lading.yaml": own})
    shown = lading("policy", "show", "ignores", "exceptions", "scopes", "--root", tmp_path)
    assert (shown.code, [" ".join(line.split()) for line in shown.out.splitlines()]) == (
        0,
        [
            "scopes: other settings for a part of the project",
            "where paths [docs/] (lading.yaml:5)",
            "license-unknown note lading.yaml:5",
            "",
            "exceptions: none",
            "",
            "ignores",
            "a.json license-unknown: read by no one lading.yaml:4",
        ],
    )
    use = lading("policy", "show", "use", "--root", tmp_path).out
    assert (use.splitlines()[0], "rules" in use) == ("use: what is not declared is unknown, not no", False)
    assert lading("policy", "show", "--root", tmp_path).out.count("docs/") == 1
    wrong = lading("policy", "show", "excptions", "--root", tmp_path)
    assert (wrong.code, "did you mean 'exceptions'?" in wrong.err) == (2, True)


def test_show_prints_once_what_organization_and_project_both_say(lading: Lading, tmp_path: Path) -> None:
    house = "version: 1\nextends: [baseline]\nrules: {remote-code: warning}\n"
    write(tmp_path, {"house.yaml": house, "lading.yaml": "version: 1\nextends: [baseline]\n"})
    answer = lading("policy", "show", "rules", "--root", tmp_path, "--policy", tmp_path / "house.yaml")
    lines = answer.out.splitlines()
    heads = [line for line in lines if line.startswith("rules")]
    alike, above, own = (lines.index(head) for head in heads)
    assert heads == [
        "rules of organization and project alike",
        "rules of the organization",
        "rules of the project",
    ]
    named = [
        [line.split()[0] for line in part if line[2:3].strip()] for part in (lines[above:own], lines[own:])
    ]
    assert [[each for each in part if "-" in each] == ["remote-code"] for part in named] == [True, True]
    assert sum(line.startswith("  could-not-resolve ") for line in lines) == 1
    assert alike == 0


def test_show_of_a_pack_says_how_a_pack_is_shown(lading: Lading) -> None:
    answer = lading("policy", "show", "eu-deployer")
    assert answer.err == (
        "lading: no rule is called 'eu-deployer'\n  it is a pack: lading policy show --policy eu-deployer\n"
    )
    assert "lading explain lists the rules" in lading("policy", "show", "nothing-like-it").err


def test_schema_is_printed(lading: Lading) -> None:
    assert json.loads(lading("policy", "schema").out)["title"] == "A policy of lading"


def test_init_asks_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    import click

    from scanner.cli._policy_init import ask, policy_text

    said = iter(["baseline", "de", "de fr", "yes", "internal embedded", "40000", "many", ""])
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(said))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    lines = policy_text(ask({"packs": (), "country": None}), with_schema=False).splitlines()
    assert lines[3:][:1] == ["extends: [baseline]"]
    for line in (
        "  organization_country: DE",
        "  territories: [DE, FR]",
        "  commercial: true",
        "  distribution: [internal, embedded]",
        "  monthly_active_users: 40000",
        "  # annual_revenue_usd: 0",
    ):
        assert line in lines
