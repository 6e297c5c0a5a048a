"""A draw that an auditor can repeat with two commands (R182)."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from partners.rules import outlet_inspection_draw as rules

CODES = st.sets(st.from_regex(r"W-[0-9]{1,3}", fullmatch=True), max_size=40)


def test_a_rank_is_what_sha256sum_says():
    assert rules.rank("2026Q4", "W-0001") == hashlib.sha256(b"2026Q4:W-0001").hexdigest()


def test_a_sample_that_stays_for_ever():
    population = [f"W-{n:02}" for n in range(20)]
    assert rules.sample("2026Q4", population, 3) == ["W-18", "W-01", "W-04"]


@given(CODES, st.text(max_size=12), st.integers(0, 50))
@settings(max_examples=60)
def test_neither_order_nor_repetition_of_the_population_matters(codes, seed, size):
    drawn = rules.sample(seed, codes, size)
    assert drawn == rules.sample(seed, [*sorted(codes, reverse=True), *codes], size)
    assert len(drawn) == min(size, len(codes))
    assert set(drawn) <= codes
    assert drawn == rules.sample(seed, codes, 50)[:size]
    assert rules.digest(codes) == rules.digest(sorted(codes, reverse=True))


def test_every_outlet_is_drawn_about_as_often():
    population = [f"W-{n:02}" for n in range(10)]
    counts = dict.fromkeys(population, 0)
    for seed in range(1000):
        for code in rules.sample(str(seed), population, 3):
            counts[code] += 1
    assert all(240 <= n <= 360 for n in counts.values()), counts
