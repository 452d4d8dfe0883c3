"""Settings as pairs, scripts and texts inside settings, variables of files around, values of the catalog."""

from __future__ import annotations

import pytest

from scanner.discovery.source import Source
from scanner.discovery.views import Command, Text
from scanner.records.sighting import Certainty, Role, Scope, Sighting
from scanner.records.unknown import Unknown
from tests.discovery.config_kit import World, detector, find, mentions, names, reader, switches, unresolved

CLOUD_RUN = """resource "run" "s" {
  containers {
    env {
      name  = "MODEL_ID"
      value = "lab1/net2"
    }
    env {
      name  = "HF_ENDPOINT"
      value = "https://mirror.example"
    }
  }
}
resource "helm_release" "v" {
  set {
    name  = "spec.modelSpec[0].modelURL"
    value = "lab1/net3"
  }
  values = [
    <<-EOT
    model: lab1/net4
    EOT
  ]
}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("envVars:\n- {key: MODEL_ID, value: lab1/net2}\n", ["hf-model lab1/net2 2"]),
        ("extraEnvVars:\n- {name: EMBED_MODEL, value: lab1/net2}\n", ["hf-model lab1/net2 2"]),
        ("own:\n- {name: A_MODEL_ID, value: lab1/net2}\n", ["hf-model lab1/net2 2"]),
        ("helm:\n  parameters:\n  - {name: model.id, value: lab1/net2}\n", ["hf-model lab1/net2 3"]),
        ("configMapGenerator:\n- literals:\n  - MODEL_ID=lab1/net2\n", ["hf-model lab1/net2 3"]),
        ("services: {a: {build: {args: [MODEL_ID=lab1/net2]}}}\n", ["hf-model lab1/net2 1"]),
        ("with:\n  build-args: |\n    MODEL_ID=lab1/net2\n", ["hf-model lab1/net2 3"]),
        ("environment:\n  A_ARGS: '--model lab1/net2 --max-len 4'\n", ["hf-model lab1/net2 2"]),
        ("env:\n- {name: A_ARGS, value: '--model lab1/net2'}\n", ["hf-model lab1/net2 2"]),
        (
            "runcmd:\n- ollama pull net:3b\n- [hf, download, lab1/net2]\n",
            ["ollama net:3b 2", "hf-model lab1/net2 3"],
        ),
        (
            "ollama: {models: {create: [{name: own, template: 'FROM net3.1\n\n  PARAMETER num_ctx 8\n'}]}}\n",
            ["ollama net3.1 1"],
        ),
        ("modelfile: |\n  FROM net3.1\n  PARAMETER num_ctx 8\n", ["ollama net3.1 2"]),
        ("initScript: ollama pull net:3b\n", ["ollama net:3b 1"]),
        ("extraInit: |\n  pip install x\n  hf download lab1/net2\n", ["hf-model lab1/net2 3"]),
        ("own: |\n  cd /x\n  hf download lab1/net2\n", ["hf-model lab1/net2 3"]),
        (
            "write_files:\n- path: /x.sh\n  content: |\n    vllm serve lab1/net2\n"
            "- path: /a\n  content: |\n    #!/bin/sh\n    vllm serve lab1/net3\n",
            ["hf-model lab1/net2 4", "hf-model lab1/net3 8"],
        ),
        ("copy:\n  dest: /x/.env\n  content: |\n    A_MODEL=lab1/net2\n", ["hf-model lab1/net2 4"]),
    ],
)
def test_pairs_scripts_and_files_inside_settings_are_read(text: str, expected: list[str]) -> None:
    assert names(text, "yaml") == expected


@pytest.mark.parametrize(
    "text",
    [
        "labels:\n- {name: MODEL_ID, value: lab1/net2}\n",
        "headers:\n- {name: x-model, value: lab1/net2}\n",
        "own:\n- {name: color, value: lab1/net2}\n",
        "description: |\n  hf download lab1/net2\n",
        "model_script: lab1/net2\n",
        "a: |\n  FROM net3.1\n  RUN ls\n",
    ],
)
def test_pairs_and_texts_of_other_things_name_no_model(text: str) -> None:
    assert names(text, "yaml") == []


def test_blocks_of_pairs_set_variables_and_values_of_charts() -> None:
    assert names(CLOUD_RUN, "hcl") == [
        "hf-model lab1/net2 5",
        "hf-model lab1/net3 16",
        "hf-model lab1/net4 20",
    ]
    assert switches(CLOUD_RUN, "hcl") == [("HF_ENDPOINT", "https://mirror.example", 9)]


def test_a_pair_whose_value_is_an_expression_is_decided_elsewhere() -> None:
    text = (
        'env {\n  name = "HF_ENDPOINT"\n  value = var.e\n}\nenv {\n  name = "MODEL_ID"\n  value = var.m\n}\n'
    )
    held = "s {\n" + text + "}\n"
    assert names(held, "hcl") == []
    assert switches(held, "hcl") == [("HF_ENDPOINT", Unknown("HF_ENDPOINT: environment"), 4)]


def test_maps_of_models_are_read_in_terraform() -> None:
    text = 'a_models = {\n  small = "lab1/net2"\n  chat = { repo = "lab1/net3", revision = "r6" }\n}\n'
    assert names(text, "hcl") == ["hf-model lab1/net2 2", "hf-model lab1/net3 3"]


@pytest.mark.parametrize(
    "text",
    [
        "vars: {MODEL: lab1/net2}\ntasks: {a: {cmds: ['hf download {{.MODEL}}']}}\n",
        "envs: {MODEL_NAME: lab1/net2}\nrun: vllm serve $MODEL_NAME\nprobe: {model: $MODEL_NAME}\n",
    ],
)
def test_a_variable_the_file_sets_is_known_where_it_is_used(text: str) -> None:
    assert names(text, "yaml") == ["hf-model lab1/net2 1"]
    assert unresolved(text, "yaml") == []


def test_blanks_around_the_variable_of_a_task_change_nothing() -> None:
    text = "vars: {MODEL: lab1/net2}\ntasks: {a: {cmds: ['hf download {{ .MODEL }} --x']}}\n"
    assert names(text, "yaml")[0] == "hf-model lab1/net2 1"
    assert unresolved(text, "yaml") == []


def test_lists_of_models_among_the_variables_of_a_play_are_lists_of_models() -> None:
    text = "- vars:\n    ollama_models: [net:8b, tern]\n    llm_models: [gpt-4o]\n"
    assert names(text, "yaml") == ["ollama net:8b 2", "ollama tern 2", "api-model openai:gpt-4o 3"]


def test_a_variable_nobody_sets_stays_unresolved() -> None:
    assert unresolved("envs: {A: b}\nx: {model: $MODEL_NAME}\n", "yaml") == [
        ("$MODEL_NAME", "environment", 2)
    ]


class _Beside:
    """A project with one file `.env`."""

    modules: frozenset[str] = frozenset()

    def has(self, path: str) -> bool:
        return path == "x/.env"

    def read(self, path: str) -> str:
        return "# a\nMODEL=lab1/net2\n"


def test_compose_takes_variables_from_the_file_beside_it() -> None:
    text = 'services: {a: {image: vllm/vllm-openai, command: ["--model", "${MODEL}"]}}\n'
    for file, expected in (("x/docker-compose.yml", "lab1/net2"), ("x/b.yml", None)):
        source = Source(file, text, "yaml", Scope.SHIPPED, neighbours=_Beside())  # type: ignore[arg-type]
        command = next(view for view in reader("yaml").read(source) if isinstance(view, Command))
        last = command.words[-1]
        assert (last.value if isinstance(last, Text) else None) == expected
        found = list(detector("command_line").detect(command, source, World()))
        places = [each.location.file for each in found if isinstance(each, Sighting)]
        assert places == (["x/.env"] if expected else [])


def test_a_submodule_of_the_hub_is_used() -> None:
    text = '[submodule "models/u"]\n\tpath = models/u\n\turl = https://huggingface.co/lab1/net2\n'
    assert names(text, "ini", ".gitmodules") == ["hf-model lab1/net2 3"]
    other = "[a]\nurl = https://huggingface.co/lab1/net2\n"
    assert (names(other, "ini"), mentions(other, "ini")) == ([], ["hf-model lab1/net2 2"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("asr: BAAI/bge-m3\n", "yaml"),
        ("translator: BAAI/bge-m3\n", "yaml"),
        ("model_size: BAAI/bge-m3\n", "yaml"),
        ("a: {sentiment: lab1/net-base}\n", "yaml"),
        ('{"tts-1": "BAAI/bge-m3"}', "json"),
        ("STT=BAAI/bge-m3\n", "dotenv"),
        ('stt = "BAAI/bge-m3"\n', "toml"),
        ("python a.py --summarizer BAAI/bge-m3\n", "shell"),
    ],
)
def test_what_the_catalog_has_is_guessed_under_any_key(text: str, language: str) -> None:
    found = [each for each in find(text, language) if isinstance(each, Sighting)]
    assert [(each.kind.value, each.role, each.certainty) for each in found] == [
        ("hf-model", Role.DEPENDENCY, Certainty.GUESSED)
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("own: lab1/net2\n", "yaml"),
        ("own: lab1/net-7b\n", "yaml"),
        ("a: {github: BAAI/bge-m3}\n", "yaml"),
        ("supported: [BAAI/bge-m3]\n", "yaml"),
        ("results: {a: BAAI/bge-m3}\n", "yaml"),
        ("a: {x: BAAI/bge-m3, score: 3, answer: x-y}\n", "yaml"),
        ("uses: BAAI/bge-m3\n", "yaml"),
        ("python a.py --repo BAAI/bge-m3 --own lab1/net2\n", "shell"),
        ("git push --to BAAI/bge-m3\n", "shell"),
        ("mounts: {subPath: BAAI/bge-m3}\n", "yaml"),
        ("sentiment: positive/negative\n", "yaml"),
    ],
)
def test_a_key_of_another_thing_or_a_name_nobody_knows_is_no_guess(text: str, language: str) -> None:
    assert names(text, language) == []


def test_a_judge_beside_other_settings_is_no_stored_answer() -> None:
    assert names("judge: BAAI/bge-m3\nmodel: lab1/net2\n", "yaml") == [
        "hf-model BAAI/bge-m3 1",
        "hf-model lab1/net2 2",
    ]
