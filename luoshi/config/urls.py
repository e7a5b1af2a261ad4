"""All addresses: the public pages, and behind the sign-in the staff's."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("public/", include("luoshi.portal.urls")),
    path("", include("luoshi.web.urls")),
]
handler400 = "luoshi.web.errors.bad_request"
handler403 = "luoshi.web.errors.forbidden"
handler404 = "luoshi.web.errors.not_found"
handler500 = "luoshi.web.errors.broken"
