"""Where a commit can be written beside a name in commands, addresses, settings and JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.cli._fix_text import Edit, line_starts
from scanner.records.quick import dataclass
from scanner.records.sighting import Sighting

MAX_PLACES = 8
"""Places of a name on its line that are tried."""
NEAR_CHARACTERS = 1_500
"""How far from a name its revision is looked for."""

# Read for each: `hf download --help`; the launcher reference of text-generation-inference; router/src/main.rs
# of text-embeddings-inference; server_args.py of sglang; vllm/engine/arg_utils.py.
COMMANDS: dict[str, frozenset[str]] = {
    "huggingface_hub": frozenset({"hf download", "huggingface-cli download"}),
    "vllm": frozenset({"vllm serve", "--model"}),
    "text-generation-inference": frozenset({"--model-id"}),
    "text-embeddings-inference": frozenset({"--model-id"}),
    "sglang": frozenset({"--model-path", "--model"}),
}
"""Commands and flags beside which `--revision` speaks of the very model they name, by library."""
JAVASCRIPT = "transformers.js"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a name in a text, and what is to be written there."""

    text: str
    start: int
    end: int
    revision: str
    commit: str
    reason: str

    def edit(self, start: int, end: int, text: str) -> Edit:
        """One change here."""
        return Edit(start, end, text, self.reason)


def spots(text: str, sighting: Sighting, commit: str, reason: str) -> Iterator[Spot]:
    """The places of a sighting's name on its line, the very column first."""
    starts = line_starts(text)
    line, column = sighting.location.line, sighting.location.column
    if not 1 <= line <= len(starts):
        return
    begin = starts[line - 1]
    end = starts[line] if line < len(starts) else len(text)
    found = [each.start() for each in re.finditer(re.escape(sighting.name), text[begin:end])]
    found.sort(key=lambda at: (abs(at - column + 1), at))
    for at in found[:MAX_PLACES]:
        start = begin + at
        revision = sighting.revision if isinstance(sighting.revision, str) else "none"
        yield Spot(text, start, start + len(sighting.name), revision, commit, reason)


def in_address(spot: Spot) -> Iterator[Edit]:
    """The revision within an address or behind an `@`, replaced by the commit."""
    if spot.revision == "none":
        return
    written = re.escape(spot.revision)
    found = re.compile(rf"(?:/(?:resolve|raw)/|@)({written})(?=[/\"'\s:)\\]|$)").match(spot.text, spot.end)
    if found is not None:
        yield spot.edit(found.start(1), found.end(1), spot.commit)


def in_command(spot: Spot) -> Iterator[Edit]:
    """A `--revision` beside the name, or the commit over the revision that stands there."""
    if spot.revision != "none":
        yield from _over_revision(spot)
        return
    text, start, end = spot.text, spot.start, spot.end
    word = re.compile(r"[^\s\"',\[\]]*$").search(text, max(0, start - 60), start)
    begin = word.start() if word else start
    has_flag = text[begin:start].endswith("=")
    quote = text[begin - 1 : begin] if begin else ""
    is_quoted = quote in ("'", '"') and quote != "" and text[end : end + 1] == quote
    if text[begin:start].startswith("hf://"):
        # The client takes no --revision beside such a name.
        yield spot.edit(end, end, f"@{spot.commit}")
    elif item := _item(text, begin - is_quoted, end + is_quoted):
        yield _new_items(spot, *item, has_flag=has_flag)
    elif not is_quoted and _is_in_list(text, begin, end):
        flag = f"--revision={spot.commit}" if has_flag else f'--revision, "{spot.commit}"'
        yield spot.edit(end, end, f", {flag}")
    elif is_quoted and _is_in_list(text, begin - 1, end + 1):
        flag = f"--revision={spot.commit}" if has_flag else f"--revision{quote}, {quote}{spot.commit}"
        yield spot.edit(end + 1, end + 1, f", {quote}{flag}{quote}")
    else:
        for at in (end + 1, end) if is_quoted else (end,):
            # Within JSON the quotes of the shell are written with a backslash.
            at += (
                2 if not is_quoted and text.startswith('\\"', at) and text[begin - 2 : begin] == '\\"' else 0
            )
            yield spot.edit(at, at, f" --revision {spot.commit}")


def in_javascript(spot: Spot) -> Iterator[Edit]:
    """A `revision` among the options behind the name, an object of its own where there is none."""
    text, end = spot.text, spot.end
    quote = text[spot.start - 1 : spot.start]
    if quote not in ("'", '"', "`") or not quote or text[end : end + 1] != quote:
        return
    quote = '"' if quote == "`" else quote
    written = f"revision: {quote}{spot.commit}{quote}"
    behind = end + 1
    if spot.revision != "none":
        old = re.compile(rf"\brevision[\"']?\s*:\s*([\"'`]){re.escape(spot.revision)}(\1)")
        found = old.search(text, behind, behind + NEAR_CHARACTERS)
        if found is not None:
            yield spot.edit(found.start(1), found.end(2), f"{quote}{spot.commit}{quote}")
    elif opened := re.compile(r"\s*,\s*\{(\s*\})?").match(text, behind):
        at = text.index("{", behind) + 1
        # What is spread into the options may hold a revision.
        if "..." not in text[at : text.find(")", at)]:
            yield spot.edit(at, at, f" {written} " if opened[1] else f" {written},")
    elif comma := re.compile(r"\s*,(?=\s*\))").match(text, behind):
        yield spot.edit(comma.end(), comma.end(), f" {{ {written} }}")
    elif re.compile(r"\s*\)").match(text, behind):
        yield spot.edit(behind, behind, f", {{ {written} }}")


def in_settings(spot: Spot) -> Iterator[Edit]:
    """The commit over a revision that stands near the name under a key of its own (TOML, properties)."""
    if spot.revision != "none":
        yield from _over_revision(spot)


def _over_revision(spot: Spot) -> Iterator[Edit]:
    """Every place near the name where its revision stands behind a word that says so, the nearest first."""
    pattern = re.compile(
        rf"revision[\"']?(?:\s*[=:]\s*|\s+|[\"']?,\s*|\s*\\?\n\s*-\s+)[\"']?({re.escape(spot.revision)})(?![\w./-])",
        re.IGNORECASE,
    )
    low, high = max(0, spot.start - NEAR_CHARACTERS), spot.end + NEAR_CHARACTERS
    found = list(pattern.finditer(spot.text, low, high))
    found.sort(key=lambda each: (abs(each.start(1) - spot.start), each.start(1)))
    for each in found[:MAX_PLACES]:
        yield spot.edit(each.start(1), each.end(1), spot.commit)


def _item(text: str, begin: int, end: int) -> tuple[str, int] | None:
    """Of an item of YAML that holds the word alone: what stands before its dash, and where its line ends."""
    start = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    before = re.fullmatch(r"([ \t]*)-[ \t]+", text[start:begin])
    behind = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=\r|\n|$)").match(text, end)
    return (before[1], behind.end()) if before and behind else None


def _new_items(spot: Spot, indent: str, at: int, *, has_flag: bool) -> Edit:
    end = "\r\n" if spot.text.startswith("\r\n", at) else "\n"
    items = (f"--revision={spot.commit}",) if has_flag else ("--revision", f'"{spot.commit}"')
    return spot.edit(at, at, "".join(f"{end}{indent}- {item}" for item in items))


def _is_in_list(text: str, start: int, end: int) -> bool:
    """Whether a quoted word is an element of a list in brackets."""
    return text[:start].rstrip()[-1:] in ("[", ",") and text[end:].lstrip()[:1] in (",", "]")
