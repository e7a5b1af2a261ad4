"""What can go wrong, as codes and values; the edge (web, api, cli) turns them into words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class LuoshiError(Exception):
    """A refusal that a person may read. `code` names the wording, `values` fill it in."""

    status = 500

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, Any] = values

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value}" for key, value in self.values.items())
        return f"{self.code} ({shown})" if shown else self.code


class NotFound(LuoshiError):
    """The row is not there, or not there for this viewer."""

    status = 404


class NotAllowed(LuoshiError):
    """This actor may not do this; `code` is the reason of the Verdict."""

    status = 403


class WrongState(LuoshiError):
    """The row is in a state that this verb does not start from."""

    status = 409


class Stale(LuoshiError):
    """The row has changed since the person saw it."""

    status = 409


class KeyReused(LuoshiError):
    """The same once-key came again with other content."""

    status = 409


class Invalid(LuoshiError):
    """What was typed does not fit; `fields` maps each field to the code of its message."""

    status = 422

    def __init__(
        self, code: str = "invalid", *, fields: Mapping[str, str] | None = None, **values: Any
    ) -> None:
        super().__init__(code, **values)
        self.fields: Mapping[str, str] = fields or {}
