"""Addresses of the pages of programme."""

from django.urls import path

from luoshi.web.programme import links, register, views

urlpatterns = [
    path("documents/<int:pk>/draft-programme/", views.draft_programme, name="draft_programme"),
    path("documents/<int:pk>/link/", links.link_several, name="link_several"),
    path("findings/<int:pk>/link/", links.link, name="link"),
    path("findings/<int:pk>/unlink/", links.unlink, name="unlink"),
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<int:pk>/", views.programme, name="programme"),
    path("programmes/<int:pk>/register-item/", register.register_item, name="register_item"),
]
