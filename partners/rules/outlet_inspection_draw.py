"""The random draw of outlets, such that an auditor gets the same sample again (I05, R182).

Every outlet code of the population is written behind the seed, `seed:code`, and hashed with SHA-256; the outlets are
ranked by the hexadecimal digest, and the first N are the sample. Neither the order of the population nor the machine
matters; `printf '%s' 'seed:code' | sha256sum` repeats any single rank by hand.
"""

import hashlib
from collections.abc import Iterable


def rank(seed: str, code: str) -> str:
    """The digest by which an outlet is ranked (R182)."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def sample(seed: str, population: Iterable[str], size: int) -> list[str]:
    """The first `size` outlet codes by rank; all of them where there are no more (R182)."""
    return sorted(set(population), key=lambda code: (rank(seed, code), code))[: max(0, size)]


def digest(population: Iterable[str]) -> str:
    """What the journal keeps of the population: SHA-256 over its sorted codes, one a line (R182)."""
    return hashlib.sha256("\n".join(sorted(set(population))).encode()).hexdigest()
