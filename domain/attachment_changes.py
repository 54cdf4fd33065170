"""From two lists of attachments to what a reader is told: added, dropped, replaced, renamed, put in another order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from domain.change import Change, ChangeSort
from domain.documents import AttachmentRef


def attachment_changes(old: Sequence[AttachmentRef], new: Sequence[AttachmentRef]) -> Iterator[Change]:
    """Attachments by id; one that left and one that came under the same title are one that was replaced."""
    was, now = _numbered(old), _numbered(new)
    gone = {key: ref for key, ref in was.items() if key not in now}
    for key, ref in now.items():
        if key in was:
            if was[key].title != ref.title:
                yield Change(ChangeSort.ATTACHMENT, "bijlage hernoemd", was[key].title, ref.title)
            continue
        twin = next((old_key for old_key, old_ref in gone.items() if old_ref.title == ref.title), None)
        if twin is not None:
            yield Change(ChangeSort.ATTACHMENT, f"bijlage vervangen: {ref.title}", _spoken(twin), _spoken(key))
            del gone[twin]
        else:
            yield Change(ChangeSort.ATTACHMENT, "bijlage toegevoegd", "", ref.title or ref.id or "bijlage zonder naam")
    for ref in gone.values():
        yield Change(ChangeSort.ATTACHMENT, "bijlage vervallen", ref.title or ref.id or "bijlage zonder naam", "")


def _numbered(refs: Sequence[AttachmentRef]) -> dict[tuple[str, int], AttachmentRef]:
    """Attachments by id, and by rank among those with the same id."""
    seen: Counter[str] = Counter()
    out = {}
    for ref in refs:
        out[(ref.id, seen[ref.id])] = ref
        seen[ref.id] += 1
    return out


def _spoken(key: tuple[str, int]) -> str:
    return key[0] if not key[1] else f"{key[0]} ({key[1] + 1})"


def order_change(old: Sequence[AttachmentRef], new: Sequence[AttachmentRef]) -> Iterator[Change]:
    """The same attachments in another order."""
    before, after = ("; ".join(f"{ref.title} ({ref.id})" for ref in refs) for refs in (old, new))
    if before != after:
        yield Change(ChangeSort.ATTACHMENT, "volgorde van de bijlagen", before, after)
