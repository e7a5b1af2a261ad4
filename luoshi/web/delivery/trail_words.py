"""What the ledger says of an act, in the past: event -> words. A button says the same verb as an order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from luoshi.delivery.states import REDO, SUPPLEMENT

DONE: Mapping[str, Any] = {
    "document.received": pgettext_lazy("trail", "收文"),
    "document.read": pgettext_lazy("trail", "研读"),
    "document.stands_as": pgettext_lazy("trail", "定为"),
    "document.opened": pgettext_lazy("trail", "公开原文"),
    "document.closed": pgettext_lazy("trail", "撤下原文"),
    "document.sure_confirmed": pgettext_lazy("trail", "确认无存疑的"),
    "finding.confirmed": pgettext_lazy("trail", "确认"),
    "finding.corrected": pgettext_lazy("trail", "更正"),
    "finding.rejected": pgettext_lazy("trail", "不采纳"),
    "finding.added": pgettext_lazy("trail", "人工标注"),
    "repair.decided": pgettext_lazy("trail", "判定"),
    "repair.decision_withdrawn": pgettext_lazy("trail", "撤回判定"),
    "pair.learned": pgettext_lazy("trail", "记下读音"),
    "pair.revoked": pgettext_lazy("trail", "停用读音"),
    "pair.reinstated": pgettext_lazy("trail", "恢复读音"),
    "programme.drafted": pgettext_lazy("trail", "编制"),
    "programme.issued": pgettext_lazy("trail", "印发"),
    "item.registered": pgettext_lazy("trail", "立项"),
    "item.assigned": pgettext_lazy("trail", "交办"),
    "item.read": pgettext_lazy("trail", "审阅"),
    "item.concluded": pgettext_lazy("trail", "办结"),
    "item.struck_off": pgettext_lazy("trail", "销号"),
    "item.reopened": pgettext_lazy("trail", "重新办理"),
    "item.closed_to_public": pgettext_lazy("trail", "撤下公开页"),
    "link.made": pgettext_lazy("trail", "对应"),
    "link.removed": pgettext_lazy("trail", "取消对应"),
    "assignment.signed_for": pgettext_lazy("trail", "签收"),
    "assignment.verified": pgettext_lazy("trail", "核查属实"),
    "assignment.refuted": pgettext_lazy("trail", "核查不属实"),
    "report.written": pgettext_lazy("trail", "报送进展"),
    "report.signed": pgettext_lazy("trail", "审签"),
    "report.returned_inside": pgettext_lazy("trail", "单位内退回"),
    "report.accepted": pgettext_lazy("trail", "审核通过"),
    "report.sent_back": pgettext_lazy("trail", "退回"),
    "wording.drafted": pgettext_lazy("trail", "拟公开口径"),
    "wording.approved": pgettext_lazy("trail", "审批公开口径"),
}
# what stands in brackets behind 退回
RETURNED: Mapping[str, Any] = {
    SUPPLEMENT: pgettext_lazy("trail", "退回补正"),
    REDO: pgettext_lazy("trail", "退回重办"),
}
