"""Settings of any format as one tree, and what of it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from scanner.discovery.catalog_values import may_be_of_catalog
from scanner.discovery.config_keys import (
    ENVIRONMENTS,
    KEY_ITSELF,
    KeyRole,
    is_of_resource,
    role_of,
    role_of_variable,
    snake,
)
from scanner.discovery.containers import is_of_container, read_arguments, read_container
from scanner.discovery.embedded_texts import language_of_value
from scanner.discovery.figures import lists_figures
from scanner.discovery.interest import may_name_models
from scanner.discovery.named_pairs import listed_settings, own_environment, sets_it, sets_variables
from scanner.discovery.past_traffic import past_in, tests_templates
from scanner.discovery.shell_state import Setting
from scanner.discovery.source import Source
from scanner.discovery.switches import ADDRESS_SWITCHES, MODELSCOPE_SWITCHES
from scanner.discovery.told_settings import meant_keys, told_of_loading
from scanner.discovery.tree_nodes import MAY_BE_NAME, Leaf, Node, Table
from scanner.discovery.views import Constant, Embedded, Entry, Opaque, Prose, Text, View
from scanner.discovery.vocabulary import words
from scanner.discovery.yaml_nodes import read_documents
from scanner.errors import UnreadableFile
from scanner.patterns import regex
from scanner.records.quick import dataclass, field, replace

MAX_NESTING = 100
"""Levels of mappings and lists that are followed."""
MAX_SIBLINGS = 100
"""Settings beside each other that may explain a name; of more, those whose keys tell of others."""
MAX_SIBLING_CHARACTERS = 300
"""Characters of a setting that may explain a name."""

_PROOF = regex(
    r"hf\.co/|huggingface|hf://|modelscope|models--|hf[-_]hub:|:bedrock:|googleapis\.com/|api\.nvidia\.com/"
    r"|\.(?:safetensors|gguf|onnx|pth?|ckpt)\b|^[a-z]{2,3}_core_(?:web|news|sci)_"
)
_SWITCHES = ADDRESS_SWITCHES | MODELSCOPE_SWITCHES
_KEYS_ARE_NAMES = frozenset({KeyRole.MODEL_BY_SHAPE, KeyRole.DATASET})
_SERVICES = words("provider providers apis")
_OF_A_SERVICE = words("api_base base_url openai_api_base api_url api_endpoint openai_base_url endpoint")
_NAMES_OR_PRICES = words(
    "id name model model_id model_name deployment path repo repo_id"
    " cost costs price prices pricing score scores input_cost_per_token output_cost_per_token"
)
_TELLING_OF_OTHERS = words(
    "provider model_provider llm_provider custom_llm_provider api_type type vendor backend engine service"
    " api_base base_url openai_api_base endpoint host server_url api_url api_endpoint openai_base_url"
    " azure_endpoint ollama_base_url url endpoint_url server revision trust_remote_code merge_method"
)


@dataclass(slots=True)
class _Walk:
    """What stays the same while a tree is walked."""

    source: Source
    format: str
    found: list[View] = field(default_factory=list)
    above: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    environment: list[Setting] = field(default_factory=list)
    told: int = 0
    """How many of the tables around only tell of models: catalogs of figures, requests of the past."""
    used: set[str] = field(default_factory=set)
    """Variables that commands were seen to use."""
    variables: list[Entry] = field(default_factory=list)
    """Settings of environments, held back until all commands are read."""


def read_tree(
    root: Node,
    source: Source,
    style: str,
    keys: tuple[str, ...] = (),
    *,
    is_told: bool = False,
    environment: tuple[Setting, ...] = (),
) -> Iterator[View]:
    """Show the scalars of a tree that may name something, its commands, and the texts inside it.

    `keys` lead to the tree, where it is itself the value of a setting; `is_told` says that this only tells
    of models, and `environment` which variables are set around it.
    """
    walk = _Walk(
        source, style, environment=[*environment], told=int(is_told or (not keys and tests_templates(root)))
    )
    _read(walk, root, keys, 0)
    yield from walk.found
    for entry in walk.variables:
        # A name that a command was seen to take is known better there.
        is_used = entry.keys[-1] in walk.used
        yield replace(entry, format="shell") if is_used else entry


def _read(walk: _Walk, node: Node, keys: tuple[str, ...], depth: int) -> None:
    if depth > MAX_NESTING:
        walk.source.leave_out(f"settings nested deeper than {MAX_NESTING} levels were not read")
    elif isinstance(node, Table):
        _table(walk, node, keys, depth)
    elif isinstance(node, Leaf):
        _leaf(walk, node, keys, (), is_listed=True)
    else:
        if pairs := listed_settings(node, keys):
            _pairs(walk, pairs)
            return
        is_catalog = lists_figures(node.members)
        walk.told += is_catalog
        for at, member in enumerate(node.members):
            _read(walk, member, (*keys, f"[{at}]"), depth + 1)
        walk.told -= is_catalog


def _table(walk: _Walk, table: Table, keys: tuple[str, ...], depth: int) -> None:
    siblings = _siblings(table, walk.source)
    own: list[Setting] = []
    if any(_says_more(key.value) for key, _ in table.entries):
        own = own_environment(table)
        walk.environment.extend(own)
        walk.found.extend(read_container(table, walk.source, tuple(walk.environment), walk.used))
    walk.above.append(tuple(pair for pair in siblings if snake(pair[0]) in _TELLING_OF_OTHERS))
    is_catalog = lists_figures([node for _, node in table.entries])
    walk.told += is_catalog
    past = past_in(table)
    meant = meant_keys(table, keys)
    for key, node in table.entries:
        path = (*keys, meant.get(key.value, key.value))
        if key.value in past.answers:
            continue
        walk.told += key.value in past.requests
        if _is_name(walk, keys, key.value, node):
            walk.found.append(_entry(walk, (*path[:-1], KEY_ITSELF), key, (), _above(walk)))
        if isinstance(node, Leaf):
            _leaf(walk, node, path, siblings)
        else:
            _read(walk, node, path, depth + 1)
        walk.told -= key.value in past.requests
    walk.above.pop()
    walk.told -= is_catalog
    if own:
        del walk.environment[-len(own) :]


def _above(walk: _Walk, *, is_listed: bool = False) -> tuple[tuple[str, str], ...]:
    """What the mappings around the one that is read tell, the nearest first; of a list, also its own."""
    around = walk.above if is_listed else walk.above[:-1]
    return tuple(pair for level in reversed(around[-4:]) for pair in level)


def _is_name(walk: _Walk, keys: tuple[str, ...], key: str, node: Node) -> bool:
    """Whether a key may itself be the name of a model or dataset."""
    if "/" not in key and not (MAY_BE_NAME.search(key) and _is_offered(walk, keys, node)):
        return False
    return role_of((*keys, KEY_ITSELF)) in _KEYS_ARE_NAMES


def _is_offered(walk: _Walk, keys: tuple[str, ...], node: Node) -> bool:
    """Whether a key without an owner may be the model a service offers: `openai: {models: {gpt-4o: {…}}}`.

    The settings around it are those of a service; what it leads to neither names the model nor prices it.
    """
    if not isinstance(node, Table) or not keys or snake(keys[-1]) != "models":
        return False
    is_of_service = len(keys) > 2 and snake(keys[-3]) in _SERVICES
    told = _above(walk)
    if not is_of_service and not any(snake(key) in _OF_A_SERVICE and "://" in value for key, value in told):
        return False
    for key, held in node.entries:
        own = snake(key.value)
        is_title = own == "name" and isinstance(held, Leaf) and " " in held.written()
        if own in _NAMES_OR_PRICES and not is_title:
            return False
    return True


@lru_cache(maxsize=4_096)
def _says_more(key: str) -> bool:
    """Whether a table with this key may run something, or set variables."""
    return is_of_container(key) or sets_variables(key)


def _siblings(table: Table, source: Source) -> tuple[tuple[str, str], ...]:
    found = [*table.inherited, *told_of_loading(table)]
    for key, node in table.entries:
        if isinstance(node, Leaf) and (text := node.written()) and len(text) <= MAX_SIBLING_CHARACTERS:
            # Of very many neighbours those that tell of the others are kept.
            if len(found) < MAX_SIBLINGS or snake(key.value) in _TELLING_OF_OTHERS:
                found.append((key.value, text))
            if len(found) >= 2 * MAX_SIBLINGS:
                source.leave_rest(2 * MAX_SIBLINGS, "settings that tell of one name")
                break
    return tuple(found)


def _leaf(
    walk: _Walk,
    leaf: Leaf,
    keys: tuple[str, ...],
    siblings: tuple[tuple[str, str], ...],
    *,
    is_listed: bool = False,
) -> None:
    value = leaf.value
    if isinstance(value, Constant):
        return
    if isinstance(value, Text):
        language = language_of_value(keys, leaf, siblings)
        inner = leaf.as_source(walk.source, language) if language and walk.source.may_embed() else None
        if inner is not None:
            walk.found.extend(_inner(inner, keys, is_told=walk.told > 0))
            return
    if isinstance(value, Opaque) and sets_it(value.expression, walk.environment):
        return  # named where the variable is set
    if is_telling(keys, value, walk.format):
        entry = _entry(walk, keys, value, siblings, _above(walk, is_listed=is_listed))
        if _is_variable(keys):
            walk.variables.append(entry)
        else:
            walk.found.append(entry)


def _entry(
    walk: _Walk,
    keys: tuple[str, ...],
    value: Text | Opaque,
    siblings: tuple[tuple[str, str], ...],
    above: tuple[tuple[str, str], ...],
) -> Entry:
    return Entry(keys, value, siblings, walk.format, above, walk.told > 0)


def _inner(inner: Source, keys: tuple[str, ...], *, is_told: bool) -> Iterator[View]:
    """Settings inside a setting are read under its key; other languages are handed on."""
    if inner.language == "prose":
        yield Prose(inner.text, inner, 1, 1)
    elif inner.language not in {"json", "yaml"}:
        yield Embedded(inner)
    elif may_name_models(inner.text) or role_of(keys) is KeyRole.MODEL:
        try:
            trees = list(read_documents(inner) if inner.language == "yaml" else _read_json(inner))
        except UnreadableFile:
            from scanner.discovery.yaml_lines import read_lines

            trees = [read_lines(inner)]
        for tree in trees:
            yield from read_tree(tree, inner, inner.language, keys, is_told=is_told)


def _read_json(inner: Source) -> Iterator[Node]:
    from scanner.discovery.json_nodes import read_values

    return read_values(inner)


def is_telling(keys: tuple[str, ...], value: Text | Opaque | Constant, style: str) -> bool:
    """Whether an entry can matter to anyone; most of a configuration cannot."""
    if not keys or isinstance(value, Constant):
        return False
    text = value.value if isinstance(value, Text) else ""
    if isinstance(value, Opaque) and ":bedrock:" in value.expression:
        return True
    if text and _PROOF.search(text):
        return True
    role = role_of(keys)
    if role is KeyRole.OTHER and (style in {"env", "properties"} or _is_variable(keys)):
        role = role_of_variable(keys[-1])
    if keys[-1] == "provider" and ":" in text:
        return True  # with the model it is asked for behind it
    if role is KeyRole.OTHER or role is KeyRole.NEVER:
        if keys[-1].upper() in _SWITCHES or ("/" in text and is_of_resource(keys, style)):
            return True
        return may_be_of_catalog(keys, text) and (role is KeyRole.OTHER or keys[-1] == "model_size")
    return role is not KeyRole.ADDRESS or "://" in text


def _is_variable(keys: tuple[str, ...]) -> bool:
    return len(keys) > 1 and snake(keys[-2]) in ENVIRONMENTS


def _pairs(walk: _Walk, pairs: list[tuple[tuple[str, ...], Setting]]) -> None:
    beside = ((name, value.value) for _, (name, value) in pairs if isinstance(value, Text))
    told = tuple(islice(beside, MAX_SIBLINGS))
    for keys, (name, value) in pairs:
        siblings = told if keys[-1] == name else tuple(pair for pair in told if pair[0] != name)
        if is_telling(keys, value, walk.format):
            found = walk.variables if _is_variable(keys) else walk.found
            found.append(Entry(keys, value, siblings, walk.format))
        if isinstance(value, Text) and snake(name).endswith("_args"):
            walk.found.extend(read_arguments(value, walk.source, tuple(walk.environment)))
