"""Policy files right and wrong, each with the text it must give.

`wrong/NAME.yaml` is a project's lading.yaml and `NAME.txt` what lading says of it; `right/NAME.yaml` is
tried by `NAME.test.yaml`, and `NAME.txt` holds what each case finds. `pytest --update-golden` writes the
texts anew; they are read in review like code.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.errors import PolicyBroken
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.marked_yaml import Mapping, read_yaml
from scanner.policy.cases import read_cases
from scanner.policy.circumstances import Circumstances
from scanner.policy.evaluate import evaluate
from scanner.policy.exercise import run_case
from scanner.policy.license_names import names_of
from scanner.policy.load import check, gather
from scanner.policy.mistakes import Mistakes
from scanner.policy.options import Reading
from scanner.records.finding import Level

FILES = Path(__file__).parent / "files"
RIGHT = sorted((FILES / "right").glob("*.test.yaml"))
WRONG = sorted((FILES / "wrong").glob("*.yaml"))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_knowledge()


def compare(path: Path, text: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden", default=False):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_there_are_enough_of_them_and_enough_come_from_what_users_asked() -> None:
    everything = [path for path in (*FILES.glob("*/*.yaml"),) if not path.name.endswith(".test.yaml")]
    asked = [path for path in everything if "https://github.com/" in path.read_text(encoding="utf-8")]
    assert len(everything) >= 60
    assert len(asked) >= 30


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_policy_is_told_all_its_mistakes(
    path: Path, request: pytest.FixtureRequest, knowledge: Knowledge
) -> None:
    held = {"lading.yaml": path.read_bytes()}
    with pytest.raises(PolicyBroken) as raised:
        check(gather(Path("/nowhere/project"), (), held.get), knowledge)
    compare(path.with_suffix(".txt"), f"{raised.value}\n", request)


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.name.removesuffix(".test.yaml"))
def test_a_right_policy_finds_what_its_cases_say(
    path: Path, request: pytest.FixtureRequest, knowledge: Knowledge
) -> None:
    own = path.name.replace(".test.yaml", ".yaml")
    held = {"lading.yaml": (path.parent / own).read_bytes()}
    policy = check(gather(Path("/nowhere/project"), (), held.get), knowledge)
    mistakes = Mistakes()
    top = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(top, Mapping)
    cases = read_cases(top, Reading(path.name, mistakes, names_of(knowledge)), lambda _: policy, knowledge)
    mistakes.raise_if_any()
    lines = []
    for case in cases.cases:
        outcome = run_case(case, policy, knowledge)
        assert outcome.is_right, (case.name, outcome.missing, outcome.surplus)
        lines.append(case.name)
        judged = evaluate(policy, case.resolution, Circumstances(case.today, knowledge))
        for finding in judged.findings:
            if finding.level is not Level.NOTE:
                excepted = " (excepted)" if finding.exception else ""
                lines.append(f"  {finding.level.value} {finding.rule}: {finding.message}{excepted}")
    compare(path.parent / own.replace(".yaml", ".txt"), "\n".join(lines) + "\n", request)
