"""A corrected file comes after the review has begun: what was decided goes over to it."""

from __future__ import annotations

import pytest

from hopluc.documents import jobs, review
from hopluc.documents.errors import KnownFile, MixedFiles
from hopluc.documents.finding import value_of_words
from hopluc.documents.models import Item, Version
from hopluc.documents.services import header_edit, version_upload
from hopluc.documents.tests import making
from hopluc.documents.tests.making import at, with_words

GOLDEN = making.golden("thanh-hoa-2020.txt").decode()
TRAIN, DIGITAL = "bồi dưỡng cán bộ quản lý", "chuyển đổi số"


def lines(text, *marks):
    return [next(line for line in text.splitlines() if mark in line) for mark in marks]


@pytest.fixture
def reviewed(plan, hoa):
    """One accepted, one corrected, one rejected, one left."""
    for address, verb in (("II/1", review.item_accept), ("II/3", review.item_reject)):
        item = at(plan, address)
        verb(document=plan, item_id=item.pk, revision=item.revision, by=hoa)
    item = at(plan, "II/2")
    typed = {"lead": ["so-tc"], "deadline": "quý III/2026"}
    review.item_edit(document=plan, item_id=item.pk, revision=item.revision, typed=typed, by=hoa)
    return plan


def test_the_same_words_keep_their_decision_wherever_they_stand_now(reviewed, hoa):
    first, second = lines(making.TEXT, "Sở Tài chính chủ trì", TRAIN)
    moved = (
        making.TEXT.replace(first, "@")
        .replace(second, first.replace("1. ", "2. ", 1))
        .replace("@", second.replace("2. ", "1. ", 1))
    )
    version = making.corrected(reviewed, moved, by=hoa)
    assert version.carried == {"same": 8, "changed": 0, "new": 0, "dropped": 0, "from": 1}
    trained = with_words(reviewed, TRAIN)
    assert (trained.state, trained.value["at"], trained.value["lead"]) == ("accepted", "II/1", ["so-tc"])
    assert trained.value["deadline"]["end"] == "2026-09-30"
    assert version.content[slice(*trained.value["span"])] == trained.value["text"]
    assert (with_words(reviewed, "rà soát các chính sách").state, with_words(reviewed, DIGITAL).state) == (
        "accepted",
        "rejected",
    )
    assert with_words(reviewed, "chuỗi giá trị").state == "pending"


def test_reworded_dropped_and_new_items(reviewed, hoa):
    old_train, old_digital, chain = lines(making.TEXT, TRAIN, DIGITAL, "chuỗi giá trị")
    text = making.TEXT.replace(
        old_train, old_train.replace("cán bộ quản lý hợp tác xã", "cán bộ quản lý và kế toán hợp tác xã")
    )
    text = text.replace(old_digital + "\n", "").replace(
        chain, "3. Sở Y tế kiểm tra hợp tác xã y tế, hoàn thành trước ngày 30/9/2026.\n" + chain
    )
    version = making.corrected(reviewed, text, by=hoa)
    assert version.carried == {"same": 6, "changed": 1, "new": 1, "dropped": 1, "from": 1}
    reworded = with_words(reviewed, "và kế toán")
    assert reworded.state == "pending"
    assert reworded.before["lead"] == ["so-tc"]  # as it was corrected
    assert TRAIN in reworded.before["text"]
    assert with_words(reviewed, "hợp tác xã y tế").before is None
    assert with_words(reviewed, "rà soát các chính sách").state == "accepted"


def test_a_correction_goes_along_with_all_that_was_typed(reviewed, hoa):
    item = at(reviewed, "II/1")
    typed = {"text": "Rà soát chính sách hỗ trợ", "deliverable": "Báo cáo", "topic": "policy"}
    review.item_edit(document=reviewed, item_id=item.pk, revision=item.revision, typed=typed, by=hoa)
    making.corrected(reviewed, making.TEXT + "\nNơi nhận: Lưu VT.\n", by=hoa)
    now = with_words(reviewed, "Rà soát chính sách hỗ trợ")
    assert (now.state, now.value["deliverable"], now.sureness) == ("accepted", "Báo cáo", 1.0)
    assert now.found["text"].startswith("Sở Tài chính chủ trì")


def test_what_people_added_goes_along_to_be_looked_at_again(reviewed, hoa):
    value = dict(value_of_words(reviewed.versions.get(), (0, 15), "task"), text="Họp giao ban", lead=["so-tc"])
    review.item_add(document=reviewed, kind="task", value=value, by=hoa)
    version = making.corrected(reviewed, making.TEXT + "\n", by=hoa)
    added = with_words(reviewed, "Họp giao ban")
    assert (added.version, added.state, added.value["lead"]) == (version, "pending", ["so-tc"])
    assert "span" not in added.value  # its words may stand elsewhere, or nowhere
    assert (version.carried["dropped"], version.carried["new"]) == (0, 0)


