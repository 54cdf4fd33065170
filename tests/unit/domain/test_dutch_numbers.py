"""Amounts, percentages and dates as Dutch texts write them; what cannot be read exactly gives nothing."""

from datetime import time

import pytest

from domain import dutch_numbers as numbers


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("EUR 25.000,-", 25_000),
        ("EUR 25.000,--", 25_000),
        ("€ 8,35 miljoen", 8_350_000),
        ("€8,35 mln.", 8_350_000),
        ("8.35 miljoen", 8_350_000),
        ("8,35 miljoen euro", 8_350_000),
        ("3.115.000", 3_115_000),
        ("1,6 miljard", 1_600_000_000),
        ("1438 mln", 1_438_000_000),
        ("€ 1.438 miljoen", 1_438_000_000),
        ("55,75 mln EUR", 55_750_000),
        ("€ 25 000", 25_000),
        ("25000 euro", 25_000),
        ("€ 1.234,50", 1_234.5),
        ("0,5 mld", 500_000_000),
    ],
)
def test_amounts_in_all_spellings(text, euros):
    assert numbers.parse_amount(text) == euros * 100


@pytest.mark.parametrize(
    "text", ["1.43.8", "€ 1,234", "€", "ruim € 5", "€ 5 of € 6", "12 december 2021", "", "40%", "€ 5 tot 10 miljoen"]
)
def test_what_is_not_one_exact_amount_is_none(text):
    assert numbers.parse_amount(text) is None


def _amounts(text):
    return [(amount.cents // 100, text[amount.start : amount.end]) for amount in numbers.amounts(text)]


def test_amounts_in_running_text_need_a_currency_or_a_scale():
    assert _amounts("325 aanvragen van 25.000 bedrijven in 2021, samen 12% van 1438 mln euro") == [
        (1_438_000_000, "1438 mln euro")
    ]
    assert _amounts("maximaal € 30.000.000.") == [(30_000_000, "€ 30.000.000")]


def test_the_scale_of_a_range_belongs_to_both_ends():
    assert [cents for cents, _ in _amounts("van € 7,15 naar € 8,35 miljoen")] == [7_150_000, 8_350_000]
    assert [cents for cents, _ in _amounts("€ 5 tot 10 miljoen")] == [5_000_000, 10_000_000]
    assert [cents for cents, _ in _amounts("€ 500.000 en 2 miljoen")] == [500_000, 2_000_000]


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [("32%", 3200), ("32 procent", 3200), ("16,5 %", 1650), ("16.5%", 1650), ("100%", 10000), ("0,25%", 25)],
)
def test_percentages(text, hundredths):
    assert numbers.parse_percentage(text) == hundredths


@pytest.mark.parametrize("text", ["8 procentpunt", "33,333%", "32", "32% tot 40%", "100%-regeling"])
def test_what_is_no_exact_percentage(text):
    assert numbers.parse_percentage(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("17 september 2026, 09:00 uur", "2026-09-17T09:00"),
        ("17 september 2026 om 09.00 uur", "2026-09-17T09:00"),
        ("17 sept. 2026", "2026-09-17"),
        ("20 december 2021", "2021-12-20"),
        ("maandag 20 december 2021", "2021-12-20"),
        ("ma 20 dec 2021, 17 uur", "2021-12-20T17:00"),
        ("1-1-2022", "2022-01-01"),
        ("15-04-2019", "2019-04-15"),
        ("15/04/2019", "2019-04-15"),
        ("2021-12-20", "2021-12-20"),
        ("31 december 2021, 24.00 uur", "2022-01-01T00:00"),
        ("29 februari 2024", "2024-02-29"),
    ],
)
def test_dates_and_times(text, iso):
    moment = numbers.parse_moment(text)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize(
    "text",
    ["31 februari 2022", "29 februari 2023", "1-13-2022", "32-01-2022", "1-1-22", "20 december", "20 december 2021 of later", ""],
)
def test_impossible_and_incomplete_dates_are_none(text):
    assert numbers.parse_moment(text) is None


def _dates(text):
    return [moment.iso for moment in numbers.moments(text)]


def test_the_year_of_a_range_belongs_to_both_ends_unless_it_runs_into_a_new_year():
    assert _dates("van 15 april t/m 4 juli 2019") == ["2019-04-15", "2019-07-04"]
    assert _dates("11 juni, 09:00 uur tot en met 17 september 2026, 17:00 uur") == ["2026-06-11T09:00", "2026-09-17T17:00"]
    assert _dates("15 december t/m 15 januari 2022") == ["2022-01-15"]
    assert _dates("15 april 2019 tot 4 juli") == ["2019-04-15"]


def test_a_number_after_a_date_is_no_time():
    moments = numbers.moments("Op 7 mei 2024 3.000 aanvragen; 1 januari 2022. 14.5 procent")
    assert [(moment.iso, moment.clock) for moment in moments] == [("2024-05-07", None), ("2022-01-01", None)]
    assert numbers.moments("op 7 mei 2024, 12:30")[0].clock == time(12, 30)


def test_values_as_a_reader_writes_them():
    assert numbers.format_amount(835_000_000) == "€ 8.350.000"
    assert numbers.format_amount(123_450) == "€ 1.234,50"
    assert numbers.format_amount(-500) == "-€ 5"
    assert numbers.format_percentage(4000) == "40%"
    assert numbers.format_percentage(1650) == "16,5%"
    assert numbers.format_moment("2021-12-20") == "ma 20 december 2021"
    assert numbers.format_moment("2021-12-20T09:00") == "ma 20 december 2021, 09.00 uur"


def test_steps():
    assert numbers.percentage_points(4000, 3200) == "-8 procentpunt"
    assert numbers.percentage_points(1600, 1650) == "+0,5 procentpunt"
    assert numbers.percentage_points(1600, 1600) == ""
    assert numbers.relative_step(715_000_000, 835_000_000) == "+16,8 %"
    assert numbers.relative_step(100, 50) == "-50 %"
    assert numbers.relative_step(1_000_000, 1_000_100) == "+0,01 %"
    assert numbers.relative_step(0, 5) == ""
    assert numbers.relative_step(5, 5) == ""
