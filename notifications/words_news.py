"""The phrases by which news is told that is no change of words: what comes near, vanished, came back, contradicts itself, was
told in error, or is counted instead of shown. Both languages hold the same keys with the same fields."""

from __future__ import annotations

from typing import Final

DUTCH: Final[dict[str, str]] = {
    # a dated thing ahead; `when` is today, tomorrow, or one of those below
    "opens": "opent {when}",
    "closes": "sluit {when}",
    "deadline": "aanvragen kan uiterlijk {when}",
    "deadline_before": "aanvragen kan vóór {when}",
    "answer": "antwoord verwacht uiterlijk {when}",
    "when_far": "over {n} dagen: {day}",
    "when_past": "{day} (verstreken)",
    "at_time": "{day} om {time} uur",
    # papers that vanish and come back
    "gone": "Verdwenen: niet meer te vinden op {host} sinds {day} ({times} keer gecontroleerd). De bewaarde kopie blijft.",
    "back": "Terug: weer te lezen op {host}, verdwenen sinds {day}.",
    "gone_item": "verdwenen: {what}",
    "back_item": "terug: {what}",
    "moved_item": "verplaatst: {what}",
    "corrected_item": "gecorrigeerd: {what}",
    "revised_item": "gewijzigd: {what}",
    "attachment_item": "nieuwe bijlage: {what}",
    "replaced_item": "bijlage vervangen: {what}",
    # what sources say otherwise, and what was not understood
    "contradiction": "Bronnen spreken elkaar tegen: {label} is {before}, maar {after}.",
    "contradiction_short": "bronnen spreken elkaar tegen ({label})",
    "unread_text": "{label}: «{after}»",
    # what earlier issues said
    "correction": "In de digest van {day} (nr. {number}) stond «{heading}»: {what}",
    "correction_withdrawn": "het stuk is sindsdien verdwenen",
    "correction_corrected": "het stuk is sindsdien gecorrigeerd",
    "correction_retracted": "dat had er niet in moeten staan",
    "subject_correction": "correctie: {heading}",
    # quotes that are no sentence of the paper's own
    "from_question": "uit de vraag",
    "from_row": "uit een tabel of lijst",
    # own name and action
    "named": "uw organisatie wordt {n}x genoemd",
    "action": "TOEZEGGING/ACTIE",
    # what is counted
    "rest": "en nog {count} in dit dossier",
    "rest_kind": "en nog {count} van deze soort",
    "rest_text": "de tekstversie van deze mail noemt ze alle",
    "rest_owner": "de volledige lijst: {owner}",
    "crowded": "Meer dan {most} stukken: per dossier staan de beste {best} er, de rest is geteld. Wat u moet lezen staat er.",
    "crowded_whole": "Meer dan {most} stukken: per dossier staan eerst de beste {best}, daarna van de andere de titels.",
    "more_reasons": "en nog {n}",
    "caption": "Wat er veranderde",
    "first_date": "eerste datum: {said}",
}

ENGLISH: Final[dict[str, str]] = {
    "opens": "opens {when}",
    "closes": "closes {when}",
    "deadline": "apply by {when}",
    "deadline_before": "apply before {when}",
    "answer": "answer expected by {when}",
    "when_far": "in {n} days: {day}",
    "when_past": "{day} (passed)",
    "at_time": "{day} at {time}",
    "gone": "Gone: not to be found on {host} since {day} (checked {times} times). The stored copy stays.",
    "back": "Back: again to be read on {host}, gone since {day}.",
    "gone_item": "gone: {what}",
    "back_item": "back: {what}",
    "moved_item": "moved: {what}",
    "corrected_item": "corrected: {what}",
    "revised_item": "changed: {what}",
    "attachment_item": "new attachment: {what}",
    "replaced_item": "attachment replaced: {what}",
    "contradiction": "Sources contradict each other: {label} is {before}, but {after}.",
    "contradiction_short": "sources contradict each other ({label})",
    "unread_text": "{label}: «{after}»",
    "correction": "The digest of {day} (no. {number}) had «{heading}»: {what}",
    "correction_withdrawn": "the paper is gone since",
    "correction_corrected": "the paper was corrected since",
    "correction_retracted": "it should not have been there",
    "subject_correction": "correction: {heading}",
    "from_question": "from the question",
    "from_row": "from a table or list",
    "named": "your organisation is named {n}x",
    "action": "COMMITMENT/ACTION",
    "rest": "and {count} more in this dossier",
    "rest_kind": "and {count} more of this kind",
    "rest_text": "the text version of this mail names them all",
    "rest_owner": "the whole list: {owner}",
    "crowded": "More than {most} papers: of each dossier the best {best} are here, the rest is counted. All must-reads are here.",
    "crowded_whole": "More than {most} papers: of each dossier the best {best} come first, then the titles of the others.",
    "more_reasons": "and {n} more",
    "caption": "What changed",
    "first_date": "first date: {said}",
}
