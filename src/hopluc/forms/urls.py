"""Addresses of forms, filings, cases and messages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from hopluc.forms.views import cases, definitions, editing, filings, messages, sheets

form_pages = [
    path("", definitions.listing, name="list"),
    path("definitions/<slug:code>/<int:number>/", definitions.version, name="version"),
    path("definitions/<slug:code>/draft/", editing.draft, name="draft"),
    path("definitions/<slug:code>/draft/about/", editing.about, name="draft_about"),
    path("definitions/<slug:code>/draft/part/", editing.part, name="part"),
    path("definitions/<slug:code>/draft/move/", editing.move, name="part_move"),
    path("definitions/<slug:code>/draft/remove/", editing.remove, name="part_remove"),
    path("definitions/<slug:code>/draft/publish/", editing.publish, name="publish"),
    path("definitions/<slug:code>/draft/drop/", editing.drop, name="draft_drop"),
    path("filings/", filings.listing, name="filings"),
    path("filings/<int:pk>/", filings.detail, name="filing"),
    path("filings/<int:pk>/save/", filings.save, name="save"),
    path("filings/<int:pk>/rows/add/", filings.row_add, name="row_add"),
    path("filings/<int:pk>/rows/remove/", filings.row_remove, name="row_remove"),
    path("filings/<int:pk>/rows/restore/", filings.row_restore, name="row_restore"),
    path("filings/<int:pk>/submit/", filings.submit, name="submit"),
    path("filings/<int:pk>/withdraw/", filings.withdraw, name="withdraw"),
    path("filings/<int:pk>/approve/", filings.approve, name="approve"),
    path("filings/<int:pk>/return/", filings.send_back, name="return"),
    path("filings/<int:pk>/reopen/", filings.reopen, name="reopen"),
    path("filings/<int:pk>/files/<str:path>/", filings.file, name="file"),
    path("filings/<int:pk>/excel/", sheets.download, name="sheet"),
    path("filings/<int:pk>/excel/send/", sheets.send, name="sheet_send"),
    path("filings/<int:pk>/excel/<int:sheet_id>/", sheets.look, name="sheet_look"),
    path("filings/<int:pk>/excel/<int:sheet_id>/apply/", sheets.apply, name="sheet_apply"),
]
case_pages = [
    path("", cases.listing, name="list"),
    path("new/", cases.create, name="create"),
    path("<int:pk>/", cases.detail, name="detail"),
    path("<int:pk>/pause/", cases.pause, name="pause"),
    path("<int:pk>/resume/", cases.resume, name="resume"),
    path("<int:pk>/close/", cases.close, name="close"),
]
message_pages = [
    path("", messages.listing, name="list"),
    path("outbox/", messages.outbox, name="outbox"),
    path("<int:pk>/", messages.detail, name="detail"),
    path("answer/<str:token>/", messages.answer, name="answer"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("forms/", include((form_pages, "forms"))),
    path("cases/", include((case_pages, "cases"))),
    path("messages/", include((message_pages, "messages"))),
]
