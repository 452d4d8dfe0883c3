"""Runs `*.test.yaml` files and says how they went."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanner.records.quick import dataclass

if TYPE_CHECKING:
    from scanner.policy.exercise import Outcome, Unexercised
    from scanner.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class FileResult:
    """How one test file went."""

    file: str
    policy: str
    outcomes: tuple[Outcome, ...]
    unexercised: tuple[Unexercised, ...]

    @property
    def wrong(self) -> tuple[Outcome, ...]:
        """The cases that went wrong."""
        return tuple(outcome for outcome in self.outcomes if not outcome.is_right)

    def as_text(self) -> Iterator[str]:
        """The lines a person reads."""
        right = len(self.outcomes) - len(self.wrong)
        yield f"{self.file}: {right} of {len(self.outcomes)} cases right ({self.policy})"
        for outcome in self.wrong:
            yield f"  {self.file}:{outcome.case.line}: {outcome.case.name}"
            for rule, level in outcome.missing:
                yield f"    expected {rule}: {level.value}, which did not come"
            for finding in outcome.surplus:
                yield f"    not expected {finding.rule}: {finding.level.value}, {finding.message}"
        for each in self.unexercised:
            yield f"  {each.place.file}:{each.place.line}: no case exercises {each.setting}"

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "file": self.file,
            "policy": self.policy,
            "cases": len(self.outcomes),
            "wrong": [
                {
                    "name": outcome.case.name,
                    "line": outcome.case.line,
                    "missing": [{"rule": rule, "level": level.value} for rule, level in outcome.missing],
                    "surplus": [
                        {"rule": each.rule, "level": each.level.value, "message": each.message}
                        for each in outcome.surplus
                    ],
                }
                for outcome in self.wrong
            ],
            "unexercised": [each.setting for each in self.unexercised],
        }


def run_files(files: tuple[Path, ...]) -> list[FileResult]:
    """Run each file against the policy it names.

    Raises:
        PolicyBroken: a test file or its policy has mistakes.
        UsageError: the policy does not exist.
    """
    from scanner.knowledge.store import open_knowledge

    knowledge = open_knowledge()
    return [_run(file, knowledge) for file in files]


def _run(file: Path, knowledge: Any) -> FileResult:
    from scanner.errors import UsageError
    from scanner.marked_yaml import Mapping, read_yaml
    from scanner.policy.cases import read_cases
    from scanner.policy.exercise import run_case, unexercised
    from scanner.policy.license_names import names_of
    from scanner.policy.load import check, gather
    from scanner.policy.mistakes import Mistakes
    from scanner.policy.options import Reading
    from scanner.policy.sources import pack_names

    label = file.as_posix()
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{label} cannot be read: {error}") from error
    root = Path() if file.resolve().is_relative_to(Path.cwd()) else file.parent
    loaded: dict[str, Policy] = {}

    def policy_for(name: str) -> Policy:
        if name not in loaded:
            given = name if name in pack_names() else str(file.parent / name)
            loaded[name] = check(gather(root, (given,), is_alone=True), knowledge)
        return loaded[name]

    mistakes = Mistakes()
    top = read_yaml(text, label)
    reading = Reading(label, mistakes, names_of(knowledge))
    if not isinstance(top, Mapping):
        mistakes.add(label, top, "a test file is keys and values", "write cases: and below it - name: …")
        mistakes.raise_if_any()
        top = Mapping((), 1, 1)
    found = read_cases(top, reading, policy_for, knowledge)
    mistakes.raise_if_any()
    policy = policy_for(found.policy)
    outcomes = tuple(run_case(case, policy, knowledge) for case in found.cases)
    return FileResult(label, found.policy, outcomes, unexercised(found.cases, policy, knowledge))
