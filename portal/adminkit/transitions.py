"""Transition buttons: the steps that a person may make of a row, each with its form on a page of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.adminkit.dress import dress
from portal.journal.log import entries_for
from portal.kernel.errors import Conflict, InvalidInput, PortalError
from portal.kernel.verdict import Denied
from portal.workflow.corridor import Option, options

#: Entries that are told to somebody who was overtaken.
MOST_NEWS = 5


@dataclass(frozen=True, slots=True)
class StepButton:
    """One button of the bar; a grey one has its reason in place of an address."""

    name: str
    label: Any
    url: str
    reason: Any
    style: str


class TransitionAdmin:
    """Mixin for BaseAdmin. `step_forms`: transition name → form class (its `save()` calls the action).

    A step form takes `actor=` and `ticket=` (the row), holds `version` and `key`, and raises the portal's errors.
    """

    step_forms: Mapping[str, type[forms.Form]] = {}
    #: Steps that end something and ask for a second look.
    grave_steps: frozenset[str] = frozenset()
    #: Steps that lead on; the first that may be made is drawn as the main button.
    main_steps: tuple[str, ...] = ()
    row_argument = "ticket"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.step_view))
        return [path("<path:object_id>/step/<slug:name>/", view, name=self.url_name("step")), *super().get_urls()]

    def url_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def page_url(self, row: Any) -> str:
        return reverse(f"admin:{self.url_name('change')}", args=[row.pk])

    def step_bar(self, request: HttpRequest, row: Any) -> dict[str, list[StepButton]]:
        """`ready`: what may be done now, the main step first; `grey`: what this role does at other times, with why."""
        offered = [option for option in options(request.actor, row) if option.name in self.step_forms]
        ready = [option for option in offered if option.verdict]
        leading = self.leading_steps(row)
        ready.sort(key=lambda option: self._rank(option, leading))
        grey = [o for o in offered if isinstance(o.verdict, Denied) and o.verdict.wrong_state]
        main = next((option.name for option in ready[:1] if option.name in leading), "")
        buttons = [self._button(row, option, main=option.name == main) for option in ready]
        return {"ready": buttons, "grey": [self._button(row, option) for option in grey]}

    def leading_steps(self, row: Any) -> tuple[str, ...]:
        """`main_steps`, or those of them that lead on for this row."""
        return self.main_steps

    def _rank(self, option: Option, leading: tuple[str, ...]) -> int:
        if option.name in self.grave_steps:
            return len(leading) + 2
        return leading.index(option.name) if option.name in leading else len(leading) + 1

    def _button(self, row: Any, option: Option, *, main: bool = False) -> StepButton:
        url = reverse(f"admin:{self.url_name('step')}", args=[row.pk, option.name]) if option.verdict else ""
        style = "grave" if option.name in self.grave_steps else "plain"
        if main:
            style = "main"
        return StepButton(option.name, option.label, url, option.verdict.reason, style)

    def step_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponseBase:
        """The form of one step; only a POST changes anything (B13)."""
        row = self.get_object(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        option = next((o for o in options(request.actor, row) if o.name == name), None)
        if option is None or name not in self.step_forms:
            raise Http404
        if request.method == "POST":
            return self._take_step(request, row, option)
        if not option.verdict:
            return self._refused(request, row, option)
        return self._step_page(request, row, option, self._form(request, row, name))

    def _form(self, request: HttpRequest, row: Any, name: str, data: Any = None) -> forms.Form:
        arguments = {"actor": request.actor, self.row_argument: row}
        if data is None:
            return self.step_forms[name](initial=self.step_initial(request, row, name), **arguments)
        return self.step_forms[name](data, request.FILES, **arguments)

    def step_initial(self, request: HttpRequest, row: Any, name: str) -> dict[str, Any]:
        """What the form is opened with."""
        return {}

    def _refused(self, request: HttpRequest, row: Any, option: Option) -> HttpResponseBase:
        verdict = option.verdict
        status = 409 if isinstance(verdict, Denied) and verdict.wrong_state else 403
        return self._step_page(request, row, option, None, problem=verdict.reason, status=status)

    def _take_step(self, request: HttpRequest, row: Any, option: Option) -> HttpResponseBase:
        form = self._form(request, row, option.name, request.POST)
        if not form.is_valid():
            return self._step_page(request, row, option, form, status=400)
        try:
            done = form.save()
        except InvalidInput as error:
            if not form.errors:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
            return self._step_page(request, row, option, form, status=400)
        except Conflict as error:
            return self._overtaken(request, row, option, error)
        except PortalError as error:
            return self._step_page(request, row, option, form, problem=error.message, status=error.status)
        last = entries_for(done).last()
        messages.success(request, last.sentence() if last else _("Done: %(step)s") % {"step": option.label})
        return HttpResponseRedirect(self.page_url(done))

    def _overtaken(self, request: HttpRequest, row: Any, option: Option, error: Conflict) -> HttpResponseBase:
        """409: what happened meanwhile, the text typed, and the fresh version, so that one can decide again (C08)."""
        seen = _number(request.POST.get("version"))
        fresh = self.get_object(request, str(row.pk))
        data = request.POST.copy()
        data["version"] = str(fresh.version)
        again = next(o for o in options(request.actor, fresh) if o.name == option.name)
        form = self._form(request, fresh, option.name, data)
        steps = fresh.version - seen if seen is not None else 1
        # A rule may refuse though nobody was faster: then there is no news.
        newest = entries_for(fresh).order_by("-sequence")[: max(0, min(steps, MOST_NEWS))]
        news = list(reversed(newest))
        return self._step_page(request, fresh, again, form, problem=error.message, news=news, status=409)

    def _step_page(
        self, request: HttpRequest, row: Any, option: Option, form: Any, *, status: int = 200, **extra: Any
    ) -> HttpResponseBase:
        if form is not None:
            self.dress_step(request, form)
        context = {
            **self.admin_site.each_context(request),
            "title": option.label,
            "opts": self.opts,
            "original": row,
            "row": row,
            "back": self.page_url(row),
            "option": option,
            "grave": option.name in self.grave_steps,
            "form": form,
            "can_send": bool(option.verdict),
            **self.step_context(request, row, option.name),
            **extra,
        }
        return TemplateResponse(request, self.step_template(option.name), context, status=status)

    def dress_step(self, request: HttpRequest, form: forms.Form) -> None:
        """Give the form the look of the admin; controls of the admin's own come here too."""
        dress(form)

    def step_context(self, request: HttpRequest, row: Any, name: str) -> dict[str, Any]:
        """What the step's page shows beside its form."""
        return {}

    def step_template(self, name: str) -> str:
        return "admin/adminkit/step.html"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
