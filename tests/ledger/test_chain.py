"""The form of an event is fixed: a golden file keeps it, and both databases keep its words exactly."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.kernel.actor import SYSTEM
from luoshi.kernel.calendar import now
from luoshi.ledger import chain
from luoshi.ledger.append import append
from luoshi.ledger.models import EventBody
from tests.databases import Database

GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parent / "golden" / "event-1.json").read_text("ascii")
)
GIVEN, EXPECTED = GOLDEN["given"], GOLDEN["expected"]


def test_the_header_has_the_golden_bytes() -> None:
    assert chain.header_bytes(GIVEN["header"]).decode("ascii") == EXPECTED["header_bytes"]


def test_the_body_has_the_golden_text() -> None:
    assert chain.body_text(GIVEN["body"]) == EXPECTED["body_text"]


def test_digest_tag_and_seal_are_the_golden_ones() -> None:
    key = bytes.fromhex(GIVEN["key_bytes"])
    assert chain.digest(GIVEN["salt"], EXPECTED["body_text"]) == EXPECTED["digest"]
    assert GIVEN["header"]["digest"] == EXPECTED["digest"]
    assert chain.tag(GIVEN["header"], key) == EXPECTED["tag"]
    assert chain.seal(GIVEN["header"], EXPECTED["tag"]) == EXPECTED["seal"]


def test_the_order_of_the_headers_fields_is_the_golden_one() -> None:
    assert list(chain.HEADER) == GOLDEN["order"]


@pytest.mark.parametrize("field", chain.HEADER)
def test_every_field_of_the_header_changes_tag_and_seal(field: str) -> None:
    key = bytes.fromhex(GIVEN["key_bytes"])
    header = GIVEN["header"]
    other = {**header, field: "sha512" if field == "algorithm" else f"{header[field]}0"}
    assert chain.tag(other, key) != EXPECTED["tag"]
    assert chain.seal(other, EXPECTED["tag"]) != EXPECTED["seal"]


def test_moving_a_character_from_one_field_to_the_next_changes_the_bytes() -> None:
    one = {**GIVEN["header"], "stream": "item:1", "sequence": 23}
    two = {**GIVEN["header"], "stream": "item:12", "sequence": 3}
    assert chain.header_bytes(one) != chain.header_bytes(two)


@pytest.mark.parametrize("body", [{"a": 1.5}, {"a": [1, {"b": 0.1}]}, {"a": (2.0,)}])
def test_a_body_with_a_float_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="floats"):
        chain.body_text(body)


@pytest.mark.both
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20))
def test_the_database_gives_back_exactly_the_words_that_were_hashed(
    database: Database, texts: list[str]
) -> None:
    with transaction.atomic():
        event = append(
            f"test:{secrets.token_hex(8)}", "tested", "", {"words": texts},
            by=SYSTEM, act="0" * 32, at=now(),
        )  # fmt: skip
    body = EventBody.objects.get(pk=event.pk)
    assert body.body is not None
    assert body.salt is not None
    assert json.loads(body.body)["words"] == texts
    assert body.body == chain.body_text(json.loads(body.body))
    assert chain.digest(body.salt, body.body) == event.digest
