"""States of documents and findings, with their words, and the moves between them."""

from django.utils.translation import gettext_lazy as _

from luoshi.kernel.move import Move

BASIS, REFERENCE = "basis", "reference"
STANDINGS = ((BASIS, _("依据文件")), (REFERENCE, _("参考报道")))

KINDS = (
    ("A", _("会议报道或讲话")),
    ("B", _("任务分解表")),
    ("C", _("工作报告或要点")),
    ("D", _("会议纪要")),
)

CLOSED, OPEN, WITHDRAWN = "closed", "open", "withdrawn"
PUBLICITY = ((CLOSED, _("不予公开")), (OPEN, _("主动公开")), (WITHDRAWN, _("已撤下")))

RECEIVED, READ = "received", "read"
DOCUMENT_STATES = ((RECEIVED, _("已收文")), (READ, _("已研读")))

PROPOSED, CONFIRMED, CORRECTED, REJECTED, ADDED = (
    "proposed", "confirmed", "corrected", "rejected", "added",
)  # fmt: skip
FINDING_STATES = (
    (PROPOSED, _("待确认")),
    (CONFIRMED, _("已确认")),
    (CORRECTED, _("已更正")),
    (REJECTED, _("不采纳")),
    (ADDED, _("人工标注")),
)
STANDING_FINDINGS = (CONFIRMED, CORRECTED, ADDED)  # what a person stands behind

FINDING_KINDS = (
    ("title", _("标题")),
    ("published", _("发布时间")),
    ("signed", _("成文日期")),
    ("doc_no", _("文号")),
    ("source", _("稿件来源")),
    ("column", _("栏目")),
    ("clicks", _("点击量")),
    ("meeting", _("会议")),
    ("person", _("参会人员")),
    ("agenda", _("议程")),
    ("honour", _("表彰表扬")),
    ("commitment", _("承诺事项")),
    ("commitment_count", _("表态发言数")),
    ("theme", _("主题年")),
    ("area", _("方面")),
    ("directive", _("任务要求")),
    ("result", _("成效")),
)

# what a page says of itself, above its text; they end within the first PAGE_HEAD characters
PAGE_FACTS = ("column", "title", "published", "clicks", "source")
PAGE_HEAD = 1_500

# what a person said of a damaged place
OFFERED, TYPED, KEPT = "offered", "typed", "kept"
CHOICES = ((OFFERED, _("选了一种读法")), (TYPED, _("自己填的")), (KEPT, _("照收到的")))
DECIDED, TAKEN_BACK = "decided", "withdrawn"
LEARNED, REVOKED = "learned", "revoked"  # of a pair of a site
PAIR_STATES = ((LEARNED, _("采用")), (REVOKED, _("已停用")))
DECISION_STATES = ((DECIDED, _("已判定")), (TAKEN_BACK, _("已撤回")))

RECEIVE = Move("receive", "document.received", "收文", target=RECEIVED)
READ_DOCUMENT = Move("read_document", "document.read", "研读", (RECEIVED,), READ)
STAND_AS = Move("stand_as", "document.stands_as", "定为", (READ,))
OPEN_DOCUMENT = Move("open_document", "document.opened", "公开原文", (READ,))
CLOSE_DOCUMENT = Move("close_document", "document.closed", "撤下原文", (READ,))

CONFIRM = Move("confirm", "finding.confirmed", "确认", (PROPOSED, REJECTED), CONFIRMED)
CORRECT = Move(
    "correct", "finding.corrected", "更正", (PROPOSED, CONFIRMED, CORRECTED, ADDED), CORRECTED
)
REJECT = Move(
    "reject", "finding.rejected", "不采纳", (PROPOSED, CONFIRMED, CORRECTED, ADDED), REJECTED
)
CONFIRM_SURE = Move("confirm_sure", "document.sure_confirmed", "确认无存疑的", (READ,))
MARK = Move("mark", "finding.added", "人工标注", (READ,))

DECIDE_REPAIR = Move("decide_repair", "repair.decided", "判定", (DECIDED, TAKEN_BACK), DECIDED)
LEARN_PAIR = Move("learn_pair", "pair.learned", "记下读音", (LEARNED,), LEARNED)
REVOKE_PAIR = Move("revoke_pair", "pair.revoked", "停用读音", (LEARNED,), REVOKED)
REINSTATE_PAIR = Move("reinstate_pair", "pair.reinstated", "恢复读音", (REVOKED,), LEARNED)
WITHDRAW_DECISION = Move(
    "withdraw_decision", "repair.decision_withdrawn", "撤回判定", (DECIDED,), TAKEN_BACK
)

MOVES = (
    RECEIVE, READ_DOCUMENT, STAND_AS, OPEN_DOCUMENT, CLOSE_DOCUMENT, CONFIRM, CORRECT, REJECT,
    CONFIRM_SURE, MARK, DECIDE_REPAIR, WITHDRAW_DECISION, LEARN_PAIR, REVOKE_PAIR, REINSTATE_PAIR,
)  # fmt: skip
