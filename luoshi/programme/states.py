"""States of programmes and items up to their issue, links, and the moves between them."""

from django.utils.translation import gettext_lazy as _

from luoshi.kernel.move import Move

LIST, REGISTER = "list", "register"
PROGRAMME_KINDS = ((LIST, _("工作清单")), (REGISTER, _("登记簿")))

DRAFT, ISSUED, SETTLED = "draft", "issued", "settled"
PROGRAMME_STATES = ((DRAFT, _("编制中")), (ISSUED, _("已印发")), (SETTLED, _("已清结")))

REGISTERED, CONCLUDED, STRUCK_OFF, CANCELLED = "registered", "concluded", "struck_off", "cancelled"
ITEM_STATES = (
    (REGISTERED, _("已立项")),
    (ISSUED, _("办理中")),
    (CONCLUDED, _("已办结")),
    (STRUCK_OFF, _("已销号")),
    (CANCELLED, _("已撤销")),
)

SIMPLE, ORDINARY, KEY = "simple", "ordinary", "key"
GRADES = ((SIMPLE, _("简易")), (ORDINARY, _("一般")), (KEY, _("重点")))

CLOSED, OPEN, WITHDRAWN = "closed", "open", "withdrawn"
PUBLICITY = ((CLOSED, _("不予公开")), (OPEN, _("主动公开")), (WITHDRAWN, _("已撤下")))

LEAD_LEADER, LEAD_UNIT, RESPONSIBLE_UNIT, COOPERATING_UNIT = (
    "lead_leader", "lead_unit", "responsible_unit", "cooperating_unit",
)  # fmt: skip
DUTY_ROLES = (
    (LEAD_LEADER, _("牵头领导")),
    (LEAD_UNIT, _("牵头单位")),
    (RESPONSIBLE_UNIT, _("责任单位")),
    (COOPERATING_UNIT, _("配合单位")),
)

ORDERED, MERGED, COVERED, GENERAL, ELSEWHERE, TO_DETAIL, FILED = (
    "ordered", "merged", "covered", "general", "elsewhere", "to_detail", "filed",
)  # fmt: skip
LINK_KINDS = (
    (ORDERED, _("已列事项")),
    (MERGED, _("并入")),
    (COVERED, _("已有事项承接")),
    (GENERAL, _("面上要求")),
    (ELSEWHERE, _("另行部署")),
    (TO_DETAIL, _("待细化")),
    (FILED, _("阅知")),
)
POINTING = (ORDERED, MERGED, COVERED)  # kinds that point at a heading or an item

OPERATORS = (("=", "="), (">=", "≥"), (">", ">"), ("<=", "≤"), ("<", "<"), ("~", _("约")))

DRAFT_PROGRAMME = Move("draft_programme", "programme.drafted", "编制", target=DRAFT)
REGISTER_ITEM = Move("register_item", "item.registered", "立项", target=REGISTERED)
LINK = Move("link", "link.made", "对应")
UNLINK = Move("unlink", "link.removed", "取消对应")
MOVES = (DRAFT_PROGRAMME, REGISTER_ITEM, LINK, UNLINK)
