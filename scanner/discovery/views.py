"""What readers see in a file, before anyone asks whether it names a model."""

from __future__ import annotations

from typing import TypeAlias

from scanner.discovery.source import Source
from scanner.records.quick import dataclass, field
from scanner.records.sighting import Certainty, Location


@dataclass(frozen=True, slots=True)
class Text:
    """One string a place can hold, with where its words stand."""

    value: str
    location: Location
    """Of the literal (the default, the constant), which is what a reader of the report wants to edit."""
    certainty: Certainty = Certainty.LITERAL
    note: str | None = None
    """How it got here, where that matters: `default of $LLM_URL`."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value that is not a known string: decided at run time, or of another type."""

    expression: str
    """As written, at most a line."""
    reason: str
    """environment, command line, chosen at run time, parameter, not a string, …"""
    location: Location


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal that is no string: True, False, None, a number."""

    value: bool | int | float | None
    location: Location


Value: TypeAlias = "tuple[Text | Opaque | Constant | Call | Bundle, ...]"
"""What an expression may evaluate to; several members where code chooses (dict registries, `or`)."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A dict or list literal: its values by key or index (keys as text)."""

    entries: tuple[tuple[Text | None, Value], ...]
    location: Location
    is_whole: bool = False
    """Whether nothing can have been added: an index past the end is then a mistake and names nothing."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call in code, with what its arguments may be."""

    name: str
    """Dotted, through imports and aliases: `transformers.AutoModel.from_pretrained`. An unknown receiver
    is `?` (`?.from_pretrained`)."""
    positional: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]
    location: Location
    receiver: Call | None = None
    """The call that made the object it is called on (`OpenAI(base_url=…)` for `client.chat…create`)."""
    library_names: tuple[str, ...] = ()
    """Top-level packages the file imports, for deciding what a bare name belongs to."""
    named_at: Location | None = None
    """Where the called thing gets its name, if that is a text (`getattr(module, "NAME")`)."""
    is_begun: bool = False
    """Whether it may be given more arguments later (`functools.partial(load, "x")`)."""
    environment: tuple[tuple[str, Text | Constant], ...] = ()
    """Addresses and switches that the program puts into its environment."""
    rivals: tuple[Call, ...] = ()
    """The same call on other objects, where code chooses which of several it is made on."""

    def argument(self, keyword: str) -> Value:
        """The value of a keyword, empty where it is not given."""
        return next((value for name, value in self.keywords if name == keyword), ())


@dataclass(frozen=True, slots=True)
class Assignment:
    """A name bound to a value where no call was seen to use it: a constant, a registry, a default."""

    target: str
    """The variable, attribute, parameter or field (`EMBEDDING_MODEL`, `model_name`)."""
    value: Value
    location: Location
    owner: str | None = None
    """Function or class around it, where there is one."""
    how: str = "variable"
    """variable, parameter, field (of a class), option (of a command line), key (of a dictionary in code),
    return, told (in an example or an answer), counted (a parameter by which tokens are counted)."""
    siblings: tuple[tuple[str, str], ...] = ()
    """Of a key: the texts beside it in the same dictionary."""
    library_names: tuple[str, ...] = ()
    """Top-level packages the file imports."""


@dataclass(frozen=True, slots=True)
class Command:
    """One simple command of a shell: program, words, and the variables set around it."""

    words: tuple[Text | Opaque, ...]
    location: Location
    environment: tuple[tuple[str, Text | Opaque], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request that code sends without a library of the service."""

    addresses: tuple[Text | Opaque, ...]
    """Where it may go."""
    named: tuple[tuple[str, Text], ...]
    """What its body gives to keys that may name a model."""
    location: Location


@dataclass(frozen=True, slots=True)
class Entry:
    """A scalar in a configuration file, with the keys that lead to it."""

    keys: tuple[str, ...]
    """Path from the root; list positions as `"[3]"`."""
    value: Text | Opaque | Constant
    siblings: tuple[tuple[str, str], ...]
    """Scalars beside it in the same mapping, key and text, for what only the neighbours decide."""
    format: str
    """yaml, json, toml, ini, env, properties, hcl, xml, …"""
    above: tuple[tuple[str, str], ...] = ()
    """Scalars of the enclosing mappings, the nearest first, where they may decide."""
    is_looked_up: bool = False
    """Whether it stands in a catalog of prices and limits, in recorded traffic or in a test of templates: any
    model may, whichever is used."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address in the text."""

    url: str
    location: Location
    is_fetched: bool
    """Whether the place downloads it (an argument of a loader, `wget`, a `uri:` key)."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment of a hosted model named in an address (`…/openai/deployments/NAME/…`)."""

    name: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """An address of a hosted service that may name a model in its path."""

    address: Text


@dataclass(frozen=True, slots=True)
class Prose:
    """Comment, docstring or running text: names in it are mentions."""

    text: str
    source: Source
    line: int
    """Line of its first character in `source`."""
    column: int


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a weight file or a model's own metadata file says."""

    format: str
    """safetensors, gguf, onnx, pickle, adapter-config, model-config, model-card, …"""
    fields: tuple[tuple[str, str], ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text of another language inside this one; the dispatcher hands it to that reader."""

    source: Source
    context: tuple[tuple[str, str], ...] = field(default=())
    """What the surrounding text says of it (key path, command), where that helps."""


View: TypeAlias = (
    Call | Assignment | Command | Request | Entry | Link | Deployment | Asked | Prose | Header | Embedded
)
