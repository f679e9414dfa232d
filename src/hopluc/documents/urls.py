from django.urls import URLPattern, URLResolver, path, re_path

from hopluc.documents.views import columns, listing, review

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.document_list, name="list"),
    path("upload/", listing.upload, name="upload"),
    path("begin/", listing.begin, name="begin"),
    path("bin/", listing.bin_list, name="bin"),
    path("<int:pk>/", listing.detail, name="detail"),
    path("<int:pk>/status/", listing.status, name="status"),
    path("<int:pk>/header/", listing.header, name="header"),
    path("<int:pk>/version/", listing.version_upload, name="version"),
    path("<int:pk>/again/", listing.read_again, name="again"),
    path("<int:pk>/stop/", listing.reading_stop, name="stop"),
    path("<int:pk>/bin/", listing.bin_put, name="bin_put"),
    path("<int:pk>/restore/", listing.bin_restore, name="restore"),
    path("<int:pk>/source/", listing.source, name="source"),
    path("<int:pk>/words/<int:number>/", listing.words, name="words"),
    path("<int:pk>/files/<int:file_id>/", listing.original, name="original"),
    path("<int:pk>/columns/", columns.page, name="columns"),
    path("<int:pk>/columns/again/", columns.again, name="columns_again"),
    path("<int:pk>/columns/take/", columns.take, name="columns_take"),
    path("<int:pk>/review/", review.page, name="review"),
    path("<int:pk>/review/changes/", review.changes, name="changes"),
    path("<int:pk>/review/add/", review.add, name="add"),
    path("<int:pk>/review/sure/", review.accept_sure, name="sure"),
    path("<int:pk>/review/undo/", review.undo, name="undo"),
    path("<int:pk>/review/deadline/", review.deadline_meaning, name="deadline"),
    path("<int:pk>/review/<int:item_id>/", review.item_card, name="card"),
    path("<int:pk>/review/<int:item_id>/edit/", review.edit, name="edit"),
    path("<int:pk>/review/<int:item_id>/split/", review.split, name="split"),
    path("<int:pk>/review/<int:item_id>/merge/", review.merge, name="merge"),
    re_path(r"^(?P<pk>\d+)/review/(?P<item_id>\d+)/(?P<verb>accept|reject|reopen)/$", review.decide, name="decide"),
]
