"""Questions about people, posts and units."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from django.core.cache import cache
from django.db import connection
from django.db.models import Q

from luoshi.kernel.actor import Actor
from luoshi.kernel.calendar import beijing_date
from luoshi.ledger import clock
from luoshi.org.matching import PERSON, POST, UNIT, Book, Known, folded
from luoshi.org.models import Account, Appointment, Grant, Holiday, Person, Post, Unit
from luoshi.org.roles import LIAISON, ROLES, UNIT_HEAD


def actor(
    account: Account, *, post: int | None = None, via: str = "cli", address: str = ""
) -> Actor:
    """The account acting in one post: the chosen one, else the first it holds today."""
    on = beijing_date(clock.now())
    held = list(
        Appointment.objects.on(on)
        .filter(person=account.person_id)
        .select_related("post__unit", "person")
    )
    chosen = next((each.post for each in held if each.post_id == post), None) or (
        held[0].post if held else None
    )
    return Actor(
        account=account.pk,
        person=account.person_id,
        post=chosen.pk if chosen else None,
        unit=chosen.unit_id if chosen else None,
        via=via,
        name=held[0].person.name if held else account.username,
        post_name=chosen.name if chosen else "",
        unit_name=chosen.unit.short_name if chosen else "",
        address=address,
        rights=_rights(Q(account=account.pk), [chosen] if chosen else [], on),
        posts=frozenset({chosen.pk} if chosen else ()),
    )


def actor_of_person(person: int) -> Actor:
    """A person with all posts held today, for whom somebody else enters an act."""
    on = beijing_date(clock.now())
    posts = [
        each.post
        for each in Appointment.objects.on(on).filter(person=person).select_related("post__unit")
    ]
    return Actor(
        account=0,
        person=person,
        rights=_rights(Q(account__person=person, account__is_active=True), posts, on),
        posts=frozenset(post.pk for post in posts),
    )


def _rights(accounts: Q, posts: list[Post], on: date) -> Mapping[str, frozenset[int]]:
    """Role -> ids of the units it covers. A grant counts when its unit is that of a post or above it."""
    paths = [post.unit.path for post in posts]
    rights: dict[str, set[int]] = {}
    for grant in Grant.objects.on(on).filter(accounts).select_related("unit"):
        if not any(path.startswith(grant.unit.path) for path in paths):
            continue
        units = rights.setdefault(grant.role, set())
        units.add(grant.unit_id)
        if grant.below:
            units.update(
                Unit.objects.filter(path__startswith=grant.unit.path).values_list("pk", flat=True)
            )
    return {role: frozenset(units) for role, units in rights.items()}


def account(username: str) -> Account | None:
    """The active account of this name."""
    return (
        Account.objects.select_related("person").filter(username=username, is_active=True).first()
    )


def units(*, on: date) -> list[Unit]:
    """All units of a day, in 建制順序."""
    return list(Unit.objects.on(on).order_by("order", "pk"))


def leader_posts() -> list[Post]:
    """Posts that answer for areas, in 領導排序, with their unit."""
    return list(
        Post.objects.filter(appointments__person__accounts__grants__role="leader")
        .select_related("unit")
        .distinct()
        .order_by("order", "pk")
    )


def holder_of(post: int, *, on: date) -> Person | None:
    """The person in a post on a day."""
    found = Appointment.objects.on(on).filter(post=post).select_related("person").first()
    return found.person if found else None


def holders_of(posts: Iterable[int], *, on: date) -> list[Person]:
    """The people in these posts on a day, in 領導排序."""
    found = Appointment.objects.on(on).filter(post__in=list(posts)).select_related("person")
    return [each.person for each in found]


def people_with(role: str, unit: Unit, *, on: date) -> list[Person]:
    """The people whose grant of a role covers the unit on a day."""
    above = [int(key) for key in unit.path.split("/") if key]
    grants = Grant.objects.on(on).filter(
        Q(unit=unit) | Q(below=True, unit__in=above), role=role, account__is_active=True
    )
    people = {
        grant.account.person_id: grant.account.person
        for grant in grants.select_related("account__person").order_by("pk")
    }
    return list(people.values())


def posts_held(person: int, *, on: date) -> list[Post]:
    """The posts a person holds on a day, with their units: between them one chooses."""
    found = Appointment.objects.on(on).filter(person=person).select_related("post__unit")
    return [each.post for each in found]


def names(
    *, people: Iterable[int], posts: Iterable[int]
) -> tuple[dict[int, str], dict[int, tuple[str, str]]]:
    """Person id -> name, and post id -> its unit's short name and its own."""
    persons = dict(Person.objects.filter(pk__in=set(people)).values_list("pk", "name"))
    rows = Post.objects.filter(pk__in=set(posts)).values_list("pk", "unit__short_name", "name")
    return persons, {key: (unit, name) for key, unit, name in rows}


