"""Objects of the project's own classes: settings and clients, in whichever file they are made."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from tests.discovery.reading import read_project, shown

SETTINGS = """
from functools import lru_cache
from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings

class Nested(BaseModel):
    weights: str = "lab1/nested2"

def make():
    return Nested(weights="lab1/made2")

class Settings(BaseSettings):
    weights: str = "lab1/net2"
    nested: Nested = Nested()
    factory: Nested = Field(default_factory=Nested)
    made: Nested = Field(default_factory=make)
    declared: Nested
    maybe: "Nested | None"

    @property
    def full(self):
        return self.weights + "-full"

    @full.setter
    def full(self, value):
        self._full = value

    @classmethod
    def load(cls):
        return cls()

class Once:
    _one = None
    weights = "lab1/once2"

    @classmethod
    def get(cls):
        if cls._one is None:
            cls._one = cls()
        return cls._one

@lru_cache()
def get_settings() -> Settings:
    return Settings()

settings: Settings = Settings()
"""
USE = "from transformers import AutoModel\n"


def loaded(folder: Path, text: str, settings: str = SETTINGS, **others: str) -> list[str]:
    files = {"app/use.py": USE + text, "app/config.py": settings, "app/__init__.py": ""}
    files |= {f"app/{name}.py": held for name, held in others.items()}
    found = read_project(folder, files, DETECTOR)
    return [shown(each) for each in (*found.sightings, *found.unresolved)]


@pytest.mark.parametrize(
    ("importing", "held", "name", "line"),
    [
        ("from app.config import settings", "settings.weights", "net2", 13),
        ("from .config import settings as conf", "conf.weights", "net2", 13),
        ("from app import config", "config.settings.weights", "net2", 13),
        ("import app.config as cfg", "cfg.get_settings().weights", "net2", 13),
        ("from app.config import get_settings", "get_settings().weights", "net2", 13),
        ("from app.config import Settings", "Settings().weights", "net2", 13),
        ("from app.config import Settings", "Settings.load().weights", "net2", 13),
        ("from app.config import Once", "Once.get().weights", "once2", 34),
        ("from app.config import settings", "settings.nested.weights", "nested2", 7),
        ("from app.config import settings", "settings.factory.weights", "nested2", 7),
        ("from app.config import settings", "settings.made.weights", "made2", 10),
        ("from app.config import settings", "settings.declared.weights", "nested2", 7),
        ("from app.config import settings", "settings.maybe.weights", "nested2", 7),
        ("from app.config import settings", "settings.full", "net2-full", 22),
        ("from app.config import settings", "getattr(settings, 'weights')", "net2", 13),
        ("from app.config import settings", "getattr(settings, 'weights', 'lab9/other9')", "net2", 13),
    ],
)
def test_settings_of_another_file_hold_their_defaults(
    tmp_path: Path, importing: str, held: str, name: str, line: int
) -> None:
    text = f"{importing}\nAutoModel.from_pretrained({held})\n"
    assert loaded(tmp_path, text) == [f"hf-model lab1/{name} app/config.py:{line} folded remote-code=False"]


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    def __init__(self, settings: Settings): self.kept = settings\n"
        "    def go(self): return AutoModel.from_pretrained(self.kept.weights)\n",
        "def go(settings: 'Settings'): return AutoModel.from_pretrained(settings.weights)\n",
        "def go(settings: Settings | None = None):\n    settings = settings or get_settings()\n"
        "    return AutoModel.from_pretrained(settings.weights)\n",
        "def go(settings: Settings = Depends(get_settings)):\n"
        "    return AutoModel.from_pretrained(settings.weights)\n",
        "Given = Annotated[Settings, Depends(get_settings)]\n"
        "def go(settings: Given): return AutoModel.from_pretrained(settings.weights)\n",
        "def go(settings: Optional[Settings]): return AutoModel.from_pretrained(settings.weights)\n"
        "def main(): go(request.app.settings)\n",
    ],
)
def test_a_parameter_of_the_class_of_settings_holds_its_defaults(tmp_path: Path, text: str) -> None:
    text = (
        "from fastapi import Depends\nfrom typing import Annotated, Optional\n"
        "from app.config import Settings, get_settings\n" + text
    )
    assert loaded(tmp_path, text) == ["hf-model lab1/net2 app/config.py:13 folded remote-code=False"]


def test_settings_handed_on_by_another_file_are_the_same(tmp_path: Path) -> None:
    text = "from app import conf\nfrom app.again import conf\nAutoModel.from_pretrained(conf.weights)\n"
    assert loaded(tmp_path, text, again="from .config import settings as conf\n") == [
        "hf-model lab1/net2 app/config.py:13 folded remote-code=False"
    ]


def test_two_classes_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    text = (
        "from app.config import settings\nclass Settings:\n    weights = 'lab9/own9'\n"
        "AutoModel.from_pretrained(settings.weights)\nAutoModel.from_pretrained(Settings().weights)\n"
    )
    assert loaded(tmp_path, text) == [
        "hf-model lab1/net2 app/config.py:13 folded remote-code=False",
        "hf-model lab9/own9 app/use.py:4 folded remote-code=False",
    ]


def test_what_settings_are_made_with_comes_before_their_defaults(tmp_path: Path) -> None:
    settings = SETTINGS + "small = Settings(weights='lab1/small2')\n"
    text = "from app.config import small\nAutoModel.from_pretrained(small.weights)\n"
    assert loaded(tmp_path, text, settings) == [
        "hf-model lab1/small2 app/config.py:47 folded remote-code=False"
    ]


def test_a_field_that_only_says_its_library_is_open(tmp_path: Path) -> None:
    text = (
        "import pathlib\nclass Job:\n    path: pathlib.Path\n    name: str\n"
        "    def go(self):\n        AutoModel.from_pretrained(self.path)\n"
        "        AutoModel.from_pretrained(self.name)\n"
    )
    assert loaded(tmp_path, text) == [
        "unresolved hf-model 'pathlib.Path(…)' app/use.py:4 chosen at run time",
        "unresolved hf-model 'self.name' app/use.py:8 not a string",
    ]


@pytest.mark.parametrize(
    "given",
    [
        "@contextmanager\ndef name():\n    yield 'lab1/net2'\nwith name() as held:\n",
        "@contextlib.asynccontextmanager\nasync def name():\n    try:\n        yield 'lab1/net2'\n"
        "    finally:\n        pass\nif True:\n    held = name()\n",
    ],
)
def test_what_a_context_manager_yields_is_what_stands_behind_as(tmp_path: Path, given: str) -> None:
    text = "import contextlib\nfrom contextlib import contextmanager\n" + given
    assert [
        each.split(" app")[0] for each in loaded(tmp_path, text + "    AutoModel.from_pretrained(held)\n")
    ] == ["hf-model lab1/net2"]
