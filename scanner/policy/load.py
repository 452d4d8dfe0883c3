"""The policy in force: which files have a say, read, checked and composed."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from scanner.errors import Mistake, PolicyBroken
from scanner.marked_yaml import Mapping, Node, Scalar, Sequence
from scanner.policy.compose import all_rules, compose
from scanner.policy.layer import SECTIONS, TOP_TYPES, LayerReader
from scanner.policy.license_names import Names
from scanner.policy.mistakes import Mistakes, nearest
from scanner.policy.options import Reading
from scanner.policy.policy import DEFAULT_EXCEPTION_DAYS, Layer, Policy, ProjectMay
from scanner.policy.rule import Rule
from scanner.policy.sources import (
    PolicyFile,
    Reader,
    given_policy,
    own_policy,
    pack_names,
    parse,
    read_from,
    read_pack,
)
from scanner.policy.use import Use
from scanner.records.fact import Confidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.report import PolicySource, PolicyStamp
from scanner.records.sighting import Scope

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

DEFAULT_PACK = "baseline"
DEFAULT_WARN_DAYS = 30
MAX_FILES = 50
"""Files one policy may be made of."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files that have a say, parsed and unchecked, the strongest last."""

    organization: tuple[tuple[PolicyFile, Mapping], ...]
    """What `--policy` named, with all it extends; `()` without the option."""
    project: tuple[tuple[PolicyFile, Mapping], ...]
    """The project's own policy with all it extends, or the pack baseline where there is none."""
    overlays: tuple[str, ...]
    """Folders of facts the policy lays over the knowledge, relative to the root."""
    mistakes: tuple[Mistake, ...] = ()
    """Files that are no YAML, or extend what is not there; `check` tells them with all others."""


def policy_in_force(
    root: Path, given: tuple[str, ...], knowledge: Knowledge, reader: Reader | None = None
) -> Policy:
    """Gather and check in one step, for callers without overlays.

    Raises:
        PolicyBroken: a policy file has mistakes; every one of them is listed.
        UsageError: a policy that was named does not exist, or the project has two.
    """
    return check(gather(root, given, reader), knowledge)


def gather(
    root: Path,
    given: tuple[str, ...] = (),
    reader: Reader | None = None,
    *,
    is_alone: bool = False,
    cache_folder: Path | None = None,
) -> Gathered:
    """Find and parse every file that has a say; alone, only what is given has one.

    `given` are the values of `--policy`. The reader gives the bytes of a project file, from the working
    tree (the default) or from a revision of git; a scan never fetches a policy. With a cache folder, what
    was parsed before is remembered there.

    Raises:
        UsageError: a policy that was named does not exist, or the project has two.
    """
    reader = reader or read_from(root)
    mistakes = Mistakes()
    chain = _Chain(reader, mistakes, cache_folder)
    for text in given:
        chain.add(given_policy(text, root, reader))
    organization = tuple(chain.files)
    chain = _Chain(reader, mistakes, cache_folder)
    own = None if is_alone else own_policy(reader)
    if own is not None:
        chain.add(own)
    elif not given and (pack := read_pack(DEFAULT_PACK)):
        chain.add(pack)
    project = tuple(chain.files)
    return Gathered(organization, project, _overlays(organization, project), mistakes.all())


def check(gathered: Gathered, knowledge: Knowledge, rules: tuple[Rule, ...] | None = None) -> Policy:
    """Check every file and compose the policy; of all rules where none are given.

    Raises:
        PolicyBroken: a file has mistakes; every one of every file is listed.
    """
    rules = all_rules() if rules is None else rules
    mistakes, names = Mistakes(), Names(knowledge)
    mistakes.note(*gathered.mistakes)
    layers = LayerReader(rules)

    def read(files: tuple[tuple[PolicyFile, Mapping], ...], *, is_projects: bool) -> list[Layer]:
        return [
            layers.read(top, Reading(file.label, mistakes, names), file.digest, is_projects=is_projects)
            for file, top in files
        ]

    is_governed = bool(gathered.organization)
    above = read(gathered.organization, is_projects=False)
    own = read(gathered.project, is_projects=is_governed)
    mistakes.raise_if_any()
    judges = [compose("organization" if is_governed else "policy", above or own, judges_defaults=True)]
    if is_governed and own:
        judges.append(compose("project", own, judges_defaults=False))
    return _policy(above, own, tuple(judges), rules)


