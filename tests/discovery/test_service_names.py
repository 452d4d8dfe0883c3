"""Tests of how services are called, and of the ARNs of Bedrock."""

from __future__ import annotations

import pytest

from scanner.discovery.context import KnownWorld
from scanner.discovery.service_names import read_arn, service_called
from scanner.knowledge.store import open_knowledge
from tests.discovery.config_kit import World


@pytest.mark.parametrize(
    ("word", "service"),
    [
        ("OpenAI", "openai"),
        ("Together AI", "together"),
        ("mistralai", "mistral"),
        ("google", "google-gemini"),
        ("google_vertex", "google-vertex"),
        ("Google Vertex", "google-vertex"),
        ("tern", None),
        ("", None),
    ],
)
def test_a_service_is_known_however_it_is_written(word: str, service: str | None) -> None:
    assert service_called(word, World()) == service


@pytest.mark.parametrize(
    ("word", "service"),
    [
        ("google_genai", "google-gemini"),
        ("Vertex AI", "google-vertex"),
        ("azure_openai", "azure-openai"),
        ("moonshotai", "moonshot"),
        ("TogetherAI", "together"),
        ("Fireworks AI", "fireworks"),
    ],
)
def test_records_of_services_say_how_else_they_are_written(word: str, service: str) -> None:
    assert service_called(word, KnownWorld(open_knowledge())) == service


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("arn:aws:bedrock:us-east-1::foundation-model/amazon.x-v1:0", ("amazon.x-v1:0", "us-east-1")),
        ("arn:aws-cn:bedrock:${var.region}:${local.id}:inference-profile/us.x", ("us.x", None)),
        ("arn:${p}:bedrock:*::foundation-model/x1", ("x1", None)),
        ("arn:aws:bedrock:*::foundation-model/*", None),
        ("arn:aws:bedrock:us-east-1:1:application-inference-profile/x", None),
        ("arn:aws:s3:::bucket/x", None),
        ("bedrock", None),
    ],
)
def test_an_arn_tells_model_and_region(text: str, read: tuple[str, str | None] | None) -> None:
    assert read_arn(text) == read
