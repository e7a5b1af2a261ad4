"""Addresses of the pages of delivery."""

from django.urls import path

from luoshi.web.delivery import issuing, reports, reviews, steps, views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("programmes/<int:key>/issue/", issuing.issue, name="issue"),
    path("items/", views.items, name="items"),
    path("items/matter-list.xlsx", views.matter_list, name="matter_list"),
    path("items/<str:code>/", views.item, name="item"),
    path("items/<str:code>/read/", steps.read, name="read"),
    path("items/<str:code>/enter-reading/", steps.enter_reading, name="enter_reading"),
    path("items/<str:code>/conclude/", steps.conclude, name="conclude"),
    path("items/<str:code>/strike-off/", steps.strike_off, name="strike_off"),
    path("items/<str:code>/reopen/", steps.reopen, name="reopen"),
    path("items/<str:code>/draft-wording/", steps.draft_wording, name="draft_wording"),
    path("items/<str:code>/close-to-public/", steps.close_to_public, name="close_to_public"),
    path("assignments/<int:key>/sign-for/", steps.sign_for, name="sign_for"),
    path("assignments/<int:key>/report/", reports.report, name="report"),
    path("assignments/<int:key>/verify/", steps.verify, name="verify_claim"),
    path("assignments/<int:key>/refute/", steps.refute, name="refute"),
    path("reports/<int:key>/sign/", steps.sign, name="sign"),
    path("reports/<int:key>/enter-signature/", steps.enter_signature, name="enter_signature"),
    path("reports/<int:key>/return-inside/", steps.return_inside, name="return_inside"),
    path("reports/<int:key>/review/", reviews.review, name="review"),
    path("reports/<int:key>/accept/", reviews.accept, name="accept"),
    path("reports/<int:key>/send-back/", reviews.send_back, name="send_back"),
    path("evidence/<int:key>/", views.evidence, name="evidence"),
    path("wordings/<int:key>/approve/", steps.approve_wording, name="approve_wording"),
    path("publicity/", views.publicity, name="publicity"),
    path("verify/", views.verify, name="verify"),
]