def _policy(above: list[Layer], own: list[Layer], judges: tuple[Any, ...], rules: tuple[Rule, ...]) -> Policy:
    may = frozenset(ProjectMay) if not above else _project_may(above)
    everything = [*own, *above]
    speaks = {allowed: [*(own if allowed in may else []), *above] for allowed in ProjectMay}
    use = {name: setting for layer in speaks[ProjectMay.USE] for name, setting in layer.use.items()}
    return Policy(
        stamp=_stamp(above, own, may),
        layers=tuple(everything),
        judges=judges,
        rules=rules,
        use=Use(**{name: setting.value for name, setting in use.items()}),
        use_places=MappingProxyType({name: setting.place for name, setting in use.items()}),
        exceptions=tuple(entry for layer in speaks[ProjectMay.EXCEPTIONS] for entry in layer.exceptions),
        ignores=tuple(entry for layer in speaks[ProjectMay.IGNORES] for entry in layer.ignores),
        include=frozenset({Scope.SHIPPED}).union(*_each(above, own, "include")),
        min_confidence=_last(above or own, "min_confidence", Confidence.CORROBORATED),
        max_exception_days=min(
            _last(layers, "max_exception_days", DEFAULT_EXCEPTION_DAYS) for layers in (above or own, own)
        ),
        warn_before_days=_last(everything, "warn_before_days", DEFAULT_WARN_DAYS),
        unlocked=_last(everything, "hook.unlocked", Level.NOTE),
        never_baselined=_never_baselined(above, own, rules),
        allows_ignores=ProjectMay.IGNORES in may,
        knowledge=_names_of(speaks[ProjectMay.KNOWLEDGE]),
        owner=_last(above or own, "owner", None),
    )


def _stamp(above: list[Layer], own: list[Layer], may: frozenset[ProjectMay]) -> PolicyStamp:
    """Name every file once, and under an organization's policy whose it is."""
    whose: dict[tuple[str, str], list[str]] = {}
    for name, layers in (("organization", above), ("project", own)):
        for layer in layers:
            whose.setdefault((layer.file, layer.digest), []).append(name)
    if not above:
        return PolicyStamp(tuple(PolicySource(*file) for file in whose))
    sources = tuple(PolicySource(*file, tuple(names)) for file, names in whose.items())
    return PolicyStamp(sources, tuple(sorted(allowed.value for allowed in may)))


def _last(layers: list[Layer], name: str, default: Any) -> Any:
    """The value of the strongest file that says it."""
    said = [layer.settings[name].value for layer in layers if name in layer.settings]
    return said[-1] if said else default


def _each(above: list[Layer], own: list[Layer], name: str) -> list[Any]:
    """What the organization and the project each say, as sets that add up."""
    return [frozenset(_last(layers, name, ())) for layers in (above, own)]


def _never_baselined(above: list[Layer], own: list[Layer], rules: tuple[Rule, ...]) -> frozenset[str]:
    built_in = tuple(rule.id for rule in rules if rule.never_baselined)
    return frozenset(_last(above or own, "never_baselined", built_in)).union(
        _last(own, "never_baselined", ()) if above else ()
    )


def _project_may(above: list[Layer]) -> frozenset[ProjectMay]:
    return frozenset(_last(above, "project_may", ()))


def _names_of(layers: list[Layer]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            folder
            for layer in layers
            if "knowledge" in layer.settings
            for folder in layer.settings["knowledge"].value
        )
    )


