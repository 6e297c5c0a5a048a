"""A ticket's clocks for machines: the same answer as `simulate_clocks`, with the walk to each due time (rule 12)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tickets.actions.settle import clocks_of
from tickets.models import Ticket
from tickets.rules.simulation import answer


@never_cache
@require_safe
@login_required
def clocks(request: HttpRequest, number: str) -> JsonResponse:
    """Clocks and steps of one ticket, computed and not stored; 404 for what is absent and for a stranger's, alike."""
    ticket = Ticket.objects.all().visible_to(request.actor).filter(number=number).first()
    if ticket is None:
        raise Http404
    said = {"ticket": ticket.number, **answer(clocks_of(ticket))}
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
