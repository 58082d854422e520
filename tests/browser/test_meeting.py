"""A whole meeting in the browser: nine members, the secretary at the desk; and a circulation that falls back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from proposals.models import Meeting, Proposal
from tests.browser.conftest import Site, leave, press_and_leave
from tests.browser.doors import PASSWORD
from tests.browser.test_pages import barriers, too_wide

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
PHONES = ("bianwei1", "bianwei2", "bianwei3", "bianwei4", "bianwei5", "bianwei7", "zhuren")


class Hall:
    """Everybody's own window on one meeting."""

    def __init__(self, chromium: Browser, site: Site) -> None:
        self.chromium, self.site, (self.meeting,) = chromium, site, site.words
        self.contexts: list = []
        self.errors: list[str] = []
        self.desk = self.enter("bianban1", phone=False)
        self.phones: dict[str, Page] = {}

    def enter(self, who: str, *, phone: bool = True, **options: object) -> Page:
        """Open the member's page on a phone or the meeting's page at a desk.

        The clerk, and whoever's browser has something of its own, sign in by hand; for the others it is done.
        """
        context = self.chromium.new_context(
            base_url=self.site.url, locale="zh-CN", timezone_id="Asia/Shanghai",
            viewport=PHONE if phone else {"width": 1280, "height": 900}, **options,
        )  # fmt: skip
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        address = f"/meetings/{self.meeting}/{'ballot/' if phone else ''}"
        if options or who == "bianban1":
            page.goto(f"/login/?next={address}")
            page.fill("[name=username]", who)
            page.fill("[name=password]", PASSWORD)
            page.click("main button")
            page.wait_for_url("**/meetings/**")
        else:
            self.site.let_in(context, who)
            page.goto(address)
        return page

    def phone(self, who: str, **options: object) -> Page:
        """Return a member's phone, on the member's page as it stands now."""
        if who in self.phones:
            self.phones[who].goto(f"/meetings/{self.meeting}/ballot/")
        else:
            self.phones[who] = self.enter(who, **options)
        return self.phones[who]

    def check(self, page: Page) -> None:
        """Fail when the open page has a barrier or must be scrolled sideways."""
        assert (barriers(page), too_wide(page)) == ([], [])

    def press(self, name: str, *, stay: bool = False, **typed: str) -> None:
        """Press a button of the meeting's page at the desk and fill in the form that opens; leave, or stay there."""
        self.desk.goto(f"/meetings/{self.meeting}/")
        self.desk.click(f"#{name}")
        if typed or "/steps/" in self.desk.url:
            for field, text in typed.items():
                control = self.desk.locator(f"[name={field}]")
                control.select_option(text) if control.evaluate("e => e.tagName") == "SELECT" else control.fill(text)
            self.desk.click("main form .btn-primary")
        assert self.desk.locator(".reasons[role=alert]").all_inner_texts() == []
        if not stay:
            leave(self.desk)

    def vote(self, who: str, value: str) -> None:
        """Choose on the phone, look at it again, confirm, and read the receipt."""
        page = self.phone(who)
        page.click(f"#vote-{value}")
        page.click("#confirm")
        assert "表决回执" in page.inner_text("#live")
        leave(page)

    @property
    def record(self) -> Meeting:
        """The meeting in the database."""
        return Meeting.objects.using(self.site.database.alias).get(uuid=self.meeting)

    def states(self) -> list[str]:
        """Return the states of the cases in the order of the agenda."""
        items = self.record.items.order_by("position").values_list("proposal_id", flat=True)
        cases = Proposal.objects.using(self.site.database.alias).in_bulk(list(items))
        return [cases[pk].state for pk in items]


