"""A document with its versions, as the actions make them."""

from datetime import date
from decimal import Decimal
from typing import Any

from partners.actions import standard
from partners.choices.standard import PublicationKind
from partners.models import Clause, Publication, Release
from portal.accounts.actor import Actor

CLAUSES: tuple[dict[str, Any], ...] = (
    {"number": "1.1", "title": "首次响应", "text": "十五分钟内首次响应。", "core": True, "value": 15, "unit": "minute"},
    {
        "number": "2.1",
        "title": "到店接待",
        "text": "客户到店后主动接待。",
        "core": False,
        "value": Decimal(30),
        "unit": "second",
        "lowest": Decimal(30),
        "highest": Decimal(120),
    },
    {"number": "3.1", "title": "服务环境", "text": "整洁、明亮、有序。", "core": False},
)


def publication(**values: Any) -> Publication:
    """A service standard for everybody."""
    given = {"code": "BZ-001", "kind": PublicationKind.STANDARD, "title": "售后服务标准", **values}
    return Publication.objects.create(**given)


def draft(actor: Actor, document: Publication, clauses: tuple[dict[str, Any], ...] = CLAUSES) -> Release:
    """A draft with summary and clauses, ready to be announced."""
    release = standard.draft(actor, document)
    release.clauses.all().delete()
    release.summary = "统一响应与接待要求。"
    release.save()
    for place, clause in enumerate(clauses):
        Clause.objects.create(release=release, place=place, **clause)
    return release


def announced(actor: Actor, document: Publication, day: date, **values: Any) -> Release:
    """As `draft`, announced for a day."""
    return standard.announce(actor, draft(actor, document), day, **values)
