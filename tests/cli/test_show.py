from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import referencing

from scanner.cli._showing import Wanted, read_reference
from scanner.cli.main import run
from scanner.errors import UsageError
from scanner.records.sighting import Kind
from tests.local_hub import LocalHub

SCHEMAS = Path(__file__).parent.parent.parent / "docs" / "schema"


def mistakes(name: str, document: object) -> list[str]:
    """What of a document is not as its schema says."""
    loaded = [json.loads(file.read_text("utf-8")) for file in SCHEMAS.glob("*.json")]
    registry = referencing.Registry().with_resources(
        (schema["$id"], referencing.Resource.from_contents(schema)) for schema in loaded
    )
    schema = next(schema for schema in loaded if schema["title"] == name)
    validator = jsonschema.Draft202012Validator(schema, registry=registry)
    return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(document)]


@pytest.fixture(autouse=True)
def here(surroundings: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "ollama"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("gpt2", Wanted(Kind.HF_MODEL, "gpt2")),
        ("Qwen/Qwen3-8B", Wanted(Kind.HF_MODEL, "Qwen/Qwen3-8B")),
        ("Qwen/Qwen3-8B@v1", Wanted(Kind.HF_MODEL, "Qwen/Qwen3-8B", "v1")),
        ("https://huggingface.co/Qwen/Qwen3-8B/tree/main", Wanted(Kind.HF_MODEL, "Qwen/Qwen3-8B")),
        ("dataset:squad", Wanted(Kind.HF_DATASET, "squad")),
        ("dataset:a/b@v1", Wanted(Kind.HF_DATASET, "a/b", "v1")),
        ("ollama:llama3.2:3b", Wanted(Kind.OLLAMA, "llama3.2:3b")),
        ("modelscope:a/b", Wanted(Kind.MODELSCOPE, "a/b")),
        ("api:deepseek:deepseek-chat", Wanted(Kind.API_MODEL, "deepseek:deepseek-chat")),
        ("publisher:Qwen", Wanted("publisher", "Qwen")),
        ("provider:https://api.openai.com/v1", Wanted("provider", "https://api.openai.com/v1")),
        ("provider:api.openai.com", Wanted("provider", "api.openai.com")),
    ],
)
def test_every_kind_of_reference_is_read(text: str, wanted: Wanted) -> None:
    assert read_reference(text) == wanted


@pytest.mark.parametrize(
    "text", ["", "a/b/c", "api:deepseek", "api::x", "publisher:", "https://example.org/a/b", "a b"]
)
def test_what_names_nothing_is_refused_with_what_there_is(text: str) -> None:
    with pytest.raises(UsageError, match="names nothing that can be shown\n  write a Hub name"):
        read_reference(text)


