"""What a living brand has besides tickets: each subject fills its own part, by calling the actions."""

from collections.abc import Callable
from datetime import date
from random import Random

from portal.demo import (
    contracts,
    cooperation,
    duty,
    knowledge,
    outlet_inspections,
    sla_policy,
    standards,
    stock,
    tools,
    training,
)
from portal.demo.network import Network

#: In this order, after the tickets; each takes a random source of its own, so that one subject never shifts another.
SUBJECTS: list[Callable[[Random, Network, date], None]] = [
    contracts.fill,
    standards.fill,
    stock.fill,
    training.fill,
    sla_policy.fill,
    duty.fill,
    knowledge.fill,
    cooperation.fill,
    outlet_inspections.fill,
    tools.fill,
]


def fill(random: Random, network: Network, today: date) -> None:
    """Let every subject fill its part as of `today`."""
    for subject in SUBJECTS:
        subject(Random(f"{random.random()}{subject.__module__}"), network, today)
