"""A world to walk in: provinces with agencies that stand to one another in every way, each with a draft and a plan.

In each province, seen from its finance department (`own`): an agency below it, one beside it, one of a province that was
merged into this one, one of whose work it took over a field, and one that gives it a part in a plan from outside. Whoever looks
holds a post at `own` of the first province, in each of the roles, or none, or one that is over or yet to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from hopluc.accounts.models import PeopleImport, Role, User
from hopluc.accounts.services import INSTALLATION, post_give
from hopluc.core.files import file_store
from hopluc.core.models import SpecialDay
from hopluc.core.special_days import special_day_events, special_day_save
from hopluc.documents.models import Document, Reader, SourceFile, Version
from hopluc.documents.reader import open_sheet
from hopluc.documents.review import current_version, item_add
from hopluc.documents.services import document_begin, document_bin, document_upload
from hopluc.documents.shaping import BLANK
from hopluc.forms.cases import CaseRule, case_open
from hopluc.forms.filing_sheets import filing_sheet_receive, filing_spec
from hopluc.forms.loading import forms_load
from hopluc.forms.messaging import message_send
from hopluc.forms.models import Filing
from hopluc.forms.services import Asked, Period, Subject, filing_open, version_in_force
from hopluc.forms.sheets import sheet_make
from hopluc.indicators.models import Indicator, Value
from hopluc.indicators.periods import period_of
from hopluc.plans.desk.workbook import work_sheet_receive, work_spec
from hopluc.plans.groups import group_create, member_add
from hopluc.plans.models import Answer, Concern, Evidence, Line, Occurrence, Plan, Request, Task
from hopluc.plans.services import plan_issue
from hopluc.plans.steering import committee_found, seat_add
from hopluc.plans.working.feeds import feed_make
from hopluc.registry.fact_kinds import number_of
from hopluc.registry.models import (
    Delegate,
    Event,
    Fact,
    ImportRow,
    LikePair,
    ListImport,
    Membership,
    Organisation,
    Party,
    Proposal,
)
from hopluc.reports.models import Call, Campaign, Passage, Report
from hopluc.units import frozen
from hopluc.units.models import Agency, Lineage, Unit
from hopluc.units.services import agency_ensure, bodies_ensure, unit_ensure
from hopluc.units.tests.places import DEPARTMENTS, PROVINCES, agency, hand_over

HERE, THERE = "tỉnh Thái Nguyên", "tỉnh Lạng Sơn"
WHERES = ("own", "below", "beside", "merged", "divided")  # how an agency stands to `own` of its province
DAY = timedelta(days=1)
ROLES = {role.value: role for role in Role}
SHEET = "TT;Nhiệm vụ;Chủ trì;Hạn\n1;Rà soát hợp tác xã {mark};Sở Tài chính;30/6/2025\n"
WORDS = "Rà soát hợp tác xã ngừng hoạt động"


@dataclass(frozen=True, slots=True)
class Held:
    """What an agency has; `marks` are words that stand in one thing alone, and on every page that shows it."""

    agency: Agency
    things: dict[str, int | str]
    marks: dict[str, str]  # by kind of thing: draft, issued, sheet, binned, filing, case
    asker: int | None = None  # the agency that asked for its filing


@dataclass(frozen=True, slots=True)
class World:
    people: dict[str, User]  # whoever looks, by name
    held: dict[str, Held]  # by province and where: `own`, `Lạng Sơn: own`
    common: dict[str, int | str] = field(default_factory=dict)  # things that are nobody's

    @property
    def things(self) -> dict[str, int | str]:
        """What addresses name, for somebody at `own`."""
        return {**self.common, **self.held["own"].things}


def build(provinces: Iterable[str] = (HERE, THERE), *, whole: bool = False) -> World:
    """Of the first province all, of the others what is foreign, and what a part was given in; `whole`: all of each."""
    marks = (f"HL{number:04}" for number in count(1))
    forms_load()
    held: dict[str, Held] = {}
    people: dict[str, User] = {}
    places = list(provinces)
    for turn, province in enumerate(places):
        before = "" if not turn else f"{province.partition(' ')[2]}: "
        wheres = WHERES if whole or not turn else ("own",)
        agencies = _agencies(province, wheres)
        held |= {
            f"{before}{where}": _held(at, f"{before}{where}", marks, agencies["own"] if where == "beside" else None)
            for where, at in agencies.items()
        }
        if whole or not turn:
            people |= {f"{before}{who}": user for who, user in _people(agencies, before).items()}
    for turn, province in enumerate(places):
        giver = places[(turn + 1) % len(places)]
        if whole or not turn:
            name = f"{giver.partition(' ')[2]}: given to {province.partition(' ')[2]}"
            held[name] = _given(giver, agency_ensure(key="so-tc", province=province), name, marks)
    for each in held.values():
        each.things.update(_worked(each))
    own = held["own"].things
    own["delegate"] = Delegate.objects.create(user=people["cooperative"], organisation_id=own["organisation"]).pk
    held["own"].things["import"] = PeopleImport.objects.create(by=people["administrator"], name="co-quan.xlsx").pk
    held["own"].things["received"] = _received(held["own"], people["officer"])
    held["own"].things["workbook"] = _workbook(held["own"], people["officer"])
    return World(people, held, _common(held["own"].agency, people["administrator"]))


def _common(agency: Agency, by: User) -> dict[str, int | str]:
    """What everybody of a right may name, whoever entered it."""
    assert agency.unit
    special = special_day_save(entry=SpecialDay(day=date(2027, 6, 1), kind="off", name="Nghỉ bão"), by=by.pk)
    step = special_day_events().get().pk
    return {
        "special_day": special.pk,
        "step": step,
        "any_unit": agency.unit.key,
        "any_agency": agency.pk,
        "any_indicator": _indicator().pk,
        "any_organisation": Organisation.objects.order_by("pk")[0].pk,
    }


def _agencies(province: str, wheres: Iterable[str]) -> dict[str, Agency]:
    own = agency_ensure(key="so-tc", province=province)
    found = {"own": own}
    if "below" not in wheres:
        return found
    assert own.unit
    row = next(row for row in frozen.units() if row.key == own.unit.key)
    lost, old = _before(own.unit)
    finance_lost, finance_old = agency("so-tc", lost), agency("so-tc", old)
    labour = agency("so-ldtbxh", old, end=DEPARTMENTS)
    hand_over(labour, finance_old, on=DEPARTMENTS, field="giáo dục nghề nghiệp")
    for source in (finance_lost, finance_old):
        hand_over(source, own)
    below = agency("chi-cuc", own.unit, above=own)
    beside = agency_ensure(key="lmhtx-tinh", province=row.full_name)
    return found | {"below": below, "beside": beside, "merged": finance_lost, "divided": labour}


def _before(now: Unit) -> tuple[Unit, Unit]:
    """Two of the provinces that became this one; the last bore its name."""
    rows = {row.key: row for row in frozen.units()}
    before = sorted(
        (unit_ensure(rows[link.source]) for link in frozen.lineage() if link.target == now.key),
        key=lambda unit: unit.name == now.name,
    )
    for unit in before:
        Lineage.objects.create(source=unit, target=now, on=PROVINCES, share=1)
    return before[0], before[-1]


def _people(agencies: dict[str, Agency], before: str) -> dict[str, User]:
    """Somebody in each role at `own`; others whose posts give them less, or as much from elsewhere."""
    own, today = agencies["own"], localdate()
    at = {who: (own, role, {}) for who, role in ROLES.items()}
    at |= {
        "former": (own, Role.COORDINATOR, {"ends_on": today - DAY}),
        "to come": (own, Role.COORDINATOR, {"starts_on": today + DAY}),
        "of the merged": (agencies["merged"], Role.COORDINATOR, {}),
        "of the divided": (agencies["divided"], Role.COORDINATOR, {}),
        "below": (agencies["below"], Role.ADMINISTRATOR, {}),
    }
    if not before:
        bodies_ensure(dict([INSTALLATION]))
        central = agency_ensure(key=INSTALLATION[0])
        at |= {"of the whole": (central, Role.ADMINISTRATOR, {}), "central": (central, Role.COORDINATOR, {})}
    found = {who: _person(f"{before}{who}", *post[:2], **post[2]) for who, post in at.items()}
    return found if before else {**found, "nobody": _person("nobody")}


def _person(name: str, at: Agency | None = None, role: Role = Role.COORDINATOR, **days: date) -> User:
    user = User.objects.create_user(
        username=name.replace(" ", "-").replace(":", ""), name=f"Người {name}", password="x"
    )
    if at:
        post_give(user=user, agency=at, role=role, **days)
    return user


def _received(own: Held, by: User) -> int:
    """An Excel form that somebody sent back and has not taken over yet."""
    filing = Filing.objects.get(pk=own.things["filing"])
    upload = SimpleUploadedFile("bieu.xlsx", sheet_make(filing_spec(filing)))
    return filing_sheet_receive(filing=filing, upload=upload, by=by).pk


def _workbook(own: Held, by: User) -> int:
    """The same, of what is due."""
    spec = work_spec(own.agency, today=localdate())
    return work_sheet_receive(upload=SimpleUploadedFile("cong-viec.xlsx", sheet_make(spec)), by=by).pk


def _held(at: Agency, name: str, marks: Iterator[str], asker: Agency | None = None) -> Held:
    by = _person(f"phụ trách {name}", at)
    mark = {kind: next(marks) for kind in ("draft", "issued", "sheet", "binned", "filing", "case")}
    draft, plan = _draft(at, by, mark["draft"]), _issued(at, by, mark["issued"])
    binned = _draft(at, by, mark["binned"])
    document_bin(document=binned, by=by)
    things: dict[str, int | str] = {
        "draft": draft.pk,
        "draft_file": current_version(draft).files.get().pk,
        "item": current_version(draft).items.get().pk,
        "binned": binned.pk,
        "sheet": _sheet(at, by, mark["sheet"]).pk,
        "person": by.pk,
        "post": by.posts.get().pk,
    }
    assert at.unit
    things["figure"] = _figure(at, by, mark["issued"])
    things |= _organised(at)
    things |= {"agency": at.pk, "unit": at.unit.key, **_joined(at, by)}
    things |= {**_asked(at, asker, mark), "message": message_send(to=by, subject="Nhắc việc", body="…").pk}
    things |= _round(at, by, things["filing"])
    things["feed"] = feed_make(by=by)[0].pk
    return Held(at, {**things, **_of(plan)}, mark, asker.pk if asker else None)


def _asked(at: Agency, asker: Agency | None, mark: dict[str, str]) -> dict[str, int]:
    """A form that an agency was asked for, and a case that it has to settle."""
    today = localdate()
    filing = filing_open(
        code="cap-nhat-nhiem-vu", agency=at, period=Period("thử", today, today), asked=Asked(asker),
        subject=Subject("plans.task", 1, f"Nhiệm vụ {mark['filing']}"),
    )  # fmt: skip
    case = case_open(
        kind="khac",
        title=f"Đề nghị {mark['case']}",
        agency=at,
        asked_by=asker,
        on=today,
        by=None,
        rule=CaseRule(5, "Quy chế"),
    )
    return {"filing": filing.pk, "case": case.pk}


def _round(at: Agency, by: User, filing: int | str) -> dict[str, int]:
    """A round of reporting that an agency compiles, and in which it is asked for a form itself."""
    today = localdate()
    days = {"starts_on": today, "ends_on": today, "due_on": today}
    version = version_in_force("bc-tien-do", on=today)
    made = Campaign.objects.create(owner=at, version=version, title="Báo cáo thử", period="thử", opened_by=by, **days)
    report = Report.objects.create(campaign=made)
    passage = Passage.objects.create(report=report, part="results", position=1, text="Một đoạn.", by=by)
    call = Call.objects.create(campaign=made, filing_id=filing)
    return {"round": made.pk, "call": call.pk, "compiled": made.pk, "passage": passage.pk}


def _indicator() -> Indicator:
    return Indicator.objects.get_or_create(
        code="H01", defaults={"name": "Tổng số hợp tác xã", "measure": "hợp tác xã"}
    )[0]


def _figure(at: Agency, by: User, mark: str) -> int:
    """A draft that only those who enter figures in the agency's province see."""
    assert at.province
    period = period_of(1990 + Value.objects.count())
    source = f"Báo cáo {mark}"
    about = {"unit": at.province, "province": at.province, "period": period, "figure": 5, "source": source, "by": by}
    return Value.objects.create(indicator=_indicator(), **about).pk


