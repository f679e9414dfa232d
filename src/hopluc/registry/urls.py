from django.urls import URLPattern, URLResolver, path, re_path

from hopluc.registry.views import directory, duplicates, entering, importing, organisation

app_name = "registry"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", directory.directory, name="list"),
    re_path(r"^directory\.(?P<ending>xlsx|csv)$", directory.download, name="download"),
    path("new/", entering.found, name="found"),
    path("imports/", importing.lists, name="imports"),
    path("imports/registry.xlsx", importing.layout, name="layout"),
    path("imports/<int:pk>/", importing.show, name="import"),
    path("imports/<int:pk>/status/", importing.status, name="import_status"),
    path("imports/<int:pk>/columns/", importing.columns, name="import_columns"),
    path("imports/<int:pk>/again/", importing.again, name="import_again"),
    path("imports/<int:pk>/rows/<int:number>/", importing.decide, name="import_decide"),
    path("imports/<int:pk>/take/", importing.take, name="import_take"),
    path("imports/<int:pk>/undo/", importing.undo, name="import_undo"),
    path("imports/<int:pk>/list.xlsx", importing.export, name="import_export"),
    path("duplicates/", duplicates.pairs, name="duplicates"),
    path("duplicates/find/", duplicates.find, name="duplicates_find"),
    path("duplicates/<int:pk>/", duplicates.decide, name="duplicate"),
    path("communes/", entering.communes, name="communes"),
    path("<int:pk>/", organisation.organisation, name="organisation"),
    path("<int:pk>/events/new/", entering.record, name="record"),
    path("<int:pk>/facts/<slug:what>/", entering.change, name="change"),
    path("<int:pk>/figures/", entering.figures, name="figures"),
    path("<int:pk>/members/new/", entering.member, name="member_add"),
    path("<int:pk>/officers/new/", entering.officer, name="officer_add"),
    path("<int:pk>/merge/", entering.merge, name="merge"),
    path("<int:pk>/merge/choose/", entering.choose, name="choose"),
    path("<int:pk>/convert/", entering.convert, name="convert"),
    path("<int:pk>/members/", organisation.members, name="members"),
    path("members/<int:pk>/", organisation.member, name="member"),
    path("members/<int:pk>/look/", organisation.look, name="look"),
]
