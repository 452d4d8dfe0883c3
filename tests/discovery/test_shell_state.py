"""Variables of shell text: defaults, lists in one text, what stands beside an exported name."""

from __future__ import annotations

import pytest

from scanner.records.sighting import Sighting
from tests.discovery.config_kit import commands, find, names, unresolved


@pytest.mark.parametrize(
    "text",
    [
        ': "${MODEL:=nord/tern-7b}"\nvllm serve "$MODEL"\n',
        ": ${MODEL=nord/tern-7b}\nvllm serve ${MODEL}\n",
        'MODEL=$1\nMODEL=${MODEL:-nord/tern-7b}\nvllm serve "$MODEL"\n',
        'MODEL=""\nwhile [ $# -gt 0 ]; do case $1 in --m) MODEL="$2" ;; esac; done\n'
        "vllm serve ${MODEL:-nord/tern-7b}\n",
        'MODEL=nord/tern-7b\ncase $1 in --m) MODEL="$2"; shift ;; esac\nvllm serve "$MODEL"\n',
        'f() {\n  local name=${1:-nord/tern-7b}\n  vllm serve "$name"\n}\nf\n',
        'if [ -z "$MODEL" ]; then MODEL=nord/tern-7b; fi\nvllm serve "$MODEL"\n',
        "readonly MODEL=nord/tern-7b\nvllm serve $MODEL\n",
    ],
)
def test_the_default_of_a_variable_counts_however_it_is_given(text: str) -> None:
    assert ([each.split()[1] for each in names(text, "shell")], unresolved(text, "shell")) == (
        ["nord/tern-7b"],
        [],
    )


def test_what_the_command_line_alone_gives_stays_unresolved() -> None:
    assert unresolved('MODEL="$1"\nvllm serve "$MODEL"\n', "shell") == [("$1", "command line", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'ALL="nord/tern-7b sud/gull-7b"\nfor m in $ALL; do hf download "$m"; done\n',
            ["hf-model nord/tern-7b 1", "hf-model sud/gull-7b 1"],
        ),
        (
            "ALL='\n  llama3:8b\n  qwen2:7b\n'\nfor m in ${ALL}; do ollama pull $m; done\n",
            ["ollama llama3:8b 2", "ollama qwen2:7b 3"],
        ),
        ('ALL="llama3:8b qwen2:7b"\nfor m in "$ALL"; do ollama pull "$m"; done\n', []),
        (
            'ARGS="--model nord/tern-7b"\nARGS="$ARGS --revision v2"\n./serve $ARGS\n',
            ["hf-model nord/tern-7b 1"],
        ),
        ('ARGS="--model nord/tern-7b"\nARGS+=" --revision v2"\n./serve $ARGS\n', ["hf-model nord/tern-7b 1"]),
        (
            'ARGS=(--model "nord/tern-7b")\nARGS+=(--revision v2)\n./serve "${ARGS[@]}"\n',
            ["hf-model nord/tern-7b 1"],
        ),
        ('M=nord/tern-7b\nCMD="vllm serve $M --x"\n$CMD\n', ["hf-model nord/tern-7b 1"]),
        ('CMD="vllm serve nord/tern-7b"\neval "$CMD"\n', ["hf-model nord/tern-7b 1"]),
        ('CMD="vllm serve nord/tern-7b"\nbash -c "$CMD"\n', ["hf-model nord/tern-7b 1"]),
        (
            'ALL="llama3:8b,qwen2:7b"\nfor m in ${ALL//,/ }; do ollama pull $m; done\n',
            ["ollama llama3:8b 1", "ollama qwen2:7b 1"],
        ),
        (
            'ALL=nord/a,nord/b\nIFS="," read -ra E <<< "$ALL"\nfor m in "${E[@]}"; do hf download $m; done\n',
            ["hf-model nord/a 1", "hf-model nord/b 1"],
        ),
        (
            'ALL=(nord/a nord/b)\nfor i in "${!ALL[@]}"; do hf download "${ALL[$i]}"; done\n',
            ["hf-model nord/a 1", "hf-model nord/b 1"],
        ),
        ('ALL=(nord/a sud/b-7b)\n./t --model "${ALL[1]}"\n', ["hf-model sud/b-7b 1"]),
        ("OWNER=nord\nOWNER+=/tern-7b\nvllm serve $OWNER\n", ["hf-model nord/tern-7b 2"]),
    ],
)
def test_the_words_in_the_text_of_a_variable_are_words_where_it_stands_without_quotes(
    text: str, expected: list[str]
) -> None:
    assert names(text, "shell") == expected


def test_what_flags_in_a_variable_say_belongs_to_the_name() -> None:
    text = 'ARGS="--model nord/tern-7b --trust-remote-code"\nARGS+=" --revision v2"\nvllm bench x $ARGS\n'
    [found] = [
        each for each in find(text, "shell") if isinstance(each, Sighting) and each.detector == "command-line"
    ]
    assert (found.revision, found.remote_code, found.location.column) == ("v2", True, 15)


def test_what_a_loop_left_in_a_variable_is_no_default() -> None:
    text = 'for m in nord/a nord/b; do echo $m; done\nm=$1\nhf download "$m"\n'
    assert (names(text, "shell"), unresolved(text, "shell")) == ([], [("$1", "command line", 2)])


@pytest.mark.parametrize(
    "use",
    [
        "./t --model=$M",
        'C="./t --model \\"$M\\""\neval $C',
        "python t.py a.model.path=$M",
        'C="./t"\nC="$C --model $M"\n$C',
    ],
)
def test_a_variable_given_whole_is_named_where_it_is_set(use: str) -> None:
    found = [each for each in find(f"M=nord/tern-7b\n{use}\n", "shell") if isinstance(each, Sighting)]
    assert {(each.name, each.location.line, each.location.column) for each in found} == {
        ("nord/tern-7b", 1, 3)
    }


def test_a_quoted_variable_is_one_word() -> None:
    assert commands('A="x y"\nls "$A"\n', "shell") == [["ls", "x y"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "export OPENAI_API_BASE=https://api.deepseek.com/v1\nexport OPENAI_MODEL=nord/tern-72b\n./a\n",
            ["api-model deepseek:nord/tern-72b 2"],
        ),
        (
            "OPENAI_BASE_URL=https://api.deepseek.com OPENAI_MODEL=nord/tern-72b ./a\n"
            "OPENAI_MODEL=sud/gull-7b ./b\n",
            ["api-model deepseek:nord/tern-72b 1", "hf-model sud/gull-7b 2"],
        ),
        ("T_URL=https://example.org/a.wav T_MODEL=nord/tern-7b make x\n", ["hf-model nord/tern-7b 1"]),
        (
            "export OPENAI_BASE_URL=http://api.deepseek.com\nexport MODEL=nord/tern-72b\nvllm serve $MODEL",
            ["hf-model nord/tern-72b 2"],
        ),
    ],
)
def test_the_address_exported_beside_a_name_says_who_serves_it(text: str, expected: list[str]) -> None:
    assert sorted(set(names(text, "shell"))) == expected