def _organised(at: Agency) -> dict[str, int]:
    """A cooperative of the agency's province, with a member."""
    assert at.province
    about = {"kind": "htx", "founded_on": date(2025, 8, 1), "name": f"Hợp tác xã thử {at.pk}"}
    party = Party.objects.create(kind="organisation", name=about["name"])
    one = Organisation.objects.create(party=party, unit=at.province, province=at.province, **about)
    who = Party.objects.create(kind="person", name="Bà Thành Viên", number=f"{at.pk:012}", phone="0912345612")
    since = DateRange(date(2025, 8, 1), None)
    row = Membership.objects.create(organisation=one, party=who, number=1, kind="official", validity=since)
    by = User.objects.get_or_create(username="sent-lists")[0]
    happening = Event.objects.create(
        organisation=one, kind="correct", day=date(2026, 1, 5), document="TB 1", file_name="a.pdf",
        file=file_store(ContentFile(b"%PDF", name="a.pdf")),
    )  # fmt: skip
    branch = Fact.objects.create(
        organisation=one, what=65, item=1, validity=DateRange(date(2025, 8, 1), None), unit=at.province, source="TB 1"
    )
    seat = Fact.objects.create(
        organisation=one, what=number_of("seat"), validity=branch.validity, unit=at.province, source="TB 1"
    )
    small = Party.objects.create(kind="organisation", name=f"Tổ hợp tác thử {at.pk}")
    group = Organisation.objects.create(party=small, unit=at.province, province=at.province, **{**about, "kind": "tht"})
    proposal = Proposal.objects.create(organisation=one, what="phone", said={"text": "0912345612"}, by=by)
    return {
        "organisation": one.pk,
        "happening": happening.pk,
        "fact": branch.pk,
        "fact_alone": seat.pk,
        "small_group": group.pk,
        "membership": row.pk,
        "list": _listed(at, one),
        "pair": _paired(at, one),
        "proposal": proposal.pk,
    }


