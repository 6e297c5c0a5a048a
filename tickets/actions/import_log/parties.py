"""Partners, outlets, staff, customers and product lines that a log names; missing ones are made, name as code."""

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from partners.choices import ChannelType, Post
from partners.models import Outlet, Partner, ProductLine, Staff
from portal.accounts.models import Organisation, OrganisationKind
from portal.kernel.errors import InvalidInput
from tickets.models import Customer
from tickets.rules.log_case import LogCase

CODE_LENGTH = 32


def code_of(value: str) -> str:
    """The value itself where it fits a code, else its beginning with a digest."""
    if len(value) <= CODE_LENGTH:
        return value
    return f"{value[: CODE_LENGTH - 9]}~{blake2b(value.encode(), digest_size=4).hexdigest()}"


class Parties:
    """Looks up in the database, a batch of cases at a time, whom the log speaks of; counts what it makes."""

    def __init__(self, source: str, counted: Counter[str]) -> None:
        self.reason, self.counted = f"import_log {source}", counted

    def columns_of(self, cases: Iterable[LogCase]) -> list[dict[str, Any]]:
        """For each case the ticket's foreign keys."""
        cases = list(cases)
        partners = self._partners({name: case for case in cases for name in (case.first_partner, case.get("partner"))})
        outlets = self._outlets(cases, partners)
        staff = self._staff(cases, partners, outlets)
        customers = self._customers(cases)
        lines = self._lines(cases)
        return [
            {
                "partner_id": partners.get(case.get("partner")),
                "first_partner_id": partners.get(case.first_partner),
                "outlet_id": outlets.get((partners.get(case.get("partner")), case.get("outlet"))),
                "owner_id": staff.get((partners.get(case.get("partner")), case.get("assignee"))),
                "customer_id": customers.get(case.get("customer")),
                "product_line_id": lines.get(case.get("product")),
            }
            for case in cases
        ]

    def _partners(self, named: dict[str, LogCase]) -> dict[str, int]:
        found, missing = self._look(Partner, named)
        if not missing:
            return found
        codes = [code_of(name) for name in missing]
        taken = Organisation.objects.filter(code__in=codes).first()
        if taken is not None:
            raise InvalidInput(
                _("“%s” is the code of an organisation that is no partner.") % taken.code, field="partner"
            )
        organisations = self._make(
            Organisation,
            [
                Organisation(kind=OrganisationKind.PARTNER, code=code, name=name, short_name=name[:40])
                for name, code in zip(missing, codes, strict=True)
            ],
        )
        rows = [
            Partner(
                organisation=organisation,
                code=organisation.code,
                name=name,
                short_name=name[:40],
                channel_type=ChannelType.THIRD_PARTY,
                region=named[name].get("region"),
            )
            for name, organisation in zip(missing, organisations, strict=True)
        ]
        return found | _keys(missing, self._make(Partner, rows, count=True))

    def _outlets(self, cases: list[LogCase], partners: dict[str, int]) -> dict[tuple[int | None, str], int]:
        """Outlets belong to a partner: the same word under two partners is two outlets."""
        wanted = {
            (partners[case.get("partner")], case.get("outlet")): case
            for case in cases
            if case.get("partner") and (case.get("outlet") or case.get("assignee"))
        }
        return self._of_partner(Outlet, "partner_id", wanted, self._outlet)

    def _outlet(self, key: tuple[int, str], case: LogCase) -> Outlet:
        partner_id, name = key
        partner = case.get("partner")
        return Outlet(
            partner_id=partner_id,
            code=code_of(f"{partner}/{name}" if name else partner),
            name=name or partner,
            region=case.get("region"),
        )

    def _staff(
        self, cases: list[LogCase], partners: dict[str, int], outlets: dict[tuple[int | None, str], int]
    ) -> dict[tuple[int | None, str], int]:
        wanted = {
            (partners[case.get("partner")], case.get("assignee")): case
            for case in cases
            if case.get("partner") and case.get("assignee")
        }

        def member(key: tuple[int, str], case: LogCase) -> Staff:
            partner_id, name = key
            return Staff(
                outlet_id=outlets[(partner_id, case.get("outlet"))],
                number=code_of(f"{case.get('partner')}/{name}"),
                name=name,
                post=Post.TECHNICIAN,
            )

        return self._of_partner(Staff, "outlet__partner_id", wanted, member)

    def _of_partner(
        self, model: type[models.Model], path: str, wanted: dict[tuple[int, str], LogCase], make: Any
    ) -> dict[tuple[int | None, str], int]:
        if not wanted:
            return {}
        found: dict[tuple[int | None, str], int] = {}
        code = "number" if model is Staff else "code"
        made = {key: make(key, case) if model is Outlet or key[1] else None for key, case in wanted.items()}
        rows = model._default_manager.filter(**{f"{path}__in": {partner for partner, _name in wanted}})
        names = {name for _partner, name in wanted} | {getattr(row, "name", "") for row in made.values()}
        codes = names | {getattr(row, code) for row in made.values()}
        rows = rows.filter(models.Q(name__in=names) | models.Q(**{f"{code}__in": codes}))
        for pk, partner, each, name in rows.values_list("pk", path, code, "name"):
            for key, row in made.items():
                if key[0] == partner and (each in (key[1], getattr(row, code)) or name == getattr(row, "name", key[1])):
                    found.setdefault(key, pk)
        missing = {key: row for key, row in made.items() if key not in found}
        return found | _keys(missing, self._make(model, list(missing.values()), count=True))

    def _customers(self, cases: list[LogCase]) -> dict[str, int]:
        named = {case.get("customer"): case for case in cases}
        found, missing = self._look(Customer, named)
        rows = [Customer(code=code_of(name), name=name, region=named[name].get("region")) for name in missing]
        return found | _keys(missing, self._make(Customer, rows, count=True))

    def _lines(self, cases: list[LogCase]) -> dict[str, int]:
        found, missing = self._look(ProductLine, {case.get("product"): case for case in cases})
        rows = [ProductLine(code=code_of(name), name=name, needs_certificate=False) for name in missing]
        self.counted["product_line"] += len(rows)
        return found | _keys(missing, ProductLine.objects.bulk_create(rows))

    def _look(self, model: Any, named: Iterable[str]) -> tuple[dict[str, int], list[str]]:
        """Keys by the log's word, which is a code or a name here, and the words that nobody has."""
        words = [word for word in dict.fromkeys(named) if word]
        if not words:
            return {}, []
        known = models.Q(code__in=[code_of(word) for word in words]) | models.Q(name__in=words)
        rows = list(model.objects.filter(known).order_by("pk").values_list("pk", "code", "name"))
        names = {name: pk for pk, _code, name in reversed(rows)}
        codes = {code: pk for pk, code, _name in rows}
        found = {word: pk for word in words if (pk := codes.get(code_of(word)) or names.get(word))}
        return found, [word for word in words if word not in found]

    def _make(self, model: Any, rows: list[Any], *, count: bool = False) -> list[Any]:
        if not rows:
            return []
        if count:
            self.counted[model._meta.model_name] += len(rows)
        return bulk_create_with_history(rows, model, default_change_reason=self.reason)


def _keys(words: Iterable[Any], rows: Iterable[Any]) -> dict[Any, int]:
    return {word: row.pk for word, row in zip(words, rows, strict=True)}
