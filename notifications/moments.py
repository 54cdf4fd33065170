"""Days and times as readers see them: "do 9 dec 16.52" in Dutch, "Thu 9 Dec 16:52" in English, always in Dutch local time."""

from __future__ import annotations

from datetime import date, datetime

from domain import calendar
from notifications.words import Words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_of(when: date | datetime) -> date:
    """The Dutch calendar day of a date or an aware moment."""
    return calendar.local(when).date() if isinstance(when, datetime) else when


def long_day(when: date | datetime, words: Words) -> str:
    """ "vrijdag 10 december 2021"."""
    day = day_of(when)
    if words.language == "en":
        return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
    return calendar.long_day(day)


def short_day(when: date | datetime, words: Words, today: date) -> str:
    """ "do 9 dec", with the year when that is not the year of `today`."""
    day = day_of(when)
    said = (
        f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}" if words.language == "en" else calendar.short_day(day)
    )
    return said if day.year == today.year else f"{said} {day.year}"


def clock_time(moment: datetime, words: Words) -> str:
    """ "16.52" ("16:52" in English) of an aware moment, on the Dutch clock."""
    return f"{calendar.local(moment):%H:%M}" if words.language == "en" else calendar.clock_time(moment)


def short_moment(when: date | datetime, words: Words, today: date) -> str:
    """ "do 9 dec 16.52"; a date without time stays a day."""
    day = short_day(when, words, today)
    return f"{day} {clock_time(when, words)}" if isinstance(when, datetime) else day


def near_moment(moment: datetime, words: Words, today: date) -> str:
    """The shortest form that is clear to someone reading on `today`: "07.24" today, "do 07.30" within six days, else in full."""
    day = day_of(moment)
    if day == today:
        return clock_time(moment, words)
    if 0 < (today - day).days < 7:
        return f"{short_day(day, words, day).split()[0]} {clock_time(moment, words)}"
    return short_moment(moment, words, today)


def past_moment(moment: datetime, words: Words, today: date) -> str:
    """A moment in the past as one would tell it: "vandaag 16.55", "gisteren 16.55", else in full."""
    days = (today - day_of(moment)).days
    if days in (0, 1):
        return f"{words.say('yesterday' if days else 'today')} {clock_time(moment, words)}"
    return short_moment(moment, words, today)


def countdown(when: date | datetime, words: Words, today: date) -> str:
    """How far off a day is: "vandaag", "morgen", "nog 10 dagen" or "verstreken"."""
    days = (day_of(when) - today).days
    if days < 0:
        return words.say("passed")
    if days == 0:
        return words.say("today")
    return words.say("tomorrow") if days == 1 else words.count(days, "days")