def _paired(at: Agency, one: Organisation) -> int:
    return LikePair.objects.create(one=one.pk, other=one.pk + 1_000_000, province=at.province, score=0.9).pk


def _listed(at: Agency, one: Organisation) -> int:
    """A list of the registry that its agency sent, compared."""
    by = User.objects.get_or_create(username="sent-lists")[0]
    column = {"index": 0, "name": "Tên", "role": "name"}
    mapping = {"mapping": {"sheet": "a", "header": [1, 1], "fingerprint": "a", "columns": [column]}, "sheets": ["a"]}
    about = {"since": date(2026, 1, 1), "source": "Danh sách", "state": "checked", "name": "danh-sach.xlsx"}
    sent = ListImport.objects.create(
        owner=at,
        by=by,
        file=file_store(ContentFile(b"Ten\n")),
        mapping={**mapping, "preview": [], "first": 1, "year": 2025},
        **about,
    )
    outcome = {"changes": [], "issues": [], "candidates": []}
    ImportRow.objects.create(list_import=sent, number=2, state="same", organisation=one, values={}, outcome=outcome)
    return sent.pk


def _joined(at: Agency, by: User) -> dict[str, int]:
    """A group and a steering committee that an agency keeps."""
    since = at.validity.lower
    group = group_create(name="Nhóm thử", owner=at, by=by)
    member = member_add(group=group, agency=at, starts_on=since, ends_on=None, by=by)
    committee = committee_found(
        name=f"Ban Chỉ đạo thử {at.pk}", unit=at.province, standing=at, founded_by="Quyết định", founded_on=since, by=by
    )
    seat = seat_add(committee=committee, title="Giám đốc", agency=at, duty="head", by=by)
    return {"group": group.pk, "member": member.pk, "committee": committee.pk, "seat": seat.pk}


