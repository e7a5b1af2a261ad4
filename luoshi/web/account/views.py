"""Sign in, sign out, choose the post one acts in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.ledger import clock
from luoshi.org import queries
from luoshi.web.request import StaffRequest


class SignIn(LoginView):
    """The sign-in page; in a demo it lists who may be played."""

    template_name = "web/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["site_name"] = settings.OFFICE  # Django's own is the host's name
        context["form"].fields["username"].label = _("账号")
        if clock.is_demo():
            context["demo_logins"] = queries.demo_logins()
            context["demo_password"] = queries.DEMO_PASSWORD
        return context


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view(next_page="web:sign_in")


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The sign-in page after too many wrong passwords (axes calls this)."""
    context = {
        "locked_words": _("密码错得太多次，这个账号从这台电脑暂时不能登录。请半小时后再试。")
    }
    return render(request, "web/sign_in.html", context, status=429)


@login_required
@require_POST
def choose_post(request: StaffRequest) -> HttpResponse:
    """Act in another of one's posts from now on."""
    text = request.POST.get("post", "")
    if text.isascii() and text.isdigit():
        request.session["post"] = int(text)
    return HttpResponseRedirect(reverse("web:desk"))
