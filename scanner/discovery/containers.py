"""Commands that stand in settings: services, containers, jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from scanner.discovery.config_keys import snake
from scanner.discovery.embedded_texts import is_shell_key
from scanner.discovery.positions import within
from scanner.discovery.shell_commands import first_command, read_shell, read_words
from scanner.discovery.shell_state import Setting
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import Leaf, Listing, Table, text_as_source
from scanner.discovery.views import Constant, Opaque, Text, View
from scanner.patterns import regex
from scanner.records.quick import replace
from scanner.records.sighting import Certainty

MAX_COMMANDS = 2_000
"""Commands of one list that are read."""
_PARTS = ("entrypoint", "command", "args")
_LISTED = ("healthcheck", "argv")


@lru_cache(maxsize=4_096)
def is_of_container(key: str) -> bool:
    """Whether a key says what a container, a job or a step runs."""
    name = snake(key)
    return key.lower() in _PARTS or is_shell_key(name) or name.endswith("_args") or name in _LISTED


def read_container(
    table: Table, source: Source, environment: tuple[Setting, ...], used: set[str]
) -> Iterator[View]:
    """Show what a container, a job or a step runs, with the variables set for it.

    `used` collects the variables that were put into a command.
    """
    parts = [node for name in _PARTS if (node := table.get(name)) is not None]
    image = table.get("image")
    if parts:
        yield from _container(parts, image if isinstance(image, Leaf) else None, source, environment, used)
    for key, node in table.entries:
        name = snake(key.value)
        if is_shell_key(name):
            yield from _script(node, source, environment, used)
        elif name.endswith("_args") and isinstance(node, Listing):
            yield from read_words(_put_in(_words(node), environment, used), environment, source)
        elif name.endswith("_args") and isinstance(node, Leaf) and isinstance(node.raw or node.value, Text):
            yield from read_arguments(node.raw or node.value, source, environment)
        elif name == "argv" and isinstance(node, Listing):
            yield from read_words(_words(node), environment, source)
        elif name == "healthcheck" and isinstance(node, Table):
            test = node.get("test")
            if isinstance(test, Listing):
                yield from read_words(_words(test)[1:], environment, source)


def read_arguments(
    value: Text | Opaque | Constant, source: Source, environment: tuple[Setting, ...]
) -> Iterator[View]:
    """Show arguments that stand in one text (`EXTRA_ARGS: "--model owner/name --x"`)."""
    if isinstance(value, Text) and "--" in value.value and source.may_embed():
        words = first_command(text_as_source(value, source, "shell"), environment)
        yield from read_words(words, environment, source)


def _container(
    parts: list[Leaf | Listing | Table],
    image: Leaf | None,
    source: Source,
    environment: tuple[Setting, ...],
    used: set[str],
) -> Iterator[View]:
    words: list[Text | Opaque] = []
    for part in parts:
        if isinstance(part, Listing):
            words.extend(_put_in(_words(part), environment, used))
        elif isinstance(part, Leaf) and (part.raw or isinstance(part.value, Text)) and source.may_embed():
            inner = part.as_source(source, "shell")
            if inner is not None:
                if "\n" in inner.text or words or image is None:
                    yield from read_shell(inner, environment, used=used)
                words.extend(first_command(inner, environment))
    if not words:
        return
    if image is not None and isinstance(image.value, Text):
        place = image.value.location
        words = [Text("docker", place), Text("run", place), image.value, *words]
    elif image is not None and isinstance(image.value, Opaque):
        place = image.value.location
        words = [Text("docker", place), Text("run", place), Text("image", place), *words]
    yield from read_words(tuple(words), environment, source)


def _words(listing: Listing) -> tuple[Text | Opaque, ...]:
    found: list[Text | Opaque] = []
    for member in listing.members:
        if isinstance(member, Leaf):
            value = member.value
            if isinstance(value, Opaque) and member.raw is not None and _may_be_script(found, member.raw):
                found.append(_script_of(member.raw))
            elif isinstance(value, (Text, Opaque)):
                found.append(value)
            else:
                found.append(member.raw or Text(str(value.value), value.location))
    return tuple(found)


def _may_be_script(before: list[Text | Opaque], written: Text) -> bool:
    """Whether a text with holes is a script: it is the first of a list, or stands behind `-c`."""
    last = before[-1] if before else None
    is_behind = last is None or (isinstance(last, Text) and _SCRIPT_FLAG.fullmatch(last.value) is not None)
    return is_behind and " " in written.value.strip() and _ONE_HOLE.fullmatch(written.value.strip()) is None


_SCRIPT_FLAG = regex(r"-[a-z]*c")
_ONE_HOLE = regex(r"\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)")


def _script_of(written: Text) -> Text:
    """A script with holes in it, those of the container (`$(NAME)`) as the shell writes them."""
    return replace(written, value=_HOLE.sub(r"${\1}", written.value))


_HOLE = regex(r"\$\(([A-Z_][A-Z0-9_]*)\)")


def _put_in(
    words: tuple[Text | Opaque, ...], environment: tuple[Setting, ...], used: set[str]
) -> tuple[Text | Opaque, ...]:
    """Put a container's own variables where its arguments name them (`$(NAME)`)."""
    known = dict(environment)
    found: list[Text | Opaque] = []
    for word in words:
        named = _OWN_VARIABLE.fullmatch(word.expression) if isinstance(word, Opaque) else None
        variable = (named.group(2) or named.group(3)) if named else ""
        value = known.get(variable)
        if named and isinstance(value, Text):
            used.add(variable)
            flag = named.group(1)
            if flag:
                found.append(Text(flag.rstrip("="), word.location))
            found.append(replace(value, certainty=Certainty.FOLDED))
        else:
            found.append(word)
    return tuple(found)


