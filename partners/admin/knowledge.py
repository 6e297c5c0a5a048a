"""The knowledge base as its editors keep it: lists, texts with their versions, review, expiry (R018, R039, R177)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.actions import knowledge as actions
from partners.actions.knowledge_base import Text, index
from partners.admin import knowledge_pages as pages
from partners.admin.knowledge_filters import QueueFilter
from partners.choices.knowledge import ArticleKind, ArticleState, Audience, VersionState
from partners.forms import knowledge as forms
from partners.models import Article
from partners.queries.knowledge import Wanted, search
from partners.rules.knowledge import EDITORS, OPEN_TEXT
from portal.accounts.roles import BRAND, READERS
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.exchange.sheet_admin import SheetAdmin
from portal.kernel.words import joined
from portal.webkit import show

_TEXT = "admin/partners/article/text_step.html"


@admin.register(Article)
class ArticleAdmin(DeedAdmin, SheetAdmin, BaseAdmin):
    """Editors change, the other departments and the auditor read."""

    roles_view = READERS
    roles_add = roles_change = roles_import = EDITORS
    roles_export = BRAND
    form = forms.ArticleForm
    change_list_template = "admin/partners/article/change_list.html"
    change_form_outer_after_template = "admin/partners/article/_whole.html"
    deeds = {
        "revise": Deed(_("Edit the text"), forms.ReviseForm, template=_TEXT),
        "files": Deed(_("Add files"), forms.FilesForm, files=True),
        "submit": Deed(_("Send to review"), forms.SubmitForm, lambda row: row.pending in OPEN_TEXT),
        "publish": Deed(
            _("Publish"), forms.PublishForm, lambda row: row.pending == VersionState.REVIEW, template=_TEXT
        ),
        "send_back": Deed(_("Send back"), forms.SendBackForm, lambda row: row.pending == VersionState.REVIEW),
        "renew": Deed(_("Confirm that it still holds"), forms.RenewForm, lambda row: row.current_id is not None),
        "withdraw": Deed(
            pgettext_lazy("article", "Withdraw"),
            forms.WithdrawForm,
            lambda row: row.state != ArticleState.WITHDRAWN,
            grave=True,
        ),
    }
    list_display = ("article", "kind_badge", "state_badge", "lines", "audience_badge", "due", "used")
    list_display_links = ("article",)
    list_filter = (
        QueueFilter,
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("audience", ChoicesDropdownFilter),
        ("product_lines", ScopedRelatedFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("number",)
    search_help_text = _("Number, or words of title, symptoms and text")
    ordering = ("-published_at", "-pk")
    autocomplete_fields = ("product_lines", "product_models", "partners")
    fieldsets = (
        (None, {"fields": (("kind", "tags"), ("product_lines", "product_models"))}),
        (_("Readers"), {"fields": (("audience", "partners"), "readers")}),
        (_("Care"), {"fields": (("owner", "review_due"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("owner", "current").prefetch_related("product_lines")

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("credits/", self.admin_site.admin_view(pages.credits), {"page": self}, "partners_article_credits"),
            path("preview/", self.admin_site.admin_view(pages.preview), {"page": self}, "partners_article_preview"),
            path(
                "<int:pk>/compare/", self.admin_site.admin_view(pages.compare), {"page": self},
                "partners_article_compare",
            ),
        ]  # fmt: skip
        return [*own, *super().get_urls()]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """By the same search that the readers use."""
        if not search_term.strip():
            return queryset, False
        found = search(Article.objects.visible_to(request.actor), Wanted(search_term))
        return queryset.filter(pk__in=found.keys[: found.exact]), False

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        chosen = forms.ArticleForm if obj else forms.NewArticleForm
        return super().get_form(request, obj, change, **{"form": chosen, **kwargs})

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if obj is not None:
            return self.fieldsets
        return [(_("Text"), {"fields": ("title", "symptoms", "body")}), *self.fieldsets]

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        """The review date of a published text is set by publishing and confirming."""
        bound = ("review_due",) if obj is None or obj.current_id else ()
        return (*super().get_readonly_fields(request, obj), *bound)

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        whole = pages.whole(request, self.get_object(request, object_id)) if object_id else {}
        return super().changeform_view(request, object_id, form_url, {**whole, **(extra_context or {})})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Article:
        """A new article is written by its action, so that it has its first text and its entry in the journal."""
        if change:
            return super().save_form(request, form, change)
        said = form.cleaned_data
        values = {name: said[name] for name in ("tags", "audience", "owner") if name in said}
        text = Text(said["title"], said["body"], said["symptoms"])
        article = actions.write(
            request.actor, text, kind=said["kind"], roles=",".join(said.get("readers") or []), **values
        )
        form.instance, form.save_m2m = article, form._save_m2m
        return article

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Tags and models are words by which it is found."""
        super().save_related(request, form, formsets, change)
        index(form.instance)

    @display(description=_("Article"), ordering="number")
    def article(self, row: Article) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.title, row.number)

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: Article) -> Any:
        return show.badge(row.kind, ArticleKind)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: Article) -> SafeString:
        """With what waits behind a published text."""
        waits = show.badge(row.pending, VersionState) if row.pending and row.current_id else ""
        return format_html('<span class="ak-stack">{}{}</span>', show.badge(row.state, ArticleState), waits)

    @display(description=_("Product lines"))
    def lines(self, row: Article) -> SafeString | str:
        return joined(line.name for line in row.product_lines.all()) or _("all")

    @display(description=_("Readers"), ordering="audience")
    def audience_badge(self, row: Article) -> Any:
        return show.badge(row.audience, Audience)

    @display(description=_("Review date"), ordering="review_due")
    def due(self, row: Article) -> SafeString | str:
        if row.review_due is None:
            return "—"
        owner = str(row.owner or "—")
        return format_html(
            '<span class="ak-stack"><span>{}</span><small>{}</small></span>', show.moment(row.review_due), owner
        )

    @display(description=_("Solved it · views"), ordering="solved")
    def used(self, row: Article) -> str:
        return f"{row.solved} · {row.views}"
