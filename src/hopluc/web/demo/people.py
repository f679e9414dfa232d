"""Who signs in to the demonstration: every role in Thái Nguyên, a coordinator in each of the other two provinces."""

from __future__ import annotations

from dataclasses import dataclass

from hopluc.accounts.models import Role

PASSWORD = "hop-luc-demo"  # noqa: S105  shown to everybody
HERE, SOUTH, CENTRE = "tỉnh Thái Nguyên", "tỉnh Khánh Hòa", "tỉnh Thanh Hóa"


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    name: str
    role: Role
    agency: str = "so-tc"
    provinces: tuple[str, ...] = (HERE,)
    title: str = ""

    @property
    def places(self) -> str:
        """`Thái Nguyên`, where they hold their posts."""
        return ", ".join(province.removeprefix("tỉnh ") for province in self.provinces)


PEOPLE = (
    Person("dieuphoi", "Trần Văn Bình", Role.COORDINATOR),
    Person("canbo", "Lê Thu Hà", Role.OFFICER, "lmhtx-tinh"),
    Person("theodoi", "Hoàng Minh Đức", Role.VIEWER, "ubnd-tinh", (HERE, CENTRE, SOUTH)),  # sees all five plans
    Person("dangky", "Lý Thị Mai", Role.REGISTRY, provinces=(HERE, CENTRE, SOUTH)),  # keeps the three registries
    Person("quantri", "Nguyễn Thị Ánh", Role.ADMINISTRATOR),
    Person("thutruong", "Phạm Quốc Khánh", Role.HEAD, "so-nnmt", title="Giám đốc Sở Nông nghiệp và Môi trường"),
    Person("thutruong.taichinh", "Dương Văn Thắng", Role.HEAD, title="Giám đốc Sở Tài chính"),  # signs what it compiles
    Person("thanhtra", "Vũ Thị Ngọc", Role.INSPECTOR, "thanh-tra-tinh"),
    Person("lanhdao", "Đặng Hải Nam", Role.LEADER, "ubnd-tinh", title="Phó Chủ tịch Ủy ban nhân dân tỉnh"),
    Person("giamdoc", "Nông Thị Hương", Role.COOPERATIVE, title="Giám đốc hợp tác xã"),  # of one that is invented
    Person("dieuphoi.thanhhoa", "Lê Đình Sơn", Role.COORDINATOR, provinces=(CENTRE,)),
    Person("dieuphoi.khanhhoa", "Võ Thị Thanh", Role.COORDINATOR, provinces=(SOUTH,)),
)
