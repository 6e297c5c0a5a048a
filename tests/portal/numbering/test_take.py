"""Numbers have no gap and no double, also when changes fail."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from portal.numbering.take import next_block, next_number

EVENING = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # already the 23rd in Shanghai


@pytest.mark.django_db
def test_numbers_count_within_a_day_of_shanghai():
    assert next_number("ticket", "FW", EVENING) == "FW20261123-0001"
    assert next_number("ticket", "FW", EVENING) == "FW20261123-0002"
    assert next_number("ticket", "FW", EVENING.replace(hour=1)) == "FW20261122-0001"
    assert next_number("plan", "FW", EVENING) == "FW20261123-0001"


@pytest.mark.django_db
def test_after_9999_comes_10000():
    next_block("ticket:20261123", 9999)
    assert next_number("ticket", "FW", EVENING) == "FW20261123-10000"


@pytest.mark.django_db
def test_a_block_is_consecutive():
    assert list(next_block("x", 3)) == [1, 2, 3]
    assert list(next_block("x", 2)) == [4, 5]


@pytest.mark.django_db
def test_a_failed_change_gives_its_number_back():
    def change():
        with transaction.atomic():
            next_number("ticket", "FW", EVENING)
            raise ZeroDivisionError

    next_number("ticket", "FW", EVENING)
    with pytest.raises(ZeroDivisionError):
        change()
    assert next_number("ticket", "FW", EVENING) == "FW20261123-0002"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_each_their_own():
    def take(_):
        try:
            return [next_number("ticket", "FW", EVENING) for _ in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        taken = [number for numbers in pool.map(take, range(6)) for number in numbers]
    assert sorted(taken) == [f"FW20261123-{n:04d}" for n in range(1, 61)]
