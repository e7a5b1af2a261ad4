"""The roles that can be granted, and their words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CLERK = "clerk"
OFFICE_HEAD = "office_head"
INSPECTOR = "inspector"
VERIFIER = "verifier"
LIAISON = "liaison"
UNIT_HEAD = "unit_head"
LEADER = "leader"
SECRETARY = "secretary"
PUBLICITY = "publicity"
AUDITOR = "auditor"

ROLES = (
    (CLERK, _("收文员")),
    (OFFICE_HEAD, _("督查室主任")),
    (INSPECTOR, _("督查员")),
    (VERIFIER, _("核查人")),
    (LIAISON, _("单位联络员")),
    (UNIT_HEAD, _("单位负责人")),
    (LEADER, _("牵头领导")),
    (SECRETARY, _("领导秘书")),
    (PUBLICITY, _("宣传编辑")),
    (AUDITOR, _("审计员")),
)

# who sees every matter, whichever unit it lies with
OFFICE = (CLERK, OFFICE_HEAD, INSPECTOR, VERIFIER, AUDITOR)
