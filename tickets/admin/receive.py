"""'New ticket': a request that reached the desk by telephone, mail or at the counter."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.adminkit.dress import dress
from portal.kernel.errors import InvalidInput, PortalError
from tickets.forms.intake import ReceiveForm
from tickets.models import Ticket


def view(owner: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Take the request, then go straight on to register it."""
    if not owner.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return _page(owner, request, ReceiveForm(actor=request.actor, initial=_initial()))
    form = ReceiveForm(request.POST, request.FILES, actor=request.actor)
    problem, status = "", 400
    if form.is_valid():
        try:
            ticket = form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        except PortalError as error:
            problem, status = error.message, error.status
        else:
            messages.success(request, _("%(number)s is received. Register it now.") % {"number": ticket.number})
            return HttpResponseRedirect(reverse("admin:tickets_ticket_step", args=[ticket.pk, "register"]))
    return _page(owner, request, form, problem=problem, status=status)


def autocomplete(owner: ModelAdmin, field: Any, name: str = "customer") -> None:
    """Let a customer or colleague be found by typing, where there is an admin page of his own kind."""
    related = Ticket._meta.get_field(name)
    if isinstance(field, ModelChoiceField) and owner.admin_site.is_registered(related.related_model):
        field.widget = AutocompleteSelect(related, owner.admin_site, attrs={"data-placeholder": _("Type name or code")})
        field.widget.choices = field.choices


def _initial() -> dict[str, Any]:
    return {"key": uuid.uuid4()}


def _page(owner: ModelAdmin, request: HttpRequest, form: ReceiveForm, status: int = 200, **extra: Any) -> HttpResponse:
    dress(form)
    autocomplete(owner, form.fields["customer"])
    context = {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "title": _("New ticket"),
        "form": form,
        "back": reverse("admin:tickets_ticket_changelist"),
        **extra,
    }
    return TemplateResponse(request, "admin/tickets/ticket/receive.html", context, status=status)
