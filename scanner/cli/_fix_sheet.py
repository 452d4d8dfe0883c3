"""One file under work: the changes collected for it, and the checks they have to pass together."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator

from scanner.cli import _fix_notebook, _fix_places
from scanner.cli._fix_notebook import Notebook
from scanner.cli._fix_places import COMMANDS, JAVASCRIPT, Spot, spots
from scanner.cli._fix_proof import Reading, Wanted
from scanner.cli._fix_python import Call, Module, parse
from scanner.cli._fix_python import is_same_but_for as is_same_python
from scanner.cli._fix_text import Edit, apply
from scanner.cli._fix_yaml import Document, compose
from scanner.cli._fix_yaml import is_same_but_for as is_same_yaml
from scanner.records.sighting import Certainty, Sighting

UNKNOWN_KIND = "files of this kind are not changed"
FLAG = "--revision"
_BESIDE = ("", " ", "\t", "\n", "\r", "'", '"', "`", "=", "/", "(", "[", ",")
"""What may stand before a name that is exchanged."""
_DOCUMENTS = (".yaml", ".yml", ".json")
_DIALECTS = {
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx"), "javascript"),
    **dict.fromkeys((".ts", ".mts", ".cts"), "typescript"),
    ".tsx": "tsx",
}
_Writer = Callable[[Spot], Iterator[Edit]]


class Sheet:
    """The text of one file and what is to be changed in it."""

    def __init__(self, file: str, text: str, reading: Reading) -> None:
        self.file, self.text, self.edits = file, text, list[Edit]()
        self._reading = reading
        self._ending = file[file.rfind(".") :].lower()
        self._wanted = Wanted()
        self._keywords: set[str] = set()
        self._texts: dict[str, str] = {}
        self._is_only_settings = True
        self._commands: set[str] = set()
        self._module: Module | None = None
        self._document: Document | None = None
        self._notebook_read: Notebook | None = None

    def pin(self, sighting: Sighting, commit: str, call: Call | None, reason: str) -> str:
        """Write the commit beside a name; `""`, or why that is not done."""
        edits = self._addresses(sighting, commit, reason) or self._pins(sighting, commit, call, reason)
        if isinstance(edits, str):
            return edits
        self.edits += edits
        self._wanted.commits[sighting.kind, sighting.name] = commit
        if call is not None:
            self._keywords.add(call.keyword)
        return ""

    def swap(self, sighting: Sighting, other: str, reason: str) -> str:
        """Write another name where this one stands; `""`, or why that is not done."""
        place, name = sighting.location, sighting.name
        reader = self._reader()
        if isinstance(reader, str):
            return reader
        if isinstance(reader, Module | Document):
            edit = reader.swap(place.line, place.column, name, other, reason)
        else:
            # A place may begin with the quotes around the name.
            near = next(spots(self.text, sighting, "", reason), None)
            if near is None or self.text[near.start - 1 : near.start] not in _BESIDE:
                return "the name does not stand there as a plain text"
            at = near.start
            edit = Edit(at, at + len(name), other, reason)
        if isinstance(edit, str):
            return edit
        self.edits.append(edit)
        self._wanted.names[name] = other
        return ""

    def after(self) -> str | None:
        """The text with every change; None where it would then say anything else."""
        after = apply(self.text, self.edits)
        if after is None or not self._is_same(after):
            return None
        return after if self._reading.is_proven(self.file, self.text, after, self._wanted) else None

    def _reader(self) -> Module | Document | str | None:
        """What reads the file in whole; None where only the places themselves are looked at."""
        if self._ending == ".py":
            self._module = self._module or Module(self.text)
            return self._module if self._module.is_read else "the file does not parse"
        if self._ending in _DOCUMENTS:
            self._document = self._document or Document(self.text)
            return self._document if self._document.is_read else "the file does not parse"
        return None

    def _addresses(self, sighting: Sighting, commit: str, reason: str) -> list[Edit]:
        edits = self._tried(sighting, commit, reason, _fix_places.in_address)
        if edits and self._ending == ".py":
            self._texts |= _texts_with(self.text, sighting.name, edits)
        if edits:
            self._is_only_settings = False
        return edits

    def _pins(self, sighting: Sighting, commit: str, call: Call | None, reason: str) -> list[Edit] | str:
        if sighting.detector == "command-line":
            return self._command(sighting, commit, reason)
        if sighting.detector == "javascript-calls":
            if sighting.library != JAVASCRIPT:
                return "no record says how this call takes a revision"
            edits = self._tried(sighting, commit, reason, _fix_places.in_javascript)
            return edits or "the call's options are not written out beside the name"
        if sighting.detector == "fetched-address":
            return "the address names no revision the commit could stand for"
        if self._ending == ".ipynb":
            return self._notebook(sighting, commit, call, reason)
        reader = self._reader()
        if isinstance(reader, str):
            return reader
        line, column = sighting.location.line, sighting.location.column
        if isinstance(reader, Module):
            if call is None:
                return "no record says how this call takes a revision"
            return reader.pin(line, column, commit, call, reason)
        if isinstance(reader, Document):
            return reader.pin(line, column, str(sighting.revision), commit, reason)
        return self._tried(sighting, commit, reason, _fix_places.in_settings) or UNKNOWN_KIND

    def _command(self, sighting: Sighting, commit: str, reason: str) -> list[Edit] | str:
        known = COMMANDS.get(sighting.library or "", frozenset())
        if sighting.revision == "none" and (sighting.call or "") not in known:
            return "lading knows no flag beside it that takes a revision"
        if sighting.certainty is not Certainty.LITERAL:
            return "the name is put together elsewhere than in the command"
        self._is_only_settings = False
        edits = self._tried(sighting, commit, reason, _fix_places.in_command)
        self._commands |= {commit} if edits else set()
        return edits or "the command is written in a way lading does not change"

    def _notebook(self, sighting: Sighting, commit: str, call: Call | None, reason: str) -> list[Edit] | str:
        self._notebook_read = notebook = self._notebook_read or Notebook(self.text)
        if call is None:
            return "no record says how this call takes a revision"
        if not notebook.is_read:
            return "the notebook does not parse"
        edits = notebook.pin(sighting, commit, call, reason)
        if isinstance(edits, str):
            return edits
        after = apply(self.text, edits)
        wanted = Wanted({(sighting.kind, sighting.name): commit})
        is_proven = after is not None and self._reading.is_proven(self.file, self.text, after, wanted)
        return edits if is_proven else "the call names several models, and would take the revision for each"

    def _tried(self, sighting: Sighting, commit: str, reason: str, write: _Writer) -> list[Edit]:
        """The first way to write the commit after which a scan reads it there, and nothing else changed."""
        for spot in spots(self.text, sighting, commit, reason):
            for edit in write(spot):
                after = apply(self.text, [edit])
                is_text = after is not None and self._parses(after)
                if is_text and self._reading.settles(self.file, self.text, after or "", sighting, commit):
                    return [edit]
        return []

    def _is_same(self, after: str) -> bool:
        """Whether the new text parses and says the same, by the means its language offers."""
        if self._ending == ".py":
            names = {**self._wanted.names, **self._texts}
            flags = frozenset({FLAG, *self._commands, *(f"{FLAG}={each}" for each in self._commands)})
            flags = flags if self._commands else frozenset()
            return is_same_python(self.text, after, frozenset(self._keywords), names, flags)
        if self._ending == ".ipynb":
            keywords, names = frozenset(self._keywords), self._wanted.names
            return self._parses(after) and (
                not keywords or _fix_notebook.is_same_but_for(self.text, after, keywords, names)
            )
        if self._ending in _DOCUMENTS and self._is_only_settings:
            is_json = self._ending == ".json"
            return is_same_yaml(self.text, after, self._wanted.names, is_json=is_json)
        return self._parses(after)

    def _parses(self, after: str) -> bool:
        """Whether the new text still is of its language, as the old one was."""
        match self._ending:
            case ".py":
                return parse(after) is not None
            case ".json" | ".ipynb":
                return _is_json(after) or not _is_json(self.text)
            case ".yaml" | ".yml":
                return compose(after) is not None
            case ".toml":
                return _is_toml(after)
        dialect = _DIALECTS.get(self._ending)
        return dialect is None or _is_javascript(self.file, after, dialect)


def _texts_with(text: str, name: str, edits: list[Edit]) -> dict[str, str]:
    """Texts of a Python file before and after an address in them was changed."""
    after = apply(text, edits)
    old, new = parse(text), parse(after) if after is not None else None
    if old is None or new is None:
        return {}
    pairs = zip(_constants(old), _constants(new), strict=False)
    return {before: now for before, now in pairs if before != now and name in before}


def _constants(tree: ast.Module) -> Iterator[str]:
    return (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_toml(text: str) -> bool:
    import tomllib

    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return True


def _is_javascript(file: str, text: str, dialect: str) -> bool:
    """Whether the text parses without an error."""
    from scanner.discovery.javascript_tree import parse as parse_javascript
    from scanner.discovery.source import Source
    from scanner.errors import UnreadableFile
    from scanner.records.sighting import Scope

    try:
        return not parse_javascript(Source(file, text, dialect, Scope.SHIPPED), dialect).root.has_error
    except UnreadableFile:
        return False
