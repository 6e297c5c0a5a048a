"""Which standards and bulletins reach whom, what holds on a day, and who has read what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from partners.choices import Standing
from partners.choices.standard import AdjustmentState, OpinionOutcome, PublicationKind, ReleaseState
from partners.models import Adjustment, Clause, Opinion, Partner, Publication, Receipt, Release
from partners.rules.standard import Change, changes
from portal.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class HeldClause:
    """A clause as it holds in one region: `adjusted` replaces its figure."""

    clause: Clause
    adjusted: Adjustment | None
    before: Clause | None = None
    changed: bool = False


def addressed(publication: Publication) -> list[Partner]:
    """The partners whom a document concerns: by channel type, region and product line; never a terminated one."""
    rows = Partner.objects.exclude(standing=Standing.TERMINATED)
    if publication.channel_types:
        rows = rows.filter(channel_type__in=publication.channel_types)
    if publication.regions:
        rows = rows.filter(Q(region__in=publication.regions) | Q(outlets__region__in=publication.regions))
    lines = list(publication.product_lines.values_list("pk", flat=True))
    if lines:
        rows = rows.filter(outlets__product_lines__in=lines)
    return list(rows.distinct().order_by("code"))


def in_force(publication: Publication, day: date) -> Release | None:
    """The version that holds on a day, whether or not the schedule has looked at it yet."""
    rows = publication.releases.filter(effective_on__lte=day).exclude(
        state__in=[ReleaseState.DRAFT, ReleaseState.WITHDRAWN]
    )
    return rows.order_by("-effective_on", "-number").first()


def held_clauses(release: Release, region: str) -> list[HeldClause]:
    """The clauses of a version as they hold in a region, and which of them are new against the version before."""
    adjusted = {
        row.clause_number: row
        for row in Adjustment.objects.filter(
            publication_id=release.publication_id, region=region, state=AdjustmentState.APPROVED
        )
    }
    earlier = previous(release)
    before = {clause.number: clause for clause in earlier.clauses.all()} if earlier else {}
    rows = []
    for clause in release.clauses.all():
        old = before.get(clause.number)
        changed = earlier is not None and (old is None or old.as_text() != clause.as_text())
        rows.append(HeldClause(clause, None if clause.core else adjusted.get(clause.number), old, changed))
    return rows


def previous(release: Release) -> Release | None:
    """The last version before that was ever announced."""
    rows = Release.objects.filter(publication_id=release.publication_id, number__lt=release.number)
    return rows.exclude(state=ReleaseState.DRAFT).order_by("-number").first()


def changes_of(release: Release) -> list[Change]:
    """What a version changes against the one before; everything is new in a first one."""
    earlier = previous(release)
    before = [clause.as_text() for clause in earlier.clauses.all()] if earlier else []
    return changes(before, [clause.as_text() for clause in release.clauses.all()])


def receipts_of(actor: Actor) -> QuerySet[Receipt]:
    """A partner's own receipts of what is announced or in force, the newest first."""
    rows = Receipt.objects.all().visible_to(actor).select_related("release__publication", "partner")
    return rows.exclude(release__state=ReleaseState.DRAFT).order_by("-release__announced_at", "-pk")


def narrowed(rows: QuerySet[Receipt], *, tab: str, kind: str, text: str) -> QuerySet[Receipt]:
    """The receipts of a tab ('unread', 'holding', 'coming', 'past'), of a kind and with words in title or clauses."""
    conditions: dict[str, Q] = {
        "unread": Q(acknowledged_at__isnull=True, release__state__in=_LIVE),
        "holding": Q(release__state=ReleaseState.IN_FORCE),
        "coming": Q(release__state=ReleaseState.ANNOUNCED),
        "past": Q(release__state__in=[ReleaseState.SUPERSEDED, ReleaseState.WITHDRAWN]),
    }
    rows = rows.filter(conditions.get(tab, Q()))
    if kind in PublicationKind.values:
        rows = rows.filter(release__publication__kind=kind)
    if text:
        found = Clause.objects.filter(Q(text__icontains=text) | Q(title__icontains=text)).values("release")
        named = Q(release__publication__title__icontains=text) | Q(release__publication__code__icontains=text)
        rows = rows.filter(named | Q(release__summary__icontains=text) | Q(release__in=found))
    return rows


_LIVE = (ReleaseState.ANNOUNCED, ReleaseState.IN_FORCE)


def tab_counts(rows: QuerySet[Receipt]) -> dict[str, int]:
    """How many receipts each tab holds, in one query."""
    state = "release__state"
    return rows.order_by().aggregate(
        unread=Count("pk", filter=Q(acknowledged_at__isnull=True, release__state__in=_LIVE)),
        holding=Count("pk", filter=Q(**{state: ReleaseState.IN_FORCE})),
        coming=Count("pk", filter=Q(**{state: ReleaseState.ANNOUNCED})),
        past=Count("pk", filter=Q(release__state__in=[ReleaseState.SUPERSEDED, ReleaseState.WITHDRAWN])),
    )


def unread_count(actor: Actor) -> int:
    """How many live releases a partner has not acknowledged."""
    return receipts_of(actor).filter(acknowledged_at__isnull=True, release__state__in=_LIVE).count()


def opinions_on(release: Release, actor: Actor) -> list[Opinion]:
    """The opinions on a version that this person sees."""
    rows = Opinion.objects.filter(release=release).visible_to(actor)
    return list(rows.select_related("author", "answered_by", "partner"))


def with_counts(rows: Any) -> Any:
    """Releases with how many partners were told, how many acknowledged, and how many opinions wait."""
    return rows.annotate(
        told=Count("receipts", distinct=True),
        read=Count("receipts", filter=Q(receipts__acknowledged_at__isnull=False), distinct=True),
        waiting=Count("opinions", filter=Q(opinions__outcome=OpinionOutcome.OPEN), distinct=True),
    )


def without_receipt(release: Release, partners: Iterable[Partner]) -> list[Partner]:
    """Those of the partners who were not told yet: they joined later."""
    told = set(release.receipts.values_list("partner_id", flat=True))
    return [partner for partner in partners if partner.pk not in told]
