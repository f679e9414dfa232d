"""Search and order of Vietnamese in the database, the same on any PostgreSQL."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from hopluc.core.folding import fold
from hopluc.core.search import search_query
from hopluc.core.sorting import sort_key
from hopluc.units.models import Body
from hopluc.units.selectors import bodies_named
from hopluc.units.services import body_named

VIETNAMESE = "aăâáàảãạấầẩẫậắằẳẵặbcdđeêéèẻẽẹếềểễệghiíìỉĩịklmnoôơóòỏõọốồổỗộớờởỡợpqrstuưúùủũụứừửữựvxyýỳỷỹỵ "


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("so tai chinh", True),
        ("Sở Tài chính", True),
        ("sơ tài chính", False),  # marks that are typed must stand there
        ("TÀI chinh", True),
        ("tai ch", True),  # the beginning of a word
        ("stc", True),  # another name
        ("tài & chính | !", True),  # what PostgreSQL would take for operators
        ("'", None),
        ("kế hoạch", False),
    ],
)
def test_a_body_is_found_with_and_without_marks(typed: str, found: bool | None):
    query = search_query(typed)
    if found is None:
        assert query is None
    else:
        assert Body.objects.filter(key="so-tc", words=query).exists() is found


@pytest.mark.django_db
def test_the_nearest_name_comes_first():
    assert [body.key for body in bodies_named("so tai chinh")[:1]] == ["so-tc"]
    assert bodies_named("").count() == Body.objects.filter(listed=True).count()


@pytest.mark.django_db
def test_a_typed_name_becomes_the_body_that_it_names_or_a_new_one():
    assert body_named("so-tc") == "so-tc"
    assert body_named("new:Sở Tài chính") == "so-tc"
    key = body_named("new:Hội Những người yêu hợp tác xã")
    assert not Body.objects.get(key=key).listed
    assert Body.objects.get(key=key).name == "Hội Những người yêu hợp tác xã"
    assert body_named("new:Hội Những người yêu hợp tác xã") == key


@pytest.mark.django_db
@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper(), max_size=30))
def test_python_and_the_database_fold_alike(text: str):
    with connection.cursor() as cursor:
        cursor.execute("select vn_fold(%s)", [text])
        assert cursor.fetchone()[0] == fold(text)


@pytest.mark.django_db
def test_rows_come_in_vietnamese_order():
    names = ["Yên Bái", "Ân Thi", "An Giang", "Ánh Sáng", "Đức Thọ", "Dương Minh", "Đắk Lắk", "ăn ở", "Êm", "Em"]
    Body.objects.bulk_create(Body(key=f"x-{turn}", name=name) for turn, name in enumerate(names))
    found = Body.objects.filter(key__startswith="x-").order_by("sort_key").values_list("name", flat=True)
    wanted = ["An Giang", "Ánh Sáng", "ăn ở", "Ân Thi", "Dương Minh", "Đắk Lắk", "Đức Thọ", "Em", "Êm", "Yên Bái"]
    assert list(found) == wanted


@given(st.text(max_size=60))
def test_any_text_has_an_ascii_key(text: str):
    assert sort_key(text).isascii()
