"""What a command hands to the program it starts is read like settings of that program."""

from __future__ import annotations

import pytest

from scanner.records.sighting import Certainty, Sighting
from tests.discovery.config_kit import find, names, switches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("docker run --gpus all -e MODEL_ID=nord/tern-7b lab/image", ["hf-model nord/tern-7b 1"]),
        ("docker run -d --env EMBEDDING_MODEL=nord/tern lab/image", ["hf-model nord/tern 1"]),
        ("sudo podman run --env=MODEL_ID=nord/tern-7b lab/image", ["hf-model nord/tern-7b 1"]),
        ("docker build --build-arg MODEL_ID=nord/tern-7b -t lab/image .", ["hf-model nord/tern-7b 1"]),
        ("docker compose run -e MODEL_ID=nord/tern-7b app", ["hf-model nord/tern-7b 1"]),
        ("docker run -e USER_NAME=nord/tern-7b -v a:b -e NAME lab/image", []),
        ("docker run -e SERVED_MODEL_NAME=nord/tern-7b lab/image", []),
        ("kubectl set env deploy/x MODEL_ID=nord/tern-7b", ["hf-model nord/tern-7b 1"]),
        ("heroku config:set A=1 MODEL_ID=nord/tern-7b", ["hf-model nord/tern-7b 1"]),
        (
            'gcloud run deploy x --set-env-vars A=b,MODEL_ID=nord/a-7b --args="--model-id=nord/b-7b,--x"',
            ["hf-model nord/a-7b 1", "hf-model nord/b-7b 1"],
        ),
        (
            "gcloud run deploy x --update-env-vars=^@^MODEL_ID=nord/a-7b@LLM_MODEL=nord/b-7b",
            ["hf-model nord/a-7b 1", "hf-model nord/b-7b 1"],
        ),
        ("az containerapp create --env-vars A=b MODEL_ID=nord/a-7b", ["hf-model nord/a-7b 1"]),
        ("sbatch --export=ALL,MODEL=nord/a-7b job.sh", ["hf-model nord/a-7b 1"]),
        (
            "helm install v --set spec.modelSpec[0].modelURL=nord/a-7b,image.tag=v1",
            ["hf-model nord/a-7b 1"],
        ),
        ('terraform apply -var="model_id=nord/a-7b"', ["hf-model nord/a-7b 1"]),
        ("python3 -m lab.train actor.model.path=nord/a-7b critic.model.path='nord/b-7b'",
         ["hf-model nord/a-7b 1", "hf-model nord/b-7b 1"]),
        ("torchrun t.py +model.pretrained_model_name_or_path=nord/a-7b", ["hf-model nord/a-7b 1"]),
        ("python t.py model_name=nord/a-7b dataset.name=nord/asks",
         ["hf-model nord/a-7b 1", "hf-dataset nord/asks 1"]),
        ("python t.py model=vision/tern data.path=nord/asks optim.name=nord/adam out.model_dir=nord/x", []),
        ("./t model.path=nord/a-7b", []),
    ],
)  # fmt: skip
def test_variables_and_values_on_a_command_line_are_settings(text: str, expected: list[str]) -> None:
    assert names(text, "shell") == expected


def test_what_stands_beside_an_override_belongs_to_its_name() -> None:
    text = (
        "python t.py a.model.path=nord/tern-7b +a.model.trust_remote_code=1 a.model.revision=v2 b.revision=v3"
    )
    [found] = [each for each in find(text, "shell") if isinstance(each, Sighting)]
    assert (found.name, found.remote_code, found.revision) == ("nord/tern-7b", True, "v2")


def test_a_switch_in_the_container_moves_what_the_container_loads() -> None:
    text = "docker run -e VLLM_USE_MODELSCOPE=True vllm/vllm-openai --model nord/tern-7b\n"
    assert names(text, "shell") == ["modelscope nord/tern-7b 1"]
    assert switches(text, "shell") == [("VLLM_USE_MODELSCOPE", "True", 1)]


def test_a_switch_set_for_the_command_moves_what_its_values_name() -> None:
    text = "VERL_USE_MODELSCOPE=True python3 -m lab.train actor.model.path=nord/tern-7b\n"
    assert names(text, "shell") == ["modelscope nord/tern-7b 1"]


def test_an_address_handed_on_says_who_serves_what_is_handed_on() -> None:
    text = "docker run -e OPENAI_BASE_URL=https://api.deepseek.com -e OPENAI_MODEL=nord/tern-7b lab/image"
    assert names(text, "shell") == ["api-model deepseek:nord/tern-7b 1"]


def test_a_variable_handed_on_is_named_where_it_is_set() -> None:
    text = "MODEL=nord/tern-7b\ndocker run -e MODEL_ID=$MODEL lab/image\n"
    seen = {
        (each.name, each.location.line, each.certainty)
        for each in find(text, "shell")
        if isinstance(each, Sighting)
    }
    assert ("nord/tern-7b", 1, Certainty.FOLDED) in seen
    assert {line for _, line, _ in seen} == {1}
