"""Library calls that name models: which argument, of what kind, served by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from scanner.knowledge.call_outline import open_end, outline_of
from scanner.knowledge.store import Knowledge
from scanner.records.quick import dataclass

KIND = "libraries"


@dataclass(frozen=True, slots=True)
class Argument:
    """Where in a call a value stands."""

    position: int | None
    """Index of the positional argument, None where it is given by keyword only."""
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedThing:
    """One argument that names a model, dataset or hosted API."""

    argument: Argument
    kind: str
    """A value of `Kind`, or `router` (the text itself says: `provider/model`)."""
    form: str
    """How the text is read: `hub`, `bare`, `api`, `tag`, `router`, `colon`, `file`, …"""
    owner: str
    """Namespace a name without owner belongs to (`sentence-transformers`), empty where none."""
    aliases: tuple[tuple[str, str], ...]
    """Short names and what they stand for (`small` → `Systran/faster-whisper-small`)."""
    prefixes: tuple[tuple[str, str], ...] = ()
    """Prefixes of the library's own names for providers (`google-gla` → `google-gemini`)."""
    is_required: bool = True
    """Whether the call makes no sense without it; an optional one that is open is not reported."""
    prefix: str = ""
    """What stands before a name of kind `other` (`torchaudio:`); of a list of settings, its key."""
    revision: Argument | None = None
    """Argument with the revision of this thing alone; None where the call's holds for it."""
    provider: str = ""
    """Who serves it, where another argument of the call says so (`model_type="cohere"`)."""
    instead: tuple[Instead, ...] = ()
    """What it names where another argument of the call says so (`hub="hf"`)."""


@dataclass(frozen=True, slots=True)
class Instead:
    """Another reading of an argument, chosen by the text of a second one."""

    argument: Argument
    texts: tuple[str, ...]
    """Any of these, lower case; of an argument that is true or false, `true` or `false`."""
    thing: NamedThing


@dataclass(frozen=True, slots=True)
class Default:
    """What a library takes when the call names nothing."""

    name: str
    """Empty where the library has a default that no one wrote down here."""
    task: str
    """Task it holds for, empty for every call."""
    revision: str = ""
    """Revision the library pins it to, empty where it does not."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An argument that sends a call to another provider (`Client(vertexai=True)`)."""

    argument: Argument
    text: str
    """The text it must have; empty where it is enough that it is true."""
    provider: str


@dataclass(frozen=True, slots=True)
class Loads:
    """An argument that decides whether a call loads weights at all (`resnet50(pretrained=True)`)."""

    argument: Argument
    default: bool
    """Whether it does where the argument is not given."""


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call (or family of calls) of a library."""

    library: str
    pattern: tuple[str, ...]
    """Segments of the dotted name; `*` stands for one segment, `**` for any number."""
    things: tuple[NamedThing, ...]
    revision: Argument | None
    remote_code: Argument | None
    remote_code_default: bool
    task: Argument | None
    base_url: Argument | None
    region: Argument | None
    provider: str
    """Provider of a hosted API when no address is given; empty: ask the client defaults."""
    loads: Loads | None
    """Whether it takes weights at all; None where it always does."""
    elsewhere: Elsewhere | None
    """What makes another provider answer."""
    router: Argument | None
    """Argument that names the provider beside the model (`model_provider`)."""
    is_deployment: bool
    """Whether the name is a deployment of the customer, behind which the model is not stated."""
    defaults: tuple[Default, ...]
    imported: tuple[str, ...]
    """Of a call on an unknown object (`?.create`): packages one of which the file must import."""
    members: tuple[tuple[str, str], ...]
    """Members of the library's enumerations and the texts they stand for (`ModelType.GPT_4O`)."""
    has_common_name: bool
    """Whether projects often call a package of their own like the library's (`agents`): then it is theirs."""
    source: str
    as_of: str


