"""Who may come into a page at all; what he may hold there is decided where it is fetched."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from portal.accounts.roles import Role
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


def partner_page_of(*roles: Role) -> Callable[[View], View]:
    """As `partner_page`, for some roles of the partner's staff only."""

    def decorate(view: View) -> View:
        @partner_page
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor.role not in roles:
                raise Refused(_("This page is for other people of your company."))
            return view(request, *args, **kwargs)

        return guarded

    return decorate
