"""Names of other kinds that stand for a repository of the Hub."""

from __future__ import annotations

from scanner.knowledge import catalog
from scanner.knowledge.store import Knowledge
from scanner.patterns import regex
from scanner.records.asset import Ancestor, Asset
from scanner.records.fact import Confidence, Evidence
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.names import HUB_HOSTS, is_repository_name
from scanner.resolution.source import Question

_SPACY = regex(r"[a-z]{2,3}_[a-z]+_[a-z_]+_(?:sm|md|lg|trf)")


@dataclass(frozen=True, slots=True)
class Original:
    """The repository of the Hub a name stands for."""

    question: Question
    source: str
    """Who says so."""
    confidence: Confidence
    is_copy: bool
    """Whether what is loaded is a copy held elsewhere, so that the Hub's commit does not name it."""


def original_of(question: Question, knowledge: Knowledge) -> Original | None:
    """Find the repository a name stands for, None where it speaks for itself."""
    match question.kind:
        case Kind.OLLAMA:
            return _of_ollama(question)
        case Kind.MODELSCOPE:
            return _of_modelscope(question, knowledge)
        case Kind.TIMM if "." in question.name and is_repository_name(f"timm/{question.name}"):
            # huggingface.co/timm/resnet50.a1_in1k and its kind, seen 2026-11-22. Without a tag the release
            # of the library decides which weights are meant.
            name = f"timm/{question.name.removeprefix('timm/')}"
            return _on_the_hub(name, "timm publishes its weights there", Confidence.CORROBORATED)
        case Kind.SPACY if _SPACY.fullmatch(question.name):
            # "The official models from spaCy 3.3 are in the spaCy Organization Page":
            # huggingface.co/docs/hub/spacy, read 2026-11-22.
            name = f"spacy/{question.name}"
            return _on_the_hub(name, "spaCy publishes its pipelines there", Confidence.CORROBORATED)
        case _:
            return None


def speak_for(asset: Asset, question: Question, original: Original) -> Asset:
    """Give the facts of the original under the name the project uses.

    They are as sure as the link between the two names; of a copy neither commit nor identity is taken.
    """
    if original.confidence is Confidence.VERIFIED and not original.is_copy:
        return asset
    name = original.question.name
    link = Evidence("same_as", name, original.source, asset.as_of, original.confidence)
    weaker = tuple(
        replace(each, confidence=min(each.confidence, original.confidence, key=lambda one: one.rank))
        for each in asset.license.evidence
    )
    asset = replace(asset, license=replace(asset.license, evidence=(*weaker, link)))

    def passed_on(steps: tuple[Ancestor, ...]) -> tuple[Ancestor, ...]:
        return tuple(
            replace(
                each,
                of=asset.name if each.of == name else each.of,
                confidence=min(each.confidence, original.confidence, key=lambda one: one.rank),
            )
            for each in steps
        )

    if isinstance(asset.lineage, tuple):
        asset = replace(asset, lineage=passed_on(asset.lineage))
    if isinstance(asset.trained_on, tuple):
        asset = replace(asset, trained_on=passed_on(asset.trained_on))
    if not original.is_copy:
        return asset
    unseen = Unknown(f"a copy of {name} on the Hub; the copy itself was not asked about")
    return replace(
        asset,
        id=f"{question.kind.value}:{asset.name}@*",
        commit=unseen,
        repository_id=unseen,
        availability=unseen,
    )


def _of_ollama(question: Question) -> Original | None:
    """`hf.co/USER/REPOSITORY[:QUANT]` names the Hub outright (Ollama's documentation of the Hub)."""
    head, _, rest = question.name.removeprefix("ollama://").partition("/")
    name = rest.split("@", 1)[0].rsplit(":", 1)[0]
    if head.lower() not in HUB_HOSTS or not is_repository_name(name):
        return None
    return Original(Question(Kind.HF_MODEL, name), "the name itself", Confidence.VERIFIED, is_copy=False)


def _of_modelscope(question: Question, knowledge: Knowledge) -> Original | None:
    """The repository a catalog row names; else the one of the same name, which alone proves little."""
    row = catalog.look_up(knowledge, Kind.MODELSCOPE.value, question.name)
    if row is not None and row.stands_for is not None and is_repository_name(row.stands_for):
        target = Question(Kind.HF_MODEL, row.stands_for)
        source = row.source if isinstance(row.source, str) else "catalog"
        return Original(target, source, Confidence.CORROBORATED, is_copy=True)
    if row is None and catalog.look_up(knowledge, Kind.HF_MODEL.value, question.name) is not None:
        target = Question(Kind.HF_MODEL, question.name)
        return Original(target, "the same name on the Hub", Confidence.UNVERIFIED, is_copy=True)
    return None


def _on_the_hub(name: str, source: str, confidence: Confidence) -> Original:
    return Original(Question(Kind.HF_MODEL, name), source, confidence, is_copy=False)
