"""After-values: what the events say of a row, exactly and comparably."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from luoshi.kernel.calendar import stamp
from luoshi.ledger.models import Recorded


def recorded_values(row: Recorded) -> dict[str, Any]:
    """All recorded values of a row, as they stand in an event's body."""
    return {name: recorded_value(row, name) for name in row.recorded}


def recorded_value(row: Recorded, name: str) -> Any:
    """One value in its exact form; of a `digested` field its SHA-256."""
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)
    value = plain(field, getattr(row, field.attname))
    if name in row.digested and value is not None:
        text = (
            value
            if isinstance(value, str)
            else json.dumps(value, ensure_ascii=False, sort_keys=True)
        )
        return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()
    return value


def plain(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as JSON can hold it exactly: dates and decimals as text, a relation as its key."""
    if value is None or isinstance(field, models.JSONField):
        return value
    value = field.to_python(value)
    if isinstance(value, Decimal):
        assert isinstance(field, models.DecimalField)
        return f"{value:.{field.decimal_places}f}"
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def misfits(row: models.Model) -> dict[str, str]:
    """Field -> code, of every value that not all databases would store, or give back, as it is."""
    found = {
        field.name: _misfit(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
    }
    return {name: code for name, code in found.items() if code}


def storable(text: str) -> bool:
    """Whether every database can hold the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _misfit(field: models.Field[Any, Any], value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, models.JSONField):
        text = json.dumps(value, ensure_ascii=False)
        return "" if storable(text) and "\\u0000" not in text else "unstorable"
    if isinstance(value, str) and not storable(value):
        return "unstorable"
    if field.choices and value not in dict(field.flatchoices):
        return "invalid_choice"
    try:
        field.run_validators(field.to_python(value))
    except ValidationError as error:
        return error.error_list[0].code or "invalid"
    return ""


def concrete_values(row: models.Model) -> dict[str, Any]:
    """Every column of a row as it is in memory, to see later which of them changed."""
    return {
        field.attname: json.dumps(plain(field, getattr(row, field.attname)), sort_keys=True)
        for field in row._meta.concrete_fields
    }
