"""How much a text is like a question, by the pairs that they share: rare pairs say much, common ones little."""

from collections.abc import Collection, Mapping
from math import log

#: Texts that one question may have looked at.
BUDGET = 1500


def telling(frequencies: Mapping[str, int], budget: int = BUDGET) -> list[str]:
    """The rarest pairs that occur at all, as many as lead to no more than `budget` texts; one at least."""
    chosen: list[str] = []
    spent = 0
    for pair, count in sorted(frequencies.items(), key=lambda item: (item[1], item[0])):
        if not count:
            continue
        if chosen and spent + count > budget:
            break
        chosen.append(pair)
        spent += count
    return chosen


def weights(frequencies: Mapping[str, int]) -> dict[str, float]:
    """What each pair is worth, by how rare it is; what no text holds is worth nothing."""
    most = max(frequencies.values(), default=0)
    return {pair: log(1.2 + most / count) for pair, count in frequencies.items() if count}


def likeness(question: Mapping[str, float], pairs: Collection[str]) -> float:
    """The share of the question's worth that the pairs have, from 0 to 1."""
    whole = sum(question.values())
    return sum(question[pair] for pair in question if pair in pairs) / whole if whole else 0.0
