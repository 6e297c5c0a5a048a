"""The wording of every kind of notice: a list of all kinds, and an editor with placeholders and preview (B15)."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.models import User
from portal.accounts.roles import DESK, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.dress import dress
from portal.kernel.errors import PortalError
from portal.notice_pages.text_forms import TextForm
from portal.notify import places, texts, trial, types
from portal.notify.models import NoticeText

LANGUAGES = dict(settings.LANGUAGES)


@admin.register(NoticeText)
class NoticeTextAdmin(BaseAdmin):
    """Brand managers edit; desk and administrators read. The list shows the registered kinds, not the rows."""

    roles_view = DESK | {Role.ADMINISTRATOR}
    search_fields = ("type",)

    def scope(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.editor))
        return [path("<slug:family>.<slug:name>/<slug:language>/", view, name="notice_text"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        """Every kind with its audience and whether its wording was changed, by language."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        wanted = request.GET.get("q", "").strip().lower()
        changed = set(NoticeText.objects.filter(in_force=True).values_list("type", "language"))
        rows = [self._row(kind, changed) for kind in sorted(types.registered().values(), key=lambda k: k.code)]
        found = [row for row in rows if wanted in f"{row['kind'].code} {row['title']} {row['audience']}".lower()]
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name_plural,
            "opts": self.opts,
            "rows": found,
            "languages": LANGUAGES.values(),
            "query": request.GET.get("q", ""),
        }
        return TemplateResponse(request, "admin/notices/texts.html", context)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page of a row is the editor of its kind and language."""
        row = self.get_object(request, object_id)
        return HttpResponseRedirect(address(row.type, row.language))

    @staticmethod
    def _row(kind: types.NoticeType, changed: set[tuple[str, str]]) -> dict[str, Any]:
        cells = [(address(kind.code, code), label, (kind.code, code) in changed) for code, label in LANGUAGES.items()]
        title, _body = kind.standard(translation.get_language() or settings.LANGUAGE_CODE)
        return {
            "kind": kind,
            "title": title,
            "audience": str(kind.audience),
            "group": types.group_of(kind.code),
            "cells": cells,
        }

    def editor(self, request: HttpRequest, family: str, name: str, language: str) -> HttpResponseBase:
        """One wording. A POST saves, shows a preview, sends a test to oneself or goes back to the standard."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        kind = types.registered().get(f"{family}.{name}")
        if kind is None or language not in LANGUAGES:
            raise Http404
        may = request.actor.role in texts.EDITORS
        if request.method == "POST" and not may:
            raise PermissionDenied
        if request.method == "POST" and request.POST.get("do") == "reset":
            return self._reset(request, kind, language)
        form = TextForm(request.POST if request.method == "POST" else None, kind=kind, language=language)
        if request.method == "POST" and form.is_valid() and request.POST.get("do") == "save":
            form.save(request.actor)
            messages.success(request, _("The wording is saved and in force from the next notice on."))
            return HttpResponseRedirect(address(kind.code, language))
        if request.method == "POST" and form.is_valid() and request.POST.get("do") == "test":
            self._test(request, form)
        return self._page(request, form, may)

    def _reset(self, request: HttpRequest, kind: types.NoticeType, language: str) -> HttpResponseBase:
        try:
            texts.reset(request.actor, kind.code, language)
            messages.success(request, _("The standard wording is in force again."))
        except PortalError as error:
            messages.warning(request, str(error))
        return HttpResponseRedirect(address(kind.code, language))

    @staticmethod
    def _test(request: HttpRequest, form: TextForm) -> None:
        values = form.cleaned_data
        told = trial.send(
            User.objects.get(pk=request.user.pk), form.kind, form.language, values["title"], values["body"]
        )
        (messages.success if told.ok else messages.warning)(request, told.words)

    def _page(self, request: HttpRequest, form: TextForm, may: bool) -> HttpResponseBase:
        kind, language = form.kind, form.language
        row = NoticeText.objects.filter(type=kind.code, language=language).first()
        values = form.cleaned_data if form.is_bound and not form.errors else form.initial
        with translation.override(language):
            shown = texts.preview(kind, values["title"], values["body"])
            offered = [(one.name, one.label, str(one.example)) for one in map(places.place, texts.allowed(kind))]
        context = {
            **self.admin_site.each_context(request),
            "title": kind.standard(translation.get_language() or language)[0],
            "opts": self.opts,
            "kind": kind,
            "group": types.group_of(kind.code),
            "language": LANGUAGES[language],
            "others": [(address(kind.code, code), label) for code, label in LANGUAGES.items() if code != language],
            "form": dress(form),
            "may": may,
            "preview": shown,
            "offered": [(name, str(label), example) for name, label, example in offered],
            "standard": kind.standard(language),
            "row": row,
            "list_url": reverse("admin:notify_noticetext_changelist"),
        }
        return TemplateResponse(request, "admin/notices/text.html", context, status=400 if form.errors else 200)


def address(code: str, language: str) -> str:
    """The editor of one kind in one language."""
    family, _dot, name = code.partition(".")
    return reverse("admin:notice_text", args=[family, name, language])
