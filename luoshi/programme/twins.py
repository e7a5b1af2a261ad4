"""Items whose matter a directive may already have: proposed where links are made, linked by a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from luoshi.kernel.actor import Actor
from luoshi.programme.likeness import ALIKE, ALIKE_FOR_THE_SAME_UNIT, likeness, telling
from luoshi.programme.models import Duty, Item
from luoshi.programme.queries import visible_items

LOOKED_AT = 400  # items that the database narrows to; the likest of them are shown
STRETCHES = 8  # stretches of the words that it looks for
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Twin:
    """An item that may be the same matter: how alike its wording is, and whether a unit is the same."""

    item: Item
    share: float
    same_unit: bool


def twins(viewer: Actor, words: str, *, year: int, units: Collection[int]) -> list[Twin]:
    """The likest items of a year among those that the viewer may see, from any document; at most three.

    The database narrows to items that name one of the units or hold a stretch of the words.
    """
    shared = Duty.objects.filter(unit__in=units).values("item")
    narrowed = Q(pk__in=shared) if units else Q()
    for stretch in telling(words, STRETCHES):
        narrowed |= Q(requirement__contains=stretch)
    if not narrowed:
        return []
    rows = visible_items(viewer).filter(narrowed, year=year).order_by("-serial")[:LOOKED_AT]
    items = list(rows.prefetch_related("duties"))
    found = [_twin(item, words, units) for item in items]
    likest = sorted(
        (each for each in found if each.share >= _least(each)),
        key=lambda each: (-each.share, each.item.serial),
    )
    return likest[:SHOWN]


def _twin(item: Item, words: str, units: Collection[int]) -> Twin:
    same = any(duty.unit_id in units for duty in item.duties.all())
    return Twin(item, likeness(words, item.requirement), same)


def _least(twin: Twin) -> float:
    return ALIKE_FOR_THE_SAME_UNIT if twin.same_unit else ALIKE
