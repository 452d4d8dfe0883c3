"""Texts of arguments, read as what their call says they are."""

import pytest

from scanner.discovery.naming import Named, read_name
from scanner.knowledge.libraries import Argument, NamedThing
from scanner.records.quick import replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.discovery.reading import world


def thing(
    form: str, kind: str = "hf-model", owner: str = "", short: tuple[tuple[str, str], ...] = ()
) -> NamedThing:
    return NamedThing(Argument(0, ()), kind, form, owner, short)


@pytest.mark.parametrize(
    ("text", "argument", "expected"),
    [
        ("lab1/net2", thing("hub"), Named(Kind.HF_MODEL, "lab1/net2")),
        ("lab1/net2@v1", thing("hub"), Named(Kind.HF_MODEL, "lab1/net2", "v1")),
        ("hf://lab1/net2", thing("hub"), Named(Kind.HF_MODEL, "lab1/net2")),
        ("./net2", thing("hub"), None),
        ("net2.safetensors", thing("hub"), None),
        ("org/model-name", thing("hub"), None),
        ("some words here", thing("hub"), None),
        ("", thing("hub"), None),
        ("lab1/net2", thing("hub", "hf-dataset"), Named(Kind.HF_DATASET, "lab1/net2")),
        ("all-Foo-L6-v2", thing("hub", owner="st"), Named(Kind.HF_MODEL, "st/all-Foo-L6-v2")),
        (
            "small",
            thing("alias", short=(("small", "lab1/net-small"),)),
            Named(Kind.HF_MODEL, "lab1/net-small"),
        ),
        ("lab1/net2", thing("scheme"), None),
        ("hf-hub:lab1/net2", thing("scheme"), Named(Kind.HF_MODEL, "lab1/net2")),
        ("llama3:8b", thing("tag", "ollama"), Named(Kind.OLLAMA, "llama3:8b")),
        ("hf.co/lab1/net2:Q4_K_M", thing("tag", "ollama"), Named(Kind.HF_MODEL, "lab1/net2")),
        ("gpt-x", thing("api", "api-model"), Named(Kind.API_MODEL, "gpt-x")),
        ("models/gpt-x", thing("api", "api-model"), Named(Kind.API_MODEL, "gpt-x")),
        ("5432", thing("api", "api-model"), None),
        ("True", thing("api", "api-model"), None),
        ("us-east-1", thing("api", "api-model"), None),
        ("http://lab1:3000", thing("api", "api-model"), None),
        (
            "deepseek/deepseek-chat",
            thing("router", "router"),
            Named(Kind.API_MODEL, "deepseek-chat", "none", "deepseek", route="deepseek"),
        ),
        (
            "azure/prod",
            thing("router", "router"),
            Named(Kind.API_MODEL, "prod", "none", "azure-openai", None, True, "azure"),
        ),
        ("ollama/llama3:8b", thing("router", "router"), Named(Kind.OLLAMA, "llama3:8b")),
        ("hosted_vllm/lab1/net2", thing("router", "router"), Named(Kind.HF_MODEL, "lab1/net2")),
        (
            "swift-tale",
            thing("router", "router"),
            Named(Kind.API_MODEL, "swift-tale", "none", Unknown("the name does not say who serves it")),
        ),
        (
            "openai:gpt-4o",
            thing("colon", "router"),
            Named(Kind.API_MODEL, "gpt-4o", "none", "openai", route="openai"),
        ),
        (
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.lab.net-v1:0",
            thing("api", "api-model"),
            Named(Kind.API_MODEL, "us.lab.net-v1:0", region="us-east-1"),
        ),
        ("WAV_BASE_960H", thing("constant", "other"), Named(Kind.OTHER, "WAV_BASE_960H")),
        ("lab1/net2", thing("constant", "other"), None),
    ],
)
def test_a_text_is_read_by_the_form_its_call_expects(
    text: str, argument: NamedThing, expected: Named | None
) -> None:
    assert read_name(text, argument, world()) == expected


@pytest.mark.parametrize(
    ("text", "argument", "expected"),
    [
        ("small", thing("alias", short=(("small", "whisper:small"),)), Named(Kind.OTHER, "whisper:small")),
        (
            "pretrained=lab1/net2,revision=v1,trust_remote_code=True",
            replace(thing("settings"), prefix="pretrained"),
            Named(Kind.HF_MODEL, "lab1/net2", "v1", runs_code=True),
        ),
        (
            "pretrained=lab1/net2,peft=lab1/lora2",
            replace(thing("settings"), prefix="peft"),
            Named(Kind.HF_MODEL, "lab1/lora2"),
        ),
        ("pretrained=lab1/net2", replace(thing("settings"), prefix="peft"), None),
        ("lab1/net2", replace(thing("settings"), prefix="pretrained"), Named(Kind.HF_MODEL, "lab1/net2")),
        ("models/lab1/net2", thing("page"), Named(Kind.HF_MODEL, "lab1/net2")),
        ("spaces/lab1/net2", thing("page"), None),
        ("lab1/net2", thing("page"), None),
        (
            "net-7b.gguf",
            replace(thing("file", "other"), prefix="shop:"),
            Named(Kind.OTHER, "shop:net-7b.gguf"),
        ),
        ("models/net-7b.gguf", replace(thing("file", "other"), prefix="shop:"), None),
        ("your-model.gguf", replace(thing("file", "other"), prefix="shop:"), None),
        ("lab1/net2", replace(thing("enum", "other"), prefix="shop:"), Named(Kind.OTHER, "shop:lab1/net2")),
        ("outputs/net2", replace(thing("enum", "other"), prefix="shop:"), None),
        (
            "net2",
            replace(thing("api", "api-model"), provider="cohere"),
            Named(Kind.API_MODEL, "net2", provider="cohere"),
        ),
    ],
)
def test_a_record_says_how_a_text_names_something(
    text: str, argument: NamedThing, expected: Named | None
) -> None:
    assert read_name(text, argument, world()) == expected
