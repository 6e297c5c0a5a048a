"""Who may read the files that hang on the partners' subjects, and have the notices about them (A08, A16)."""

from partners.models import Release
from portal.accounts.actor import Actor
from portal.files import access
from portal.notify import types
from portal.notify.models import Notice


def sees_release(actor: Actor, pk: int) -> bool:
    """Whether the version was sent to the actor's company, or he works for the brand."""
    return Release.objects.all().visible_to(actor).filter(pk=pk).exists()


def still_concerns(notice: Notice) -> bool:
    """Whether the person still sees the version at the moment of sending."""
    return notice.user is None or sees_release(Actor.of(notice.user), int(notice.subject.partition(":")[2]))


access.register("release", sees_release)
types.register_check("release", still_concerns)
