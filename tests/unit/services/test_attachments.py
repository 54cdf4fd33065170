"""Attachments: papers of their own, told under their letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.documents import AttachmentRef, Document, Field, Kind, Passage
from domain.events import EventKind
from notifications.rendering import render_text
from services import show

ZOEK = "https://zoek.officielebekendmakingen.nl"
LETTER = Document(
    "kst-32637-495",
    f"{ZOEK}/kst-32637-495.html",
    Kind.LETTER,
    "Stand van zaken rond de fabriek van de toekomst",
    (Passage(Field.BODY, "Hierbij informeer ik u over procesinnovatie in de maakindustrie."),),
    dated=date(2021, 12, 9),
)
MEMO = Document(
    "blg-1012345",
    f"{ZOEK}/blg-1012345.html",
    Kind.ATTACHMENT,
    "Beslisnota bij Kamerbrief",
    (Passage(Field.BODY, "Aan de bewindspersoon."), Passage(Field.BODY, "De WBSO is voor procesinnovatie het belangrijkste.")),
    dated=date(2021, 12, 11),
    main_paper=LETTER.id,
)


def test_a_memo_on_day_two_is_one_item_under_the_letter_with_its_hit(room: Any) -> None:
    room.read(LETTER)
    assert len(room.send()[0].items) == 1
    room.clock.sleep(2 * 86_400)
    room.read(replace(LETTER, attachments=(AttachmentRef(MEMO.id, "", MEMO.url),)))
    room.read(MEMO)
    made, run = room.send()
    assert run is not None
    (item,) = made.items
    assert (item.url, item.states) == (LETTER.url, (EventKind.ATTACHMENT_ADDED,))
    assert [(change.label, change.after) for change in item.changes] == [("bijlage toegevoegd", MEMO.title)]
    assert item.why_quote == "De WBSO is voor procesinnovatie het belangrijkste."
    text = render_text(made)
    assert "BIJLAGE TOEGEVOEGD" in text
    assert "(in bijlage)" in text
    assert "belangrijkste" in text
    assert room.send()[1] is None


def test_a_replaced_attachment_brings_its_difference(room: Any) -> None:
    room.read(LETTER)
    room.read(MEMO)
    room.send()
    better = "De WBSO is voor procesinnovatie het belangrijkste, met 1.900 aanvragen."
    room.read(replace(MEMO, passages=(MEMO.passages[0], Passage(Field.BODY, better))))
    (item,) = room.send()[0].items
    assert (item.url, item.states) == (LETTER.url, (EventKind.ATTACHMENT_REPLACED,))
    assert any("1.900" in change.after and "1.900" not in change.before for change in item.changes)


def test_letter_and_memo_together_are_one_new_letter_in_either_order(make_room: Any) -> None:
    for order in ((LETTER, MEMO), (MEMO, LETTER)):
        room = make_room()
        for document in order:
            room.read(document)
        (item,) = room.send()[0].items
        assert (item.url, item.states, item.changes) == (LETTER.url, (EventKind.PUBLISHED,), ())


def test_a_removed_attachment_says_so_and_the_paper_stays(room: Any) -> None:
    room.read(replace(LETTER, attachments=(AttachmentRef(MEMO.id, "Beslisnota", MEMO.url),)))
    room.read(MEMO)
    room.send()
    room.read(LETTER)
    with room.radar.store.read() as unit:
        (letter,) = unit.publications.by_alias((LETTER.id,))
        last = unit.events.of_publication(letter.id)[-1]
        assert unit.publications.by_alias((MEMO.id,))
    assert last.kind is EventKind.ATTACHMENT_REMOVED
    assert [(c.label, c.before, c.after) for c in last.changes] == [("bijlage vervallen", "Beslisnota", "")]


def test_a_letter_has_its_attachments_read(room: Any) -> None:
    room.read(replace(LETTER, attachments=(AttachmentRef(MEMO.id, "Beslisnota", MEMO.url), AttachmentRef("exb-2021-1", "", ""))))
    with room.radar.store.read() as unit:
        assert [one.url for one in unit.resources.due("officielebekendmakingen", room.clock.now())] == [MEMO.url]


def test_papers_that_hang_under_each_other_end(room: Any) -> None:
    room.read(replace(MEMO, main_paper="blg-1012346"))
    room.read(replace(MEMO, id="blg-1012346", url=f"{ZOEK}/blg-1012346.html", main_paper=MEMO.id, title="Andere nota"))
    assert len(room.send()[0].items) == 2
    assert show.show(room.radar, MEMO.id).part_of


def test_a_memo_of_another_letter_with_the_same_title_is_another_memo(room: Any) -> None:
    second = replace(LETTER, id="kst-32637-496", url=f"{ZOEK}/kst-32637-496.html", title="Een andere brief over robots")
    for document in (LETTER, second, MEMO):
        room.read(document)
    room.read(
        replace(MEMO, id="oo:nota2", url="https://open.overheid.nl/documenten/nota2", main_paper=second.id),
        source="rijksoverheid",
    )
    with room.radar.store.read() as unit:
        assert unit.publications.by_alias((MEMO.id,)) != unit.publications.by_alias(("oo:nota2",))


def test_a_paper_that_changes_from_pdf_to_xml_is_not_revised(room: Any) -> None:
    said = tuple(
        Passage(Field.BODY, f"Regel {n} van dit lange stuk gaat over onderdeel {n * 3} van het geheel.") for n in range(30)
    )
    printed = replace(LETTER, passages=(Passage(Field.BODY, " ".join(one.text for one in said)),))
    room.read(printed, roles=("metadata", "pdf"))
    assert room.read(replace(LETTER, passages=said), roles=("metadata", "xml")).event is None
    changed = (*said[:-4], *(Passage(Field.BODY, f"Heel iets anders in alinea {n} over {n * 11} robots.") for n in range(4)))
    assert room.read(replace(LETTER, passages=changed), roles=("metadata", "xml")).event is EventKind.REVISED