class CallIndex:
    """All recorded calls, found by the dotted name of a call; a record is made when a name leads to it."""

    def __init__(self, outline: dict[str, Any], body_of: Callable[[str], dict[str, Any]]) -> None:
        """`outline` is what `outline_of` draws; `body_of` gives the record of a library."""
        self._body_of = body_of
        self._names: list[str] = outline["names"].splitlines()
        self._places: list[str] = outline["places"].splitlines()
        self._packages: dict[str, list[str]] = outline["packages"]
        self._by_ends: dict[str, list[int]] = outline["by_ends"]
        self._by_last: dict[str, list[int]] = outline["by_last"]
        self._needs: dict[str, tuple[Need, ...]] = {}
        self._records: dict[int, CallRecord] = {}
        self.words_of_root = {root: frozenset(words.splitlines()) for root, words in outline["words"].items()}
        """Last names of the calls of each library; of what any object has, the last two (`chat.create`)."""
        self.roots = frozenset(self.words_of_root) - {"*", "?"}
        self.arguments = frozenset(outline["arguments"].splitlines())
        """Keywords of all arguments the records ask for; of `outer.inner` the outer one."""
        self.look_up = lru_cache(maxsize=8192)(self._look_up)

    @cached_property
    def words(self) -> frozenset[str]:
        """Last names of all calls."""
        return frozenset(name.rpartition(".")[2] for name in self._names)

    def made_with(self, names: set[str], packages: set[str]) -> set[str]:
        """Calls that name something and a Python file can make with these names and imported packages.

        By their last name, or where any object has the call by their last two (`messages.create`).
        """
        return {
            call
            for last in self._by_last.keys() & names
            for need in self._needs_of(last)
            if (not need.package or need.package in packages) and need.names <= names
            for call in need.made_of(names)
        }

    def _needs_of(self, last: str) -> tuple[Need, ...]:
        """What the calls of a last name need, found out when a file has the name."""
        if last not in self._needs:
            self._needs[last] = tuple(
                {
                    need
                    for place in self._by_last[last]
                    for need in _names_needed(self._names[place], self._packages.get(str(place), []))
                }
            )
        return self._needs[last]

    def patterns_of(self, root: str) -> tuple[tuple[str, ...], ...]:
        """Patterns whose first segment is this one, without it."""
        start = f"{root}."
        return tuple(
            tuple(name.removeprefix(start).split(".")) for name in self._names if name.startswith(start)
        )

    def _look_up(self, name: str) -> tuple[CallRecord, ...]:
        parts = tuple(name.split("."))
        found = [
            self._record(place)
            for root in (parts[0], "*")
            for last in {parts[-1], open_end(parts), open_end(())}
            for place in self._by_ends.get(f"{root} {last}", ())
            if _matches(tuple(self._names[place].split(".")), parts)
        ]
        return tuple(sorted(found, key=_generality))

    def _record(self, place: int) -> CallRecord:
        """What the record says of a call, read once."""
        if place not in self._records:
            library, _, number = self._places[place].rpartition(" ")
            body, pattern = self._body_of(library), tuple(self._names[place].split("."))
            self._records[place] = _read_call(library, body, body["calls"][int(number)], pattern)
        return self._records[place]


@dataclass(frozen=True, slots=True)
class Need:
    """What stands in every file that makes a call, besides its last name."""

    call: str
    """Last name of the call; the last two, where any object has it."""
    package: str
    """A package the file imports; empty where any object has the call."""
    names: frozenset[str]
    """The modules it is reached through, or the name before it. A class between may be made elsewhere."""
    family: str = ""
    """Of a family of calls, what its members are called (`*Trainer`)."""

    def made_of(self, names: set[str]) -> set[str]:
        """The calls it means among the names of a file."""
        return {name for name in names if _segment(self.family, name)} if self.family else {self.call}


def _names_needed(name: str, packages: list[str]) -> Iterator[Need]:
    """What a call needs besides its last name."""
    root, *between, last = name.split(".")
    family = ""
    if "*" in last:
        family = next((name for name in (last, *reversed(between)) if name.strip("*")), "")
        between, last = [], root
    modules = [] if any("*" in name for name in between) else [name for name in between if name.islower()]
    if root in ("*", "?"):
        modules = between[-1:] if root == "?" else []
    call = ".".join([*modules, last]) if root == "?" else last
    for package in (packages or [""]) if root in ("*", "?") else (root,):
        yield Need(call, package, frozenset(modules), family)


def read_calls(knowledge: Knowledge) -> CallIndex:
    """Read the names of the calls of every library."""
    outline = knowledge.outline(KIND) or outline_of(knowledge.all(KIND))
    return CallIndex(outline, lambda library: knowledge.get(KIND, library) or {"calls": []})


def _matches(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(pattern[1:], parts[at:]) for at in range(len(parts) + 1))
    if not parts:
        return False
    return _segment(pattern[0], parts[0]) and _matches(pattern[1:], parts[1:])


def _segment(pattern: str, part: str) -> bool:
    if "*" not in pattern:
        return pattern == part
    before, _, after = pattern.partition("*")
    return part.startswith(before) and part.endswith(after) and len(part) >= len(before) + len(after)


