"""The pages of the rulebook, the side registers and the figures: readable as of a day, changed by two people."""

import uuid

import pytest
from django.urls import reverse
from lxml import html

from proposals.models import Cap, ProblemItem, RuleChange, Setting
from tests.builders import read
from tests.papers_bound.road import sheet

PAGES = ("rulebook", "problems", "duty_lists", "pledges", "figures")


@pytest.fixture(scope="module")
def opened(opened):
    """Open the registers beside the ledger too."""
    data = {name: value for name, value in read("side_registers.json").items() if name != "note"}
    opened.office.enter("import_side_registers", "bianban1", **data)
    return opened


@pytest.fixture
def office(world):
    return world.office


@pytest.mark.parametrize("page", PAGES)
def test_each_page_answers_as_of_a_day(office, visit, page: str) -> None:
    for day in ("2026-03-10", "2015-01-01"):
        answer = visit("bianban1").get(reverse(page), {"as_of": day})
        assert answer.status_code == 200
        assert "截至" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES[1:])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_each_register_goes_out_as_a_table(office, visit, page: str, form: str) -> None:
    answer = visit("bianban1").get(reverse(page), {"export": form})
    assert answer.status_code == 200
    assert form in answer["Content-Disposition"]


def test_the_figures_page_prints_the_report_with_sources(office, visit) -> None:
    page = html.fromstring(visit("bianban1").get(reverse("figures")).content.decode())
    text = page.text_content()
    values = {
        row[0].text_content(): f"{row[1].text_content()} {row[2].text_content()}" for row in page.xpath("//tbody/tr")
    }
    assert values["党政机构行政编制"] == "461 名" and values["党政机构科级职数"] == "248 名"
    assert values["党政机构和镇街科级职数合计"] == "313 名"
    for said in ("11+24", "销号率100%", "41.4%", "海勃湾区机构改革情况报告（2020年）"):
        assert said in text, said


def test_the_duty_list_page_warns_of_the_town_only(office, visit) -> None:
    text = visit("bianban1").get(reverse("duty_lists")).content.decode()
    assert "千里山镇赋权清单：99项中承接41项，承接率41.4%，低于70%的要求" in text
    assert "街道赋权清单：" not in text


def test_a_cap_is_drawn_up_by_one_and_confirmed_by_another_in_the_browser(office, visit) -> None:
    address = reverse("rulebook_step", args=["change_cap"])
    form = {
        "key": str(uuid.uuid4()), "counted": "ADMIN", "value": "470", "paper": "乌编发〔2026〕8号", "since": "2026-04-01",
        "citation": "市级核定", "reason": "市级调整总量",
    }  # fmt: skip
    assert visit("bianban1").get(address).status_code == 200
    for _ in range(2):
        assert visit("bianban1").post(address, form).status_code == 302, "sent twice, it is one change"
    change = RuleChange.objects.exclude(reason="测试").get()
    assert "乌编发〔2026〕8号" in visit("zhuren").get(reverse("rulebook")).content.decode()
    settle = reverse("rule_change", args=[change.uuid])
    own = visit("bianban1").post(settle, {"key": str(uuid.uuid4()), "do": "confirm"})
    assert own.status_code in (403, 422)
    assert visit("zhuren").post(settle, {"key": str(uuid.uuid4()), "do": "confirm"}).status_code == 302
    assert Cap.objects.get(value=470).change == change


def test_a_setting_is_changed_from_its_row(office, visit) -> None:
    row = Setting.objects.get(key="pre_communication")
    address = f"{reverse('rulebook_step', args=['change_setting'])}?row={row.uuid}"
    assert "pre_communication" in visit("bianban1").get(address).content.decode()
    form = {
        "key": str(uuid.uuid4()), "topic": "SWITCH", "item": "pre_communication", "value": "否", "since": "2026-04-01",
        "citation": "本地规定", "reason": "核实后调整",
    }  # fmt: skip
    assert visit("bianban1").post(address, form).status_code == 302
    assert RuleChange.objects.exclude(reason="测试").get().content["value"] is False
    assert RuleChange.objects.exclude(reason="测试").get().content["row"] == str(row.uuid)


