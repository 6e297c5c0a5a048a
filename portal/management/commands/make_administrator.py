"""`make_administrator USERNAME`: the first account of a new portal, from which all others are made."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal import people
from portal.accounts.actor import Actor
from portal.accounts.models import Organisation, OrganisationKind, User
from portal.accounts.roles import Role
from portal.kernel.brand import values


class Command(BaseCommand):
    help = "Make an administrator of the brand and print his temporary password. A superuser's flag opens nothing here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="full name (default: the username)")
        parser.add_argument("--email", default="")
        parser.add_argument("--brand", default="", help="the brand's name, where it is not known yet")

    @transaction.atomic
    def handle(self, *args: object, username: str, name: str, email: str, brand: str, **options: object) -> None:
        user = User(username=username, name=name or username, email=email)
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        actor = Actor(role=Role.ADMINISTRATOR, label="make_administrator")
        password = people.create(actor, user, self.brand(brand), Role.ADMINISTRATOR, [])
        self.stdout.write(f"{username}: {password}")

    def brand(self, name: str) -> Organisation:
        """The brand that is there, or a new one."""
        known = Organisation.objects.filter(kind=OrganisationKind.BRAND).order_by("pk").first()
        if known is not None:
            return known
        name = name or str(values()["name"])
        return Organisation.objects.create(
            kind=OrganisationKind.BRAND, code="BRAND", name=name[:120], short_name=name[:40]
        )
