"""What the commit hook does, and how it reads the way pre-commit calls it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from scanner.cli._results import LEVELS, exit_code
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class HookCall:
    """What `lading hook` is asked to do."""

    files: tuple[Path, ...]
    policies: tuple[str, ...] = ()
    fail_on: str = LEVELS[0]
    today: str | None = None
    baseline: str | None = None


def read_call(words: Sequence[str]) -> HookCall | None:
    """Read the words behind `lading hook`; None where they are more than files and known options.

    To import the library that reads all other command lines takes a fifth of the hook's time. It is left
    what is not understood here: help, and every mistake.
    """
    files: list[Path] = []
    said: dict[str, list[str]] = {name: [] for name in ("--policy", "--fail-on", "--date", "--baseline")}
    left = iter(words)
    for word in left:
        if word == "--":
            files.extend(map(Path, left))
        elif not word.startswith("-") or word == "-":
            files.append(Path(word))
        else:
            name, equals, value = word.partition("=")
            given = value if equals else next(left, None)
            if name not in said or given is None:
                return None
            said[name].append(given)
    fail_on, today, baseline = (said[name][-1:] for name in ("--fail-on", "--date", "--baseline"))
    if fail_on and fail_on[0] not in LEVELS:
        return None
    return HookCall(
        tuple(files),
        tuple(said["--policy"]),
        fail_on[0] if fail_on else LEVELS[0],
        today[0] if today else None,
        baseline[0] if baseline else None,
    )


def judge(call: HookCall) -> int:
    """Judge the files, say what is wrong with them, and give the exit code."""
    from scanner.kept_patterns import keep_patterns, recall_patterns
    from scanner.project.git_index import top_level_above
    from scanner.reporting.format import Canvas
    from scanner.reporting.formats.hook import FORMAT
    from scanner.scan import Request, scan
    from scanner.settings import read_settings

    root = top_level_above(Path.cwd()) or Path.cwd()
    paths = tuple(sorted({inside for file in call.files if (inside := _inside(root, file))}))
    if not paths:
        return 0
    settings = read_settings(is_offline=True, today=call.today)
    recall_patterns(settings.cache_folder)
    accepted = call.baseline and (_inside(root, Path(call.baseline)) or call.baseline)
    request = Request(root=root, policies=call.policies, files=paths, baseline=accepted, is_hook=True)
    report = scan(request, settings)
    shown = FORMAT.render(report, Canvas())
    keep_patterns(settings.cache_folder)
    print(shown, end="", flush=True)
    return exit_code(report, call.fail_on, "warn")


def _inside(root: Path, file: Path) -> str | None:
    """The path from the root, None for what stands outside of it."""
    try:
        return Path(os.path.abspath(file)).relative_to(root.resolve()).as_posix()
    except ValueError:
        return None
