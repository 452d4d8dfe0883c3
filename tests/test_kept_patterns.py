"""Expressions compiled before are the same expressions, and what was damaged is compiled anew."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scanner
from scanner import kept_patterns, patterns
from scanner.digests import seal as digest
from scanner.kept_patterns import FILE_NAME, keep_patterns, recall_patterns
from scanner.patterns import compiled_late, regex

TEXTS = [
    "",
    "acme/orchard-7b",
    "MODEL = 'x'",
    "2026-11-22",
    "a\nb\tc",
    "\u00e9\u200b\U0001f600",
    "v1.2:latest",
]


LATE = type(regex("a"))


def all_said() -> list[tuple[Any, int]]:
    """Text and flags of every expression of the project."""
    said = {}
    for module in pkgutil.walk_packages(scanner.__path__, "scanner."):
        if module.name != "scanner.__main__":
            held = vars(importlib.import_module(module.name)).values()
            said |= {
                (each._said[0], int(each._said[1])): None for each in held if type(each) is type(regex("a"))
            }
    return list(said)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "kept", {})
    monkeypatch.setattr(patterns, "compiled", [])
    monkeypatch.setattr(kept_patterns.patterns, "kept", patterns.kept)


def again(folder: Path) -> None:
    """As the next process begins."""
    patterns.kept.clear()
    patterns.compiled.clear()
    recall_patterns(folder)


def told(pattern: Any, text: str | bytes) -> list[Any]:
    return [found.groupdict() or found.groups() or found.span() for found in pattern.finditer(text)]


def test_every_expression_of_the_project_is_the_same_when_it_is_recalled(tmp_path: Path) -> None:
    said = all_said()
    patterns.compiled.clear()
    for text, flags in said:
        regex(text, flags).flags  # noqa: B018  # asking compiles it
    assert len(patterns.compiled) == len(said) > 200
    keep_patterns(tmp_path)
    again(tmp_path)
    for text, flags in said:
        plain, recalled = re.compile(text, flags), regex(text, flags)
        assert (recalled.pattern, recalled.flags, recalled.groups, dict(recalled.groupindex)) == (
            *(plain.pattern, plain.flags, plain.groups, dict(plain.groupindex)),
        )
        for each in TEXTS:
            given: str | bytes = each.encode() if isinstance(text, bytes) else each
            assert told(recalled, given) == told(plain, given)
    assert patterns.compiled == [], "every one was kept"


WORDS = st.text(alphabet="ab\u00e9\n-_/.0", max_size=12)


@given(st.lists(WORDS, max_size=6), st.sampled_from([0, re.IGNORECASE, re.MULTILINE | re.DOTALL]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_recalled_expression_finds_what_it_found(tmp_path: Path, words: list[str], flags: int) -> None:
    text = "(?P<word>" + "|".join(map(re.escape, words)) + r")(\d|[a-z]+)?"
    patterns.kept.clear()
    patterns.compiled.clear()
    before = told(regex(text, flags), "".join(words))
    keep_patterns(tmp_path)
    again(tmp_path)
    assert told(regex(text, flags), "".join(words)) == before
    assert patterns.compiled == []


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"python": 3}'])
def test_a_damaged_file_counts_for_nothing_and_is_written_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    again(tmp_path)
    assert regex("a+").match("aa")
    keep_patterns(tmp_path)
    again(tmp_path)
    assert regex("a+").match("aa")
    assert patterns.compiled == []


@pytest.mark.parametrize("code", ["", "x", "63", "630000006300000063000000", "ff" * 40, None, 3, []], ids=str)
def test_numbers_that_are_no_expression_are_refused_and_the_text_compiled(tmp_path: Path, code: Any) -> None:
    assert regex("a+").match("aa")
    keep_patterns(tmp_path)
    file = tmp_path / FILE_NAME
    seal, _, content = file.read_bytes().partition(b"\n")
    written = json.loads(content)
    written["patterns"][0][4] = code
    changed = json.dumps(written).encode()
    for sealed_by in (seal, digest(changed).encode()):
        file.write_bytes(sealed_by + b"\n" + changed)
        again(tmp_path)
        assert regex("a+").match("aa")
        assert patterns.compiled == [("a+", 0)]


def test_a_full_memory_begins_again_with_what_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_patterns, "MAX_KEPT", 3)
    for text in ("a", "b", "c", "d"):
        again(tmp_path)
        assert regex(text).match(text)
        keep_patterns(tmp_path)
    again(tmp_path)
    assert list(patterns.kept) == [("d", 0)]


def test_what_another_python_made_counts_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert regex("a+").match("aa")
    keep_patterns(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version", "another")
        again(tmp_path)
    assert patterns.kept == {}


def test_a_folder_that_cannot_be_used_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert regex("a+").match("aa")
    keep_patterns(tmp_path / "file")
    recall_patterns(tmp_path / "file")
    assert patterns.kept == {}


def test_what_is_imported_late_compiles_when_it_is_asked() -> None:
    with compiled_late():
        pattern = re.compile("b+", re.IGNORECASE)
    assert patterns.compiled == []
    assert pattern.fullmatch("BB")
    assert patterns.compiled == [("b+", re.IGNORECASE)]
    assert isinstance(re.compile("b+"), re.Pattern)


def test_the_yaml_library_reads_the_same_when_its_expressions_come_late() -> None:
    text = "a: [1, 0x1F, 1e3, .5, yes, ~, 2026-11-22, 12:30, '3']\nb: {<<: {c: 1}, d: 2026-11-22T10:00:00Z}\n"
    program = (
        "import sys\n"
        "{how}\n"
        "loaders = (yaml.SafeLoader, getattr(yaml, 'CSafeLoader', yaml.SafeLoader))\n"
        "print([yaml.load(sys.stdin_text, each) for each in loaders])\n"
    )
    late = "from scanner.patterns import compiled_late\nwith compiled_late():\n    import yaml"
    said = [
        subprocess.run(
            [sys.executable, "-c", program.format(how=how).replace("sys.stdin_text", repr(text))],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for how in ("import yaml", late)
    ]
    assert said[0] == said[1]
    assert "datetime.date(2026, 11, 22)" in said[0]