_OWN_VARIABLE = regex(r"(--[\w-]+=)?\$(?:\(([A-Za-z_]\w*)\)|\{([A-Za-z_]\w*)\})")


def _filled(script: Source, environment: tuple[Setting, ...]) -> Source:
    """A script with the variables that are set around it as the shell writes them; nothing moves.

    A task runner writes `{{.NAME}}`, as long as `"${NAME}"` is; blanks in it become pairs of quotes.
    """
    if "{{" not in script.text or not environment:
        return script
    known = {name for name, value in environment if isinstance(value, Text) and " " not in value.value}

    def put_in(hole: re.Match[str]) -> str:
        blanks = len(hole[0]) - len(hole[1]) - 5
        if hole[1] not in known or blanks % 2 or blanks < 0:
            return hole[0]
        return '""' * (blanks // 2) + f'"${{{hole[1]}}}"'

    return replace(script, text=_TASK_VARIABLE.sub(put_in, script.text))


_TASK_VARIABLE = regex(r"\{\{[ ]?\.([A-Za-z_]\w*)[ ]?\}\}")


def _script(
    node: Leaf | Listing | Table, source: Source, environment: tuple[Setting, ...], used: set[str]
) -> Iterator[View]:
    if not source.may_embed():
        return
    leaves = [node] if isinstance(node, Leaf) else node.members if isinstance(node, Listing) else []
    for leaf in within(leaves, MAX_COMMANDS, "commands of one list", source):
        if isinstance(leaf, Leaf) and (inner := leaf.as_source(source, "shell")) is not None:
            yield from read_shell(_filled(inner, environment), environment, used=used)
        elif isinstance(leaf, Listing):
            yield from read_words(_words(leaf), environment, source)
        elif isinstance(leaf, Table):
            step = leaf.get("cmd") or leaf.get("command")
            inner = step.as_source(source, "shell") if isinstance(step, Leaf) else None
            if inner is not None:
                yield from read_shell(inner, environment, used=used)