def test_parts_of_a_split_item_go_along_in_its_place(reviewed, hoa):
    item = at(reviewed, "II/4")
    cut = item.value["text"].index("tổng hợp")
    first, second = review.item_split(document=reviewed, item_id=item.pk, revision=item.revision, cut=cut, by=hoa)
    review.item_accept(document=reviewed, item_id=first.pk, revision=first.revision, by=hoa)
    version = making.corrected(reviewed, "\n\n" + making.TEXT, by=hoa)
    parts = version.items.filter(origin="split")
    assert {part.value["text"]: part.state for part in parts} == {
        first.value["text"]: "accepted",
        second.value["text"]: "pending",
    }
    for part in parts:
        assert version.content[slice(*part.value["span"])] == part.value["text"]
    assert version.items.filter(kind="task").exclude(state="replaced").count() == 6
    assert (version.carried["new"], version.carried["dropped"]) == (0, 0)


def test_merged_items_do_not_come_apart(reviewed, hoa):
    items = [at(reviewed, "II/1"), at(reviewed, "II/3")]
    merged = review.items_merge(document=reviewed, seen=making.seen(items), by=hoa)
    version = making.corrected(reviewed, making.TEXT + "\n", by=hoa)
    texts = [item.value["text"] for item in version.items.filter(kind="task").exclude(state="replaced")]
    assert texts.count(merged.value["text"]) == 1
    assert len(texts) == 4


def test_the_old_version_stays_as_it_was(reviewed, hoa):
    before = [(item.pk, item.state, item.value) for item in Item.objects.order_by("pk")]
    making.corrected(reviewed, making.TEXT + "\n", by=hoa)
    old = reviewed.versions.get(number=1)
    assert [(item.pk, item.state, item.value) for item in old.items.order_by("pk")] == before


def test_a_header_that_somebody_corrected_stays(reviewed, hoa):
    header_edit(document=reviewed, by=hoa, title="Kế hoạch của tôi")
    making.corrected(reviewed, making.TEXT + "\n", by=hoa)
    reviewed.refresh_from_db()
    assert reviewed.title == "Kế hoạch của tôi"


def test_the_words_that_changed_are_marked_in_both_wordings(client, reviewed, hoa):
    making.corrected(reviewed, making.TEXT.replace("bồi dưỡng cán bộ", "bồi dưỡng <nghề> cán bộ"), by=hoa)
    client.force_login(hoa)
    page = client.get(f"/documents/{reviewed.pk}/review/").content.decode()
    assert "<ins>&lt;nghề&gt;</ins> cán bộ quản lý" in page
    assert "<del>" not in page


def test_a_true_directive_reworded_shortened_and_longer(hoa):
    made = making.document(GOLDEN, by=hoa)
    review.items_accept_sure(document=made, by=hoa)
    tasks = list(made.versions.get().items.filter(kind="task").order_by("position"))
    decided = {item.value["text"]: item.state for item in tasks}
    gone, changed = tasks[3].value, tasks[8].value
    content = made.versions.get().content
    text = content.replace(content[slice(*gone["span"])], "")
    words = content[slice(*changed["span"])]
    text = text.replace(words, words.rstrip(".;") + ", gửi kết quả bằng văn bản.")
    version = making.corrected(made, text, by=hoa)
    assert version.carried["dropped"] >= 1
    assert version.carried["changed"] >= 1
    assert version.carried["same"] >= len(tasks) - 4
    now = {item.value["text"]: item.state for item in version.items.filter(kind="task")}
    same = set(decided) & set(now)
    assert len(same) >= len(tasks) - 4
    assert {words: decided[words] for words in same} == {words: now[words] for words in same}


def test_a_file_that_cannot_be_read_leaves_the_review_where_it_is(client, reviewed, hoa):
    version = version_upload(document=reviewed, files=[making.file(b"", "b.txt")], by=hoa)
    jobs.version_read(version.pk)
    assert Version.objects.get(pk=version.pk).state == "failed"
    assert review.current_version(reviewed).number == 1
    item = Item.objects.filter(version__number=1, state="pending").first()
    review.item_accept(document=reviewed, item_id=item.pk, revision=item.revision, by=hoa)
    client.force_login(hoa)
    assert client.get(f"/documents/{reviewed.pk}/").status_code == 200


def test_the_same_file_is_no_correction(plan, hoa):
    with pytest.raises(KnownFile):
        version_upload(document=plan, files=[making.file()], by=hoa)


def test_a_sheet_does_not_correct_a_directive(plan, hoa):
    with pytest.raises(MixedFiles):
        version_upload(document=plan, files=[making.file("a", "a.xlsx")], by=hoa)
