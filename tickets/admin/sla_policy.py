"""Versions of the service-level policy in the admin: draft, edit, compare, review, date, try (R003, R036, R038)."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from portal.accounts.roles import READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.dress import dress
from portal.exchange.export_admin import ListAdmin
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit import show
from tickets.admin import sla_policy_page as page
from tickets.admin import sla_policy_trial as trial
from tickets.choices.sla_policy import PolicyStanding, PolicyState
from tickets.forms import sla_policy as forms
from tickets.forms.sla_policy_line import PauseForm
from tickets.models import PolicyPause, PolicyVersion
from tickets.queries.sla_policy import as_policy, number_in_force, standing_of
from tickets.rules.sla_policy import checking
from tickets.rules.sla_policy.deciding import may_draft

LIST = "admin:tickets_policyversion_changelist"


def _may_withdraw(row: PolicyVersion) -> bool:
    """Until its day has come."""
    if row.state == PolicyState.IN_FORCE:
        return row.effective_on is not None and row.effective_on > clock.today()
    return row.state in (PolicyState.DRAFT, PolicyState.IN_REVIEW, PolicyState.APPROVED)


@admin.register(PolicyVersion)
class PolicyVersionAdmin(DeedAdmin, ListAdmin, BaseAdmin):
    """Managers draft and date, the legal department reviews, everybody of the brand and the auditor read."""

    roles_view = READERS
    roles_add = frozenset({Role.BRAND_MANAGER})
    roles_change = frozenset({Role.BRAND_MANAGER, Role.LEGAL})

    deeds = {
        "policy_sent": Deed(gettext_lazy("Send to legal review"), forms.SendForm, lambda row: row.is_draft),
        "policy_approved": Deed(
            gettext_lazy("Approve"), forms.ApproveForm, lambda row: row.state == PolicyState.IN_REVIEW
        ),
        "policy_returned": Deed(
            gettext_lazy("Return with remarks"), forms.ReturnForm, lambda row: row.state == PolicyState.IN_REVIEW
        ),
        "policy_dated": Deed(
            gettext_lazy("Take effect on a date"), forms.EffectForm, lambda row: row.state == PolicyState.APPROVED
        ),
        "policy_withdrawn": Deed(
            gettext_lazy("Withdraw"),
            forms.WithdrawForm,
            _may_withdraw,
            grave=True,
        ),
    }
    list_display = ("number", "title", "standing", "effective_on", "how_many", "author", "reviewer")
    list_display_links = ("number", "title")
    list_filter = (("state", ChoicesDropdownFilter),)
    search_fields = ("title", "note")
    search_help_text = gettext_lazy("Title, or what changes and why")
    sortable_by = ()
    actions = ()
    fields = ("number", "title")

    def get_urls(self) -> list[URLPattern]:
        compare = self.admin_site.admin_view(require_safe(self.compare_view))
        pause = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.pause_view))
        tried = self.admin_site.admin_view(require_safe(self.try_view))
        name = "tickets_policyversion"
        return [
            path("<int:pk>/compare/", compare, name=f"{name}_compare"),
            path("<int:pk>/try/", tried, name=f"{name}_try"),
            path("<int:pk>/pause/<int:pause>/", pause, name=f"{name}_pause"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found = super().get_queryset(request).select_related("author", "reviewer", "based_on")
        return found.annotate(lines_count=Count("lines"), in_force_now=Value(number_in_force()))

    # Pages

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A draft, as a copy of a version."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = forms.DraftForm(request.POST or None, actor=request.actor)
        problem = ""
        if request.method == "POST" and form.is_valid():
            try:
                row = form.save()
            except InvalidInput as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
            except PortalError as error:
                problem = error.message
            else:
                messages.success(request, _("%(version)s is drafted. Change its lines now.") % {"version": row})
                return HttpResponseRedirect(self._page_url(row))
        title = _("New version")
        extra = {
            "form": dress(form),
            "problem": problem,
            "back": reverse(LIST),
            "button": pgettext("verb", "Draft"),
            "title": title,
        }
        status = 400 if request.method == "POST" else 200
        return self._answer(request, "form", status=status, back_label=self.opts.verbose_name_plural, **extra)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The version as a whole; it only shows, deeds and the pages of the lines change."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        row = self.get_object(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        policy = as_policy(row)
        editable = bool(row.verdict(request.actor, "policy_changed"))
        extra = {
            "row": row,
            "original": row,
            "badge": show.badge(standing_of(row), PolicyStanding),
            "deeds": self._open_deeds(request, row),
            "groups": page.groups(row),
            "pauses": page.pauses(row),
            "flaws": [checking.in_words(flaw) for flaw in checking.flaws(policy.lines)] if row.is_draft else [],
            "editable": editable,
            "may_draft": bool(may_draft(request.actor)),
            "title": str(row),
        }
        return self._answer(request, "page", **extra)

    def _open_deeds(self, request: HttpRequest, row: PolicyVersion) -> list[tuple[Deed, str]]:
        """The steps that this person may take now."""
        name = f"admin:{self.deed_url_name()}"
        return [
            (deed, reverse(name, args=[row.pk, code]))
            for code, deed in self.deeds.items()
            if deed.fits(row) and row.verdict(request.actor, code)
        ]

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """This version beside another, line by line."""
        row = self._readable(request, pk)
        others = self.get_queryset(request).exclude(pk=row.pk)
        wanted = request.GET.get("base", "")
        other = others.filter(pk=wanted).first() if wanted.isdecimal() else None
        other = other or row.based_on or others.filter(number=number_in_force()).first() or others.first()
        form = forms.CompareForm(initial={"base": other}, others=others)
        found = page.differences(as_policy(other), as_policy(row)) if other else []
        counts = page.count(found)
        extra = {"row": row, "other": other, "form": dress(form), "differences": found, "counts": counts}
        return self._answer(request, "compare", title=_("Compare versions"), original=row, **extra)

    def try_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The version on a made-up case or on last quarter's tickets; nothing is changed."""
        row = self._readable(request, pk)
        return self._answer(
            request, "try", title=_("Try a policy"), original=row, row=row, **trial.context(request, row)
        )

    def pause_view(self, request: HttpRequest, pk: int, pause: int) -> HttpResponse:
        """The form of one rule of suspension."""
        row = self._readable(request, pk)
        rule = PolicyPause.objects.visible_to(request.actor).filter(policy=row, pk=pause).first()
        verdict = row.verdict(request.actor, "policy_changed")
        if rule is None or not verdict:
            raise PermissionDenied
        form = PauseForm(request.POST or None, instance=rule, actor=request.actor)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(self._page_url(row))
        extra = {"form": dress(form), "back": self._page_url(row), "back_label": row, "button": _("Save")}
        title = f"{rule.get_reason_display()} · {row}"
        return self._answer(request, "form", status=400 if request.method == "POST" else 200, title=title, **extra)

    def _readable(self, request: HttpRequest, pk: int) -> PolicyVersion:
        row = self.get_object(request, str(pk))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def _answer(self, request: HttpRequest, name: str, *, status: int = 200, **extra: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **extra}
        return TemplateResponse(request, f"admin/tickets/policyversion/{name}.html", context, status=status)

    # Columns

    @display(description=gettext_lazy("State"))
    def standing(self, row: PolicyVersion) -> Any:
        return show.badge(standing_of(row, row.in_force_now), PolicyStanding)

    @display(description=gettext_lazy("Lines"))
    def how_many(self, row: PolicyVersion) -> int:
        return row.lines_count
