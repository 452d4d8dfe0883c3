"""Clients behind properties, getters and parameters: whom they ask, and what is said where nobody knows."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from scanner.records.unknown import Unknown
from tests.discovery.reading import read_project

HEAD = (
    "from functools import cached_property\nfrom typing import Annotated\n"
    "from fastapi import Depends\nfrom openai import AsyncOpenAI, OpenAI\n"
)
MADE = "OpenAI(base_url='https://api.groq.com/openai/v1')"
ASK = "chat.completions.create(model='net-x2', messages=[])"


def asked(folder: Path, text: str, **others: str) -> list[tuple[str, str | Unknown | None]]:
    files = {"app.py": HEAD + text, **{f"{name}.py": HEAD + held for name, held in others.items()}}
    found = read_project(folder, files, DETECTOR)
    told = [(each.name, each.provider) for each in found.sightings]
    return [*told, *((each.expression, each.reason) for each in found.unresolved)]


@pytest.mark.parametrize(
    "kept",
    [
        f"@property\n    def client(self): return {MADE}",
        f"@cached_property\n    def client(self): return {MADE}",
        "def __init__(self): self._c = None\n    @property\n    def client(self) -> OpenAI:\n"
        f"        if not self._c: self._c = {MADE}\n        return self._c",
        f"_c: OpenAI | None = None\n    @property\n    def client(self):\n"
        f"        self._c = self._c or {MADE}\n"
        "        return self._c",
        f"@property\n    def client(self): return self.make()\n    @staticmethod\n"
        f"    def make(): return {MADE}",
    ],
)
def test_a_client_behind_a_property_asks_where_it_was_made_to(tmp_path: Path, kept: str) -> None:
    text = f"class A:\n    {kept}\n    def go(self): return self.client.{ASK}\n"
    assert asked(tmp_path, text) == [("groq:net-x2", "groq")]


def test_a_client_behind_a_property_of_a_base_in_another_file_asks_there(tmp_path: Path) -> None:
    base = f"class Base:\n    @cached_property\n    def client(self): return {MADE}\n"
    text = f"from base import Base\nclass A(Base):\n    def go(self): return self.client.{ASK}\n"
    assert asked(tmp_path, text, base=base) == [("groq:net-x2", "groq")]


@pytest.mark.parametrize(
    "giver",
    [
        f"def give() -> OpenAI:\n    return {MADE}",
        f"async def give():\n    client = {MADE}\n    try:\n"
        "        yield client\n    finally:\n        client.close()",
        f"_kept = None\ndef give():\n    global _kept\n    if not _kept:\n"
        f"        _kept = {MADE}\n    return _kept",
    ],
)
@pytest.mark.parametrize(
    "parameter",
    [
        "client: OpenAI = Depends(give)",
        "client=Depends(give)",
        "client: Annotated[OpenAI, Depends(give)]",
        "client: Given",
    ],
)
def test_a_client_that_a_framework_hands_over_asks_where_it_was_made_to(
    tmp_path: Path, giver: str, parameter: str
) -> None:
    text = (
        "from deps import give\nGiven = Annotated[OpenAI, Depends(give)]\n"
        f"async def go({parameter}): return client.{ASK}\n"
    )
    assert asked(tmp_path, text, deps=giver + "\n") == [("groq:net-x2", "groq")]


def test_a_class_that_a_framework_makes_holds_its_client(tmp_path: Path) -> None:
    text = (
        f"class A:\n    def __init__(self): self.client = {MADE}\n"
        f"def go(a: A = Depends()): return a.client.{ASK}\n"
    )
    assert asked(tmp_path, text) == [("groq:net-x2", "groq")]


def test_what_hands_over_a_client_made_elsewhere_leaves_it_open(tmp_path: Path) -> None:
    text = (
        "def give(request) -> OpenAI: return request.app.state.client\n"
        "def go(client=Depends(give)): return client.chat.completions.create(model='gpt-4o')\n"
    )
    assert asked(tmp_path, text) == [("unknown:gpt-4o", Unknown("the client is made elsewhere"))]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gpt-4o", ("openai:gpt-4o", "openai")),
        ("deepseek-chat", ("deepseek:deepseek-chat", "deepseek")),
        ("lab1/net-7b", ("unknown:lab1/net-7b", Unknown("the client is made elsewhere"))),
        ("llama-3.1-70b-x2", ("unknown:llama-3.1-70b-x2", Unknown("the client is made elsewhere"))),
        ("net-x2", ("net-x2", "an alias of a server that is not known")),
    ],
)
def test_who_an_unknown_object_asks_is_only_said_by_the_name(
    tmp_path: Path, name: str, expected: tuple[str, object]
) -> None:
    text = f"def go(client): return client.chat.completions.create(model={name!r}, messages=[])\n"
    assert asked(tmp_path, text) == [expected]
