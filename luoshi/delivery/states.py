"""States of assignments, reports and public wordings, and the moves from issue to strike-off."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from luoshi.kernel.move import Move
from luoshi.programme.states import CONCLUDED, DRAFT, ISSUED, REGISTERED, STRUCK_OFF

TO_SIGN_FOR, WORKING, CLAIMED, ACCEPTED, VERIFIED = (
    "to_sign_for", "working", "claimed", "accepted", "verified",
)  # fmt: skip
ASSIGNMENT_STATES = (
    (TO_SIGN_FOR, _("待签收")),
    (WORKING, _("办理中")),
    (CLAIMED, _("申请办结")),
    (ACCEPTED, _("审核通过")),
    (VERIFIED, _("已核查")),
)

WRITTEN, SIGNED, SENT_BACK = "written", "signed", "sent_back"
REPORT_STATES = (
    (WRITTEN, _("待审签")),
    (SIGNED, _("待审核")),
    (ACCEPTED, _("审核通过")),
    (SENT_BACK, _("已退回")),
)

SUPPLEMENT, REDO = "supplement", "redo"
RETURNS = ((SUPPLEMENT, _("退回补正")), (REDO, _("退回重办")))

SITE, PAPERS, INTERVIEW = "site", "papers", "interview"
METHODS = ((SITE, _("实地查看")), (PAPERS, _("查阅资料")), (INTERVIEW, _("走访询问")))

WORDED, APPROVED, REPLACED = "worded", "approved", "replaced"
WORDING_STATES = ((WORDED, _("待审批")), (APPROVED, _("已审批")), (REPLACED, _("已替换")))

ISSUE = Move("issue", "programme.issued", gettext_noop("印发"), (DRAFT,), ISSUED)
ASSIGN = Move("assign", "item.assigned", gettext_noop("交办"), (REGISTERED,), ISSUED)
SIGN_FOR = Move("sign_for", "assignment.signed_for", gettext_noop("签收"), (TO_SIGN_FOR,), WORKING)
REPORT = Move("report", "report.written", gettext_noop("报送进展"), target=WRITTEN)
SIGN = Move("sign", "report.signed", gettext_noop("审签"), (WRITTEN,), SIGNED)
RETURN_INSIDE = Move(
    "return_inside", "report.returned_inside", gettext_noop("单位内退回"), (WRITTEN,), SENT_BACK
)
ACCEPT = Move("accept", "report.accepted", gettext_noop("审核通过"), (SIGNED,), ACCEPTED)
SEND_BACK = Move("send_back", "report.sent_back", gettext_noop("退回"), (SIGNED,), SENT_BACK)
VERIFY = Move("verify", "assignment.verified", gettext_noop("核查属实"), (ACCEPTED,), VERIFIED)
REFUTE = Move("refute", "assignment.refuted", gettext_noop("核查不属实"), (ACCEPTED,), WORKING)
READ = Move("read", "item.read", gettext_noop("审阅"), (ISSUED,))
CONCLUDE = Move("conclude", "item.concluded", gettext_noop("办结"), (ISSUED,), CONCLUDED)
STRIKE_OFF = Move("strike_off", "item.struck_off", gettext_noop("销号"), (CONCLUDED,), STRUCK_OFF)
REOPEN = Move("reopen", "item.reopened", gettext_noop("重新办理"), (CONCLUDED, STRUCK_OFF), ISSUED)
DRAFT_WORDING = Move("draft_wording", "wording.drafted", gettext_noop("拟公开口径"), target=WORDED)
APPROVE_WORDING = Move(
    "approve_wording", "wording.approved", gettext_noop("审批公开口径"), (WORDED,), APPROVED
)
CLOSE_TO_PUBLIC = Move("close_to_public", "item.closed_to_public", gettext_noop("撤下公开页"))

MOVES = (
    ISSUE, ASSIGN, SIGN_FOR, REPORT, SIGN, RETURN_INSIDE, ACCEPT, SEND_BACK, VERIFY, REFUTE, READ,
    CONCLUDE, STRIKE_OFF, REOPEN, DRAFT_WORDING, APPROVE_WORDING, CLOSE_TO_PUBLIC,
)  # fmt: skip