@pytest.mark.parametrize(
    ("reference", "kind", "key"),
    [
        ("gpt2", "hf-model", "asset"),
        ("nobody-here/nothing", "hf-model", "asset"),
        ("dataset:nobody-here/nothing", "hf-dataset", "asset"),
        ("ollama:nobody-here/nothing:1b", "ollama", "asset"),
        ("modelscope:01ai/Yi-Coder-9B-Chat", "modelscope", "asset"),
        ("api:deepseek:deepseek-chat", "api-model", "asset"),
        ("publisher:Qwen", "publisher", "publisher"),
        ("publisher:nobody-here", "publisher", "publisher"),
        ("provider:api.openai.com", "provider", "provider"),
        ("provider:llm.nobody.example", "provider", "provider"),
    ],
)
def test_the_json_of_each_kind_is_as_promised(
    reference: str, kind: str, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", reference, "--offline", "-f", "json", "--date", "2026-11-22"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert mistakes("lading.show/1", said) == []
    assert (said["schema"], said["kind"]) == ("lading.show/1", kind)
    assert key in said


SCREEN = """\
ext-test/tuned-GGUF
  model · text-generation · transformers · public · gated (auto)
  hub, 2026-11-22 · commit 000000000000 · identity 000000000000000000000001

   license  MIT (permissive)
  declared  mit
"""

TREE = """\
 made from  4 models
            ├─ merge of ext-test/left
            │  │  apache-2.0 · publisher unknown · verified
            │  └─ finetune of ext-test/root
            │        mit · publisher unknown · verified
            └─ merge of ext-test/right
               │  license unknown (the repository declares no license) ·
               │  publisher unknown · verified
               └─ finetune of ext-test/gone
                     license unknown (ext-test/gone is missing or private (no
                     token was shown)) · publisher unknown · verified
  inherits  apache-2.0, from ext-test/left
            commercial use: yes (§2)
            attribution: NOTICE contents (§4(d))
            when passed on: pass on a copy of the license; pass on a notice;
            mark changed files
trained on  unknown (the card names no training dataset; that does not say there
            is none)
     files  other (1) · safetensors (1) · text (1)
"""


def test_the_screen_draws_the_lineage_with_license_and_country(
    local_hub: LocalHub, capsys: pytest.CaptureFixture[str]
) -> None:
    local_hub.add(
        "ext-test/tuned-GGUF",
        "mit",
        ["ext-test/left", "ext-test/right"],
        gated="auto",
        files={"x.zzz": ""},
    )
    local_hub.add("ext-test/left", "apache-2.0", "ext-test/root")
    local_hub.add("ext-test/right", None, "ext-test/gone")
    local_hub.add("ext-test/root", "mit")
    assert run(["show", "ext-test/tuned-GGUF", "--date", "2026-11-22"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(SCREEN)
    assert TREE in said
    assert max(len(line) for line in said.splitlines()) <= 80


@pytest.mark.parametrize("reference", ["bedrock:deepseek.r1-v1:0", "bedrock/deepseek.r1-v1:0"])
def test_a_routers_prefix_leads_to_who_serves_and_who_developed(
    reference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", f"api:{reference}", "--offline", "-f", "json"]) == 0
    asset = json.loads(capsys.readouterr().out)["asset"]
    assert (asset["name"], asset["serving_entity"]["country"], asset["developer"]["country"]) == (
        "aws-bedrock:deepseek.r1-v1:0",
        "US",
        "CN",
    )


def test_it_says_where_the_project_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lading.yaml").write_text("version: 1\n")
    (tmp_path / "app.py").write_text(
        'from transformers import AutoModel\nAutoModel.from_pretrained("gpt2")\n'
    )
    for name in ("gpt2", "openai-community/gpt2"):
        run(["show", name, "--offline", "-f", "json"])
        assert [place["line"] for place in json.loads(capsys.readouterr().out)["places"]] == [2]


def test_a_folder_that_is_no_project_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "app.py").write_text(
        'from transformers import AutoModel\nAutoModel.from_pretrained("gpt2")\n'
    )
    run(["show", "gpt2", "--offline", "-f", "json"])
    assert json.loads(capsys.readouterr().out)["places"] == []


def test_what_could_not_be_asked_is_exit_code_three(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    assert run(["show", "gpt2", "--date", "2026-11-22"]) == 3
    assert "could not be asked: 127.0.0.1:1 could not be reached" in capsys.readouterr().out


def test_a_hostile_name_cannot_steer_the_terminal(
    local_hub: LocalHub, capsys: pytest.CaptureFixture[str]
) -> None:
    local_hub.add(
        "ext-test/one", "mit\x1b[2J", card={"base_model": "evil\x1b]0;x\x07"}, pipeline_tag="a\x1bb"
    )
    run(["show", "ext-test/one"])
    assert "\x1b" not in capsys.readouterr().out


def test_training_data_is_drawn_as_data_and_not_counted_as_a_model(
    local_hub: LocalHub, capsys: pytest.CaptureFixture[str]
) -> None:
    local_hub.add("ext-test/tuned", "mit", "ext-test/base", card={"datasets": ["ext-test/texts"]})
    local_hub.add("ext-test/base", "mit")
    local_hub.add("ext-test/texts", "cc-by-nc-4.0", folder="datasets")
    assert run(["show", "ext-test/tuned"]) == 0
    said = capsys.readouterr().out
    assert " made from  1 model, 1 dataset\n" in said
    assert "└─ trained on ext-test/texts\n                  cc-by-nc-4.0" in said


def test_a_name_another_repository_took_over_says_so_at_the_head(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "runwayml/stable-diffusion-v1-5", "--offline"]) == 0
    head = " ".join(capsys.readouterr().out.partition("license")[0].split())
    assert head.startswith(
        "stable-diffusion-v1-5/stable-diffusion-v1-5 asked for as runwayml/stable-diffusion-v1-5, "
        "which was another repository (redirect lands on a different repository"
    )


def test_the_terms_of_a_base_are_told_with_the_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "--offline"]) == 0
    said = capsys.readouterr().out
    parts = [
        "   license  MIT (permissive)\n",
        " publisher  Hangzhou DeepSeek Artificial Intelligence Co. (CN)\n",
        "            └─ finetune of meta-llama/Llama-3.1-8B\n",
        "                  llama-3.1 · Meta Platforms, Inc. (US)",
        "  inherits  llama-3.1, from meta-llama/Llama-3.1-8B\n",
        '            attribution: "Built with Llama" (§1.b.i)\n',
    ]
    assert [part for part in parts if part not in said] == []


def test_of_a_thing_nobody_knows_one_line_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "nobody-here/nothing", "--offline"]) == 0
    assert capsys.readouterr().out == (
        "nobody-here/nothing\n  model\n"
        "  not known: no source on this machine knows it, and the run is offline\n\n"
        " publisher  unknown (no record says who nobody-here is)\n"
    )


def test_a_provider_is_found_by_its_id_with_its_hosts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "provider:openai", "--offline"]) == 0
    said = capsys.readouterr().out
    assert ("    entity  OpenAI\n" in said, "answers at  api.openai.com," in said) == (True, True)


def test_a_tag_left_out_is_no_other_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "ollama:phi4", "--offline", "-f", "json"]) == 0
    asset = json.loads(capsys.readouterr().out)["asset"]
    assert (asset["name"], asset["renamed_from"], asset["license"]["key"]) == ("phi4:latest", "none", "mit")


def test_a_dataset_has_no_base_to_tell_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "dataset:strombergnlp/danfever", "--offline"]) == 0
    said = capsys.readouterr().out
    assert ("   license  CC-BY-SA-4.0" in said, "made from" in said, "developer" in said) == (
        True,
        False,
        False,
    )


def test_commits_are_shown_in_short_so_that_a_source_fits_the_line(
    local_hub: LocalHub, capsys: pytest.CaptureFixture[str]
) -> None:
    local_hub.add("ext-test/one", "mit")
    assert run(["show", "ext-test/one", "--date", "2026-11-22"]) == 0
    said = capsys.readouterr().out
    assert 'evidence  license.declared = mit ("mit", README.md;\n' in said
    assert "            hub:ext-test/one@000000000000, 2026-11-22)\n" in said
