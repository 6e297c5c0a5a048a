"""All addresses of the portal."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from portal import health, home, page_menu
from portal.webkit.account_forms import SignInForm

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("tickets.urls.public")),
    path("", include("tickets.urls.customer")),
    path("", include("tickets.urls.record")),
    path("", include("partners.urls.public")),
    path("", include("kpi.urls.public")),
    path("join/", include("partners.urls.join")),
    path("inspect/", include("partners.urls.inspect")),
    path("field/more/", page_menu.menu, name="field_menu"),
    path("field/", include("partners.urls.field")),
    path("field/", include("tickets.urls.field")),
    path("api/v1/", include("tickets.urls.api")),
    path("reports/", include("kpi.urls.reports")),
    path("files/", include("portal.files.urls")),
    path("admin/exports/", include("portal.exchange.urls")),
    path("admin/", admin.site.urls),
    path(
        "accounts/login/",
        auth.LoginView.as_view(redirect_authenticated_user=True, authentication_form=SignInForm),
        name="login",
    ),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/logout/everywhere/", home.sign_out_everywhere, name="sign_out_everywhere"),
    path("i18n/setlang/", home.choose_language, name="set_language"),
    # Programs ask for it here whatever a page says.
    path("favicon.ico", home.favicon, name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "portal.webkit.views.bad_request"
handler403 = "portal.webkit.views.permission_denied"
handler404 = "portal.webkit.views.page_not_found"
handler500 = "portal.webkit.views.server_error"
