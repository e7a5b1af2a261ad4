"""Addresses of the pages of delivery."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