def test_a_time_limit_is_drawn_up_by_the_name_of_the_state(office, visit) -> None:
    form = {
        "key": str(uuid.uuid4()), "topic": "TIME_LIMIT", "item": "受理审查", "value": "7", "since": "2026-04-01",
        "citation": "办理时限规定", "reason": "核实后调整",
    }  # fmt: skip
    address = reverse("rulebook_step", args=["change_setting"])
    refused = visit("bianban1").post(address, {**form, "key": str(uuid.uuid4()), "item": "不存在的环节"})
    assert "没有「不存在的环节」这个环节，请填写环节名称，如受理审查。" in refused.content.decode()
    assert visit("bianban1").post(address, form).status_code == 302
    assert (
        RuleChange.objects.exclude(reason="测试").get().content["item"],
        RuleChange.objects.exclude(reason="测试").get().content["value"],
    ) == ("INTAKE_REVIEW", 7)
    assert "受理审查" in visit("bianban1").get(reverse("rulebook")).content.decode()


def test_an_unreadable_change_is_refused_with_the_form_kept(office, visit) -> None:
    form = {"key": str(uuid.uuid4()), "topic": "SWITCH", "item": "nothing", "value": "是", "since": "2026-04-01"}
    address = reverse("rulebook_step", args=["change_setting"])
    missing = visit("bianban1").post(address, form)
    assert missing.status_code == 422
    assert "请填写「依据（文件、条款）」" in missing.content.decode()
    refused = visit("bianban1").post(address, {**form, "citation": "细则", "reason": "调整"})
    assert refused.status_code == 422
    assert "没有「nothing」这个办事开关" in refused.content.decode()


def test_a_problem_is_closed_with_evidence_in_the_browser(office, visit) -> None:
    problem = ProblemItem.objects.filter(closed_on=None).first()
    address = reverse("side_step", args=["close_problem"])
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = {"key": str(uuid.uuid4()), "row": str(problem.uuid), "way": "MOVED", "measure": "干部转任"}
    form["happened_on"] = "2026-03-02"
    assert visit("hegao").post(address, form).status_code == 422
    proof = SimpleUploadedFile("转任文件.pdf", sheet(), content_type="application/pdf")
    answer = visit("hegao").post(address, {**form, "proof": proof, "clean_file": "on"})
    assert answer.status_code == 302, answer.content.decode()
    problem.refresh_from_db()
    assert problem.closed_on and len(problem.evidence) == 1


def test_a_claim_is_decided_by_a_case_and_its_old_step_is_gone(office, visit) -> None:
    assert visit("bianban1").get(reverse("side_step", args=["claim_duty"])).status_code == 404
    page = visit("bianban1").get(reverse("duty_lists")).content.decode()
    assert f"{reverse('case_new')}?kind=DUTY_ADMISSION" in page
    opened = visit("bianban1").get(reverse("case_new"), {"kind": "DUTY_ADMISSION"})
    assert opened.context["form"]["kind"].value() == "DUTY_ADMISSION"


def test_units_and_strangers_read_neither_law_nor_problems(office, visit) -> None:
    for page in PAGES:
        assert visit("danwei").get(reverse(page)).status_code == 403


def test_a_drafter_says_whether_a_line_department_demands_the_matter(world, visit) -> None:
    address = reverse("case_facts", args=[world.draft.uuid])
    page = visit("bianban1").get(address)
    assert "要求对口设立机构" in page.content.decode()
    form = {name: value or "" for name, value in page.context["form"].initial.items()}
    form |= {"vertical_flags": ["BODY", "QUOTA"], "key": str(uuid.uuid4()), "seen": world.draft.concern}
    answer = visit("bianban1").post(address, form)
    assert answer.status_code == 302, answer.content.decode()
    world.draft.refresh_from_db(fields=["vertical_flags"])
    assert world.draft.vertical_flags == ["BODY", "QUOTA"]


def test_an_exception_is_written_in_the_browser_for_a_finding_of_the_list(world, visit) -> None:
    world.sent.uploads.filter(purpose="POLICY_BASIS").update(dropped=True)
    address = reverse("case_step", args=[world.sent.uuid, "override"])
    page = visit("zhuren").get(address)
    said = "ATT-01 缺少必备材料「政策依据」。"
    (known,) = [key for key, words in page.context["form"].fields["finding"].choices if words == said]
    form = {"key": str(uuid.uuid4()), "seen": world.sent.concern, "finding": known, "reason": "原件已核对"}
    assert visit("zhuren").post(address, form).status_code == 302
    assert [(one.finding, str(one), one.by) for one in world.sent.exceptions.all()] == [
        (known, said, "编办主任（区委编办主任）")
    ]
