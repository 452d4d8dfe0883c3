"""`lading hook`: refuses on what it knows, offline, and says it in four lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.cli._hook import HookCall, read_call
from scanner.cli.hook import hook
from tests.cli.kit import DAY, LOADS_APACHE, LOADS_RESEARCH, STRICT, Lading, make_repository, write


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "shop"
    make_repository(root, {"lading.yaml": STRICT, "good.py": LOADS_APACHE, "bad.py": LOADS_RESEARCH})
    monkeypatch.chdir(root)
    return root


def test_without_files_of_interest_it_passes(lading: Lading, shop: Path) -> None:
    assert lading("hook") == lading("hook", "lading.yaml") == lading("hook", "/etc/hosts")
    assert lading("hook").code == 0


def test_only_the_given_files_are_judged(lading: Lading, shop: Path) -> None:
    answer = lading("hook", "good.py", "--date", DAY)
    assert (answer.code, answer.out) == (0, "")


def test_a_refusal_is_four_lines_with_place_reason_remedy_and_policy_line(lading: Lading, shop: Path) -> None:
    answer = lading("hook", "good.py", "bad.py", "--date", DAY)
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("bad.py:3:27: error: Qwen/Qwen2.5-3B-Instruct")
    assert lines[0].endswith("[license-not-allowed]")
    assert [line[:8] for line in lines[1:]] == ["  why   ", "  fix   ", "  policy"]
    assert "lading.yaml:3" in lines[3]


def test_a_name_nobody_knows_is_one_line_and_passes(lading: Lading, shop: Path) -> None:
    write(shop, {"new.py": LOADS_APACHE.replace("Qwen/Qwen3-8B", "nobody/knows-this")})
    answer = lading("hook", "new.py", "--date", DAY)
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "new.py:3: note: nobody/knows-this: not locked yet; run lading lock [could-not-resolve]"
    ]


def test_it_works_from_a_folder_below_the_root(
    lading: Lading, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(shop, {"sub/bad.py": LOADS_RESEARCH})
    monkeypatch.chdir(shop / "sub")
    answer = lading("hook", "bad.py", "--date", DAY)
    assert (answer.code, answer.out.startswith("sub/bad.py:3:27: error")) == (1, True)


def test_the_commit_hook_imports_nothing_heavy(shop: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-Im", "scanner", "hook", "good.py", "bad.py"],
        cwd=shop,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr[-2000:]
    imported = {
        line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line
    }
    assert imported.isdisjoint(
        {"huggingface_hub", "jinja2", "rich", "httpx", "httpx2", "asyncio", "tree_sitter"}
    )


def test_the_commit_hook_waits_for_neither_click_nor_the_library_of_records(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LADING_CACHE", str(tmp_path / "cache"))
    program = (
        "import sys\n"
        "from scanner.cli.main import run\n"
        "code = run(['hook', 'good.py', 'bad.py'])\n"
        "print(code, sorted({'click', 'dataclasses', 'inspect', 'uuid'} & set(sys.modules)))\n"
    )
    # The first run looks at every plugin; from then on only those the files need are loaded.
    said = [
        subprocess.run([sys.executable, "-Ic", program], cwd=shop, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert said[1].stdout.splitlines()[-1] == "1 []"


WORDS = st.lists(
    st.sampled_from(
        [
            *("a.py", "b c.yaml", "-", "--", "", "never", "error", "2026-11-22", "eu-deployer"),
            *("--policy", "--policy=x", "--policy=", "--fail-on", "--fail-on=never", "--date", "--date=d"),
            *("--baseline", "--baseline=old.json", "--baseline="),
            *("--fail-on=loud", "--help", "-h", "--polic", "--unknown", "-x", "-f", "--=", "--policy=a=b"),
        ]
    ),
    max_size=7,
)


@given(WORDS)
def test_a_call_is_read_as_the_command_line_would_read_it_or_left_to_it(words: list[str]) -> None:
    by_click: HookCall | None = None
    try:
        context = hook.make_context("hook", list(words))
        by_click = HookCall(
            context.params["files"],
            context.params["policies"],
            context.params["fail_on"],
            context.params["today"],
            context.params["baseline"],
        )
    except (click.ClickException, click.exceptions.Exit):
        pass
    assert read_call(words) == by_click


def test_a_call_that_is_not_understood_is_answered_by_the_command_line(lading: Lading, shop: Path) -> None:
    assert lading("hook", "--help").out.startswith("Usage: lading hook [OPTIONS] [FILES]...")
    wrong = lading("hook", "--polcy", "baseline", "good.py")
    assert (wrong.code, "--polcy" in wrong.err) == (2, True)


def test_what_a_baseline_accepted_is_not_refused_again(lading: Lading, shop: Path) -> None:
    written = lading("scan", ".", "--offline", "--date", DAY, "--write-baseline", "accepted.json")
    assert (written.code, lading("hook", "bad.py", "--date", DAY).code) == (0, 1)
    known = lading("hook", "bad.py", "--baseline", "accepted.json", "--date", DAY)
    assert (known.code, known.out) == (0, "")
    # The same model in another file is what was accepted; another model is not.
    write(shop, {"more.py": LOADS_RESEARCH, "new.py": LOADS_RESEARCH.replace("2.5-3B", "2.5-72B")})
    assert lading("hook", "more.py", "--baseline=accepted.json", "--date", DAY).code == 0
    new = lading("hook", "bad.py", "new.py", "--baseline", "accepted.json", "--date", DAY)
    assert (new.code, [line for line in new.out.splitlines() if line[0] != " "]) == (
        1,
        [line for line in lading("hook", "new.py", "--date", DAY).out.splitlines() if line[0] != " "],
    )


def test_what_a_policy_never_baselines_is_refused_again(lading: Lading, shop: Path) -> None:
    write(shop, {"lading.yaml": f"{STRICT}never_baselined: [license-not-allowed]\n"})
    lading("scan", ".", "--offline", "--date", DAY, "--write-baseline", "accepted.json")
    assert lading("hook", "bad.py", "--baseline", "accepted.json", "--date", DAY).code == 1


def test_a_baseline_is_named_as_the_files_are(
    lading: Lading, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lading("scan", ".", "--offline", "--date", DAY, "--write-baseline", "accepted.json")
    write(shop, {"sub/bad.py": LOADS_RESEARCH})
    monkeypatch.chdir(shop / "sub")
    assert lading("hook", "bad.py", "--baseline", "../accepted.json", "--date", DAY).code == 0
    missing = lading("hook", "bad.py", "--baseline", "accepted.json", "--date", DAY)
    assert (missing.code, missing.err.splitlines()[0]) == (
        2,
        "lading: --baseline sub/accepted.json: No such file or directory below the scanned folder",
    )


def test_without_a_baseline_nothing_of_it_is_imported(shop: Path) -> None:
    program = (
        "import sys\n"
        "from scanner.cli.main import run\n"
        "run(['hook', 'bad.py'])\n"
        "print(sorted({'scanner.policy.baseline', 'scanner.project.revision'} & set(sys.modules)))\n"
    )
    said = subprocess.run(
        [sys.executable, "-Ic", program], cwd=shop, capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines()[-1] == "[]"
