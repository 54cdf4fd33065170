"""Written questions as one thread: question, notice of extension, answer, held together by the case number (rule V1).

The term is that of the House's rules of procedure: three weeks, and three more after a notice of extension.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.documents import Document, Kind

TERM = timedelta(weeks=3)


class ThreadState(StrEnum):
    """How far a question has come."""

    OPEN = "open"
    EXTENDED = "extended"
    ANSWERED = "answered"
    UNKNOWN = "unknown"  # neither question nor answer was seen, only a notice of extension or nothing


def due_date(submitted: date, extended: bool) -> date:
    """The last day on which the answer is in time: three weeks after the questions were sent, six after an extension."""
    return submitted + (2 * TERM if extended else TERM)


@dataclass(frozen=True, slots=True)
class Thread:
    """One case: its number ("2021Z14507") and the documents that belong to it, each at most once where it can be."""

    case: str
    question: Document | None
    extensions: tuple[Document, ...]
    answer: Document | None

    @property
    def state(self) -> ThreadState:
        """How far the case has come; an answer counts whatever else was seen."""
        if self.answer:
            return ThreadState.ANSWERED
        if self.extensions:
            return ThreadState.EXTENDED
        return ThreadState.OPEN if self.question else ThreadState.UNKNOWN

    @property
    def submitted(self) -> date | None:
        """When the questions were sent, from whichever document says so; a question's own date counts as well."""
        said = [document.submitted for document in self.documents if document.submitted]
        return min(said) if said else (self.question.dated if self.question else None)

    @property
    def due(self) -> date | None:
        """The last day for an answer; None when it came, or when nobody says when the questions were sent."""
        if self.answer or self.submitted is None:
            return None
        return due_date(self.submitted, bool(self.extensions))

    @property
    def documents(self) -> tuple[Document, ...]:
        """Everything that was seen of the case, in the order of the procedure."""
        ordered = (self.question, *self.extensions, self.answer)
        return tuple(document for document in ordered if document)

    def overdue(self, today: date) -> bool:
        """True from the day after the last day on, as long as there is no answer."""
        return self.due is not None and today > self.due


def state_of(documents: Iterable[Document]) -> ThreadState:
    """The state of one case, from its documents in any order."""
    return _thread("", tuple(documents)).state


def threads(documents: Iterable[Document]) -> tuple[Thread, ...]:
    """The cases that the documents belong to, by case number. A document may answer several cases; papers of other kinds that
    mention a case (letters, motions) are no part of its thread."""
    by_case: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.kind in (Kind.QUESTION, Kind.EXTENSION, Kind.ANSWER):
            for case in document.cases:
                by_case[case.removeprefix("tkzaak:").upper()].append(document)
    return tuple(_thread(case, listed) for case, listed in sorted(by_case.items()))


def _thread(case: str, documents: Sequence[Document]) -> Thread:
    def first(kind: Kind) -> Document | None:
        return min((d for d in documents if d.kind is kind), key=_age, default=None)

    extensions = sorted((d for d in documents if d.kind is Kind.EXTENSION), key=_age)
    return Thread(case, first(Kind.QUESTION), tuple(extensions), first(Kind.ANSWER))


def _age(document: Document) -> tuple[date, str]:
    return (document.dated or date.max, document.id)