def _given(province: str, reader: Agency, name: str, marks: Iterator[str]) -> Held:
    """A plan of another province's agency in which `reader` has a part, and nothing else."""
    at = agency_ensure(key="so-nv", province=province)
    mark = next(marks)
    plan = _issued(at, _person(f"phụ trách {name}", at), mark)
    Reader.objects.create(document=plan.document, agency=reader)
    return Held(at, {**_of(plan)}, {"issued": mark})


def _of(plan: Plan) -> dict[str, int]:
    return {
        "issued": plan.document_id,
        "plan": plan.pk,
        "file": plan.version.files.get().pk,
        "task": plan.tasks.get().pk,
        "target": plan.targets.get().pk,
        "duty": plan.duties.get().pk,
    }


def _worked(held: Held) -> dict[str, int]:
    """The plan's one task, led by the agency that owns it: reported, proven, with a request."""
    task = Task.objects.select_related("plan__issued_by").get(pk=held.things["task"])
    by, at, today = task.plan.issued_by, held.agency, localdate()
    line = Line.objects.create(
        plan=task.plan, task=task, agency=at, given_to=at, given_on=today, holder=at, state=Line.State.WAITING
    )
    row = Occurrence.objects.create(
        line=line, plan=task.plan, period=(today - DAY, today + DAY), due_on=today, first_due_on=today, touched_on=today
    )
    said = Answer.objects.create(occurrence=row, number=1, seen=0, key=uuid4(), by=by, claim="reported")
    proof = ContentFile(b"%PDF", name="a.pdf")
    evidence = Evidence.objects.create(
        occurrence=row, answer=said, kind="file", by=by, file=file_store(proof), name="a.pdf"
    )
    Occurrence.objects.filter(pk=row.pk).update(state="reported", answer=said, revision=1, reported_on=today)
    request = Request.objects.create(line=line, kind="refusal", by=by, reason="không đúng chức năng")
    one = Organisation.objects.order_by("pk")[0]
    concern = Concern.objects.create(task=task, organisation=one, by=by)
    return {
        "concern": concern.pk,
        "line": line.pk,
        "occurrence": row.pk,
        "evidence": evidence.pk,
        "request": request.pk,
    }


