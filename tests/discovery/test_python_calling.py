"""Functions of a project give each of their calls its own value."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from tests.discovery.reading import lines, read_project, shown

HELPER = (
    "import os\n"
    "from transformers import AutoModel\n"
    "def setting(name, fallback=None):\n"
    "    value = os.getenv(name)\n"
    "    if value is None:\n"
    "        return fallback\n"
    "    return value\n"
)


def test_a_helper_gives_each_call_its_own_fallback(tmp_path: Path) -> None:
    text = HELPER + (
        "PORT = setting('PORT', 'lab9/port9')\n"
        "MODEL = setting('MODEL', fallback='lab1/net2')\n"
        "AutoModel.from_pretrained(MODEL)\n"
    )
    assert lines(tmp_path, text, DETECTOR) == ["hf-model lab1/net2 9 folded remote-code=False"]


def test_a_helper_within_a_helper_keeps_its_arguments_apart(tmp_path: Path) -> None:
    text = HELPER + (
        "def either(first, second):\n"
        "    return setting('X', first) or second\n"
        "setting('Y', 'lab9/port9')\n"
        "either('lab8/other8', 'a')\n"
        "AutoModel.from_pretrained(either(setting('Z', 'lab1/net2'), 'lab1/net3'))\n"
    )
    assert lines(tmp_path, text, DETECTOR) == [
        "hf-model lab1/net2 12 folded remote-code=False",
        "hf-model lab1/net3 12 folded remote-code=False",
    ]


def test_a_default_holds_for_calls_that_give_nothing(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel\n"
        "def name(size='lab1/net2'):\n"
        "    return size\n"
        "name('lab9/port9')\n"
        "AutoModel.from_pretrained(name())\n"
    )
    assert lines(tmp_path, text, DETECTOR) == ["hf-model lab1/net2 2 folded remote-code=False"]


@pytest.mark.parametrize("call", ["name(*given)", "name(**given)"])
def test_a_call_whose_arguments_cannot_be_told_apart_has_those_of_all_calls(
    tmp_path: Path, call: str
) -> None:
    text = (
        "from transformers import AutoModel\n"
        "def name(size):\n"
        "    return size\n"
        "name('lab1/net2')\n"
        f"AutoModel.from_pretrained({call})\n"
    )
    assert lines(tmp_path, text, DETECTOR) == ["hf-model lab1/net2 4 folded remote-code=False"]


def test_a_function_that_calls_itself_ends(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel\n"
        "def name(size):\n"
        "    return name(size + 'x') if size else size\n"
        "AutoModel.from_pretrained(name('lab1/net2'))\n"
    )
    found = read_project(tmp_path, {"app.py": text}, DETECTOR)
    assert "hf-model lab1/net2 app.py:4 folded remote-code=False" in map(shown, found.sightings)


def test_a_helper_of_another_file_gives_a_call_its_fallback(tmp_path: Path) -> None:
    files = {
        "app.py": (
            "from transformers import AutoModel\n"
            "from helpers import setting\n"
            "AutoModel.from_pretrained(setting('MODEL', 'lab1/net2'))\n"
        ),
        "helpers.py": HELPER,
    }
    found = read_project(tmp_path, files, DETECTOR)
    assert [shown(each) for each in found.sightings] == [
        "hf-model lab1/net2 app.py:3 folded remote-code=False"
    ]


TABLE = (
    "from transformers import AutoModel\n"
    "NAMES = {'a': 'lab1/net2', 'b': 'lab1/net3'}\n"
    "def load(size='a'):\n"
    "    return AutoModel.from_pretrained(NAMES.get(size, 'lab1/net4'))\n"
)


def test_a_parameter_may_choose_every_entry_of_a_table(tmp_path: Path) -> None:
    assert lines(tmp_path, TABLE, DETECTOR) == [
        "hf-model lab1/net2 2 folded remote-code=False",
        "hf-model lab1/net3 2 folded remote-code=False",
        "hf-model lab1/net4 4 folded remote-code=False",
    ]


def test_classes_that_inherit_how_they_are_made_give_it_their_arguments(tmp_path: Path) -> None:
    text = (
        "from transformers import AutoModel\n"
        "class Shared:\n"
        "    def __init__(self, title, model=None):\n"
        "        self.title, self.model = title, model\n"
        "class Chat(Shared):\n"
        "    def load(self):\n"
        "        return AutoModel.from_pretrained(self.model)\n"
        "class Longer(Chat):\n"
        "    def __init__(self, *args, more=False, **kwargs):\n"
        "        super().__init__(*args, **kwargs)\n"
        "class Fixed(Chat):\n"
        "    def __init__(self, size):\n"
        "        super().__init__(size, 'lab1/net4')\n"
        "class Other:\n"
        "    def __init__(self, *args):\n"
        "        super().__init__('a', 'lab9/other9')\n"
        "register(Chat('a', 'lab1/net2'), Longer('b', model='lab1/net3'))\n"
        "register(Fixed('lab9/size9'), Other('c', 'lab9/port9'))\n"
    )
    assert lines(tmp_path, text, DETECTOR) == [
        "hf-model lab1/net4 13 folded remote-code=False",
        "hf-model lab1/net2 17 folded remote-code=False",
        "hf-model lab1/net3 17 folded remote-code=False",
    ]
