"""/verify/: whoever holds a printed report can ask whether the portal made it (R219)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kpi.queries.report import bare, by_code
from partners.rules import certificate_code
from tickets.rules import proof


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """A field for the code of a report or of a printed record; its answer stands under an address of its own."""
    asked = request.GET.get("code", "").strip()
    if proof.shape(asked):
        return redirect("verify_record", code=asked)
    if certificate_code.named(asked) is not None:
        return redirect("verify_certificate", code=asked)
    code = bare(asked)[:24]
    return redirect("verify", code=code) if code.isalnum() else render(request, "kpi/public/verify.html")


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What the portal knows of the code; an unknown one is told in words, with 404."""
    report = by_code(code[:64])
    context = {"report": report, "code": code[:64], "asked": True}
    return render(request, "kpi/public/verify.html", context, status=200 if report else 404)
