"""Evidence: what was sent is looked at, and kept once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings

from hopluc.accounts.models import User
from hopluc.core.attachments import begins_as
from hopluc.core.files import file_store
from hopluc.documents.models import Document
from hopluc.documents.selectors import documents_visible
from hopluc.plans.errors import FileTooLarge, NoEvidence, NotWhatItSays, WrongKindOfFile
from hopluc.plans.models import Answer, Evidence, Occurrence
from hopluc.plans.working.standards import Kind, standards
from hopluc.plans.working.values import Proof

WITH_FILE = ("file", "minutes", "photo")
MEGA = 1_000_000


def evidence_check(proofs: Iterable[Proof]) -> None:
    """Whether files are of a kind that proves it, and are what they say. Raises WrongKindOfFile, NotWhatItSays, FileTooLarge."""
    for proof in proofs:
        if proof.kind in WITH_FILE:
            _check_file(proof)


def _check_file(proof: Proof) -> None:
    kind = standards().file_of(proof.name)
    if kind is None or proof.kind not in kind.kinds or proof.file is None:
        endings = [each for one in standards().files if proof.kind in one.kinds for each in one.endings]
        raise WrongKindOfFile(name=proof.name, kind=Evidence.Kind(proof.kind).label, endings=", ".join(endings))
    if proof.file.size > settings.UPLOAD_BYTES:
        raise FileTooLarge(name=proof.name, size=proof.file.size // MEGA, most=settings.UPLOAD_BYTES // MEGA)
    if not begins_as(kind.file, proof.file):
        raise NotWhatItSays(name=proof.name)


def evidence_required(kind: Kind, given: Iterable[str]) -> None:
    """Whether a claim that it is done brings, or brought before, one of the kinds that it needs. Raises NoEvidence."""
    if kind.evidence and not kind.evidence & set(given):
        needed = [str(Evidence.Kind(each).label) for each in Evidence.Kind.values if each in kind.evidence]
        raise NoEvidence(kinds=", ".join(needed))


def evidence_keep(
    occurrence: Occurrence, proofs: Sequence[Proof], *, by: User, answer: Answer | None = None
) -> list[Evidence]:
    """Keep what proves an occurrence: files once by their hash, documents looked up in the document base."""
    return Evidence.objects.bulk_create(_evidence(occurrence, answer, proof, by) for proof in proofs)


def _evidence(occurrence: Occurrence, answer: Answer | None, proof: Proof, by: User) -> Evidence:
    row = Evidence(occurrence=occurrence, answer=answer, kind=proof.kind, by=by)
    if proof.kind == Evidence.Kind.DOCUMENT:
        row.symbol = " ".join(proof.symbol.split())[:100]
        row.document = document_called(row.symbol, viewer=by)
    elif proof.kind in WITH_FILE:
        assert proof.file
        row.file, row.name = file_store(proof.file), proof.name[-255:]
    elif proof.figure:
        row.figure, row.unit, row.indicator = proof.figure.value, proof.figure.unit, proof.figure.indicator
    return row


def document_called(symbol: str, *, viewer: User) -> Document | None:
    """The document of this number that the viewer may see, the newest of several; None where the base has none."""
    spelled = {symbol, symbol.replace(" ", ""), symbol.replace(" ", "").upper()}
    found = documents_visible(viewer).filter(symbol__in=spelled, binned_at=None)
    return found.order_by("-issued_on", "-pk").first() if symbol else None
