"""A sighting: the project names a model, dataset or hosted API, here."""

from __future__ import annotations

from scanner.records.choices import Enum
from scanner.records.quick import dataclass, field
from scanner.records.unknown import Unknown


class Kind(Enum):
    """What a name is a name of."""

    HF_MODEL = "hf-model"
    HF_DATASET = "hf-dataset"
    OLLAMA = "ollama"
    MODELSCOPE = "modelscope"
    API_MODEL = "api-model"
    TORCH_HUB = "torch-hub"
    TIMM = "timm"
    SPACY = "spacy"
    GITHUB_WEIGHTS = "github-weights"
    URL_WEIGHTS = "url-weights"
    LOCAL_WEIGHTS = "local-weights"
    OTHER = "other"


class Role(Enum):
    """Whether something would load or call the name, or merely speaks of it."""

    DEPENDENCY = "dependency"
    MENTION = "mention"


class Scope(Enum):
    """Which part of the project the place belongs to."""

    SHIPPED = "shipped"
    TEST = "test"
    DOCS = "docs"
    EXAMPLE = "example"


class Certainty(Enum):
    """How the name was read: from the text, by folding constants, by likeness, or from a default."""

    LITERAL = "literal"
    FOLDED = "folded"
    GUESSED = "guessed"
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True)
class Location:
    """A span in a file. Lines and columns from 1, in code points; the end is exclusive."""

    file: str
    """POSIX path relative to the root of the project."""
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None
    """Notebook cell from 0; `line` stays that of the raw file. Absent outside notebooks."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where the project names a model, a dataset or a hosted API."""

    kind: Kind
    name: str
    """As a user of the Hub would write it (`BAAI/bge-m3`, `gpt2`); of a hosted API `provider:model`."""
    revision: str | Unknown
    """Commit, tag or branch as written, followed through constants; `"none"` where none is given."""
    role: Role
    scope: Scope
    certainty: Certainty
    detector: str
    """Id of the detector that made it."""
    location: Location = field(metadata={"flat": True})
    provider: str | Unknown | None = None
    """Provider id of a hosted API (`deepseek`); Unknown where the host is not known."""
    base_url: str | Unknown | None = None
    """Address of the API as the project gives it; absent where the library's default applies."""
    region: str | Unknown | None = None
    """Region the project asks for (`eu-central-1`); absent where it says none."""
    remote_code: bool | Unknown | None = None
    """Whether loading is allowed to run code of the repository; absent where the question does not arise."""
    library: str | None = None
    """Library whose call, key or command names it (`transformers`, `litellm`)."""
    call: str | None = None
    """The call, key or command (`AutoModel.from_pretrained`, `--model`), for messages and client defaults."""
    route: str | None = None
    """Router prefix the project writes before the name (`zai`), which may decide where a client goes."""
    task: str | None = None
    """Task the project states (`text-classification`), where it does."""
    ignored: tuple[str, ...] | None = None
    """Rule ids an ignore with a reason names for this place."""
    header: tuple[tuple[str, str], ...] | None = None
    """Of a file of weights: what its header says, name and text (`general.license`, `import`, `sha256`)."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A place that certainly uses a model whose name is decided elsewhere or at run time."""

    kind: Kind
    expression: str
    """The text that stands where the name would be, as written."""
    file: str
    line: int
    column: int
    reason: str
    """Why no name follows: `environment`, `command line`, `chosen at run time`, …"""


@dataclass(frozen=True, slots=True)
class IgnoreComment:
    """One `lading: ignore[rule-id] reason` comment of the project."""

    file: str
    line: int
    """The line the ignore speaks of (its own, or the next where the comment stands alone)."""
    rules: tuple[str, ...]
    reason: str
    """Empty where none is given; such an ignore has no effect and is a finding."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A NOTICE, LICENSE or third-party file of the project, read for obligations."""

    file: str
    text: str
    """At most MAX_NOTICE_CHARACTERS of its text."""


@dataclass(frozen=True, slots=True)
class HubSwitch:
    """A setting that sends model downloads to another hub (`HF_ENDPOINT`, `VLLM_USE_MODELSCOPE`)."""

    name: str
    value: str | Unknown
    location: Location = field(metadata={"flat": True})


@dataclass(frozen=True, slots=True)
class CodeLoad:
    """A call that opens a file in a way that can run what the file holds (`torch.load`, `pickle.load`)."""

    call: str
    """Dotted, as the library calls it."""
    form: str
    """What is opened so: `pickle`, `keras`, `torch-hub`."""
    runs: bool | Unknown
    """Whether it runs code: True, or Unknown where an argument or a version decides."""
    setting: str
    """The argument that decides, as it would be written to be safe (`weights_only=True`); "none"."""
    scope: Scope
    location: Location = field(metadata={"flat": True})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """Everything discovery read out of one project."""

    sightings: tuple[Sighting, ...]
    unresolved: tuple[Unresolved, ...]
    ignores: tuple[IgnoreComment, ...]
    notices: tuple[Notice, ...]
    switches: tuple[HubSwitch, ...]
    skipped: tuple[Skipped, ...]
    read: int
    """Number of files read."""
    languages_without_reader: tuple[tuple[str, int], ...]
    """(language, number of files) for source files no reader understands."""
    loads: tuple[CodeLoad, ...] = ()
    unread: int = 0
    """Number of files of which nothing was read; of the others in `skipped` a part was left out."""
    unclaimed: tuple[tuple[str, str | None], ...] = ()
    """(path, programming language or None) of each file no reader claims; empty where only some were read."""
