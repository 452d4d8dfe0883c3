"""Which files a policy is made of, and where their bytes come from."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from scanner.digests import sha256
from scanner.errors import Mistake, PolicyBroken, UsageError
from scanner.marked_yaml import MAX_BYTES, Mapping
from scanner.patterns import regex
from scanner.records.quick import dataclass
from scanner.remembered_yaml import read_yaml

Reader = Callable[[str], "bytes | None"]
"""Bytes of a file of the project by its POSIX path from the root; None where there is no such file."""

OWN = "lading.yaml"
PYPROJECT = "pyproject.toml"
_TABLE = regex(rb"""^\s*\[\s*["']?tool["']?\s*\.\s*["']?lading["']?\s*[\].]""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """One policy file as found, unread."""

    label: str
    """How messages and the report name it: a path from the root, `pack:NAME`, `package:NAME/PATH`."""
    content: bytes
    folder: str | None
    """Folder its `extends` paths start from, from the root; None where it may name packs only."""
    outside: Path | None = None
    """For a file outside the project (given on the command line): its folder."""

    @property
    def digest(self) -> str:
        """`sha256:` and the hash of its bytes."""
        return "sha256:" + sha256(self.content)


def read_from(root: Path) -> Reader:
    """A reader of the working tree that does not leave it.

    Links that lead out of the root are as good as absent.
    """
    resolved = root.resolve()

    def read(path: str) -> bytes | None:
        file = root / path
        try:
            if not file.resolve().is_relative_to(resolved) or not file.is_file():
                return None
            return _bounded(file)
        except OSError:
            return None

    return read


def packs_folder() -> Path:
    """The folder of packs: in the wheel inside the package, in a checkout beside it."""
    inside = Path(__file__).parent.parent / "policies"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "policies"


def pack_names() -> tuple[str, ...]:
    """Names of the packs that ship with lading, sorted."""
    try:
        names = os.listdir(packs_folder())
    except OSError:
        return ()
    return tuple(sorted(n[:-5] for n in names if n.endswith(".yaml") and not n.endswith(".test.yaml")))


def read_pack(name: str) -> PolicyFile | None:
    """Read a pack by name; None where none goes by it."""
    if name not in pack_names():
        return None
    return PolicyFile(f"pack:{name}", _bounded(packs_folder() / f"{name}.yaml"), None)


def own_policy(reader: Reader) -> PolicyFile | None:
    """Find the project's own policy: `lading.yaml`, else `[tool.lading]` of pyproject.toml.

    Raises:
        UsageError: both are there.
    """
    own = reader(OWN)
    project = reader(PYPROJECT)
    has_table = project is not None and _TABLE.search(project) is not None
    if own is not None and has_table:
        raise UsageError(
            f"{OWN} and [tool.lading] in {PYPROJECT} both hold a policy\n"
            "  keep one of them, so that one file decides"
        )
    if own is not None:
        return PolicyFile(OWN, own, "")
    return PolicyFile(PYPROJECT, project, "") if has_table and project is not None else None


def given_policy(text: str, root: Path, reader: Reader) -> PolicyFile:
    """Find what `--policy` names: a pack, a file of the project, or a file elsewhere.

    Raises:
        UsageError: there is no such pack or file.
    """
    if pack := read_pack(text):
        return pack
    path = Path(text)
    inside = _inside(path, root)
    if inside is not None:
        if (content := reader(inside)) is not None:
            return PolicyFile(inside, content, str(PurePosixPath(inside).parent))
    elif path.is_file():
        try:
            return PolicyFile(path.name, _bounded(path), None, outside=path.resolve().parent)
        except OSError as error:
            raise UsageError(f"--policy {text}: {error.strerror}") from error
    from scanner.policy.mistakes import nearest

    near = nearest(text, pack_names())
    raise UsageError(
        f"no policy file or pack is called {text!r}\n"
        f"  packs are {', '.join(pack_names())}" + (f"\n  did you mean {near!r}?" if near else "")
    )


def parse(file: PolicyFile, cache_folder: Path | None = None) -> Mapping:
    """Read the bytes of a policy file into nodes, remembered in a cache folder where one is given.

    Raises:
        PolicyBroken: it is no UTF-8, no YAML (TOML), or not keys and values.
    """
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PolicyBroken((Mistake(file.label, 0, 0, f"not UTF-8: {error.reason}"),)) from error
    if PurePosixPath(file.label).name == PYPROJECT:
        from scanner.policy.toml_table import read_table

        return read_table(text, file.label)
    node = read_yaml(text, file.label, cache_folder)
    if not isinstance(node, Mapping):
        raise PolicyBroken((Mistake(file.label, node.line, node.column, "a policy is keys and values"),))
    return node


def _inside(path: Path, root: Path) -> str | None:
    """The path from the root, None where it stands elsewhere."""
    base = root.resolve()
    for candidate in (path if path.is_absolute() else Path.cwd() / path, root / path):
        try:
            relative = Path(os.path.normpath(candidate)).relative_to(base)
        except ValueError:
            continue
        if candidate.is_file() or not path.is_file():
            return relative.as_posix()
    return None


def _bounded(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)
