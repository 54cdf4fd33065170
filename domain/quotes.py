"""One exact sentence of a paper for each thing a reader wants to see at once: what it decides, what it says of him, who must act.

Nothing is written by us: every quote stands in the paper letter for letter. The rules are published in `docs/relevance.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from domain.calendar import MONTHS
from domain.digests import Quoted
from domain.documents import Document, Field, Kind
from domain.matching import Matcher, Sought
from domain.relevance import own_names
from domain.sentences import sentences
from domain.word_forms import read, stem

_TELLING = frozenset((Field.SUMMARY, Field.LEAD, Field.BODY, Field.DICTUM, Field.QUESTION, Field.ATTACHMENT))
_SPOKEN = frozenset((*_TELLING, Field.SUBJECT, Field.FOOTNOTE))
FEWEST_WORDS = 5
"""What has fewer words is a heading or a label, and no sentence."""

_DECISIONS = (
    "introduceren", "invoeren", "verhogen", "verlagen", "verlengen", "verruimen", "beëindigen", "stopzetten", "openstellen",
    "openen", "sluiten", "vaststellen", "wijzigen", "intrekken", "afschaffen", "schrappen", "besluiten", "uittrekken",
    "afwijzen", "ontraden", "overnemen", "vervallen", "reserveren", "toekennen", "invoering", "verhoging", "verlaging",
    "verlenging", "openstelling", "wijziging", "besluit", "uitgeput", "overtekend", "vervangen", "vervalt", "verhoogd",
    "verlaagd", "verlengd", "ingetrokken", "vastgesteld", "opengesteld", "gewijzigd",
)  # fmt: skip
_SEPARATED = (
    ("stel", "vast"),
    ("stelt", "vast"),
    ("stel", "open"),
    ("stelt", "open"),
    ("voer", "in"),
    ("voert", "in"),
    ("trek", "uit"),
    ("trekt", "uit"),
)
_NEGATIONS = frozenset(("geen", "niet", "noch", "nooit", "nergens", "niets"))
_RECITAL = re.compile(r"(?:Gelet op|Gezien|Overwegende|Handelende|constaterende|overwegende)\b")
_AMOUNT = re.compile(r"€|\bEUR\b|\beuro\b|\bmiljoen\b|\bmiljard\b|\d\s*%|\bprocent\b", re.IGNORECASE)
_PROMISE = re.compile(r"\btoezegging|\btoegezegd\b|\bzeg\b[^.]*\btoe\b|\bzegt\b[^.]*\btoe\b|\bbeloof\w*\b", re.IGNORECASE)
_INTENT = re.compile(r"\bzal\b|\bzullen\b|\bga ik\b|\bik ga\b|\bverzoekt de regering\b", re.IGNORECASE)
_DEEDS = (
    "aanleveren", "informeren", "sturen", "toesturen", "toezenden", "rapporteren", "onderzoeken", "terugkomen", "uitwerken",
    "nagaan", "evalueren", "aanbieden", "voorleggen", "publiceren", "bespreken", "verkennen", "bezien", "verzoeken",
)  # fmt: skip
_LATE = re.compile(r"\btermijn|\buitstel|\bniet tijdig\b|\blater\b", re.IGNORECASE)
_BECAUSE = re.compile(
    r"\b(?:omdat|doordat|aangezien|vanwege|wegens|reden|nodig|vergt|vraagt meer|afstemming)\b|\bin verband met\b", re.IGNORECASE
)
_UNTIL = re.compile(
    rf"(?<!niet )\b(?:v[oó][oó]r|uiterlijk|binnen)\b[^.]{{0,40}}\b(?:{'|'.join(MONTHS)}|dagen|week|weken|maand|maanden)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?…:;][\"'»”’)\]]*\d{0,2}$")
_LABELLED = re.compile(r"[^:;.!?]{2,60}: (\S.*)")
_SHORT_VALUE, _SHORT_CELL = 4, 8  # words; headlines and sentences have longer parts
_SPEAKER = re.compile(r"^((?:De heer|Mevrouw|Minister|Staatssecretaris|De voorzitter|Het lid)\b[^:.]{0,60}):")


def factual_line(document: Document, own_name: str = "") -> str:
    """The one sentence that says what the paper does, or its title when it holds no sentence.

    Rule `factual_line`: a sentence with a decision verb before one with a negation before one with an amount before one with the
    own name; what it has of all four counts, the earlier of equals wins. The dictum of a motion comes before everything else; a
    recital ("Gelet op ...", "constaterende dat ...") says on what it rests and not what it does, and comes after everything else;
    so does a row of a table or list, which is no sentence. Of a notice of extension it is the sentence that says why the answer
    is late and until when, where there is one.
    """
    named = _names(own_name)
    told = [(field, sentence) for field, sentence in _sentences(document) if field in _TELLING]
    if document.kind in (Kind.ANSWER, Kind.EXTENSION):  # the questions are repeated there, and they are not what it says
        told = [(field, sentence) for field, sentence in told if field is not Field.QUESTION] or told
    dictum = [sentence for field, sentence in told if field is Field.DICTUM]
    said = [sentence for _, sentence in told]
    if document.kind is Kind.EXTENSION and (late := _best(said, _late_points)) and _late_points(late):
        return late
    doing = [sentence for sentence in said if not _RECITAL.match(sentence)]
    prose = [sentence for sentence in doing if not _is_row(sentence)]
    best = _best(dictum or prose or doing or said, lambda sentence: _fact_points(sentence, named))
    return best or document.title


def quoted(document: Document, sentence: str) -> Quoted:
    """What a quote of a paper is, where a reader might take it for the paper's own sentence: a question that an answer or a
    notice of extension repeats, or a row of a table or list."""
    if document.kind in (Kind.ANSWER, Kind.EXTENSION):
        holding = {passage.field for passage in document.passages if sentence in passage.text}
        if holding and holding <= {Field.QUESTION, Field.SUBJECT}:
            return Quoted.QUESTION
    return Quoted.ROW if _is_row(sentence) and sentence != document.title else Quoted.SENTENCE


def own_name_mention(document: Document, name: str) -> tuple[str, str] | None:
    """The sentence that says most about the own organisation and who says it ("" when not known); None when it is not named.

    Rule `own_name_quote`: a sentence with a negation before one with a decision verb before a mere mention; earlier wins.
    """
    named = _names(name)
    found = [
        (at, sentence)
        for at, passage in enumerate(document.passages)
        if passage.field in _SPOKEN
        for sentence in sentences(passage.text)
        if named(sentence)
    ]
    if not found:
        return (document.title, _office(document)) if named(document.title) else None
    best = _best([sentence for _, sentence in found], lambda sentence: 2 * _negated(sentence) + _decides(sentence))
    at = next(at for at, sentence in found if sentence == best)
    return best, _speaker(document, at)


def own_name_count(document: Document, name: str) -> int:
    """How often the own organisation is named in what the paper says, its title not counted."""
    names = own_names(name)
    if not names:
        return 0
    matcher = Matcher(Sought(one, one) for one in names)
    # The short name stands inside the long one: places that end together are one.
    places = ({place.end for place in matcher.find(passage.text)} for passage in document.passages if passage.field in _SPOKEN)
    return sum(map(len, places))


def action_line(document: Document) -> str:
    """The sentence that says who will do what, "" when there is none.

    Rule `action_line`: a promise ("toezegging", "zeg toe") before an intention ("zal", "zullen", "ga ik") with a verb of doing
    (send, report, deliver); an intention alone is not enough, except where it is asked of the government.
    """
    told = [sentence for field, sentence in _sentences(document) if field in _TELLING]
    found = [(points, sentence) for sentence in told if (points := _action_points(sentence))]
    return max(found, key=lambda one: one[0])[1] if found else ""


def _sentences(document: Document) -> Iterator[tuple[Field, str]]:
    for passage in document.passages:
        for sentence in sentences(passage.text):
            if len(sentence.split()) >= FEWEST_WORDS:
                yield passage.field, sentence


def _best(told: list[str], points: Callable[[str], int]) -> str:
    return max(told, key=points) if told else ""  # max keeps the first of equals


def _names(name: str) -> Callable[[str], bool]:
    names = own_names(name)
    if not names:
        return lambda text: False
    matcher = Matcher(Sought(name, name) for name in names)
    return lambda text: bool(matcher.find(text))


def _fact_points(sentence: str, named: Callable[[str], bool]) -> int:
    return 8 * _decides(sentence) + 4 * _negated(sentence) + 2 * bool(_AMOUNT.search(sentence)) + named(sentence)


def _is_row(text: str) -> bool:
    """True for a line as tables are read (`sources.passages.row_text`), without a closing mark: labels with their values set
    apart by semicolons, at least three short cells, or one label with a short value that holds a figure.

    A headline with a colon and a sentence that was cut at a semicolon are neither."""
    if _CLOSED.search(text):
        return False
    cells = text.split("; ")
    labelled = [found[1] for cell in cells if (found := _LABELLED.fullmatch(cell))]
    if len(cells) == 1:
        return any(len(value.split()) <= _SHORT_VALUE and any(map(str.isdigit, value)) for value in labelled)
    return len(labelled) > 1 or (len(cells) > 2 and all(len(cell.split()) <= _SHORT_CELL for cell in cells))


def _late_points(sentence: str) -> int:
    """How much a sentence says of why the answer is late and until when; 0 when it says nothing of it."""
    points = 2 * bool(_BECAUSE.search(sentence)) + 2 * bool(_UNTIL.search(sentence))
    late = bool(_LATE.search(sentence))
    return points + late if late or _UNTIL.search(sentence) else 0


def _action_points(sentence: str) -> int:
    intends = bool(_INTENT.search(sentence))
    if _PROMISE.search(sentence):
        return 2 + intends
    return int(intends and bool(_stemmed(_DEEDS) & _stems(sentence)))


def _decides(sentence: str) -> bool:
    words = [word.form for word in read(sentence).words]
    if _stemmed(_DECISIONS) & set(map(stem, words)):
        return True
    return any(verb in words and part in words[words.index(verb) + 1 :] for verb, part in _SEPARATED)


def _negated(sentence: str) -> bool:
    return bool(_NEGATIONS & {word.form for word in read(sentence).words})


@cache
def _stemmed(words: tuple[str, ...]) -> frozenset[str]:
    """Not at import: the dictionary takes most of a second, and many a command quotes nothing."""
    return frozenset(map(stem, words))


def _stems(sentence: str) -> set[str]:
    return {stem(word.form) for word in read(sentence).words}


def _speaker(document: Document, at: int) -> str:
    """Who says the passage: in a debate the nearest speaker above it, elsewhere the office that signs."""
    for passage in reversed(document.passages[: at + 1]):
        if spoken := _SPEAKER.match(passage.text):
            return spoken[1].strip()
    return "" if document.kind is Kind.DEBATE else _office(document)


def _office(document: Document) -> str:
    return document.answered_by or (document.authors[0] if document.authors else "")
