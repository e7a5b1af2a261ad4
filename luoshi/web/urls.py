"""Addresses of the staff pages; each package of pages has its own list."""

from django.urls import include, path

from luoshi.web.account import views as account

app_name = "web"
urlpatterns = [
    path("sign-in/", account.sign_in, name="sign_in"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("post/", account.choose_post, name="choose_post"),
    path("", include("luoshi.web.intake.urls")),
    path("", include("luoshi.web.programme.urls")),
    path("", include("luoshi.web.delivery.urls")),
]
