"""A publication as plain paragraphs: for PDF files and full-text search."""

from __future__ import annotations

from demo.markup import lines, plain
from demo.moments import dutch_date
from demo.paper import Kamerstuk, Kamervragen, Official, Regulation, Scan


def spaced(dossier: str) -> str:
    """A dossier number as it is printed: "35925-XIII" becomes "35 925 XIII"."""
    number, _, addition = dossier.partition("-")
    joint = "-" if addition.isdigit() else " "
    return f"{number[:2]} {number[2:]}{joint if addition else ''}{addition}"


def asked_line(body: Kamervragen) -> str:
    """The line that introduces written questions, up to the subject."""
    return f"Vragen van een lid van de Tweede Kamer aan {body.asked_to} over"


def paragraphs(official: Official) -> list[str]:
    """Everything the publication says, a paragraph each."""
    match official.body:
        case Kamerstuk() as body:
            found = [f"{spaced(number)} {title}" for number, title in body.dossiers]
            found += [f"Nr. {body.number} {body.heading}"]
            found += [f"{body.date_lead} {dutch_date(body.dated)}"] if body.date_lead else []
            found += [*lines(body.blocks), body.signed]
            found += [f"{n} {plain(note)}" for n, note in enumerate(body.notes, start=1)]
        case Kamervragen() as body:
            found = [f"{asked_line(body)} {body.subject} (ingezonden {dutch_date(body.submitted)})."]
            if body.received:
                word = "Mededeling" if body.notice else "Antwoord"
                found.append(f"{word} van {body.answered_by} (ontvangen {dutch_date(body.received)}).")
            for number, (question, answer) in enumerate(body.pairs, start=1):
                found += [f"Vraag {number}", plain(question)]
                found += [f"Antwoord {number}", plain(answer)] if answer else []
            found += [plain(body.notice)]
            found += [f"{n} {plain(note)}" for n, note in enumerate(body.notes, start=1)]
        case Regulation() as body:
            found = [body.heading, *body.recitals]
            found += [f"Artikel {number} {text}" for number, text in body.articles]
            found += [body.signed, *body.explanation]
        case Scan(blocks):
            found = lines(blocks)
    return [text for text in found if text]
