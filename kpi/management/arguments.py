"""What the commands on figures have in common: whom and which time they are about, and how they say no."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from kpi.models import ReportScope
from kpi.queries import scope as scopes
from kpi.queries.scope import Scope
from kpi.rules import period as periods
from kpi.rules.period import Period
from portal.accounts.actor import Actor
from portal.kernel.errors import InvalidInput
from portal.kernel.quarter import Quarter

WRONG_USE = 2


def wrong_use(message: Any) -> CommandError:
    """A refusal that ends the command with exit code 2."""
    return CommandError(str(message), returncode=WRONG_USE)


def add_scope(parser: ArgumentParser, *, every: bool = False, required: bool = False) -> None:
    """--partner CODE, --customer CODE, --brand, and --all where several are made."""
    group = parser.add_mutually_exclusive_group(required=required)
    group.add_argument("--partner", metavar="CODE", help="one partner")
    group.add_argument("--customer", metavar="CODE", help="one customer")
    group.add_argument("--brand", action="store_true", help="the whole brand")
    if every:
        group.add_argument("--all", action="store_true", help="the brand and every partner and customer with tickets")


def scope_of(options: dict[str, Any]) -> Scope:
    """The scope that the options name; the whole brand without one."""
    for kind in (ReportScope.PARTNER, ReportScope.CUSTOMER):
        if options[kind]:
            return scopes.find(kind, options[kind], Actor.system())
    return scopes.BRAND


def quarter_of(text: str) -> Quarter:
    return Quarter.parse(text)


def period_of(quarter: str | None, first: str | None, last: str | None) -> Period:
    """A quarter, or --from DATE --to DATE in its place."""
    if quarter and (first or last):
        raise InvalidInput(_("Give a quarter, or --from and --to, not both."))
    if quarter:
        return periods.of_quarter(quarter_of(quarter))
    if not (first and last):
        raise InvalidInput(_("Give a quarter such as 2026Q3, or --from DATE and --to DATE."))
    return periods.of_days(day(first), day(last))


def day(text: str) -> date:
    """A date written as 2026-09-30."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(_("“%s” is not a date: write it as 2026-09-30.") % text) from None
