from django.urls import URLPattern, URLResolver, path, re_path

from hopluc.registry.views import directory, entering, organisation

app_name = "registry"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", directory.directory, name="list"),
    re_path(r"^directory\.(?P<ending>xlsx|csv)$", directory.download, name="download"),
    path("new/", entering.found, name="found"),
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