@pytest.fixture
def ground(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """A district with a called meeting, or with a planned circulation."""
    return ("tests.browser.seated", getattr(request, "param", "SITTING"))


@pytest.fixture
def hall(chromium: Browser, site: Site) -> Iterator[Hall]:
    """The hall of the meeting."""
    opened = Hall(chromium, site)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.errors == []


def test_the_agenda_is_ordered_by_dragging_and_by_buttons(hall: Hall) -> None:
    def order() -> list[str]:
        return list(hall.record.items.order_by("position").values_list("title", flat=True))

    first, second, third = order()
    desk = hall.desk
    desk.goto(f"/meetings/{hall.meeting}/")
    desk.locator(".grip").nth(2).scroll_into_view_if_needed()
    start, aim = (desk.locator(".grip").nth(n).bounding_box() for n in (2, 0))
    assert start and aim
    desk.mouse.move(start["x"] + 20, start["y"] + 20)
    desk.mouse.down()
    desk.mouse.move(start["x"] + 20, start["y"] - 40, steps=5)
    desk.mouse.move(aim["x"] + 20, aim["y"] - 30, steps=15)
    desk.mouse.up()
    desk.wait_for_selector("text=已办理「调整顺序」")
    assert order() == [third, first, second]
    hall.press("move_item_down-1", stay=True)
    assert order() == [first, third, second]
    hall.check(desk)


def test_nine_members_meet_vote_and_sign(hall: Hall) -> None:
    hall.desk.goto(f"/meetings/{hall.meeting}/")
    hall.desk.click("text=请假 >> nth=7")
    hall.desk.fill("[name=reason]", "因公外出")
    hall.desk.click("main form .btn-primary")
    chair = hall.enter("bianwei1", phone=False)
    press_and_leave(chair, "#freeze_agenda-0")
    for who in PHONES:
        scripts = {"java_script_enabled": False} if who == "bianwei2" else {}
        press_and_leave(hall.phone(who, **scripts), "text=签到")
    hall.press("open_meeting-0")

    first_matter_is_voted_on_by_phone(hall)
    second_matter_is_approved_with_an_amendment(hall)
    third_matter_is_deferred(hall)

    hall.press("close_meeting-0")
    assert hall.states() == ["APPROVED", "APPROVED_AMENDED", "DEFERRED"]
    minutes_are_checked_and_signed(hall, chair)
    assert hall.states() == ["MINUTES_SIGNED", "MINUTES_SIGNED", "DEFERRED"]


@pytest.mark.parametrize("ground", ["SECRET"], indirect=True)
def test_members_vote_in_secret_and_find_their_receipts(hall: Hall) -> None:
    members = ("bianwei2", "bianwei3", "bianwei4", "bianwei5", "bianwei6", "bianwei7", "zhuren", "bianwei1")
    chair = hall.enter("bianwei1", phone=False)
    press_and_leave(chair, "#freeze_agenda-0")
    for who in members:
        press_and_leave(hall.phone(who), "text=签到")
    hall.press("open_meeting-0")
    hall.press("open_item-1")
    hall.press("open_ballot-1", method="SECRET")
    codes = {}
    for who in members:
        page = hall.phone(who)
        assert "无记名表决" in page.inner_text("#live")
        page.click("#vote-AGAINST" if who == "bianwei4" else "#vote-FOR")
        page.click("#confirm")
        codes[who] = page.inner_text("#code")
        hall.check(page)
        assert page.locator(".vote-FOR").count() == 0
        assert "不能更改" in hall.phone(who).inner_text("#live")
        leave(page)
    assert len(set(codes.values())) == len(members)
    hall.press("close_ballot-1")
    page = hall.phone("bianwei4")
    assert "赞成7票、反对1票、弃权0票" in page.inner_text("#live")
    page.click("text=无记名票清单")
    listed = page.locator(".slips li").all_inner_texts()
    assert listed == sorted(listed)
    assert [line for line in listed if line.endswith("反对")] == [f"{codes['bianwei4']} 反对"]
    hall.check(page)


def first_matter_is_voted_on_by_phone(hall: Hall) -> None:
    hall.press("open_item-1")
    hall.press("open_ballot-1", stay=True)
    phone = hall.phone("bianwei4")
    assert all(box["height"] >= 56 for box in (one.bounding_box() for one in phone.locator(".vote").all()) if box)
    phone.click("button.size-huge")
    hall.check(phone)
    phone.locator("#vote-AGAINST").focus()
    phone.keyboard.press("Enter")
    phone.locator("#confirm").focus()
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=表决回执")
    early = hall.phone("bianwei1")
    early.click("#vote-FOR")
    early.click("#confirm")
    assert "末位表态" in early.inner_text(".reasons")
    hall.errors.clear()  # the browser reports the refusal (422) of the chair's early ballot
    for who in ("bianwei2", "bianwei3", "bianwei5", "bianwei7", "zhuren"):
        hall.vote(who, "FOR")
    hall.desk.wait_for_selector("text=已表决 6 / 7 人")
    hall.check(hall.desk)
    assert "赞成5票" not in hall.desk.inner_text("#live")
    hall.vote("bianwei1", "FOR")
    hall.press("close_ballot-1")
    phone.wait_for_selector("text=赞成6票、反对1票、弃权0票")
    leave(phone)
    hall.press("conclude_item-1")


def second_matter_is_approved_with_an_amendment(hall: Hall) -> None:
    press_and_leave(hall.phone("bianwei6"), "text=签到")
    hall.press("open_item-2")
    aside = hall.phone("bianwei3")
    aside.click("text=申请回避")
    aside.fill("[name=reason]", "分管该街道")
    press_and_leave(aside, "main form .btn-primary")
    hall.press("amend_item-2", amendment="职责第二条按会议意见修改。")
    hall.press("open_ballot-2")
    assert "您已回避本议题" in hall.phone("bianwei3").inner_text("#live")
    leave(aside)
    for who in ("bianwei2", "bianwei4", "bianwei5", "bianwei6", "bianwei7", "zhuren", "bianwei1"):
        hall.vote(who, "FOR")
    hall.press("close_ballot-2")
    hall.press("conclude_item-2")


def third_matter_is_deferred(hall: Hall) -> None:
    hall.press("open_item-3", stay=True)
    hall.desk.click("#step_out-7")
    hall.press("record_counts-3", method="HANDS", in_favour="3", against="2")
    hall.press("conclude_item-3")


def minutes_are_checked_and_signed(hall: Hall, chair: Page) -> None:
    hall.press("draft_minutes-0")
    hall.desk.goto(f"/meetings/{hall.meeting}/minutes/")
    text = hall.desk.inner_text("main")
    for said in (
        "委员三（",
        "到会",
        "委员五（因公外出）",
        "副主任二（分管该街道）",
        "反对：委员一",
        "议定结果：原则同意",
    ):
        assert said.replace(" ", "") in text.replace(" ", ""), said
    hall.check(hall.desk)
    hall.desk.click("text=送核对")
    hall.desk.click("main form .btn-primary")
    chair.goto(f"/meetings/{hall.meeting}/minutes/")
    chair.click("text=签发纪要")
    chair.click("main form .btn-primary")
    chair.wait_for_selector("text=签发")
    assert hall.record.state == "SIGNED"


@pytest.mark.parametrize("ground", ["CIRCULATION"], indirect=True)
def test_a_circulation_falls_back_when_a_member_asks_for_a_meeting(hall: Hall) -> None:
    today = hall.desk.evaluate("new Date(Date.now() + 864e5).toISOString().slice(0, 10)")
    hall.press("start_circulation-0", window_until=today)
    assert hall.states() == ["IN_CIRCULATION"] * 2
    hall.vote("bianwei4", "FOR")
    doubtful = hall.phone("bianwei5")
    doubtful.click("text=要求开会审议")
    doubtful.fill("[name=reason]", "事关多个街道，需要当面讨论。")
    doubtful.click("main form .btn-primary")
    doubtful.wait_for_selector("text=已取消")
    assert (hall.record.state, hall.states()) == ("CANCELLED", ["SCHEDULED"] * 2)
