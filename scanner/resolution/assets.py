"""From the answers of a closure to assets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from scanner.knowledge import licenses
from scanner.knowledge.store import Knowledge
from scanner.records.asset import Asset, AssetLicense, Unanswered
from scanner.records.fact import Confidence, Evidence
from scanner.records.quick import replace
from scanner.records.sighting import Kind
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown
from scanner.resolution.card import MAX_DATASETS
from scanner.resolution.chain import Answered, Closure, settle
from scanner.resolution.license_of import license_of
from scanner.resolution.lineage_of import Known, Trace, inherit, trace, trained_on
from scanner.resolution.publisher_of import developer_of, named_in_quantization, publisher_named, publisher_of
from scanner.resolution.redirects import redirect_of
from scanner.resolution.same_as import original_of, speak_for
from scanner.resolution.source import Absent, Base, Question, Repository, followed

OFFLINE = "no source on this machine knows it, and the run is offline"
NOBODY = "no source knows it"
UNMAPPED = "the catalog does not know which repository of the Hub it is a copy of; ModelScope is not asked"


class Desk:
    """Makes assets of one closure; each repository's license and publisher are decided once."""

    def __init__(self, knowledge: Knowledge, closure: Closure, *, is_offline: bool) -> None:
        self.knowledge = knowledge
        self._closure = closure
        self._is_offline = is_offline
        self.know = cache(self._know)
        self._trace = cache(self._follow)
        self._terms_of = cache(lambda key: licenses.terms_of(knowledge, key))

    def asset(self, question: Question) -> Asset:
        """The asset one question came to."""
        original = original_of(question, self.knowledge)
        if original is None:
            return self._asset(question, question)
        return speak_for(self._asset(question, original.question), question, original)

    def asked(self, question: Question) -> Question:
        """What was asked in place of a question: the repository its name stands for, else itself."""
        original = original_of(question, self.knowledge)
        return question if original is None else original.question

    def _asset(self, question: Question, asked: Question) -> Asset:
        known, traced = self.know(asked), self._trace(asked)
        settled, absent = self._settle(asked), self._absent(asked)
        repository = settled if isinstance(settled, Repository) else None
        teller = absent or settled
        own_name = asked is question and repository is not None
        name = known.name if own_name else question.name
        # A tag left out is no other name.
        is_tag = question.kind is Kind.OLLAMA
        commit = self._commit(repository, asked)
        missing = Unknown(known.reason)
        return Asset(
            id=f"{question.kind.value}:{name}@{commit if isinstance(commit, str) else '*'}",
            name=name,
            kind=question.kind,
            commit=commit,
            repository_id=repository.repository_id if repository else missing,
            renamed_from=question.name if name != question.name and not is_tag else "none",
            answered_by=teller.answered_by if teller else missing,
            as_of=teller.as_of if teller else missing,
            license=self._with_notes(known.license, asked, repository, absent),
            terms=self._terms(known.license),
            inherited=inherit(self._terms_of, traced.lineage),
            publisher=known.publisher,
            developer=named_in_quantization(self.knowledge, name, known.publisher, traced.lineage)
            or developer_of(known.publisher, traced.lineage, traced.tops),
            lineage=traced.lineage,
            files=repository.files if repository else missing,
            modality=repository.modality if repository else missing,
            library=repository.library if repository else missing,
            gated=repository.gated if repository else self._gated(settled, missing),
            availability=settled.availability if settled else missing,
            trained_on=None if question.kind is Kind.HF_DATASET else trained_on(known, self._find),
        )

    def unanswered(self, found: dict[Question, Asset]) -> tuple[Unanswered, ...]:
        """What had to be asked and could not be, for each asset: itself, its bases, what a bound cut."""
        said: set[tuple[str, str]] = set()
        for question, asset in found.items():
            asked = self.asked(question)
            said |= {(asset.id, reason) for reason in self._failures(asked)}
            if asked in self._closure.cut or self._trace(asked).is_cut:
                said.add((asset.id, "the lineage is longer than is followed; it is cut here"))
        return tuple(Unanswered(asset, reason) for asset, reason in sorted(said))

    def testimony(self, question: Question) -> tuple[Repository | Absent | None, Repository | None]:
        """What sources other than the lockfile say: the nearest one, and the catalog."""
        answered = self._closure.answers.get(self.asked(question), Answered())
        return answered.outcome, answered.known

    def _failures(self, question: Question) -> Iterable[str]:
        waiting, seen = [question], {question}
        while waiting:
            asked = waiting.pop()
            answered = self._closure.answers.get(asked, Answered())
            if answered.failure is not None:
                yield _failure(asked, answered, is_base=asked is not question)
            settled = self._settle(asked)
            for base in followed(settled) if isinstance(settled, Repository) else ():
                further = Question(base.kind, base.name)
                if base.is_asked and further not in seen:
                    seen.add(further)
                    waiting.append(further)

    def _settle(self, question: Question) -> Repository | Absent | None:
        answered = self._closure.answers.get(question, Answered())
        return settle(answered, is_offline=self._is_offline)

    def _absent(self, question: Question) -> Absent | None:
        """The answer that there is nothing to read, where something else tells what there was."""
        answered = self._closure.answers.get(question, Answered())
        is_first = not (self._is_offline and answered.remembered is not None)
        return answered.outcome if isinstance(answered.outcome, Absent) and is_first else None

    def _know(self, question: Question) -> Known:
        answered = self._closure.answers.get(question)
        settled = self._settle(question)
        if isinstance(settled, Repository):
            license_ = license_of(self.knowledge, settled, self._further(settled, answered))
            party = publisher_of(self.knowledge, settled)
            return Known(settled.name, settled, "", license_, party)
        reason = settled.reason if isinstance(settled, Absent) else self._why(question, answered)
        missing = Unknown(reason)
        nothing = AssetLicense(missing, missing, missing, (), (), ())
        return Known(
            question.name,
            None,
            reason,
            nothing,
            publisher_named(self.knowledge, question.kind, question.name),
        )

    def _further(self, settled: Repository, answered: Answered | None) -> tuple[Repository, ...]:
        """Whose statements count where the repository itself does not settle its license."""
        further = [answered.known] if answered and answered.known and answered.known is not settled else []
        if settled.carries:
            for base in settled.bases:
                carried = self._settle(Question(base.kind, base.name))
                if base.name == settled.carries and isinstance(carried, Repository):
                    sure = min(base.confidence, carried.confidence, key=lambda each: each.rank)
                    further.append(replace(carried, confidence=sure))
        return tuple(further)

    def _follow(self, question: Question) -> Trace:
        return trace(self.know(question), self._find)

    def _find(self, base: Base) -> Known:
        if base.is_asked:
            return self.know(Question(base.kind, base.name))
        reason = f"{base.name!r} is no repository (a local path or another address)"
        if base.is_beyond:
            reason = f"not asked: {MAX_DATASETS} training datasets of one card are followed"
        missing = Unknown(reason)
        nothing = AssetLicense(missing, missing, missing, (), (), ())
        return Known(base.name, None, reason, nothing, missing)

    def _why(self, question: Question, answered: Answered | None) -> str:
        if answered is None:
            return "not asked: a bound of the lineage was reached"
        if question.kind is Kind.MODELSCOPE:
            return UNMAPPED
        return answered.failure or (OFFLINE if self._is_offline else NOBODY)

    def _commit(self, repository: Repository | None, question: Question) -> str | Unknown:
        if repository is not None and isinstance(repository.commit, str):
            return repository.commit
        if question.is_pinned:
            return question.revision
        return repository.commit if repository is not None else Unknown("the repository could not be read")

    def _terms(self, license_: AssetLicense) -> Terms | Unknown:
        if isinstance(license_.key, str):
            return self._terms_of(license_.key)
        return license_.key

    def _with_notes(
        self, license_: AssetLicense, asked: Question, repository: Repository | None, absent: Absent | None
    ) -> AssetLicense:
        notes: tuple[Evidence, ...] = repository.evidence if repository else ()
        if repository is not None:
            remembered = self._closure.answers.get(asked, Answered()).remembered
            told = redirect_of(self.knowledge, asked, repository, remembered)
            if told is not None:
                notes = (*(each for each in notes if each.fact != told.fact), told)
        if absent is not None and repository is not None:
            said = Confidence.VERIFIED
            notes += (
                Evidence(
                    "availability", absent.availability, absent.source, absent.as_of, said, absent.reason
                ),
            )
        return replace(license_, evidence=(*license_.evidence, *notes))

    def _gated(self, settled: Repository | Absent | None, missing: Unknown) -> bool | str | Unknown:
        is_gated = isinstance(settled, Absent) and settled.availability == "gated"
        return True if is_gated else missing


def _failure(question: Question, answered: Answered, *, is_base: bool) -> str:
    who = f"base {question.name}: " if is_base else ""
    instead = answered.remembered or answered.known
    rest = ""
    if instead is not None and answered.outcome is None:
        day = f" of {instead.as_of}" if isinstance(instead.as_of, str) else ""
        rest = f"; the {instead.answered_by}{day} answers instead"
    return f"{who}{answered.failure}{rest}"
