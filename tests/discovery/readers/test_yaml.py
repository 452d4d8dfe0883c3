"""YAML as projects write it."""

from __future__ import annotations

import pytest

from scanner.discovery.views import Entry, Text
from scanner.errors import UnreadableFile
from scanner.records.sighting import Certainty, Sighting
from tests.discovery.config_kit import commands, entries, find, names, reader, source, unresolved, views


def test_a_scalar_keeps_its_keys_line_and_column() -> None:
    text = "serving:\n  model: Qwen/Qwen3-8B\n  other: x\nembedding_model: 'BAAI/bge-m3'\n"
    assert entries(text, "yaml") == [
        ("serving.model", "Qwen/Qwen3-8B", 2, 10),
        ("embedding_model", "BAAI/bge-m3", 4, 19),
    ]


def test_tags_merges_and_several_documents_are_borne() -> None:
    text = (
        "base: &base\n  model: BAAI/bge-m3\n  provider: huggingface\n"
        "one:\n  !!merge <<: *base\n  name: x\n---\ntwo: !custom\n  model: facebook/opt-125m\n"
    )
    assert names(text, "yaml") == ["hf-model BAAI/bge-m3 2", "hf-model facebook/opt-125m 9"]


def test_an_aliased_scalar_is_shown_under_its_new_key_at_its_anchor() -> None:
    text = "id: &id Qwen/Qwen3-8B\nmodel: *id\n"
    shown = [view for view in views(text, "yaml") if isinstance(view, Entry)]
    assert [(view.keys, view.value.location.line) for view in shown] == [(("model",), 1)]
    assert isinstance(shown[0].value, Text)
    assert shown[0].value.certainty is Certainty.FOLDED


def test_json_in_a_folded_scalar_is_read_under_its_key_with_its_own_lines() -> None:
    text = 'envVars:\n  MODELS: >\n    [\n      { "id": "omni" },\n      { "id": "Qwen/Qwen3-8B" }\n    ]\n'
    assert names(text, "yaml") == ["hf-model Qwen/Qwen3-8B 5"]


def test_yaml_in_a_block_scalar_is_read_with_its_own_lines() -> None:
    text = "config_file: |\n  name: x\n  parameters:\n    model: microsoft/Phi-3-vision-128k-instruct\n"
    assert entries(text, "yaml") == [
        ("config_file.parameters.model", "microsoft/Phi-3-vision-128k-instruct", 4, 12)
    ]


def test_a_config_map_holds_files() -> None:
    text = (
        "kind: ConfigMap\ndata:\n  values.yaml: |\n    model: Qwen/Qwen3-8B\n  run.sh: |\n"
        "    ollama pull qwen2:7b\n"
    )
    assert names(text, "yaml") == ["hf-model Qwen/Qwen3-8B 4", "ollama qwen2:7b 6"]


def test_a_compose_service_runs_its_command_with_its_image_and_variables() -> None:
    text = (
        "services:\n  llm:\n    image: vllm/vllm-openai:v0.8.5\n    environment:\n"
        "      - VLLM_USE_MODELSCOPE=true\n"
        '    command: ["--model", "Qwen/Qwen3-8B"]\n'
    )
    assert commands(text, "yaml") == [
        ["docker", "run", "vllm/vllm-openai:v0.8.5", "--model", "Qwen/Qwen3-8B"]
    ]
    assert names(text, "yaml") == ["modelscope Qwen/Qwen3-8B 6"]


def test_a_compose_default_is_the_name() -> None:
    text = (
        "services:\n  a:\n    command: vllm serve ${MODEL:-Qwen/Qwen3-8B}\n    environment:\n"
        "      LLM: ${LLM-llama2:7b}\n"
    )
    assert names(text, "yaml") == ["hf-model Qwen/Qwen3-8B 3", "ollama llama2:7b 5"]


def test_a_variable_in_the_command_of_a_service_hides_no_other_name() -> None:
    text = "services:\n  a:\n    command: a.py --base_model $MODEL --lora_weights nord/tern-7b\n"
    assert names(text, "yaml") == ["hf-model nord/tern-7b 3"]


def test_a_kubernetes_container_is_read_through_its_lists_and_scripts() -> None:
    text = (
        "spec:\n  containers:\n    - image: vllm/vllm-openai\n      args:\n        - --model\n"
        "        - Qwen/Qwen3-8B\n"
        "    - image: python:3.11\n      command: [/bin/sh, -c]\n      args:\n        - |\n"
        "          pip install x &&\n"
        "          hf download openai/gpt-oss-120b --local-dir /data\n"
        "      env:\n        - name: MODEL_ID\n          value: BAAI/bge-m3\n"
    )
    assert names(text, "yaml") == [
        "hf-model Qwen/Qwen3-8B 6",
        "hf-model openai/gpt-oss-120b 12",
        "hf-model BAAI/bge-m3 15",
    ]


def test_a_workflow_step_is_a_script_with_the_variables_of_its_job() -> None:
    text = (
        "env:\n  NAME: BAAI/bge-m3\njobs:\n  t:\n    steps:\n      - uses: actions/checkout@v4\n"
        "      - run: |\n          echo x\n          hf download $NAME\n"
    )
    assert names(text, "yaml") == ["hf-model BAAI/bge-m3 2"]


