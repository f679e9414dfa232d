from django.urls import URLPattern, URLResolver, path

from hopluc.reports.views import paper, report, rounds, writing

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", rounds.listing, name="list"),
    path("new/", rounds.create, name="open"),
    path("<int:pk>/", rounds.detail, name="round"),
    path("<int:pk>/round.xlsx", rounds.download, name="export"),
    path("<int:pk>/reminder.docx", rounds.reminder, name="reminder"),
    path("<int:pk>/remind/", rounds.remind, name="remind"),
    path("<int:pk>/call/", rounds.call, name="call"),
    path("<int:pk>/close/", rounds.close, name="close"),
    path("<int:pk>/reopen/", rounds.reopen, name="reopen"),
    path("<int:pk>/compile/", report.begin, name="begin"),
    path("<int:pk>/text/", report.text, name="text"),
    path("<int:pk>/figures/", report.figures, name="figures"),
    path("<int:pk>/figures/<str:path>/", report.cell, name="cell"),
    path("<int:pk>/figures/<str:path>/pick/", writing.pick, name="pick"),
    path("<int:pk>/gate/", report.gate, name="gate"),
    path("<int:pk>/gate/explain/", writing.explain, name="explain"),
    path("<int:pk>/document/", paper.paper, name="paper"),
    path("<int:pk>/document/letter/", paper.letter, name="letter"),
    path("<int:pk>/document/sign/", paper.sign, name="sign"),
    path("<int:pk>/document/edition/", paper.edition_begin, name="edition_begin"),
    path("<int:pk>/document/template/", paper.template, name="template"),
    path("<int:pk>/document/editions/<int:number>.docx", paper.edition, name="edition"),
    path("<int:pk>/report.docx", paper.word, name="word"),
    path("<int:pk>/report.pdf", paper.pdf, name="pdf"),
    path("<int:pk>/annex.xlsx", paper.annex_sheet, name="annex"),
    path("<int:pk>/print/", paper.printed, name="print"),
    path("<int:pk>/passages/add/", writing.add, name="passage_add"),
    path("<int:pk>/passages/<int:passage_id>/save/", writing.save, name="passage_save"),
    path("<int:pk>/passages/<int:passage_id>/move/", writing.move, name="passage_move"),
    path("<int:pk>/passages/<int:passage_id>/remove/", writing.remove, name="passage_remove"),
    path("<int:pk>/calls/<int:call_id>/remind/", rounds.remind_one, name="remind_one"),
    path("<int:pk>/calls/<int:call_id>/extend/", rounds.extend, name="extend"),
]