def working_days() -> dict[date, bool]:
    """Dates that a notice decided: True is a working day. Another process may know a change a minute later."""
    days: dict[date, bool] | None = cache.get(_holidays_key())
    if days is None:
        days = dict(Holiday.objects.values_list("on", "working"))
        cache.set(_holidays_key(), days, HOLIDAYS_SECONDS)
    return days


def announced_years() -> frozenset[int]:
    """Years of whose holidays a notice is out: some day of theirs stands and is not provisional."""
    days = Holiday.objects.filter(provisional=False).values_list("on__year", flat=True)
    return frozenset(days.distinct())


def forget_working_days() -> None:
    """Ask the table anew: a day has been decided."""
    cache.delete(_holidays_key())


def _holidays_key() -> str:
    name = str(connection.settings_dict["NAME"])
    return f"holidays:{hashlib.sha256(name.encode()).hexdigest()}"


HOLIDAYS_SECONDS = 60
DEMO_PASSWORD = "demo-only-2023"


def demo_logins() -> list[dict[str, str]]:
    """Who may be played in a demo: role in words, name, account; nobody whose account has no password."""
    grants = Grant.objects.select_related("account__person", "unit").order_by("pk")
    labels = dict(ROLES)
    return [
        {
            "role": str(labels[grant.role]),
            "name": _shown(grant),
            "account": grant.account.username,
        }
        for grant in grants
        if grant.account.has_usable_password()
    ]


def _shown(grant: Grant) -> str:
    """The person of a grant; of a unit's people also the unit."""
    name = grant.account.person.name
    return f"{grant.unit} {name}" if grant.role in (LIAISON, UNIT_HEAD) else name


def named_otherwise(alias: str, unit: Unit) -> bool:
    """Whether another unit is called by this name, in whatever script."""
    wanted = folded(alias)
    rows = Unit.objects.exclude(pk=unit.pk).values_list("name", "short_name", "aliases")
    return any(
        wanted in map(folded, (name, short, *aliases)) for name, short, aliases in rows.iterator()
    )


def book(*, on: date) -> Book:
    """Everybody whom a name in a document can mean on a day: units, their posts, people in them."""
    units = Unit.objects.on(on).order_by("order", "pk")
    rows = list(units.values_list("pk", "name", "short_name", "aliases", "parent"))
    called = {key: (name, short) for key, name, short, _aliases, _parent in rows}
    known = [
        Known(UNIT, key, (name, short), tuple(aliases)) for key, name, short, aliases, _ in rows
    ]
    roots = [name for _key, name, _short, _aliases, parent in rows if parent is None]
    people: dict[int, str] = {}
    rows_of_posts = Post.objects.order_by("order", "pk").values_list(
        "pk", "name", "unit", "appointments__person", "appointments__person__name",
        "appointments__since", "appointments__until",
    )  # fmt: skip
    for key, name, unit, person, person_name, since, until in rows_of_posts:
        if unit not in called:
            continue
        whole = tuple(f"{each}{name}" for each in called[unit])
        known.append(Known(POST, key, whole, unit=unit))
        if person and (since is None or since <= on) and (until is None or until >= on):
            people[person] = person_name
    known += [Known(PERSON, key, (name,)) for key, name in people.items()]
    return Book(tuple(known), roots[0] if len(roots) == 1 else "")


def unit_named(name: str) -> Unit | None:
    """The unit of this name or short name."""
    return Unit.objects.filter(Q(name=name) | Q(short_name=name)).order_by("pk").first()