def test_a_helm_template_is_read_line_by_line() -> None:
    text = (
        "{{- if .Values.enabled }}\nspec:\n  containers:\n    - name: x\n      args:\n"
        '        - "--model"\n        - {{ .Values.model | quote }}\n        - "--tokenizer"\n'
        "        - BAAI/bge-m3\n"
        '  model: {{ .Values.model }}\n  other_model: {{ .Values.x | default "Qwen/Qwen3-8B" }}\n{{- end }}\n'
    )
    assert names(text, "yaml") == ["hf-model BAAI/bge-m3 9", "hf-model Qwen/Qwen3-8B 11"]
    assert unresolved(text, "yaml") == [
        ("{{ .Values.model | quote }}", "template", 7),
        ("{{ .Values.model }}", "template", 10),
    ]


def test_a_mapping_on_one_line_is_read_before_its_holes_are_filled() -> None:
    text = (
        "env:\n  - {name: REGION, value: ${REGION}}\n"
        "  - {name: MODEL_ID, value: BAAI/bge-m3}\n  - { name: OTHER_MODEL, 'value': \"Qwen/Qwen3-8B\" }\n"
    )
    assert names(text, "yaml") == ["hf-model BAAI/bge-m3 3", "hf-model Qwen/Qwen3-8B 4"]
    assert names("a: {model: BAAI/bge-m3, image: x/y:${TAG}}\n", "yaml") == ["hf-model BAAI/bge-m3 1"]


def test_what_is_no_yaml_is_refused_with_a_reason() -> None:
    with pytest.raises(UnreadableFile, match="not YAML"):
        list(reader("yaml").read(source("model \x01 [}{", "yaml")))


def test_a_lock_file_and_a_description_of_an_interface_name_nothing() -> None:
    assert names("model: Qwen/Qwen3-8B\n", "yaml", "pnpm-lock.yaml") == []
    assert names("openapi: 3.0.0\nexample:\n  model: gpt-4o\n", "yaml") == []


def test_a_container_takes_its_own_variables_with_the_facts_beside_them() -> None:
    text = (
        "spec:\n  containers:\n    - image: vllm/vllm-openai\n"
        '      args: ["--model", "$(MODEL_NAME)", "--revision", "v1"]\n'
        "      env:\n        - {name: MODEL_NAME, value: BAAI/bge-m3}\n"
    )
    seen = [each for each in find(text, "yaml") if isinstance(each, Sighting)]
    sure = [each for each in seen if each.certainty is not Certainty.GUESSED]
    assert [(each.name, each.revision, each.location.line) for each in sure] == [("BAAI/bge-m3", "v1", 6)]


def test_what_stands_under_an_anchor_is_still_there_for_those_that_merge_it() -> None:
    text = "a: &x\n  model: acme/foo\n  n: [1, &y acme/bar]\nb:\n  <<: *x\n  llm: *y\nc: [*x, *y]\n"
    found = [
        (".".join(view.keys), view.value.value, dict(view.siblings))
        for view in views(text, "yaml")
        if isinstance(view, Entry) and isinstance(view.value, Text)
    ]
    assert found == [
        ("a.model", "acme/foo", {"model": "acme/foo"}),
        ("b.llm", "acme/bar", {"model": "acme/foo", "llm": "acme/bar"}),
    ]


def test_a_script_with_holes_is_still_a_script() -> None:
    text = (
        "containers:\n  - command:\n      - sh\n      - -c\n"
        '      - "x --size=$(SIZE);\n         vllm serve nord/tern-8B --x 2"\n'
        '  - command: ["bash", "-c", "vllm serve sud/gull-8B --tp $(TP)"]\n'
        "  - env: [{name: MODEL, value: ost/plover-7B}]\n"
        '    command: ["sh", "-c", "vllm serve $(MODEL) --tp $(TP)"]\n'
    )
    assert names(text, "yaml") == [
        "hf-model nord/tern-8B 5",
        "hf-model sud/gull-8B 7",
        "hf-model ost/plover-7B 8",
    ]


def test_a_script_in_a_list_of_a_template_is_read_to_its_end() -> None:
    text = (
        "containers:\n  - name: a\n    {{- if .Values.x }}\n    image: a/b\n    {{- end }}\n"
        "    command: [sh, -ec]\n    args:\n      - |\n        hf download nord/tern-8B\n"
        "        {{- if .Values.y }}\n        hf download sud/gull-8B\n        {{- end }}\n"
        "    other: 1\n"
    )
    assert names(text, "yaml") == ["hf-model nord/tern-8B 9", "hf-model sud/gull-8B 11"]


def test_a_command_of_ansible_is_read_however_its_module_is_written() -> None:
    text = (
        "- hosts: a\n  tasks:\n    - ansible.builtin.command: ollama pull llama3:8b\n    - command:\n"
        '        argv: [ollama, pull, "qwen2:7b"]\n    - ansible.builtin.command:\n'
        "        cmd: hf download nord/tern-7b\n    - ansible.builtin.shell: ollama pull gemma:2b\n"
    )
    assert names(text, "yaml") == [
        "ollama llama3:8b 3",
        "ollama qwen2:7b 5",
        "hf-model nord/tern-7b 7",
        "ollama gemma:2b 8",
    ]
