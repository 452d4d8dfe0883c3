"""What tests are given by their cases and fixtures."""

from pathlib import Path

import pytest

from tests.discovery.reading import lines

MARK = "@pytest.mark.parametrize"
CASES = "['lab1/a1', 'lab1/a2']"
HEAD = "import pytest\nfrom parameterized import parameterized\nfrom transformers import AutoModel\n"
BODY = "    AutoModel.from_pretrained(name)\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{MARK}('name', {CASES})\ndef test_it(name):\n{BODY}",
        f"{MARK}('name,size', [('lab1/a1', 1), ('lab1/a2', 2)])\ndef test_it(name, size):\n{BODY}",
        f"{MARK}(['n', 'name'], [(1, 'lab1/a1'), (2, 'lab1/a2')])\ndef test_it(n, name):\n{BODY}",
        f"{MARK}('name', [pytest.param('lab1/a1', id='a'), pytest.param('lab1/a2')])\n"
        f"def test_it(name):\n{BODY}",
        f"@pytest.fixture(params={CASES})\ndef name(request): return request.param\n"
        f"def test_it(name):\n{BODY}",
        f"@pytest.fixture(params={CASES})\ndef model(request):\n    name = request.param\n{BODY}",
        "class A:\n  @parameterized.expand([('lab1/a1', 1), ('lab1/a2', 2)])\n  def test_it(self, name, n):\n"
        f"{BODY}",
        f"class A:\n  @parameterized.expand({CASES})\n  def test_it(self, name):\n{BODY}",
        f"{MARK}('name', {CASES})\nclass TestA:\n  def test_it(self, name):\n{BODY}",
    ],
)
def test_what_cases_give_a_test_is_loaded(tmp_path: Path, text: str) -> None:
    found = [line.split()[1] for line in lines(tmp_path, HEAD + text)]
    assert found == ["lab1/a1", "lab1/a2"]


def test_a_fixture_gives_only_its_own_name(tmp_path: Path) -> None:
    text = f"@pytest.fixture\ndef other(): return 'lab1/a1'\ndef test_it(name):\n{BODY}"
    assert lines(tmp_path, HEAD + text) == ["unresolved hf-model 'name' 6 parameter"]


def test_a_function_that_is_no_fixture_gives_nothing(tmp_path: Path) -> None:
    text = f"def name(): return 'lab1/a1'\ndef test_it(name):\n{BODY}"
    assert lines(tmp_path, HEAD + text) == ["unresolved hf-model 'name' 5 parameter"]
