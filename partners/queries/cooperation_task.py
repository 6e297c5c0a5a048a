"""Tasks of the cooperation as lists ask for them (R073, R077)."""

from django.db.models import Q, QuerySet

from partners.choices.cooperation import TaskState
from partners.models import CooperationTask, Meeting, Partner
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.kernel import clock


def tasks_of(actor: Actor) -> QuerySet[CooperationTask]:
    """What the actor sees."""
    return CooperationTask.objects.all().visible_to(actor).select_related("owner", "meeting", "plan", "partner")


def mine(actor: Actor, tab: str) -> QuerySet[CooperationTask]:
    """A tab of the page of tasks: 'mine' (open), 'company' (open, of colleagues too), 'done'."""
    rows = tasks_of(actor)
    if tab == "done":
        return rows.exclude(state=TaskState.OPEN).order_by("-done_at", "-pk")
    rows = rows.filter(state=TaskState.OPEN).order_by("due_on", "pk")
    return rows if tab == "company" else rows.filter(owner=actor.user_id)


def overdue_count(actor: Actor) -> int:
    """How many tasks that the actor sees are overdue: the partner's, or those of the regions."""
    return tasks_of(actor).filter(state=TaskState.OPEN, due_on__lt=clock.today()).count()


def open_count(actor: Actor) -> int:
    """How many open tasks are the actor's own."""
    return tasks_of(actor).filter(state=TaskState.OPEN, owner=actor.user_id).count()


def company_of(user: User) -> Partner | None:
    """The partner for whom somebody works; None for the brand's people."""
    membership = user.current_membership()
    return Partner.objects.filter(organisation=membership.organisation_id).first() if membership else None


def sees_meeting(actor: Actor, task: CooperationTask) -> bool:
    """Whether the meeting that the task comes from is this person's to see; whoever has the task knows its title."""
    return Meeting.objects.filter(pk=task.meeting_id).visible_to(actor).exists()


def possible_owners(actor: Actor, partners: QuerySet[Partner] | None = None) -> QuerySet[User]:
    """Who may be given a task: the brand's people, and those of partners that the actor sees."""
    seen = Partner.objects.all().visible_to(actor) if partners is None else partners
    held = Q(membership__organisation__kind="brand") | Q(membership__organisation__partner__in=seen.values("pk"))
    people = User.objects.filter(held, is_active=True, membership__active=True)
    return people.exclude(membership__role="administrator").distinct().order_by("username")


def files_of(task: CooperationTask) -> list[Attachment]:
    """What was handed in with the result."""
    return list(Attachment.objects.filter(subject=subject_of(task)).order_by("pk"))