def _overlays(organization: Any, project: Any) -> tuple[str, ...]:
    """Folders named under `knowledge:` by files that may say so; read before anything is checked."""
    may = _strings(organization[-1][1].get("project_may")) if organization else ("knowledge",)
    files = [*(project if "knowledge" in may else ()), *organization]
    return tuple(dict.fromkeys(name for _, top in files for name in _strings(top.get("knowledge"))))


def _strings(node: Any) -> tuple[str, ...]:
    if not isinstance(node, Sequence):
        return ()
    return tuple(each.value for each in node if isinstance(each, Scalar) and isinstance(each.value, str))


class _Chain:
    """Files in the order they are laid over each other, each once, what is extended first."""

    def __init__(self, reader: Reader, mistakes: Mistakes, cache_folder: Path | None) -> None:
        self.reader = reader
        self.mistakes = mistakes
        self.cache_folder = cache_folder
        self.files: list[tuple[PolicyFile, Mapping]] = []
        self._open: list[str] = []

    def add(self, file: PolicyFile, at: tuple[str, Scalar] | None = None) -> None:
        if any(file.label == known.label for known, _ in self.files):
            return
        if file.label in self._open or len(self.files) + len(self._open) >= MAX_FILES:
            circle = " -> ".join([*self._open, file.label])
            where, node = at or (file.label, None)
            what = f"the policy extends itself: {circle}" if file.label in self._open else "too many files"
            self.mistakes.add(where, node, what[:300], "take one of these out")
            return
        try:
            top = parse(file, self.cache_folder)
        except PolicyBroken as broken:
            self.mistakes.note(*broken.mistakes)
            if not isinstance(broken.readable, Mapping):
                return
            top = broken.readable
        self._open.append(file.label)
        for member in _extended(top):
            if isinstance(member, Scalar) and isinstance(member.value, str):
                self._extend(file, member)
        self._open.pop()
        self.files.append((file, top))

    def _extend(self, file: PolicyFile, member: Scalar) -> None:
        text = str(member.value)
        found = self._find(file, text)
        if isinstance(found, PolicyFile):
            self.add(found, (file.label, member))
            return
        near = nearest(text, pack_names())
        self.mistakes.note(
            Mistake(
                file.label, member.line, member.column, found,
                (f"packs are {', '.join(pack_names())}", *((f"did you mean {near!r}?",) if near else ())),
            )
        )  # fmt: skip

    def _find(self, file: PolicyFile, text: str) -> PolicyFile | str:
        """The file an entry of `extends` means, or what is wrong with it."""
        if text.startswith("package:"):
            from scanner.policy.packages import read_package_file

            return read_package_file(text)
        if "://" in text:
            return f"a scan never fetches a policy: {text!r} is no file of the project"
        if "/" not in text and not text.endswith((".yaml", ".yml")):
            return read_pack(text) or f"no pack is called {text!r}"
        if file.outside is not None:
            content = read_from(file.outside)(text)
            if content is not None:
                beside = (file.outside / text).resolve().parent
                return PolicyFile(text.removeprefix("./"), content, None, outside=beside)
            return f"there is no file {text!r} below the folder of {file.label}"
        if file.folder is None:
            return f"a pack extends packs and packages only, not the file {text!r}"
        path = _join(file.folder, text)
        if path is None:
            return f"the path {text!r} leads out of the project"
        content = self.reader(path)
        if content is None:
            return f"there is no file {path!r} in the project"
        return PolicyFile(path, content, str(PurePosixPath(path).parent))


def _extended(top: Mapping) -> tuple[Node, ...]:
    """What a file extends, also where the word is misspelled; what else is wrong with it `check` tells."""
    known = (*TOP_TYPES, *SECTIONS)
    node = top.get("extends") or next(
        (node for name, _, node in top.items() if name not in known and nearest(name, known) == "extends"),
        None,
    )
    return node.members if isinstance(node, Sequence) else ()


def _join(folder: str, text: str) -> str | None:
    """A path from the root, None where it climbs out of it."""
    parts: list[str] = []
    if text.startswith("/") or "\\" in text or "\0" in text:
        return None
    for part in (*PurePosixPath(folder).parts, *PurePosixPath(text).parts):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
