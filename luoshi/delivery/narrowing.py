"""What the matter list is narrowed to: words, a programme, a unit, a state, a light."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from luoshi.programme.models import Duty, Item, Listing

CODE = re.compile(r"([0-9]{4})-([0-9]{1,6})", re.ASCII)
WORDS = 5  # words of a search that count


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of items is narrowed to; empty is everything."""

    words: str = ""
    programme: int | None = None
    unit: int | None = None
    state: str = ""
    light: str = ""


def narrowed(rows: QuerySet[Item], asked: Asked) -> QuerySet[Item]:
    """Those of the items that are asked for; the light is no column and is left to the caller."""
    if asked.programme is not None:
        listed = Listing.objects.filter(heading__programme=asked.programme)
        rows = rows.filter(pk__in=listed.values("item"))
    if asked.unit is not None:
        rows = rows.filter(pk__in=Duty.objects.filter(unit=asked.unit).values("item"))
    if asked.state:
        rows = rows.filter(state=asked.state)
    for word in asked.words.split()[:WORDS]:
        rows = rows.filter(_saying(word))
    return rows


def _saying(word: str) -> Q:
    """Items whose number, requirement, heading, programme or unit holds the word."""
    code = CODE.fullmatch(word)
    if code:
        return Q(year=int(code[1]), serial=int(code[2]))
    listed = Listing.objects.filter(
        Q(heading__name__icontains=word)
        | Q(heading__programme__title__icontains=word)
        | Q(heading__programme__number__icontains=word)
    )
    given = Duty.objects.filter(Q(unit__name__icontains=word) | Q(unit__short_name__icontains=word))
    return (
        Q(requirement__icontains=word)
        | Q(measure__icontains=word)
        | Q(pk__in=listed.values("item"))
        | Q(pk__in=given.values("item"))
    )
