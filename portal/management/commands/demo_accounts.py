"""`demo_accounts [--json]`: who can sign in to the demonstration, one customer's link, and where to go."""

import json
from argparse import ArgumentParser
from typing import Any
from unicodedata import east_asian_width

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.demo.accounts import ACCOUNTS, PASSWORD, is_trial
from portal.links.tokens import absolute_url, issue
from tickets.choices import TicketState
from tickets.models import Ticket
from tickets.notices import LINKS

PAGES = (
    ("/request/", gettext_lazy("new request")),
    ("/track/", gettext_lazy("follow a ticket")),
    ("/admin/", gettext_lazy("brand and auditors")),
)


class Command(BaseCommand):
    help = "Print the demonstration's accounts with their password, and one customer's link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object on standard output")

    def handle(self, *args: object, as_json: bool, **options: object) -> None:
        found = gathered()
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        elif found["accounts"]:
            self.stdout.write(table(found))
        else:
            self.stdout.write(_("There are no demonstration accounts here."))


def gathered() -> dict[str, Any]:
    """Accounts that are there, the password, a fresh link to a ticket that waits for its customer, the addresses."""
    names = set(User.objects.values_list("username", flat=True)) if is_trial() else set()
    accounts = [
        {
            "role": str(account.role.label),
            "username": account.username,
            "name": account.name,
            "page": absolute_url(account.page),
        }
        for account in ACCOUNTS
        if account.username in names
    ]
    return {
        "accounts": accounts,
        "password": PASSWORD if accounts else "",
        "customer": customer_link() if accounts else None,
        "addresses": {absolute_url(path): str(words) for path, words in PAGES},
    }


def customer_link() -> dict[str, str] | None:
    """A link as a customer gets it, to the newest ticket whose result he can confirm."""
    tickets = Ticket.objects.filter(state=TicketState.PENDING_CONFIRMATION)
    ticket = tickets.order_by("-completed_at").first() or Ticket.objects.order_by("pk").last()
    if ticket is None:
        return None
    path, days = LINKS["track"]
    link = absolute_url(path.format(token=issue(ticket, "track", days=days, holder=ticket.contact_name)))
    return {"link": link, "ticket": ticket.number, "phone": ticket.contact_phone}


def table(found: dict[str, Any]) -> str:
    """The accounts in columns, for eyes."""
    rows = [(one["username"], one["role"], one["name"], one["page"]) for one in found["accounts"]]
    rows.insert(0, (_("Username"), _("Role"), _("Name"), _("Page")))
    widths = [max(wide(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("─" * width for width in widths))
    lines += ["", _("Password of all of them: %s") % found["password"]]
    if found["customer"]:
        words = _("A customer's link (%(ticket)s, telephone %(phone)s): %(link)s")
        lines.append(words % found["customer"])
    lines += [f"{address}  {words}" for address, words in found["addresses"].items()]
    return "\n".join(lines)


def wide(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, width: int) -> str:
    return text + " " * (width - wide(text))
