"""Errors are printed in one place, and the exit code follows from them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from scanner import __version__
from scanner.cli import _commands as house
from scanner.errors import PolicyBroken, UsageError
from tests.cli.kit import Lading, write


def command(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    @click.command()
    def broken() -> None:
        raise error

    monkeypatch.setattr(house.Commands, "get_command", lambda *_: broken)
    monkeypatch.setattr(house.Commands, "list_commands", lambda *_: ["broken"])


def test_an_unknown_command_is_wrong_use_with_a_suggestion(lading: Lading) -> None:
    answer = lading("scn")
    assert answer.code == 2
    assert "Did you mean 'scan'?" in answer.err


def test_an_error_of_ours_is_its_text_and_code_two(lading: Lading, monkeypatch: pytest.MonkeyPatch) -> None:
    command(monkeypatch, UsageError("no such thing\n  do this"))
    answer = lading("broken")
    assert (answer.code, answer.out, answer.err) == (2, "", "lading: no such thing\n  do this\n")


def test_control_characters_of_a_hostile_file_do_not_reach_the_terminal(
    lading: Lading, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(monkeypatch, UsageError("name \x1b[2J\u202e is odd"))
    assert lading("broken").err == "lading: name \ufffd[2J\ufffd is odd\n"


def test_a_crash_says_it_is_a_bug_and_shows_no_stack(lading: Lading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LADING_DEBUG", "")
    command(monkeypatch, ZeroDivisionError("division by zero"))
    answer = lading("broken")
    assert answer.code == 2
    assert "crashed: ZeroDivisionError" in answer.err
    assert "Traceback" not in answer.err


def test_debug_shows_the_stack(lading: Lading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LADING_DEBUG", "1")
    command(monkeypatch, ZeroDivisionError("division by zero"))
    with pytest.raises(ZeroDivisionError):
        lading("broken")


def test_an_interruption_leaves_with_what_shells_expect(
    lading: Lading, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(monkeypatch, KeyboardInterrupt())
    assert lading("broken").code == 130


def test_a_policy_with_five_mistakes_tells_all_five_with_line_and_advice(
    lading: Lading, tmp_path: Path
) -> None:
    policy = """version: 1
extend: [baseline]
rules:
  license-not-allowed: {allow: [Apache-3.0], level: eror}
  no-such-rule: {level: error}
use: {territories: [XX1]}
"""
    write(tmp_path, {"shop/lading.yaml": policy, "shop/a.py": "x = 1\n"})
    answer = lading.scan(tmp_path / "shop")
    assert answer.code == 2
    places = [
        line.split(": ")[0] for line in answer.err.removeprefix("lading: ").splitlines() if line[:1] != " "
    ]
    assert sorted(places) == [
        *("lading.yaml:2:1", "lading.yaml:4:33", "lading.yaml:4:53", "lading.yaml:5:3", "lading.yaml:6:21")
    ]
    assert answer.err.count("did you mean") >= 3


def test_the_exit_code_of_a_broken_policy_is_two(lading: Lading, monkeypatch: pytest.MonkeyPatch) -> None:
    command(monkeypatch, PolicyBroken(()))
    assert lading("broken").code == 2


def test_what_was_printed_arrives_though_the_process_ends_at_once() -> None:
    done = subprocess.run(
        [sys.executable, "-Im", "scanner", "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"lading, version {__version__}\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that takes nothing")
def test_a_report_that_cannot_be_written_is_no_success() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-Im", "scanner", "--version"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2


def test_the_shell_completes_commands(lading: Lading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_LADING_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "lading sc")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert lading().out == "plain,scan\n"
