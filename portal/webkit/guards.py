"""Who may come into a page at all; what he may hold there is decided where it is fetched."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from portal.kernel.errors import Refused

View = Callable[..., HttpResponseBase]


def partner_page(view: View) -> View:
    """For signed-in partner staff; others read why not."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.is_partner:
            raise Refused(_("These pages are for the staff of partners."))
        return view(request, *args, **kwargs)

    return guarded
