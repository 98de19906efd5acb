"""Bank holidays of England and Wales, as GOV.UK and the London Gazette published them."""

from datetime import date

import pytest

from heed.casework.policy.ladder import read_holidays
from heed.casework.policy.page import SHIPPED
from heed.core.duty.holidays import easter_sunday
from tests.tables import rows

PUBLISHED = rows("""
year | days
1996 | 01-01 04-05 04-08 05-06 05-27 08-26 12-25 12-26
1998 | 01-01 04-10 04-13 05-04 05-25 08-31 12-25 12-28
1999 | 01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28 12-31
2000 | 01-03 04-21 04-24 05-01 05-29 08-28 12-25 12-26
2002 | 01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26
2004 | 01-01 04-09 04-12 05-03 05-31 08-30 12-27 12-28
2005 | 01-03 03-25 03-28 05-02 05-30 08-29 12-26 12-27
2009 | 01-01 04-10 04-13 05-04 05-25 08-31 12-25 12-28
2010 | 01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28
2011 | 01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27
2012 | 01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26
2015 | 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28
2016 | 01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27
2020 | 01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28
2021 | 01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28
2022 | 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27
2023 | 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26
2024 | 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26
2025 | 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26
2026 | 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28
2027 | 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28
2028 | 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26
""")


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["year"])
def test_the_days_nobody_works(row):
    found = " ".join(f"{day:%m-%d}" for day in read_holidays().of(int(row["year"])))
    assert found == row["days"]


@pytest.mark.parametrize("year", range(1996, 2029))
def test_no_holiday_falls_on_a_weekend_and_none_is_lost(year):
    days = read_holidays().of(year)
    assert all(day.weekday() < 5 for day in days)
    assert len(days) >= 8


OTHER_NATIONS = rows("""
nation           | year | days
scotland         | 2021 | 01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28
scotland         | 2022 | 01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27
scotland         | 2023 | 01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26
scotland         | 2024 | 01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26
northern_ireland | 2024 | 01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26
northern_ireland | 2025 | 01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26
""")


@pytest.mark.parametrize("row", OTHER_NATIONS, ids=lambda row: f"{row['nation']} {row['year']}")
def test_each_nation_keeps_its_own(row, tmp_path, settings):
    text = (SHIPPED / "holidays.yaml").read_text()
    assert "nation: england_and_wales" in text
    (tmp_path / "holidays.yaml").write_text(
        text.replace("nation: england_and_wales", f"nation: {row['nation']}")
    )
    settings.POLICY = tmp_path
    assert " ".join(f"{day:%m-%d}" for day in read_holidays().of(int(row["year"]))) == row["days"]


def test_a_day_may_be_one_nations_alone(tmp_path, settings):
    text = (SHIPPED / "holidays.yaml").read_text()
    own = "  - {day: 2011-04-28, why: only here, nations: [scotland]}\n"
    (tmp_path / "holidays.yaml").write_text(text + own)
    settings.POLICY = tmp_path
    assert date(2011, 4, 28) not in read_holidays().added


@pytest.mark.parametrize(("year", "day"), [
    (1818, date(1818, 3, 22)), (1943, date(1943, 4, 25)), (2000, date(2000, 4, 23)),
    (2008, date(2008, 3, 23)), (2011, date(2011, 4, 24)), (2038, date(2038, 4, 25)),
])  # fmt: skip
def test_easter_at_its_earliest_its_latest_and_between(year, day):
    assert easter_sunday(year) == day
