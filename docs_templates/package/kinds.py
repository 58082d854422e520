"""The table of packages: which papers and which uploaded materials, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass

from docs_templates.models import Package
from proposals.case.correspondence.uploads import Upload

P = Upload.Purpose


@dataclass(frozen=True)
class Place:
    """One numbered place of a package and what stands there."""

    number: str
    label: str
    papers: tuple[str, ...] = ()  # slugs of the catalogue
    uploads: tuple[str, ...] = ()  # purposes of uploads
    required: bool = False


REQUEST = Place("01", "请示、备案报告", ("qingshi", "beian"), required=True)
FORM = Place("02", "审批表", ("shenpi", "hezhundan"))
ARGUMENT = Place("03", "论证报告", ("lunzheng",), (P.ARGUMENT_REPORT,))
MINUTES = Place("04", "会议纪要", ("jielu", "jiyao"), (P.MEETING_SCAN,))
PARTY = Place("05", "区委常委会纪要", (), (P.PARTY_COMMITTEE,))
UNIT = Place("06", "单位请示和党组会议纪要", ("shouwen", "tuihui"), (P.UNIT_REQUEST, P.PARTY_GROUP_MINUTES))
CONSULTED = Place("07", "沟通预审函件", ("goutong",), (P.PRE_COMM,))
REVIEWED = Place("08", "审查意见和征求意见", (), (P.OPINION, P.FISCAL))
PLAN = Place("09", "前后对照表和方案", (), (P.PLAN, P.DUTIES, P.PEOPLE))
BASIS = Place("10", "政策依据", (), (P.POLICY_BASIS, P.INSTRUCTION))
OTHER = Place("11", "其他说明或佐证材料", (), (P.OTHER,))
RECORD = Place("12", "办理记录和检测报告", ("banlijilu", "sixing"), required=True)
FILED = (REQUEST, FORM, ARGUMENT, MINUTES, PARTY, UNIT, CONSULTED, REVIEWED, PLAN, BASIS, OTHER)

PACKAGES: Mapping[str, tuple[Place, ...]] = {
    # What goes up: no 档号, the list is 报送材料目录.
    Package.Kind.FILING: (Place("00", "报送材料目录", ("mulu",), required=True), *FILED, RECORD),
    # What is kept: the reply first, then what it answers, the district's own papers, the carrying out.
    Package.Kind.ARCHIVE: (
        Place("00", "封面和归档文件目录", ("fengmian", "guidang_mulu"), required=True),
        Place("00A", "上级批复、备案文件", ("shipifu", "huizhi"), (P.CITY_REPLY,)),
        Place("00B", "下达文件", ("tongzhi", "pifu", "fuhan")),
        *(place if place is not REQUEST else Place("01", "请示、备案报告", ("qingshi", "beian")) for place in FILED),
        Place("11A", "落实情况", (), (P.TASK,)),
        RECORD,
        Place("13", "备考表", ("beikaobiao",), required=True),
    ),
}
# Papers made while the package is built, because they tell what is in it.
MADE_WITH_PACKAGE = frozenset({"mulu", "fengmian", "guidang_mulu", "banlijilu", "sixing", "beikaobiao"})


def place_of_paper(*, kind: str, slug: str) -> Place | None:
    """Return where a paper stands in a package; None when it does not belong in it."""
    return next((place for place in PACKAGES[kind] if slug in place.papers), None)


def place_of_upload(*, kind: str, purpose: str) -> Place | None:
    """Return where an uploaded file stands in a package; None when it does not belong in it."""
    return next((place for place in PACKAGES[kind] if purpose in place.uploads), None)
