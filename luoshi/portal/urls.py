"""Public addresses. A document is named by the first characters of its digest, an item by its number."""

from django.urls import path

from luoshi.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.column, name="column"),
    path("items/<str:code>/", views.item, name="item"),
    path("documents/<str:code>/", views.document, name="document"),
]
