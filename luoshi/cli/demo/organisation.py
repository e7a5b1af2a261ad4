"""The demo's invented district: units, posts, people, accounts. Any likeness is chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.kernel.actor import SYSTEM
from luoshi.org import actions
from luoshi.org.models import Account, Person, Post, Unit
from luoshi.org.queries import DEMO_PASSWORD

# key, name, short name, parent, other names in documents
UNITS = (
    ("district", "望川区", "望川区", "", ()),
    ("office", "望川区督查室", "区督查室", "district", ()),
    ("publicity", "望川区委宣传部", "区委宣传部", "district", ()),
    ("housing", "望川区住房和城乡建设局", "区住建局", "district", ("住建局",)),
    ("approval", "望川区行政审批服务局", "区审批局", "district", ("行政审批局",)),
    ("farming", "望川区农业农村局", "区农业农村局", "district", ("农业农村局",)),
    ("liqiao", "黎桥街道办事处", "黎桥街道", "district", ()),
)

# account, person, post, unit of the post, role, unit of the grant, with all below, can sign in
PEOPLE = (
    ("clerk", "江若溪", "收文员", "office", "clerk", "district", True, True),
    ("office-head", "祝明远", "主任", "office", "office_head", "district", True, True),
    ("inspector", "阮知秋", "督查员", "office", "inspector", "district", True, True),
    ("verifier", "费长风", "核查员", "office", "verifier", "district", True, True),
    ("leader", "沈砚青", "副区长", "district", "leader", "district", False, True),
    ("secretary", "柏小满", "秘书", "district", "secretary", "district", True, True),
    ("publicity", "骆晚晴", "编辑", "publicity", "publicity", "district", True, True),
    ("auditor", "冷如松", "审计员", "district", "auditor", "district", True, True),
    ("housing", "丁可", "联络员", "housing", "liaison", "housing", False, True),
    ("housing-head", "贺兰亭", "局长", "housing", "unit_head", "housing", False, True),
    ("approval", "车晓", "联络员", "approval", "liaison", "approval", False, True),
    ("approval-head", "闻人越", "局长", "approval", "unit_head", "approval", False, True),
    ("farming", "谷雨生", "联络员", "farming", "liaison", "farming", False, True),
    # a head who signs on paper: nobody can sign in as him, his liaison enters it for him
    ("farming-head", "田野", "局长", "farming", "unit_head", "farming", False, False),
    ("liqiao", "桥安", "联络员", "liqiao", "liaison", "liqiao", False, True),
    ("liqiao-head", "黎明", "主任", "liqiao", "unit_head", "liqiao", False, True),
)

# 2023: what the notice on that year's holidays decided around the demo's dates
HOLIDAYS = (
    (date(2023, 1, 28), True, "春节调休上班"),
    (date(2023, 1, 29), True, "春节调休上班"),
    (date(2023, 4, 5), False, "清明节"),
    (date(2023, 4, 23), True, "劳动节调休上班"),
    (date(2023, 5, 1), False, "劳动节"),
    (date(2023, 5, 2), False, "劳动节"),
    (date(2023, 5, 3), False, "劳动节"),
    (date(2023, 5, 6), True, "劳动节调休上班"),
    (date(2023, 6, 22), False, "端午节"),
    (date(2023, 6, 23), False, "端午节"),
    (date(2023, 6, 25), True, "端午节调休上班"),
    (date(2023, 9, 29), False, "中秋节、国庆节"),
    (date(2023, 10, 2), False, "国庆节"),
    (date(2023, 10, 3), False, "国庆节"),
    (date(2023, 10, 4), False, "国庆节"),
    (date(2023, 10, 5), False, "国庆节"),
    (date(2023, 10, 6), False, "国庆节"),
    (date(2023, 10, 7), True, "国庆节调休上班"),
    (date(2023, 10, 8), True, "国庆节调休上班"),
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """What the story needs of the district, each by its key."""

    units: Mapping[str, Unit]
    posts: Mapping[str, Post]
    people: Mapping[str, Person]
    accounts: Mapping[str, Account]


def build() -> Organisation:
    """The district, made through the real actions."""
    units: dict[str, Unit] = {}
    for order, (key, name, short, parent, aliases) in enumerate(UNITS, start=1):
        units[key] = actions.add_unit(
            name,
            by=SYSTEM,
            short_name=short,
            parent=units.get(parent),
            order=order,
            aliases=aliases,
        )
    posts: dict[str, Post] = {}
    people: dict[str, Person] = {}
    accounts: dict[str, Account] = {}
    for order, (key, name, post, unit, role, granted, below, signs_in) in enumerate(
        PEOPLE, start=1
    ):
        people[key] = actions.add_person(name, by=SYSTEM)
        posts[key] = actions.add_post(units[unit], post, by=SYSTEM, order=order)
        actions.appoint(people[key], posts[key], by=SYSTEM)
        password = DEMO_PASSWORD if signs_in else None
        accounts[key] = actions.open_account(people[key], key, by=SYSTEM, password=password)
        actions.grant_role(accounts[key], role, units[granted], by=SYSTEM, below=below)
    for day, working, name in HOLIDAYS:
        actions.set_holiday(day, working=working, name=name, by=SYSTEM)
    return Organisation(units, posts, people, accounts)
