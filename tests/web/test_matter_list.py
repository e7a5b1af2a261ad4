"""The matter list goes out of the page that shows it, narrowed alike, and reads back as it stands."""

from __future__ import annotations

from luoshi.officialdoc.breakdown import read_breakdown
from luoshi.officialdoc.breakdown_rows import Row, rows_of
from luoshi.officialdoc.paper import Table
from luoshi.officialdoc.readers import read_paper
from luoshi.programme.models import Item
from tests.web.visiting import visitor
from tests.world import JOINT, World


def exported(world: World, name: str, query: str = "") -> tuple[str, list[Row]]:
    answer = visitor(world, name).get(f"/items/matter-list.xlsx{query}")
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content)
    (table,) = read_paper(data, "list.xlsx").blocks
    assert isinstance(table, Table)
    made = read_breakdown(table)
    assert made is not None
    return made.layout.titles[0], list(rows_of(made))


def test_every_item_of_the_list_comes_back_with_its_number_words_units_and_date(
    world: World,
) -> None:
    world.issue()
    _, rows = exported(world, "head")
    items = {item.code: item for item in Item.objects.all()}
    assert [row.register for row in rows] == sorted(items)
    for row in rows:
        item = items[row.register]
        assert row.task.text == item.requirement
        units = item.duties.filter(unit__isnull=False)
        for role in ("lead_unit", "responsible_unit", "cooperating_unit"):
            named = [str(duty.unit) for duty in units.filter(role=role)]
            assert row.owners.get(f"{role}s", []) == named
        assert row.deadline is not None
        assert row.deadline.value == str(item.due)


def test_it_is_narrowed_as_the_list_is_and_named_after_its_programme(world: World) -> None:
    item = Item.objects.order_by("pk").first()
    assert item is not None
    _, rows = exported(world, "head", f"?q={item.code}")
    assert [row.register for row in rows] == [item.code]
    programme = item.listings.get().heading.programme
    title, _ = exported(world, "head", f"?programme={programme.pk}")
    assert title == programme.title


def test_a_unit_gets_its_own_rows_alone(world: World) -> None:
    world.issue()
    assert [row.register for row in exported(world, "commerce")[1]] == [JOINT]
