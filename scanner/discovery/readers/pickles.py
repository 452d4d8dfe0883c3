"""Files Python unpickles: PyTorch checkpoints, joblib dumps, plain pickles. What they import is named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from scanner.discovery.far_file import FarFile
from scanner.discovery.packed import is_packed, unpack
from scanner.discovery.pickle_imports import PickleImports, read_imports, read_imports_of
from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View
from scanner.discovery.weight_files import bytes_of, expand, is_ggml_name, make_header, read_pointer

FORMAT = "pickle"
ENDINGS = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib")
MAX_MEMBERS = 5_000
"""Members of a zip that are gone through."""
MAX_EXPANDED_BYTES = 4_000_000
"""Bytes a compressed pickle is expanded to."""
MAX_PICKLES = 50
"""Pickles of a zip that are gone through."""
MAX_DEPTH = 3
"""Compressed zips within zips that are gone into."""
_PROTOCOLS = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")
_ZIP = b"PK\x03\x04"
_LEGACY = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."
_ALWAYS = (".pkl", ".pickle", ".joblib")
"""Endings that promise a pickle; of the others only the first bytes do."""
_HEAD_BYTES = 1_000_000
_TASTE = 512
"""Bytes of a compressed member that are expanded to see what it is."""


def read(source: Source) -> Iterator[View]:
    """List the imports of the pickles in a file, as facts; nothing is loaded, nothing is judged.

    A file that is no pickle and no zip with one gives nothing, whatever its ending says: `.bin` is
    used for everything. Of zips and compressed files only the first bytes are read, of a large pickle the
    whole in pieces: `imports_read` says `all` or how far.
    """
    content = bytes_of(source)
    pointer = read_pointer(content)
    if pointer is not None:
        if not is_ggml_name(source.file.rsplit("/", 1)[-1]):
            yield make_header(source, FORMAT, pointer)
        return
    ending = source.file[source.file.rfind(".") :].lower()
    is_whole = len(content) < _HEAD_BYTES
    if content.startswith(_ZIP):
        found = list(_members(content, count(), is_whole=is_whole))
        if not any(one.count or one.names or one.note for _, one in found):
            if ending in (".pt", ".pth", ".ckpt"):
                yield make_header(source, FORMAT, (("container", "zip"), ("imports_read", "none found")))
            return
        yield make_header(source, FORMAT, _facts([one for _, one in found], "zip", is_whole=is_whole))
        return
    if ending in _ALWAYS and is_packed(content):
        content, is_whole = unpack(content, MAX_EXPANDED_BYTES)
    if not _looks_like_one(content, ending):
        if ending in _ALWAYS:
            facts = (("imports_read", "not determined: does not start like a pickle"),)
            yield make_header(source, FORMAT, facts)
        return
    imports = read_imports(content, is_whole=is_whole)
    if imports.count == 0 and not imports.names and ending not in _ALWAYS and not content.startswith(_LEGACY):
        return
    container = "torch, before zip" if content.startswith(_LEGACY) else "plain"
    is_far = source.reach is not None and not is_whole and not is_packed(bytes_of(source)[:8])
    if source.reach is not None and is_far and not imports.note.startswith("more than"):
        imports, is_whole = read_imports_of(FarFile(source.reach, source.size_bytes)), True
    yield make_header(source, FORMAT, _facts([imports], container, is_whole=is_whole))


def _looks_like_one(content: bytes, ending: str) -> bool:
    if len(content) > 2 and content[:1] == b"\x80" and content[1] <= 5:
        return True
    # Protocol 0 has no first byte of its own: the ending has to promise it.
    return ending in _ALWAYS and content[:1] in b"(c]}IFVSNlt" and b"." in content and len(content) > 1


def _facts(found: list[PickleImports], container: str, *, is_whole: bool) -> Iterator[tuple[str, str]]:
    yield "container", container
    notes = sorted({one.note for one in found if one.note})
    for name in sorted({name for one in found for name in one.names}):
        yield "import", name
    if not notes and (is_whole or container != "plain"):
        yield "imports_read", "all" if is_whole else "those of the pickles in the first bytes of the file"
    else:
        yield "imports_read", f"not determined beyond these: {'; '.join(notes) or 'the file goes on'}"


def _members(
    content: bytes, opened: count[int], *, is_whole: bool, depth: int = 0
) -> Iterator[tuple[str, PickleImports]]:
    """Go through the members of a zip by their own headers, which stand before their data.

    `opened` counts what is expanded or read as a pickle, of all zips within the file together.
    """
    at = 0
    for member in count():
        at = content.find(_ZIP, at)
        if at < 0 or at + 30 > len(content):
            return
        if member >= MAX_MEMBERS:
            yield "", PickleImports((), f"more than {MAX_MEMBERS} members in the zip", 0)
            return
        size = int.from_bytes(content[at + 18 : at + 22], "little")
        name_length = int.from_bytes(content[at + 26 : at + 28], "little")
        extra_length = int.from_bytes(content[at + 28 : at + 30], "little")
        name = content[at + 30 : at + 30 + name_length].decode("utf-8", "replace")
        start = at + 30 + name_length + extra_length
        # PyTorch writes sizes behind the data: then the member goes on until the next header.
        is_known = size not in (0, 0xFFFFFFFF)
        is_named = name.endswith((".pkl", ".pickle"))
        data = content[start : start + size] if is_known else content[start:]
        is_packed_member = content[at + 8 : at + 10] != b"\0\0"
        head = expand(data[:_TASTE], 8) if is_packed_member else data[:8]
        is_cut = start + size > len(content) if is_known else not is_whole
        is_zip = is_packed_member and head.startswith(_ZIP)
        if (is_named or is_zip or head[:2] in _PROTOCOLS) and next(opened) >= MAX_PICKLES:
            yield "", PickleImports((), f"more than {MAX_PICKLES} pickles in the zip", 0)
            return
        if is_named or head[:2] in _PROTOCOLS:
            plain = expand(data, MAX_EXPANDED_BYTES) if is_packed_member else data
            yield name, _first_pickle(plain, is_cut=is_cut, is_named=is_named)
        elif is_zip and depth < MAX_DEPTH:
            plain = expand(data, MAX_EXPANDED_BYTES)
            is_all = not is_cut and len(plain) < MAX_EXPANDED_BYTES
            yield from _members(plain, opened, is_whole=is_all, depth=depth + 1)
        elif is_zip:
            yield name, PickleImports((), f"zips within zips deeper than {MAX_DEPTH}", 0)
        # A zip within the zip is gone into: its members are found by the same mark.
        is_nested = content.startswith(_ZIP, start)
        at = start + size if is_known and not is_nested else start


def _first_pickle(plain: bytes, *, is_cut: bool, is_named: bool) -> PickleImports:
    imports = read_imports(plain, is_whole=not is_cut)
    if imports.count or is_named:
        return imports
    return PickleImports((), "", 0)  # raw data that happens to start with the same two bytes


READER = Reader(FORMAT, ENDINGS, (), read, reads_headers=True)
