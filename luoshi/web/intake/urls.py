"""Addresses of the pages of intake."""

from django.urls import path

from luoshi.web.intake import deciding, findings, pairs, views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/receive/", views.receive, name="receive"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/facts/", views.document_facts, name="document_facts"),
    path("documents/<int:pk>/repairs/", views.document_repairs, name="document_repairs"),
    path("documents/<int:pk>/repairs/<int:number>/", deciding.repair, name="repair"),
    path(
        "documents/<int:pk>/repairs/<int:number>/decide/",
        deciding.decide_repair,
        name="decide_repair",
    ),
    path(
        "documents/<int:pk>/repairs/<int:number>/withdraw/",
        deciding.withdraw_decision,
        name="withdraw_decision",
    ),
    path("site-pairs/", pairs.site_pairs, name="site_pairs"),
    path("site-pairs/<int:pk>/revoke/", pairs.revoke_pair, name="revoke_pair"),
    path("site-pairs/<int:pk>/reinstate/", pairs.reinstate_pair, name="reinstate_pair"),
    path("documents/<int:pk>/original/", views.document_original, name="document_original"),
    path("documents/<int:pk>/confirm-sure/", findings.confirm_sure, name="confirm_sure"),
    path("documents/<int:pk>/mark/", findings.mark, name="mark"),
    path("documents/<int:pk>/stand-as/", findings.stand_as, name="stand_as"),
    path("documents/<int:pk>/open/", findings.open_document, name="open_document"),
    path("documents/<int:pk>/close/", findings.close_document, name="close_document"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/confirm/", findings.confirm, name="confirm"),
    path("findings/<int:pk>/correct/", findings.correct, name="correct"),
    path("findings/<int:pk>/reject/", findings.reject, name="reject"),
]
