"""Money is Decimal with two places, rounded half up as an invoice is."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def yuan(value: Decimal | int | str) -> Decimal:
    """The sum rounded to whole fen."""
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)
