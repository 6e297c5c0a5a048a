"""Plans as pages show them: who belongs to the group, what stands on the board, who has read it (R077, R078)."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from partners.choices.cooperation import PlanStage, Side, TaskState
from partners.models import CooperationPlan, CooperationTask, GroupMember, PlanPost, PlanReading
from partners.queries.people import managers_of
from partners.rules.cooperation import LIVE
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.kernel import clock


@dataclass(frozen=True, slots=True)
class Shown:
    """One message with its files and who of the other side has read it."""

    post: PlanPost
    files: list[Attachment]
    readers: list[str]


def plans_of(actor: Actor) -> QuerySet[CooperationPlan]:
    """The plans that the actor sees, with how many open and late tasks they have, and whether the board has news."""
    rows = CooperationPlan.objects.all().visible_to(actor).select_related("partner")
    late = Q(tasks__state=TaskState.OPEN, tasks__due_on__lt=clock.today())
    return rows.annotate(
        open_count=Count("tasks", filter=Q(tasks__state=TaskState.OPEN), distinct=True),
        late_count=Count("tasks", filter=late, distinct=True),
        news=Exists(_unread(actor).filter(plan=OuterRef("pk"))),
    ).order_by("-valid_from", "number")


def people_of(plan: CooperationPlan, side: Side) -> list[User]:
    """The accounts of one side of the group; of the partner's side its managers where nobody is named."""
    today = clock.today()
    rows = GroupMember.objects.filter(plan=plan, side=side, user__isnull=False, since__lte=today)
    rows = rows.filter(Q(until=None) | Q(until__gte=today)).select_related("user")
    named = list({row.user.pk: row.user for row in rows if row.user and row.user.is_active}.values())
    return named or (managers_of(plan.partner) if side == Side.PARTNER else [])


def is_member(plan: CooperationPlan, actor: Actor) -> bool:
    """Whether the actor belongs to the coordination group today (R077)."""
    today = clock.today()
    rows = GroupMember.objects.filter(plan=plan, user=actor.user_id, user__isnull=False, since__lte=today)
    return rows.filter(Q(until=None) | Q(until__gte=today)).exists()


def board(plan: CooperationPlan, limit: int = 50) -> list[Shown]:
    """The messages, the newest first."""
    posts = list(plan.posts.select_related("author")[:limit])
    names = {subject_of(post): post.pk for post in posts}
    files: dict[int, list[Attachment]] = {}
    for row in Attachment.objects.filter(subject__in=names).order_by("pk"):
        files.setdefault(names[row.subject], []).append(row)
    marks = list(PlanReading.objects.filter(plan=plan).select_related("user"))
    brand = set(
        User.objects.filter(
            pk__in=[mark.user_id for mark in marks], membership__organisation__kind="brand"
        ).values_list("pk", flat=True)
    )
    return [
        Shown(
            post,
            files.get(post.pk, []),
            [
                str(mark.user)
                for mark in marks
                if mark.read_at >= post.posted_at and (mark.user_id in brand) != (post.side == Side.BRAND)
            ],
        )
        for post in posts
    ]


def _unread(actor: Actor) -> QuerySet[PlanPost]:
    read = PlanReading.objects.filter(plan=OuterRef("plan"), user=actor.user_id, read_at__gte=OuterRef("posted_at"))
    rows = PlanPost.objects.all().visible_to(actor).exclude(author=actor.user_id)
    return rows.filter(plan__stage__in=LIVE).filter(~Exists(read))


def unread_count(actor: Actor) -> int:
    """How many messages of live plans the actor has not read."""
    return _unread(actor).count()


def to_agree_count(actor: Actor) -> int:
    """How many plans wait for the partner's agreement."""
    rows = CooperationPlan.objects.all().visible_to(actor).filter(stage=PlanStage.PLAN)
    return rows.filter(brand_agreed_at__isnull=False, partner_agreed_at=None).count()


def tasks_of(plan: CooperationPlan, actor: Actor) -> QuerySet[CooperationTask]:
    """The tasks of a plan that the actor sees, the open ones first."""
    rows = CooperationTask.objects.all().visible_to(actor).filter(Q(plan=plan) | Q(meeting__plan=plan))
    return rows.select_related("owner").order_by(F("done_at").asc(nulls_first=True), "due_on")
