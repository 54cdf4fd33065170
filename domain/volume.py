"""How much a topic asks of its readers, and when that is more than they bear (rule `topic_budget` of `docs/relevance.md`).

Counted are papers that somebody has to look at: relevant or higher a working day, must-read a week. The median decides, so that
one busy Tuesday before recess warns nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from domain.assessments import Level


@dataclass(frozen=True, slots=True)
class Budget:
    """What the readers of a topic bear: papers relevant or higher a working day, must-read papers a week, in the median."""

    relevant_per_day: int = 3
    must_read_per_week: int = 2


@dataclass(frozen=True, slots=True)
class Volume:
    """What a topic brought over some working days, in the median; `days` and `weeks` are how many were counted."""

    relevant_a_day: Fraction
    must_read_a_week: Fraction
    days: int
    weeks: int

    def over(self, budget: Budget) -> bool:
        """True when readers get more than they bear. Fewer than ten working days prove nothing."""
        if self.days < FEWEST_DAYS:
            return False
        return self.relevant_a_day > budget.relevant_per_day or self.must_read_a_week > budget.must_read_per_week


FEWEST_DAYS = 10


def volume(judged: Iterable[tuple[date, Level]], workdays: Sequence[date]) -> Volume:
    """The medians over these working days. What was seen on another day counts for the next working day, when it is read."""
    ordered = sorted(workdays)
    relevant: Counter[date] = Counter()
    must_read: Counter[tuple[int, int]] = Counter()
    for seen, level in judged:
        day = next((one for one in ordered if one >= seen), None)
        if day is None or level.rank > Level.RELEVANT.rank:
            continue
        relevant[day] += 1
        must_read[day.isocalendar()[:2]] += level is Level.MUST_READ
    weeks = sorted({day.isocalendar()[:2] for day in ordered})
    return Volume(
        Fraction(median([relevant[day] for day in ordered] or [0])),
        Fraction(median([must_read[week] for week in weeks] or [0])),
        len(ordered),
        len(weeks),
    )


def in_english(topic: str, found: Volume, budget: Budget) -> str:
    """One line for the owner of a topic that is over its budget: what, how much, what to do."""
    return (
        f"topic {topic} asks more than its budget: {_plain(found.relevant_a_day)} relevant a day "
        f"(budget {budget.relevant_per_day}), {_plain(found.must_read_a_week)} must-read a week "
        f"(budget {budget.must_read_per_week}), medians over {found.days} working days; "
        "narrow its terms (beleidsradar topics audit) or raise budget: in its pack"
    )


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"
