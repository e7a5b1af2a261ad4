"""How a domain package comes into the running system: its permissions go to the engine."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DomainConfig(AppConfig):
    """Registers the package's table of permissions once the models are loaded."""

    def ready(self) -> None:
        policy = import_module("luoshi.org.policy")
        policy.register(import_module(f"{self.name}.permissions").RULES)
