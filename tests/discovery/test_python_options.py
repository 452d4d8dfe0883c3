"""Defaults of options: flags of absl, `getattr` with a default, variables that are set where they are not."""

from pathlib import Path

import pytest

from tests.discovery.reading import lines

HEAD = "from absl import flags\nfrom transformers import AutoModel\nFLAGS = flags.FLAGS\n"


@pytest.mark.parametrize(
    "text",
    [
        "flags.DEFINE_string('start', 'lab1/net2', 'x')\nAutoModel.from_pretrained(FLAGS.start)\n",
        "flags.DEFINE_enum('start', default='lab1/net2')\nAutoModel.from_pretrained(FLAGS.start)\n",
        "START = flags.DEFINE_string('start', 'lab1/net2', 'x')\nAutoModel.from_pretrained(START.value)\n",
    ],
)
def test_the_default_of_a_flag_is_loaded(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, HEAD + text) == ["hf-model lab1/net2 4 folded remote-code=False"]


def test_a_flag_without_a_default_comes_from_the_command_line(tmp_path: Path) -> None:
    text = "flags.DEFINE_string('start', None, 'x')\nAutoModel.from_pretrained(FLAGS.start)\n"
    assert lines(tmp_path, HEAD + text) == ["unresolved hf-model 'FLAGS.start' 5 command line"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tower = getattr(config, 'vision_tower', 'lab1/net2')", "hf-model lab1/net2 1 guessed"),
        ("m = getattr(args, 'model_name', 'gpt-4o')", "api-model openai:gpt-4o 1 guessed"),
        ("import os; os.environ.setdefault('MODEL_ID', 'lab1/net2')", "hf-model lab1/net2 1 guessed"),
        ("import os; os.environ.setdefault('OPENAI_MODEL', 'gpt-4o')", "api-model openai:gpt-4o 1 guessed"),
    ],
)
def test_the_name_under_which_a_default_stands_says_what_it_is(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert lines(tmp_path, text) == [expected]


def test_the_default_of_getattr_is_loaded(tmp_path: Path) -> None:
    text = "AutoModel.from_pretrained(getattr(args, 'x', 'lab1/net2'))\n"
    assert lines(tmp_path, HEAD + text) == ["hf-model lab1/net2 4 folded remote-code=False"]


def test_getattr_of_a_library_is_a_thing_of_it(tmp_path: Path) -> None:
    text = "import torchaudio\ngetattr(torchaudio.pipelines, 'NET2X', 'lab1/net2').get_model()\n"
    assert "lab1/net2" not in " ".join(lines(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dbutils.widgets.text('model_name', 'lab1/net2')", "hf-model lab1/net2 1 guessed"),
        ("client.V1EnvVar(name='HF_MODEL_ID', value='lab1/net2')", "hf-model lab1/net2 1 guessed"),
        ("x = {'model_name': 'lab1/net2', 'revision': 'r5'}", "hf-model lab1/net2 1 guessed @r5"),
    ],
)
def test_what_stands_beside_a_name_says_what_it_is(tmp_path: Path, text: str, expected: str) -> None:
    assert lines(tmp_path, text) == [expected]
