"""The words of the demonstration: data files beside this module, read once."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent / "texts"
#: Product lines, each with its faults, emergencies and questions.
LINES = ("ac", "dc", "ess", "swap")


@cache
def read(name: str) -> dict[str, Any]:
    """The data file of that name."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def line(code: str) -> dict[str, Any]:
    """Everything about a product line, by its code."""
    return read(code.lower())


def phrase(random: Random, name: str) -> str:
    """One of the phrases of that kind."""
    chosen: str = random.choice(read("phrases")[name])
    return chosen


def person(random: Random) -> str:
    """A full name."""
    names = read("names")
    return f"{random.choice(names['surnames'])}{random.choice(names['given'])}"


def company(random: Random, region: str, number: int) -> str:
    """An invented company of a region; `number` spreads the invented words."""
    names = read("names")
    words, kinds = names["company_words"], names["company_kinds"]
    city = city_of(random, region).removesuffix("市").removesuffix("区") if region != "上海市" else "上海"
    return f"{city}{words[number % len(words)]}{kinds[(number // len(words) + number) % len(kinds)]}"


def city_of(random: Random, region: str) -> str:
    """A town or district of the region."""
    chosen: str = random.choice(read("names")["cities"][region])
    return chosen


def address(random: Random, region: str) -> str:
    """An invented address in the region."""
    street = random.choice(read("names")["streets"]["names"])
    return f"{region}{city_of(random, region)}{street} {random.randint(1, 999)} 号"


def mobile(number: int) -> str:
    """A telephone number that belongs to nobody: four noughts after the prefix."""
    prefixes = ("130", "131", "135", "136", "138", "139", "150", "158", "186", "189")
    return f"{prefixes[number % 10]}0000{number:04d}"
