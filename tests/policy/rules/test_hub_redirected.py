from __future__ import annotations

import pytest

from scanner.records.sighting import HubSwitch, IgnoreComment, Location
from scanner.records.unknown import Unknown
from tests.policy.build import judge, only, said

RULE = "hub-redirected"
PLACE = Location("compose.yaml", 5, 7, 5, 40)


def switch(value: str | Unknown, name: str = "HF_ENDPOINT") -> HubSwitch:
    return HubSwitch(name, value, PLACE)


@pytest.mark.parametrize("value", ["https://huggingface.co", "https://huggingface.co/", "https://hf.co"])
def test_the_hub_itself_passes(value: str) -> None:
    assert said(judge("{}", switches=(switch(value),)), RULE) == []


def test_a_mirror_is_found_at_its_line() -> None:
    finding = only(judge("{}", switches=(switch("https://hub.example.com"),)), RULE)
    assert (finding.level.value, finding.file, finding.line) == ("warning", "compose.yaml", 5)
    assert finding.message == (
        "HF_ENDPOINT=https://hub.example.com sends downloads of models to hub.example.com"
    )


def test_another_hub_that_is_switched_on_is_found() -> None:
    finding = only(judge("{}", switches=(switch("True", "VLLM_USE_MODELSCOPE"),)), RULE)
    assert finding.message == "VLLM_USE_MODELSCOPE=True sends downloads of models to another hub"


def test_a_host_of_ones_own_can_be_allowed() -> None:
    held = f"{RULE}: {{allow_hosts: ['*.example.com']}}"
    assert said(judge(held, switches=(switch("https://hub.example.com"),)), RULE) == []
    assert said(judge(held, switches=(switch("https://example.com.evil.example"),)), RULE) != []


def test_a_value_decided_elsewhere_is_a_question() -> None:
    unknown = switch(Unknown("$MIRROR: environment"))
    finding = only(judge("{}", switches=(unknown,)), RULE)
    assert (finding.level.value, finding.missing) == ("question", "HF_ENDPOINT")
    assert said(judge(f"{RULE}: {{unknown: off}}", switches=(unknown,)), RULE) == []


def test_an_ignore_silences_it() -> None:
    comment = IgnoreComment("compose.yaml", 5, (RULE,), "our own mirror")
    assert said(judge("{}", switches=(switch("https://hub.example.com"),), ignores=(comment,))) == []


@pytest.mark.parametrize("value", ["https://[", "http://.", "....", ""])
def test_an_address_that_is_none_does_not_crash(value: str) -> None:
    assert len(said(judge("{}", switches=(switch(value),)), RULE)) == 1
