"""The organisation comes from a workbook: dry, whole or not at all, twice without doubling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from luoshi.kernel.actor import SYSTEM
from luoshi.ledger.audit import audit
from luoshi.officialdoc.paper import Cell, Table
from luoshi.org import actions as org
from luoshi.org import queries
from luoshi.org.models import Account, Appointment, GroupMember, Unit, UnitGroup
from luoshi.org.register import Outcome, import_register, sheets
from tests.together import everything
from tests.world import HOUSING, TODAY, World

UNITS = [
    ["单位全称", "简称", "别名", "上级单位", "建制顺序"],
    ["青禾县", "县", "", "", "1"],
    ["青禾县交通运输局", "县交通局", "县交运局、交通局", "青禾县", "12"],
    ["青禾县第一街道", "一街道", "", "县", "31"],
    ["青禾县第二街道", "二街道", "", "县", "32"],
]
GROUPS = [["组名", "成员"], ["各街道", "一街道、青禾县第二街道"]]
POSTS = [["单位", "职务", "排序"], ["县", "副县长", "3"]]
PEOPLE = [
    ["姓名", "单位", "职务", "任职日期", "离任日期", "账号", "角色", "授权单位", "含下级"],
    ["陆长川", "县", "副县长", "2021年3月1日", "", "lu", "牵头领导", "县", "是"],
    ["程小满", "县交通局", "联络员", "", "", "cheng", "单位联络员", "", ""],
]


def tables(given: Mapping[str, Sequence[Sequence[str]]]) -> list[Table]:
    return [
        Table(tuple(tuple(map(Cell, row)) for row in rows), sheet) for sheet, rows in given.items()
    ]


WHOLE = {"单位": UNITS, "单位组": GROUPS, "职务": POSTS, "人员": PEOPLE}


def take(
    given: Mapping[str, Sequence[Sequence[str]]], *, dry: bool = False, on: date = TODAY
) -> Outcome:
    return import_register(tables(given), by=SYSTEM, on=on, dry=dry)


@pytest.mark.both
def test_a_workbook_makes_the_organisation_and_again_changes_nothing(world: World) -> None:
    outcome = take(WHOLE)
    assert outcome.problems == []
    assert outcome.accounts == ["lu", "cheng"]
    bureau = Unit.objects.get(name="青禾县交通运输局")
    assert (bureau.short_name, bureau.aliases, bureau.order) == (
        "县交通局",
        ["县交运局", "交通局"],
        12,
    )
    assert bureau.parent == Unit.objects.get(name="青禾县")
    members = GroupMember.objects.filter(group__name="各街道").values_list(
        "unit__short_name", flat=True
    )
    assert sorted(members) == ["一街道", "二街道"]
    lu = queries.actor(Account.objects.get(username="lu"))
    assert lu.post_name == "副县长"
    assert bureau.pk in lu.rights["leader"]
    before = everything()
    again = take(WHOLE)
    assert (again.changes, again.problems, again.unchanged) == ([], [], 8)
    assert everything() == before
    assert audit().whole


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(world: World) -> None:
    before = everything()
    dry = take(WHOLE, dry=True)
    assert everything() == before
    assert dry.changes == take(WHOLE).changes


@pytest.mark.parametrize(
    ("sheet", "row", "code", "cell"),
    [
        ("单位", ["青禾县水利局", "", "", "没有的单位", "9"], "no_such_unit", "单位!D6"),
        ("单位", ["青禾县水利局", "", "", "县", "第九"], "not_a_number", "单位!E6"),
        ("单位", ["青禾县交通运输局", "", "", "", ""], "twice_in_sheet", "单位!A6"),
        ("单位组", ["各镇", "无此镇"], "no_such_unit", "单位组!B3"),
        ("人员", ["某人", "县", "科员", "2021年13月1日", "", "", "", "", ""], "not_a_date", "人员!D4"),
        ("人员", ["某人", "县", "科员", "", "", "mou", "皇帝", "", ""], "unknown_role", "人员!G4"),
        ("人员", ["某人", "县", "科员", "", "", "lu", "", "", ""], "username_taken", "人员!F4"),
        ("人员", ["某人", "县", "科员", "", "", "", "牵头领导", "", ""], "required", "人员!A4"),
    ],
)  # fmt: skip
def test_one_wrong_cell_is_named_and_nothing_is_kept(
    world: World, sheet: str, row: list[str], code: str, cell: str
) -> None:
    before = everything()
    outcome = take(WHOLE | {sheet: [*WHOLE[sheet], row]})
    assert [(problem.code, problem.cell) for problem in outcome.problems] == [(code, cell)]
    assert everything() == before


@pytest.mark.parametrize(
    "given", [{"别的": [["一", "二"]]}, {"单位": [["甲", "乙"], ["丙", "丁"]]}, {}]
)
def test_a_workbook_that_says_nothing_of_an_organisation_is_a_problem(
    world: World, given: dict[str, list[list[str]]]
) -> None:
    assert [problem.code for problem in take(given).problems] in (
        ["no_known_sheet"], ["heads_missing"],
    )  # fmt: skip


def test_what_goes_out_comes_in_again_and_changes_nothing(world: World) -> None:
    take(WHOLE)
    out = {name: [list(heads), *map(list, rows)] for name, heads, rows in sheets(on=TODAY)}
    again = take(out)
    assert (again.changes, again.problems) == ([], [])
    assert again.unchanged > 20


def test_a_group_with_other_members_keeps_the_old_ones_until_the_day_before(world: World) -> None:
    take(WHOLE)
    on = date(2023, 12, 1)
    outcome = take({"单位组": [["组名", "成员"], ["各街道", "一街道"]]}, on=on)
    assert [change.verb for change in outcome.changes] == ["set_members"]
    members = GroupMember.objects.filter(group=UnitGroup.objects.get(name="各街道"))
    assert [m.unit.short_name for m in members.on(on)] == ["一街道"]
    assert len(members.on(date(2023, 11, 30))) == 2


def test_a_new_holder_of_a_post_leaves_the_old_one_his_time(world: World) -> None:
    take(WHOLE)
    take({"人员": [
        PEOPLE[0],
        ["陆长川", "县", "副县长", "2021年3月1日", "2023年10月31日", "lu", "", "", ""],
        ["江远", "县", "副县长", "2023年11月1日", "", "jiang", "牵头领导", "县", "是"],
    ]})  # fmt: skip
    post = Appointment.objects.get(person__name="江远").post
    for day, name in ((date(2023, 10, 31), "陆长川"), (date(2023, 11, 1), "江远")):
        holder = queries.holder_of(post.pk, on=day)
        assert holder is not None
        assert holder.name == name


@pytest.mark.both
def test_a_renamed_unit_ends_and_its_successor_begins(world: World) -> None:
    old = world.unit(HOUSING)
    new = org.add_unit("区住房和城市更新局", by=SYSTEM, parent=old.parent, order=old.order)
    day = date(2023, 11, 1)
    made = org.change_units(
        "renamed", by=SYSTEM, decision="区编发〔2023〕5号", on=day, before=[old], after=[new]
    )
    assert [(part.unit_id, part.successor) for part in made.parts.order_by("pk")] == [
        (old.pk, False), (new.pk, True),
    ]  # fmt: skip
    assert old not in queries.units(on=day)
    assert old in queries.units(on=date(2023, 10, 31))
    assert new in queries.units(on=day)
    assert audit().whole


@pytest.mark.parametrize(
    ("kind", "before", "after", "field"),
    [("renamed", 2, 1, "before"), ("merged", 2, 2, "after"), ("divided", 1, 0, "after"), ("gone", 1, 1, "kind")],
)  # fmt: skip
def test_a_change_that_does_not_add_up_is_refused(
    world: World, kind: str, before: int, after: int, field: str
) -> None:
    units = list(Unit.objects.order_by("pk"))
    state = everything()
    with pytest.raises(org.Invalid) as refused:
        org.change_units(
            kind,
            by=SYSTEM,
            decision="文",
            on=TODAY,
            before=units[1 : 1 + before],
            after=units[3 : 3 + after],
        )
    assert field in refused.value.fields
    assert everything() == state


def test_a_unit_moved_takes_all_below_it_along_and_never_stands_below_itself(world: World) -> None:
    take(WHOLE)
    county, bureau = (Unit.objects.get(short_name=name) for name in ("县", "县交通局"))
    office = org.add_unit("运管所", by=SYSTEM, parent=bureau)
    street = Unit.objects.get(short_name="一街道")
    org.amend_unit(bureau, by=SYSTEM, seen=bureau.version, parent=street)
    office.refresh_from_db()
    assert office.path == f"{county.pk}/{street.pk}/{bureau.pk}/{office.pk}/"
    with pytest.raises(org.Invalid):
        org.amend_unit(county, by=SYSTEM, seen=county.version, parent=street)
    assert audit().whole
