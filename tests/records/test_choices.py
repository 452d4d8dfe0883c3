"""A choice is to its users what the standard library makes of it."""

from __future__ import annotations

import copy
import enum
import gc
import importlib
import pickle
import pkgutil
from typing import Any

import pytest

import scanner
from scanner.records.choices import Enum


class Color(Enum):
    """Ours."""

    RED = "red"
    """With a remark."""
    BLUE = 2

    @property
    def is_warm(self) -> bool:
        return self is Color.RED


class Plain(enum.Enum):
    """The library's."""

    RED = "red"
    BLUE = 2

    @property
    def is_warm(self) -> bool:
        return self is Plain.RED


def told(kind: Any) -> list[Any]:
    return [
        [(each.name, each.value, each.is_warm, hash(each) == hash(each)) for each in kind],
        [kind("red") is kind.RED, kind(2) is kind.BLUE, kind(kind.RED) is kind.RED, len(kind)],
        [kind.RED in kind, kind.RED == kind.RED, kind.RED != kind.BLUE, kind.RED != "red", bool(kind.RED)],
        [str(kind.RED).partition(".")[2], repr(kind.BLUE).partition(".")[2], f"{kind.RED}".partition(".")[2]],
        [pickle.loads(pickle.dumps(kind.RED)) is kind.RED, copy.deepcopy([kind.BLUE]) == [kind.BLUE]],
        [copy.copy(kind.RED) is kind.RED, isinstance(kind.RED, kind), {kind.RED: 1}[kind.RED]],
    ]


def test_it_is_what_the_library_makes_of_it() -> None:
    assert told(Color) == told(Plain)


def test_a_value_that_is_none_is_refused_in_the_same_words() -> None:
    said = []
    for kind in (Color, Plain):
        for value in ("green", None, []):
            with pytest.raises(ValueError, match=" is not a valid ") as refused:
                kind(value)
            said.append(str(refused.value).replace("Plain", "Color"))
    assert said[:3] == said[3:]


def test_it_cannot_be_changed() -> None:
    for owner, name in ((Color.RED, "value"), (Color, "RED"), (Color, "GREEN")):
        with pytest.raises(AttributeError):
            setattr(owner, name, "green")
    with pytest.raises(TypeError, match="TWO and ONE are 1"):
        type(Color)("Twins", (Enum,), {"ONE": 1, "TWO": 1})


def test_a_match_takes_it_apart() -> None:
    match Color("red"):
        case Color.BLUE:
            found = "blue"
        case Enum(value=value):
            found = value
    assert found == "red"


def test_every_choice_of_the_project_is_made_here() -> None:
    for module in pkgutil.walk_packages(scanner.__path__, "scanner."):
        importlib.import_module(module.name)
    made = [each for each in gc.get_objects() if isinstance(each, type) and issubclass(each, enum.Enum)]
    assert [each for each in made if each.__module__.startswith("scanner.")] == []
