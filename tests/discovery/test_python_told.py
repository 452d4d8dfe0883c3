"""Bodies a program sends itself: the address they go to says who serves the model in them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanner.discovery import python_told
from scanner.discovery.detectors import named_values
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import Evaluation
from tests.discovery.reading import read_project

HEAD = "import json\nimport requests\nURL = 'http://localhost:11434'\n"
SEND = "requests.post({}, {})"
BODY = "{'model': 'llama3', 'prompt': p, 'stream': False}"


def named(folder: Path, text: str) -> list[str]:
    found = read_project(folder, {"app.py": HEAD + text}, named_values.DETECTOR)
    return [f"{each.kind.value} {each.name}" for each in found.sightings]


@pytest.mark.parametrize(
    "text",
    [
        SEND.format("'http://localhost:11434/api/generate'", f"json={BODY}"),
        SEND.format("f'{URL}/api/generate'", f"data=json.dumps({BODY})"),
        f"requests.request('POST', URL + '/api/chat', json={BODY})",
        f"def ask(p):\n    body = {BODY}\n    return s.post(url=URL + '/api/chat', json=body)",
    ],
)
def test_a_short_name_sent_to_ollama_is_a_tag(tmp_path: Path, text: str) -> None:
    assert named(tmp_path, text) == ["ollama llama3"]


@pytest.mark.parametrize("name", ["gpt-4o", "deepseek-ai/DeepSeek-V3"])
def test_a_model_is_that_of_the_service_it_is_asked_of_alone(tmp_path: Path, name: str) -> None:
    address = "'https://api.siliconflow.cn/v1/chat/completions'"
    text = f"MODEL = {name!r}\nbody = {{'model': MODEL}}\n" + SEND.format(address, "json=body")
    assert named(tmp_path, text) == [f"api-model siliconflow:{name}"]


@pytest.mark.parametrize(
    "sent",
    [
        SEND.format("URL", f"headers={BODY}"),
        SEND.format("URL if own else 'https://api.openai.com/v1'", f"json={BODY}"),
        f"body = {BODY}\n" + SEND.format("URL", "json=other"),
    ],
)
def test_what_is_no_body_or_may_go_elsewhere_has_no_address(tmp_path: Path, sent: str) -> None:
    assert named(tmp_path, sent) == []


def test_addresses_are_looked_for_once_whatever_the_file_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    only = python_told._only_address

    def counted(frame: Frame, is_key: Callable[[str], bool]) -> str:
        looked.append(frame.name)
        return only(frame, is_key)

    def listed(run: Evaluation, frame: Frame) -> Iterator[tuple[str, str]]:
        looked.append(frame.name)
        return every(run, frame)

    every = python_told._addresses_of
    monkeypatch.setattr(python_told, "_addresses_of", listed)
    monkeypatch.setattr(python_told, "_only_address", counted)
    fields = "".join(f"    of{at}_model = 'lab1/net-{at}b'\n" for at in range(50))
    text = f"class Own:\n{fields}" + fields.replace("    ", "")
    assert len(named(tmp_path, text)) == 100
    assert sorted(looked) == ["", "Own"]
