"""The only place where tests carry the demonstration cases far enough to have papers, always through perform."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

import pikepdf

from docs_templates.received import uploads
from proposals.case import drafts
from proposals.models import Body, Meeting, Proposal, Upload
from proposals.procedure.act import Actor
from tests import builders
from tests.builders import Office, now
from tests.committee.chamber import CHAIR, Chamber
from workflows.jobs.worker import drain

CITY = "shishenhe"
ATTACHED = (
    ("POLICY_BASIS", "关于推进基层整合审批服务执法力量的实施意见"),
    ("INSTRUCTION", "区委主要领导批示"),
    ("PLAN", "调整方案"),
)


def opened() -> Chamber:
    """Seat the committee and open the register of the demonstration district by its own step."""
    chamber = Chamber()
    register = {name: value for name, value in builders.read("register.json").items() if name != "note"}
    chamber.office.enter("import_opening", "bianban1", **register)
    return chamber


def body(office: Office, name: str) -> Body:
    """Find a body of the register by its name."""
    return Body.objects.get(territory=office.district, versions__name=name, versions__valid_to=None)


def drafted(office: Office, name: str, **changed: Any) -> Proposal:
    """Draft demonstration case A or B from its data file."""
    data = {**builders.read(f"case_{name}.json"), **changed}
    lines = [_line(office, line) for line in data.pop("lines")]
    basis, answers, opinions = data.pop("basis"), data.pop("answers"), data.pop("opinions")
    case = drafts.open_case(territory=office.district, drafter=office.people["bianban1"], at=office.tick(), **data)
    case = drafts.save_lines(case=case.uuid, seen=case.concern, lines=lines)
    given = {question: (text, "") for question, text in answers.items()}
    case = drafts.save_answers(case=case.uuid, seen=case.concern, answers=given)
    case = drafts.save_basis(case=case.uuid, seen=case.concern, documents=basis)
    for purpose, title in ATTACHED:
        upload(office, case, data=sheet(), purpose=purpose, name=f"{title}.pdf")
    case.asked = opinions
    return case


def sheet(pages: int = 1) -> bytes:
    """Return a plain PDF as somebody would upload it."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _line(office: Office, line: dict[str, Any]) -> dict[str, Any]:
    if "from" in line:
        params = {"people": line["people"]} if "people" in line else {}
        return {
            "op": "QUOTA_TRANSFER", "unit": "PSU_FULL", "requested": line["n"], "body": body(office, line["from"]),
            "counterpart": body(office, line["to"]), "params": params,
        }  # fmt: skip
    return {
        "op": "LEADER_ADD", "unit": "SECTION_DEPUTY", "requested": line["n"], "body": body(office, line["body"]),
        "params": {"source": "CITY"},
    }  # fmt: skip


def argued(office: Office, case: Proposal, number: str) -> Proposal:
    """Take the case in and argue it, with the opinions of the units concerned."""
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "register_incoming", "bianban1", incoming_number=number)
    office.take(case, "accept", "bianban1", checks_passed=True)
    for unit in case.asked:
        office.take(case, "ask_opinion", "bianban1", unit=unit)
        office.take(case, "record_opinion", "bianban1", unit=unit, result="AGREE")
    office.take(case, "finish_argument", "bianban1", conclusion="依据充分、方案可行，建议提请区委编委审议。")
    return now(case)


def consulted(office: Office, case: Proposal) -> Proposal:
    """Consult the city before the committee."""
    consult(office, case, "我办研究提出了调整方案，已经室务会研究，现商请提出意见。")
    office.take(case, "record_city_opinion", "bianban1", result="AGREE", text="同意提请审议。")
    return now(case)


def scheduled(office: Office, case: Proposal) -> Proposal:
    """Bring the case before the chair."""
    office.take(case, "propose_item", "zhuren", opinion="同意提请区委编委审议。", office_minutes="2026年第5次")
    office.take(case, "approve_item", CHAIR)
    return now(case)


def decided(chamber: Chamber, *cases: Proposal, **dissent: Any) -> Meeting:
    """Let the committee agree to the cases in one meeting and sign its minutes."""
    chamber.plan()
    items = [chamber.put(case, reporter="区委编办主任") for case in cases]
    chamber.call()
    chamber.open(["bianwei1", "bianwei2", "bianwei3", "bianwei4", "bianwei5", "bianwei6", "bianwei7", "zhuren"])
    for item in items:
        chamber.decide(item, dissent=dissent)
    chamber.sign()
    return chamber.now


