"""Addresses of the pages of programme."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
