"""Model families: who developed a model that a service offers under the family's name."""

from __future__ import annotations

from scanner.knowledge import publishers
from scanner.knowledge.fields import Fields
from scanner.knowledge.store import Knowledge
from scanner.patterns import regex
from scanner.records.asset import Party


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SIGNS = regex(r"[-_.:@/ ]+")
_POINT = regex(r"(?<=\d)p(?=\d)")
_NUMBER = regex(
    r"[a-z]|(?:v|r|k|m|a|e|q|b|s|o)?\d+[\dx]*(?:b|m|k|e|n|bit|p|v)?|fp\d+|bf16|int\d+|nvfp4|mxfp4"
)
"""A version (`v3`, `r1`), a size (`70b`, `8x7b`, `a22b`, `128k`), a day (`0528`), a precision (`fp8`)."""
_PLAIN = _words(
    "instruct chat base turbo maas vision preview versatile instant coder code math vl vlm thinking"
    " reasoning reasoner it hf free large small medium mini max plus flash pro lite nemo next omni exp"
    " speciale terminus scout maverick guard community latest online air tiny nano micro embed"
    " embedding embeddings rerank reranker audio image long fast text experimental dev schnell"
    " standard ultra prompt default fp8 awq gptq gguf highspeed cloud light nightly"
)
"""Words that tell a variant and not a maker."""
_TAUGHT = frozenset({"distill", "distilled"})


def developer_of_family(knowledge: Knowledge, name: str) -> Party | None:
    """Find the developer whose family a name belongs to (`deepseek-r1`, `Meta-Llama-3.3-70B-Instruct`).

    The name begins with the family, and every other word is a version, a size or a plain variant. Any
    further word (`llama-3.1-sonar-large`, `llama3-chinese-chat`) may be somebody else's model: None. A
    family distilled into another (`deepseek-r1-distill-qwen-32b`) is its teacher's.
    """
    # Some services write a version's point as a letter (`qwen2p5`, `llama-v3p1`).
    words = [word for word in _SIGNS.split(_POINT.sub(".", name.casefold())) if word]
    families = _families(knowledge)
    for length in (2, 1):
        beginning = " ".join(words[:length]).rstrip("0123456789")
        rest = words[length:]
        if len(words) < length or beginning not in families:
            continue
        taught = bool(_TAUGHT & set(rest))
        if all(_says_no_maker(word, taught, families) for word in rest):
            party = publishers.look_up(knowledge, families[beginning])
            return party if isinstance(party, Party) else None
    return None


def _says_no_maker(word: str, taught: bool, families: dict[str, str]) -> bool:
    if word in _PLAIN or word in _TAUGHT or _NUMBER.fullmatch(word):
        return True
    return taught and word.rstrip("0123456789") in families


def _families(knowledge: Knowledge) -> dict[str, str]:
    """Namespaces by the words their families begin with."""
    known: dict[str, str] | None = knowledge.memo.get("families")
    if known is None:
        known = {
            family.casefold(): key
            for key, body in knowledge.all(publishers.KIND)
            for family in Fields(body, publishers.KIND).texts("families")
        }
        knowledge.memo["families"] = known
    return known