def _generality(record: CallRecord) -> tuple[int, int, tuple[str, ...]]:
    return (
        record.pattern.count("**") * 10 + sum("*" in segment for segment in record.pattern),
        -len(record.pattern),
        record.pattern,
    )


def _read_call(
    library: str, body: dict[str, Any], call: dict[str, Any], pattern: tuple[str, ...]
) -> CallRecord:
    things = _listed(call.get("names", ()))
    return CallRecord(
        library=str(call.get("library", body.get("library", library))),
        pattern=pattern,
        things=tuple(_read_thing(body, thing) for thing in things),
        revision=_read_argument(call.get("revision")),
        remote_code=_read_argument(call.get("remote_code")),
        remote_code_default=bool(call.get("remote_code_default", False)),
        task=_read_argument(call.get("task")),
        base_url=_read_argument(call.get("base_url")),
        region=_read_argument(call.get("region")),
        provider=str(call.get("provider", "")),
        loads=_read_loads(call.get("loads")),
        elsewhere=_read_elsewhere(call.get("elsewhere")),
        router=_read_argument(call.get("router")),
        is_deployment=bool(call.get("deployment", False)),
        defaults=tuple(_read_defaults(body, call.get("defaults"))),
        imported=tuple(str(name) for name in call.get("imported", ())),
        has_common_name=bool(body.get("common_name", False)),
        members=tuple((str(member), str(text)) for member, text in body.get("members", {}).items()),
        source=str(call.get("source", body.get("source", ""))),
        as_of=str(call.get("as_of", body.get("as_of", ""))),
    )


def _listed(things: Any) -> Any:
    return [things] if isinstance(things, dict) else things


def _read_argument(value: Any) -> Argument | None:
    """`0`, `keyword`, or a list of both (`[0, repo_id]`)."""
    if value is None:
        return None
    members = value if isinstance(value, list) else [value]
    positions = [member for member in members if isinstance(member, int)]
    keywords = tuple(str(member) for member in members if not isinstance(member, int))
    return Argument(positions[0] if positions else None, keywords)


def _read_loads(value: Any) -> Loads | None:
    argument = _read_argument(value["argument"]) if value else None
    return Loads(argument, bool(value["default"])) if argument else None


def _read_elsewhere(value: Any) -> Elsewhere | None:
    argument = _read_argument(value["argument"]) if value else None
    return Elsewhere(argument, str(value.get("text", "")), str(value["provider"])) if argument else None


def _read_thing(body: dict[str, Any], thing: dict[str, Any]) -> NamedThing:
    argument = _read_argument(thing["argument"])
    assert argument is not None  # the field is not optional
    aliases = body.get("short_names", {}).get(thing["short_names"], {}) if "short_names" in thing else {}
    kind = str(thing.get("kind", "hf-model"))
    return NamedThing(
        argument,
        kind,
        str(thing.get("form", "api" if kind == "api-model" else "hub")),
        str(thing.get("owner", "")),
        tuple((str(short), str(name)) for short, name in aliases.items()),
        tuple((str(short), str(name)) for short, name in body.get("prefixes", {}).items()),
        bool(thing.get("required", True)),
        str(thing.get("prefix", "")),
        _read_argument(thing.get("revision")),
        str(thing.get("provider", "")),
        tuple(_read_instead(body, thing, each) for each in _listed(thing.get("instead", ()))),
    )


def _read_instead(body: dict[str, Any], thing: dict[str, Any], instead: dict[str, Any]) -> Instead:
    """What another argument makes of a thing; all that is not said again stays as it is."""
    argument = _read_argument(instead["where"])
    assert argument is not None  # the field is not optional
    said = {key: value for key, value in instead.items() if key not in ("where", "is")}
    texts = instead["is"] if isinstance(instead["is"], list) else [instead["is"]]
    return Instead(
        argument,
        tuple(str(text).lower() for text in texts),
        _read_thing(body, thing | {"instead": ()} | said),
    )


def _read_defaults(body: dict[str, Any], value: Any) -> list[Default]:
    """A name, the name of a table of the file (task to name), or `unknown`."""
    if value is None:
        return []
    table = body.get("tables", {}).get(value)
    if table is None:
        return [Default("" if value == "unknown" else str(value), "")]
    return [Default(name, task, revision) for task, name, revision in _rows(table)]


def _rows(table: dict[str, Any]) -> list[tuple[str, str, str]]:
    """`task: name` or `task: name@revision`."""
    rows = []
    for task, value in table.items():
        name, _, revision = str(value).partition("@")
        rows.append((str(task), name, revision))
    return rows
