"""Recorded traffic and tests of templates tell of models; they use none."""

from __future__ import annotations

import json

import pytest

from tests.discovery.config_kit import mentions, names, unresolved

ASKED = '{"messages":[],"model":"gpt-4o"}'
ANSWERED = '{"object":"chat.completion","model":"gpt-4o-2024-08-06"}'

VCR = f"""interactions:
- request:
    body: '{ASKED}'
    uri: https://api.openai.com/v1/chat/completions
  response:
    body:
      string: '{ANSWERED}'
"""
RUBY = f"""http_interactions:
- request:
    method: post
    uri: https://api.openai.com/v1/chat/completions
    body:
      encoding: UTF-8
      string: '{ASKED}'
  response:
    status:
      code: 200
      message: OK
    headers: {{}}
    body:
      encoding: UTF-8
      string: '{ANSWERED}'
recorded_with: VCR 6.1.0
"""
RUST = f"""when:
  path: /v1/chat/completions
  method: POST
  body: '{ASKED}'
then:
  status: 200
  body: '{ANSWERED}'
"""
NOCK = [
    {
        "scope": "https://api.openai.com:443",
        "method": "POST",
        "path": "/v1/chat/completions",
        "body": {"model": "gpt-4o"},
        "status": 200,
        "response": {"model": "gpt-4o-2024-08-06"},
    }
]
HAR = {
    "log": {
        "entries": [
            {
                "request": {"method": "POST", "url": "https://x.org", "postData": {"text": ASKED}},
                "response": {"status": 200, "content": {"text": ANSWERED}},
            }
        ]
    }
}
WIREMOCK = {
    "request": {"method": "POST", "urlPath": "/v1/chat", "bodyPatterns": [{"equalToJson": ASKED}]},
    "response": {"status": 200, "jsonBody": {"model": "gpt-4o-2024-08-06"}},
}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (VCR, "yaml"),
        (RUBY, "yaml"),
        (RUST, "yaml"),
        (json.dumps(NOCK), "json"),
        (json.dumps(HAR), "json"),
        (json.dumps(WIREMOCK), "json"),
    ],
)
def test_of_recorded_traffic_the_request_is_mentioned_and_the_answer_passed_over(
    text: str, language: str
) -> None:
    assert names(text, language) == []
    assert {found.split()[1] for found in mentions(text, language)} <= {"openai:gpt-4o"}
    assert unresolved(text, language) == []


def test_the_models_a_server_listed_are_no_models_of_the_project() -> None:
    listed = '{"models":[{"name":"tern:latest","model":"tern:latest"}]}'
    text = f"""interactions:
- request: {{method: GET, uri: "http://localhost:11434/api/tags"}}
  response:
    status: {{code: 200}}
    body: {{string: '{listed}'}}
"""
    assert names(text, "yaml") == mentions(text, "yaml") == []


def test_an_answer_kept_without_its_request_is_passed_over() -> None:
    text = f"provider: openai\nthen:\n  status: 200\n  body: '{ANSWERED}'\n"
    assert names(text, "yaml") == mentions(text, "yaml") == []


def test_an_address_that_was_asked_is_mentioned() -> None:
    text = """interactions:
- request: {method: GET, uri: "https://huggingface.co/lab1/net2/resolve/main/config.json"}
  response:
    headers: {}
    body: {string: ""}
"""
    assert (names(text, "yaml"), mentions(text, "yaml")) == ([], ["hf-model lab1/net2 2"])


@pytest.mark.parametrize(
    "text",
    [
        # a test that makes its request itself
        "request: {method: POST, url: https://api.openai.com/v1, json: {model: gpt-4o}}\n"
        "response: {status_code: 200, json: {ok: true}}\n",
        # a connector's settings: where the answer is found
        "request: {method: POST, url: https://api.openai.com/v1, body: {model: gpt-4o}}\n"
        "response: $.choices[0]\n",
        "request: {method: POST, url: https://api.openai.com/v1, body: {model: gpt-4o}}\n",
    ],
)
def test_a_request_that_is_made_uses_its_model(text: str) -> None:
    assert names(text, "yaml") == ["api-model openai:gpt-4o 1"]


def test_what_a_response_is_made_with_is_used() -> None:
    assert names("response:\n  model: gpt-4o\n  header: x\n", "yaml") == ["api-model openai:gpt-4o 2"]


def test_values_set_by_a_test_of_a_chart_are_mentioned() -> None:
    text = """suite: the server
tests:
- it: takes the model
  set:
    model: lab1/net2
  asserts:
  - equal: {path: spec.model, value: lab1/net2}
"""
    assert (names(text, "yaml"), mentions(text, "yaml")) == ([], ["hf-model lab1/net2 5"])


def test_settings_that_only_have_tests_beside_them_are_used() -> None:
    text = "model: lab1/net2\ntests:\n- vars: {a: b}\n  assert:\n  - type: equals\n"
    assert names(text, "yaml") == ["hf-model lab1/net2 1"]