def _draft(owner: Agency, by: User, mark: str) -> Document:
    document = document_begin(title=f"Kế hoạch {mark}", owner=owner, by=by)
    _add(document, "task", by, text=f"{WORDS}: {mark}")
    current_version(document).items.update(state="pending")
    _attach(document, mark)
    return document


def _issued(owner: Agency, by: User, mark: str) -> Plan:
    document = document_begin(title=f"Kế hoạch {mark}", owner=owner, by=by)
    _add(document, "task", by, text=f"{WORDS}: {mark}")
    _add(document, "target", by, indicator=f"Số hợp tác xã {mark}", low=10)
    _add(document, "duty", by, frequency="annual")
    _attach(document, mark)
    return plan_issue(document=document, by=by)


def _add(document: Document, kind: str, by: User, **value: object) -> None:
    item_add(document=document, kind=kind, value={**BLANK[kind], **value}, by=by)


def _attach(document: Document, mark: str) -> None:
    file = SimpleUploadedFile(f"ke-hoach-{mark}.txt", mark.encode())
    version = document.versions.get()
    SourceFile.objects.create(version=version, position=0, name=file.name, file=file_store(file))


def _sheet(owner: Agency, by: User, mark: str) -> Document:
    """A task sheet that waits for its columns to be confirmed."""
    file = SimpleUploadedFile(f"bang-{mark}.csv", SHEET.format(mark=mark).encode())
    document = document_upload(files=[file], owner=owner, by=by)
    path = document.versions.get().files.get().file.data.path
    mapping = open_sheet({"files": [{"path": path, "name": file.name}]}, lambda *_step: None)
    document.versions.update(state=Version.State.MAPPING, mapping=mapping)
    return document
