"""How long things take: by the time of day, by the quality of the partner, and by chance. All delays in minutes."""

from datetime import datetime, time, timedelta
from random import Random

from portal.kernel import clock

OPENS, SHUTS = time(8), time(20)


def at_work(moment: datetime, random: Random) -> datetime:
    """The moment itself in the hours when outlets work, else soon after the next opening."""
    if is_daytime(moment):
        return moment
    here = clock.local(moment)
    day = here.date() + timedelta(days=0 if here.time() < OPENS else 1)
    opening = datetime.combine(day, OPENS, clock.LOCAL)
    return opening + timedelta(minutes=random.randint(3, 40))


def received(random: Random, first: datetime, last: datetime) -> datetime:
    """A moment between the two at which people write and call; a little more often as time goes on."""
    share = random.random() ** 0.85
    day = clock.local(first + (last - first) * share).date()
    if day.weekday() >= 5 and random.random() < 0.45:
        day -= timedelta(days=2)
    hour = random.choices(
        range(24), (1, 0.5, 0.5, 0.3, 0.3, 0.5, 1, 4, 12, 15, 14, 10, 7, 9, 12, 12, 11, 9, 6, 5, 4, 3, 2, 1)
    )
    moment = datetime.combine(day, time(hour[0], random.randrange(60), random.randrange(60)), clock.LOCAL)
    return moment if moment <= last else moment - timedelta(days=1)


def spread(random: Random, low: float, high: float) -> float:
    """Minutes between low and high, more often near the lower end."""
    return low + (high - low) * random.random() ** 1.7


def is_daytime(moment: datetime) -> bool:
    """Whether outlets work at that moment."""
    return OPENS <= clock.local(moment).time() < SHUTS


def late(random: Random, quality: float, share: float = 0.5) -> bool:
    """Whether a partner of such quality misses this one."""
    return random.random() < (1 - quality) * share + 0.004
