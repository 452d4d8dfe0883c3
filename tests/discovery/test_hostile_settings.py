"""Hostile configuration: bounded time, and read or refused with a reason, never a crash."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.discovery.readers import json as json_reader
from scanner.discovery.source import Source
from scanner.discovery.views import Entry
from scanner.records.sighting import Scope
from tests.discovery.config_kit import LANGUAGES, is_read_or_refused, names

MAX_SECONDS = 12.0
"""A generous bound for a slow machine; a quadratic reader needs minutes."""

_SIGNS = "model: a/b\n -[]{}\"'#&*!|>%@`$(){{}}<<EOF=,;\\\t~:?FROM RUN ENV ```---\x00\ufeff\u2028é😀<>/hf"


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(alphabet=_SIGNS, max_size=400))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_or_refused(language: str, text: str) -> None:
    assert is_read_or_refused("model " + text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_cut_anywhere_is_read_or_refused(language: str) -> None:
    whole = _SAMPLES[language]
    for end in range(0, len(whole), 3):
        assert is_read_or_refused(whole[:end], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_random_bytes_are_read_or_refused(language: str) -> None:
    chance = random.Random(7)
    for _ in range(20):
        noise = bytes(chance.randrange(256) for _ in range(2_000)).decode("latin-1")
        assert is_read_or_refused("model=" + noise + "\nmodel: " + noise, language)


_LARGE = {
    "one enormous line": "model: " + "a/b " * 50_000,
    "only spaces": "model:" + " " * 200_000 + "x",
    "nested brackets": "model: " + "[" * 20_000,
    "nested braces": 'model = {"a":' * 10_000,
    "nested dashes": "model:\n" + "- " * 10_000,
    "nested indents": "\n".join(" " * at + f"model{at}:" for at in range(1_500)),
    "many quotes": "model: " + "\"'" * 40_000,
    "many dollars": "model ${" * 20_000,
    "many templates": "model: {{ " * 20_000,
    "many here-documents": "cat <<E\nmodel\n" * 6_000,
    "many fences": "```yaml\nmodel: a\n" * 4_000,
    "many tags": "<model a='" * 12_000,
    "many comments": "# model nord/tern-7b\n" * 6_000,
    "many continuations": "RUN model \\\n" * 12_000,
    "many keys": "\n".join(f"model_{at}: x" for at in range(12_000)),
    "many assignments": "\n".join(f"model_{at}=x" for at in range(12_000)),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_texts_take_bounded_time(language: str) -> None:
    for name, text in _LARGE.items():
        begun = time.perf_counter()
        assert is_read_or_refused(text, language), name
        assert time.perf_counter() - begun < MAX_SECONDS, name


def test_a_bomb_of_aliases_is_shown_once() -> None:
    text = "a: &a [{model: nord/tern-7b}]\n" + "".join(
        f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join([f'*{chr(97 + at)}'] * 9)}]\n" for at in range(20)
    )
    assert names(text, "yaml") == ["hf-model nord/tern-7b 1"]


def test_an_anchor_that_holds_itself_ends() -> None:
    assert names("a: &a\n  model: nord/tern-7b\n  self: *a\n", "yaml") == ["hf-model nord/tern-7b 2"]


def test_texts_within_texts_are_followed_only_so_deep() -> None:
    text = "ollama pull qwen2:7b"
    for _ in range(6):
        text = "sh -c '" + text.replace("'", "'\\''") + "'"
    assert is_read_or_refused(text, "shell")


_SAMPLES = {
    "yaml": "a: &x {model: nord/tern-7b}\nb:\n  <<: *x\n  cmd: |\n    ollama pull q:7b\n  j: '{}'\n",
    "json": '// c\n{"model": "nord/tern-7b", "list": [1, {"a": null}, "b\\u00e9"], /* x */ "t": true}',
    "shell": "export A=b\nfor m in a b; do hf download $m; done\ncat <<E > Modelfile\nFROM x\nE\nls '$A'\n",
    "dotenv": "export MODEL='a b' # x\nLLM_MODEL=${A:-nord/tern-7b}\n",
    "dockerfile": 'FROM a\nARG M=x\nENV A=b C="d e"\nRUN <<E\nhf download a/b\nE\nCMD ["vllm", "serve"]\n',
    "makefile": "MODEL := nord/tern-7b\nrun:\n\t@vllm serve $(MODEL) \\\n\t --port $$P\n",
    "modelfile": 'FROM llama3:8b\nTEMPLATE """model"""\nADAPTER ./x.gguf\n',
    "toml": 'model = "a"\n[t."x y"]\nl = ["a", """b\nc""", {d = 1}]\n[[models]]\nid = \'nord/tern-7b\'\n',
    "ini": "[model]\nmodel = nord/tern-7b ; x\nname: 'a'\n# c\n",
    "properties": "a.model=${X:gpt-4o}\nb[0].c: d\n! x\n",
    "hcl": 'resource "a" "b" {\n model_id = "nord/tern-7b"\n l = ["a", {}]\n x = <<E\n m: a\nE\n}\n',
    "xml": "<a><property name='model' value=\"nord/tern-7b\"/><!-- c --><model>x</model></a>",
    "markdown": "---\nbase_model: nord/tern-7b\n---\n# T\n```yaml\nmodel: a\n```\n.. code:: sh\n\n  ls\n",
    "requirements": "a==1\nen-core-web-sm @ https://x/y/en_core_web_sm-3.7.1.tar.gz\n",
}


def test_settings_too_deep_to_follow_are_told_beside_the_rest() -> None:
    text = '{"x": ' + "[" * 150 + '{"model": "lab1/net3"}' + "]" * 150 + ', "model": "lab1/net2"}'
    source = Source(file="a.json", text=text, language="json", scope=Scope.SHIPPED)
    seen = list(json_reader.READER.read(source))
    assert [view.keys for view in seen if isinstance(view, Entry)] == [("model",)]
    assert list(source.left_out) == ["settings nested deeper than 100 levels were not read"]
