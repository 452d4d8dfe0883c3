"""Functions of shell text are read with what their calls give them."""

from __future__ import annotations

import pytest

from scanner.discovery.shell_functions import Function, find_functions
from scanner.discovery.shell_lexer import read_script
from tests.discovery.config_kit import commands, names, unresolved


@pytest.mark.parametrize(
    "head", ["pull() {", "pull () {", "function pull {", "function pull() {", "pull()\n{"]
)
def test_a_function_that_wraps_a_download_names_what_its_calls_give(head: str) -> None:
    text = f'{head}\n  local model=$1\n  ollama pull "$model"\n}}\npull llama3:8b\npull qwen2:7b\n'
    shift = head.count("\n")
    assert names(text, "shell") == [f"ollama llama3:8b {5 + shift}", f"ollama qwen2:7b {6 + shift}"]
    assert unresolved(text, "shell") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('get() { hf download "$1" --revision "$2"; }\nget nord/tern-7b v1\n', ["hf-model nord/tern-7b 2"]),
        ('get() { hf download "$1"; }\nfor m in nord/a-7b nord/b-7b; do get $m; done\n',
         ["hf-model nord/a-7b 2", "hf-model nord/b-7b 2"]),
        ('all() { for m in "$@"; do hf download $m; done; }\nall nord/a-7b nord/b-7b\n',
         ["hf-model nord/a-7b 2", "hf-model nord/b-7b 2"]),
        ('run() { if [ -n "$1" ]; then { vllm serve "$1"; }; fi; }\nif run nord/a-7b; then ls; fi\n',
         ["hf-model nord/a-7b 2"]),
        ('a() { ollama pull "$1"; }\nb() { a "$1"; }\nb llama3:8b\n', ["ollama llama3:8b 3"]),
        ('f() { local n=$1; shift; ollama pull "$@"; }\nf 3 llama3:8b\n', ["ollama llama3:8b 2"]),
        ('f() { local m=$1; shift 2; hf download $m --revision $1; }\nf a/b-7b x y\n', ["hf-model a/b-7b 2"]),
        ("run() { eval \"$1\"; }\nrun 'ollama pull llama3:8b'\n", ["ollama llama3:8b 2"]),
        ("try() { \"$@\"; }\ntry ollama pull llama3:8b\n", ["ollama llama3:8b 2"]),
    ],
)  # fmt: skip
def test_arguments_are_followed_through_loops_and_functions(text: str, expected: list[str]) -> None:
    assert names(text, "shell") == expected


def test_a_function_nobody_calls_is_read_where_it_stands() -> None:
    assert unresolved('get() {\n  hf download "$1"\n}\n', "shell") == [("$1", "command line", 2)]
    assert unresolved('get() {\n  hf download "$1"\n}\nget "$NAME"\n', "shell") == [
        ("$NAME", "environment", 4)
    ]


@pytest.mark.parametrize(
    "body",
    [
        'while [ $# -gt 0 ]; do ollama pull "$2"; shift; done',
        'case "$1" in\n pull) ollama pull "$2" ;;\n log) cat "$2" ;;\nesac',
        'if [ "$1" = pull ]; then ollama pull "$2"; fi',
        'local what="$1"; if [[ "$what" == "pull" ]]; then ollama pull "$2"; fi',
    ],
)
def test_a_function_that_does_one_thing_or_another_is_not_followed(body: str) -> None:
    assert names(f"f() {{\n{body}\n}}\nf log llama3:8b\n", "shell") == []


def test_a_function_that_only_asks_whether_it_is_given_something_is_followed() -> None:
    text = 'f() {\n[ -z "$1" ] && return\nwhile ! ollama pull "$1"; do sleep 1; done\n}\nf llama3:8b\n'
    assert names(text, "shell") == ["ollama llama3:8b 5"]


def test_a_function_that_calls_itself_ends() -> None:
    text = 'f() {\n  hf download "$1"\n  f "$1"\n}\nf nord/tern-7b\n'
    assert names(text, "shell") == ["hf-model nord/tern-7b 5"]


def test_after_a_call_the_arguments_of_the_script_count_again() -> None:
    text = 'f() { ls "$1"; }\nf x\nhf download "$1"\n'
    assert commands(text, "shell")[-1] == ["hf", "download", "?"]


def test_the_body_ends_at_its_own_brace() -> None:
    script = read_script("f() {\n  { a; }\n  b ${C}\n}\nf x\n}\nf() (\n c\n)\n")
    assert find_functions(script.commands) == {"f": Function(1, 5, 6)}