def numbered(office: Office, case: Proposal, paper: str, *, step: str = "allot_number", **facts: Any) -> None:
    """Let a paper be drafted, reviewed and signed by those who do it in the demonstration office, and number it."""
    drafted = {name: facts.pop(name) for name in ("effective_on", "wording") if name in facts}
    drafted |= {"happened_on": facts["happened_on"]} if "happened_on" in facts else {}
    if step == "record_external_number":
        drafted["in_party_name"] = True
    signed(office, case, paper, **drafted)
    office.take(case, step, "bianban1", paper=paper, **facts)


def consult(office: Office, case: Proposal, letter: str) -> None:
    """Ask the city in a letter that was drafted, reviewed and signed."""
    signed(office, case, "goutong", wording={"paragraphs": letter})
    office.take(case, "consult_city", "bianban1")


def signed(office: Office, case: Proposal, paper: str, **drafted: Any) -> None:
    """Let a paper be drafted, reviewed and signed; what the office itself decided is signed by its director."""
    director = paper in ("fuhan", "goutong") or now(case).decided_by == "OFFICE"
    on = {"happened_on": drafted["happened_on"]} if "happened_on" in drafted else {}
    office.take(case, "draft_paper", "bianban1", paper=paper, **drafted)
    office.take(case, "review_paper", "hegao", paper=paper, **on)
    office.take(case, "sign_paper", "zhuren" if director else CHAIR, paper=paper, **on)


def dispatched(office: Office, case: Proposal) -> Proposal:
    """Number the paper that goes up."""
    office.take(case, "prepare_filing", "bianban1")
    numbered(office, case, "qingshi" if now(case).filing_mode == "APPROVE" else "beian")
    return now(case)


def sealed(office: Office, case: Proposal) -> Proposal:
    """Seal the filing package; the worker has to make it."""
    office.take(case, "seal_package", "bianban2")
    return now(case)


def filed(office: Office, case: Proposal) -> Proposal:
    """Send the package up and let the city take it in."""
    office.take(case, "file_upward", "zhuren")
    office.take(case, "sign_for", "shishouwen")
    office.take(case, "city_accept", "shishouwen")
    return now(case)


def issued(office: Office, case: Proposal) -> Proposal:
    """Number and issue the founding paper."""
    office.take(case, "prepare_downward", "bianban1")
    numbered(office, case, "tongzhi")
    office.take(case, "issue_downward", "zhuren")
    return now(case)


class World(NamedTuple):
    """A case on its road and the office that carries it."""

    chamber: Chamber
    case: Proposal

    @property
    def office(self) -> Office:
        """The office alone."""
        return self.chamber.office


def sealed_case() -> World:
    """Carry case A until its filing package is sealed; the worker has not come to it yet."""
    chamber = opened()
    office = chamber.office
    case = scheduled(office, argued(office, drafted(office, "a"), "2026-17"))
    decided(chamber, case)
    return World(chamber, sealed(office, dispatched(office, now(case))))


def packed_case() -> World:
    """Carry case A until its filing package is made."""
    world = sealed_case()
    drain()
    return World(world.chamber, now(world.case))


def whole_case() -> World:
    """Carry case A to the archive: the committee decides, the city takes it on record."""
    world = packed_case()
    office, case = world.office, filed(world.office, world.case)
    office.take(case, "city_record", CITY, number="乌编办备〔2026〕9号")
    case = archived(office, issued(office, case))
    drain()
    return World(world.chamber, now(case))


def archived(office: Office, case: Proposal) -> Proposal:
    """Carry out, close and archive."""
    office.take(case, "add_task", "bianban1", title="办理编制变更登记", unit="区委编办")
    office.take(case, "finish_task", "bianban1", task=str(case.tasks.get(title="办理编制变更登记").uuid))
    office.take(case, "close_case", "bianban1")
    office.take(case, "archive", "bianban2")
    return now(case)


def upload(office: Office, case: Proposal, *, data: bytes, purpose: str, name: str) -> Upload:
    """Let a file in and attach it."""
    at = office.tick()
    stored = uploads.receive(data=data, at=at).as_stored()
    actor = Actor.of(office.people["bianban1"])
    return drafts.add_upload(case=case.uuid, actor=actor, at=at, stored=stored, purpose=purpose, name=name)
