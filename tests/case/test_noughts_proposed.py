"""Nought for a line is proposed for what leans on it in every form that takes numbers, and said; no script needed."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.models import PaperRecord, Proposal
from tests.case.conftest import FULL, Desk
from tests.papers_bound import road
from tests.stories.visitor import Visitor

POSTS = {"op": "QUOTA_ADD", "body": "丙中心", "unit": FULL, "requested": 4}
PLATE = {"op": "ADD_PLATE", "body": "丙中心", "params": {"plate": "便民服务站"}}
APART = {"op": "QUOTA_ADD", "body": "乙中心", "unit": FULL, "requested": 2}
TOLD = "第2项、第3项以填0的事项为前提，已在表中代填0，尚未办理"


def founded(desk: Desk) -> Proposal:
    """Draft a new body with posts and a plate that lean on it, and posts that do not."""
    return desk.founding(POSTS, PLATE, APART)


def shown(page: Visitor, desk: Desk, case: Proposal, prefix: str) -> list[list[str]]:
    """Return what the page holds for every line."""
    lines = [desk.line(case, n) for n in range(1, 5)]
    return [page.page.xpath(f"//input[@name='{prefix}-{line.uuid}']/@value") for line in lines]


def test_in_the_amendment_of_a_meeting(desk: Desk) -> None:
    case = desk.proposed(desk.argued(founded(desk)), consult=True)
    desk.plan()
    item = desk.put(case, reporter="区委编办主任")
    desk.call()
    desk.open()
    desk.open_item(item)
    page = Visitor(desk.office.people["bianban1"], desk.office)
    page.open(f"/meetings/{desk.meeting.uuid}/steps/amend_item/?item={item.uuid}")
    typed = {"amendment": "暂不设立丙中心。", f"values-{desk.line(case, 1).uuid}": "0"}
    page.press("提出修改案", status=422, **typed)
    page.refuses("第2项也须填0", TOLD)
    assert shown(page, desk, case, "values") == [["0"], ["0"], ["0"], []]
    assert desk.fresh(item).amendment == ""
    page.press("提出修改案")
    assert set(desk.fresh(item).values.values()) == {0}
    assert len(desk.fresh(item).values) == 3


def test_in_the_reply_of_the_city_on_paper(desk: Desk) -> None:
    case = desk.at_city(desk.agreed(founded(desk)))
    page = Visitor(desk.office.people["bianban1"], desk.office).open("/paper-records/city-reply/")
    prefix = f"{case.uuid}-granted"
    scan = SimpleUploadedFile("批复.pdf", road.sheet(), content_type="application/pdf")
    typed = {
        "happened_on": desk.office.now.date().isoformat(), "number": "乌编办〔2026〕9号", "file": scan,
        "clean_declared": True, f"{case.uuid}-result": "city_approve", f"{prefix}-{desk.line(case, 1).uuid}": "0",
    }  # fmt: skip
    page.press("登记市级批复", status=422, **typed)
    page.refuses(f"《{case.title}》{TOLD}")
    assert shown(page, desk, case, prefix) == [["0"], ["0"], ["0"], []]
    assert not PaperRecord.objects.exists()
    page.press("登记市级批复", file=SimpleUploadedFile("批复.pdf", road.sheet(), content_type="application/pdf"))
    granted = PaperRecord.objects.get().acts[0]["facts"]["granted"]
    assert granted == {str(desk.line(case, n).uuid): 0 for n in (1, 2, 3)}


def test_what_was_typed_for_a_leaning_line_stays_and_is_named(desk: Desk) -> None:
    case = desk.at_city(desk.agreed(founded(desk)))
    one, two = desk.line(case, 1), desk.line(case, 2)
    page = Visitor(desk.office.people["shishenhe"], desk.office).open(f"/cases/{case.uuid}/steps/city_approve/")
    page.press("市级批复", status=422, number="9号", **{f"granted-{one.uuid}": "0", f"granted-{two.uuid}": "4"})
    page.refuses("第2项也须填0", "第3项以填0的事项为前提，已在表中代填0")
    assert shown(page, desk, case, "granted") == [["0"], ["4"], ["0"], []]
