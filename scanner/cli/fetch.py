"""`lading fetch`: fill a Hugging Face cache with exactly the locked commits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scanner.records.lock import Lock
    from scanner.resolution.fetching import Done

SCHEMA = "lading.fetch/1"


@click.command(short_help="Fill a Hugging Face cache with the locked commits.")
@click.argument("lockfile", default="lading.lock", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Fetch nothing; say in what the cache differs from the lockfile.")
@click.option("--cache", type=click.Path(path_type=Path), help="The cache; by default the client's own.")
@click.option("--only", multiple=True, metavar="NAME", help="This reference alone. Repeatable.")
@click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Leave files out, such as '*.bin'. Repeatable."
)
@click.option("--record", is_flag=True, help="Write the hash of every file into the lockfile.")
@click.option(
    "-f", "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal",
    help="For reading, or as JSON.",
)  # fmt: skip
def fetch(lockfile: Path, **options: Any) -> None:
    """Download every locked commit, check the hash of every file, and let the branch lead to it.

    What `npm ci` is for packages: afterwards, with HF_HUB_OFFLINE=1, an unpinned from_pretrained("x") loads
    the locked commit and nothing else. LOCKFILE is a file or the folder it stands in.

    Hashes are compared with those of the lockfile where --record has written them, else with what the Hub
    (with --check: the cache) says of the commit.

    Exit codes: 0 all there; 1 something differs, or the Hub does not have it; 2 wrong use; 3 the Hub gave
    no answer.
    """
    from scanner.errors import UsageError
    from scanner.resolution import fetching
    from scanner.resolution.sources.hf_cache import cache_folder
    from scanner.settings import read_settings

    if not options["check"] and read_settings().is_offline:
        raise UsageError(
            "fetch needs the network, and this run is offline\n  unset HF_HUB_OFFLINE, or --check"
        )
    if options["check"] and options["record"]:
        raise UsageError("--record needs what --check leaves out\n  give one of them")
    file, lock = _read(lockfile)
    targets, left_out = fetching.targets_of(lock, options["only"])
    if options["only"] and (wrong := set(options["only"]) - {each.block.reference for each in targets}):
        raise UsageError(f"--only {min(wrong)}: the lockfile holds no commit of it\n  see: {file}")
    cache: Path = options["cache"] or cache_folder()
    done = []
    for target in targets:
        if options["check"]:
            outcome = fetching.check(target, cache, options["exclude"])
        else:
            outcome = fetching.fetch(target, cache, options["exclude"], record=options["record"])
        done.append(outcome)
        if options["form"] == "terminal":
            _tell(outcome)
    if options["record"]:
        _record(file, lock, done)
    if options["form"] == "json":
        click.echo(_as_json(file, done, left_out))
    else:
        _tell_end(done, left_out, options["cache"])
    raise SystemExit(_code(done))


def _read(path: Path) -> tuple[Path, Lock]:
    from scanner.errors import UsageError
    from scanner.resolution.lock import FILE_NAME, read_lock_file

    file = path / FILE_NAME if path.is_dir() else path
    lock = read_lock_file(file.parent, file.name)
    if lock is None:
        raise UsageError(f"{file}: there is no lockfile\n  write one: lading lock")
    return file, lock


def _record(file: Path, lock: Lock, done: list[Done]) -> None:
    from scanner.records.quick import replace
    from scanner.resolution.lock import save_lock, write_lock

    hashes = {each.target.block.key: each.hashes for each in done if each.hashes is not None}
    blocks = tuple(replace(block, files=hashes.get(block.key, block.files)) for block in lock.blocks)
    save_lock(file, write_lock(blocks))


def _tell(done: Done) -> None:
    block = done.target.block
    click.echo(_clean(f"{block.key}  commit {done.target.commit[:12]}"))
    for problem in done.problems:
        click.echo(_clean(f"  refused: {problem}"))
    if done.failure is not None:
        click.echo(_clean(f"  not answered: {done.failure}"))
    if done.is_good:
        points = f"; {done.target.branch} leads to it" if done.target.branch else ""
        compared = f", checked against {' and '.join(done.by)}" if done.by else ""
        files = f"{done.files} file{'' if done.files == 1 else 's'}"
        click.echo(_clean(f"  {files}, {_size(done.bytes)}{compared}{points}"))


def _tell_end(done: list[Done], left_out: tuple[tuple[str, str], ...], cache: Path | None) -> None:
    for key, reason in left_out:
        click.echo(_clean(f"not fetched: {key}: {reason}"))
    if not done:
        click.echo("the lockfile holds no commit of the Hugging Face Hub")
    elif all(each.is_good for each in done):
        click.echo("To load these commits and nothing else:")
        where = f" HF_HUB_CACHE={cache}" if cache is not None else ""
        click.echo(_clean(f"  export HF_HUB_OFFLINE=1{where}"))


def _as_json(file: Path, done: list[Done], left_out: tuple[tuple[str, str], ...]) -> str:
    import json

    targets = [
        {
            "reference": each.target.block.reference,
            "kind": each.target.block.kind.value,
            "commit": each.target.commit,
            "branch": each.target.branch or "none",
            "files": each.files,
            "bytes": each.bytes,
            "compared_with": list(each.by),
            "problems": list(each.problems),
            "failure": each.failure or "none",
        }
        for each in done
    ]
    rest = [{"key": key, "reason": reason} for key, reason in left_out]
    shown = {"schema": SCHEMA, "lock": file.name, "fetched": targets, "not_fetched": rest}
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _code(done: list[Done]) -> int:
    if any(each.problems for each in done):
        return 1
    return 3 if any(each.failure is not None for each in done) else 0


def _size(number: int) -> str:
    """A number of bytes, to be read."""
    amount, unit = float(number), "bytes"
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if unit in ("bytes", "kB") else f"{amount:.1f} {unit}"


def _clean(text: str) -> str:
    """What a hostile name put into a line cannot steer the terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


COMMAND: Callable[..., Any] = fetch
