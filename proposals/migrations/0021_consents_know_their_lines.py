"""Every word given before a decision names the lines it was given for; what was overwritten is read from the chains."""

import hashlib
import json
import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

EDITABLE = ("DRAFT", "UNIT_COLLECTIVE", "RETURNED", "ARGUING", "CITY_RETURNED")
KINDS = {
    "pass_compliance": ("COMPLIANCE", "AGREE", "opinion"), "object_compliance": ("COMPLIANCE", "OBJECT", "reason"),
    "propose_item": ("OFFICE", "AGREE", "opinion"), "approve_item": ("CHAIR", "AGREE", ""),
    "decline_item": ("CHAIR", "OBJECT", "reason"),
}  # fmt: skip
CITY = "市委编办"


def fill(apps, schema_editor):
    """Give opinions, exceptions and letters their lines, and enter every other word that the chains tell of."""
    models_ = {name: apps.get_model("proposals", name) for name in ("Proposal", "Entry", "Opinion", "Upload", "Consent")}
    for opinion in models_["Opinion"].objects.filter(uuid=None):
        models_["Opinion"].objects.filter(pk=opinion.pk).update(uuid=uuid.uuid4())
    close_doubles(models_["Opinion"])
    for case in models_["Proposal"].objects.filter(head_seq__gt=0):
        entries = list(models_["Entry"].objects.filter(subject_id=case.uuid).order_by("seq"))
        past = Past(case, entries)
        told = [(entry, json.loads(entry.body)) for entry in entries]
        words(models_["Consent"], case, past, told)
        opinions(case, past, told)
        exceptions(models_["Proposal"], case, past, told)
        letters(case, past)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # tables with checks pending cannot be altered


def close_doubles(model):
    """Of several askings of a unit that were never answered the last one is open."""
    seen = set()
    for opinion in model.objects.filter(replied_on=None).order_by("-pk"):
        if (opinion.proposal_id, opinion.unit) in seen:
            model.objects.filter(pk=opinion.pk).update(superseded=True)
        seen.add((opinion.proposal_id, opinion.unit))


class Past:
    """What a case said at each of its entries, as far as rows and rounds still tell."""

    def __init__(self, case, entries):
        self.case, self.entries = case, entries
        self.rounds = list(case.rounds.order_by("sent_at", "pk"))
        self.now = [
            {
                "line": str(line.uuid), "op": line.op, "body": str(line.body.uuid) if line.body else "",
                "body_name": line.body_name,
                "counterpart": str(line.counterpart.uuid) if line.counterpart else "", "unit": line.unit,
                "requested": line.requested, "params": line.params,
            }
            for line in case.lines.select_related("body", "counterpart").order_by("position", "id")
        ]  # fmt: skip

    def at(self, entry):
        """Return round, lines and digest: today's where nothing could change since, else those of the round."""
        sent = [one for one in self.rounds if one.sent_at <= entry.at]
        open_again = self.case.state in EDITABLE or any(
            one.to_state in EDITABLE for one in self.entries if one.seq >= entry.seq
        )
        lines = sent[-1].snapshot["lines"] if open_again and sent else self.now
        return {"round": sent[-1].n if sent else 1, "lines": lines, "digest": digest_of(lines)}


def digest_of(lines):
    """Return the digest of lines: sha256 of their canonical JSON."""
    text = json.dumps(lines, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def words(model, case, past, told):
    """Enter what the city, the compliance desk, the office's meeting and the chair said, each time anew."""
    asked = None
    for entry, body in told:
        facts, by = body["facts"], body["on_behalf_of"] or body["actor"]["name"]
        if entry.step == "consult_city":
            model.objects.filter(proposal=case, answered_on=None).delete()
            letter = facts.get("letter", "")
            asked = model.objects.create(
                proposal=case, kind="CITY", asked_on=entry.happened_on, asked=letter, **past.at(entry)
            )
        elif entry.step == "record_city_opinion" and asked is not None:
            model.objects.filter(pk=asked.pk).update(
                answered_on=entry.happened_on, result=facts["result"], text=facts.get("text", ""),
                by=body["on_behalf_of"] or CITY,
            )  # fmt: skip
        elif entry.step in KINDS:
            kind, result, text = KINDS[entry.step]
            model.objects.create(
                proposal=case, kind=kind, result=result, asked_on=entry.happened_on, answered_on=entry.happened_on,
                by=by, text=facts.get(text, "") if text else "", asked=facts.get("office_minutes", ""),
                **past.at(entry),
            )  # fmt: skip


def opinions(case, past, told):
    """Tie each opinion to its asking: they stand in the order of their entries."""
    waiting = [(entry, body["facts"]) for entry, body in told if entry.step == "ask_opinion"]
    for opinion in case.opinions.order_by("pk"):
        asked = next((one for one in waiting if one[1]["unit"] == opinion.unit), None)
        if asked is None:
            continue
        waiting.remove(asked)
        entry, facts = asked
        known = {"uuid": facts["opinion"]} if "opinion" in facts else {}
        case.opinions.filter(pk=opinion.pk).update(**past.at(entry), **known)


def exceptions(model, case, past, told):
    """Tie each written exception to the lines of its day; they stand in the order of their entries."""
    written = [entry for entry, _ in told if entry.step == "override"]
    if case.overrides and len(written) == len(case.overrides):
        kept = [{**one, **past.at(entry)} for one, entry in zip(case.overrides, written, strict=True)]
        model.objects.filter(pk=case.pk).update(overrides=kept)


def letters(case, past):
    """Tie files of earlier rounds to what those rounds said; those of this round to the lines as they stand."""
    for upload in case.uploads.all():
        sent = [one for one in past.rounds if one.n == upload.round]
        if upload.round < case.round and sent:
            case.uploads.filter(pk=upload.pk).update(digest=digest_of(sent[-1].snapshot["lines"]))
        elif case.state not in EDITABLE:
            case.uploads.filter(pk=upload.pk).update(digest=digest_of(past.now))


def given():
    """Return the three fields of a word that was given for lines."""
    return [
        ("round", models.PositiveSmallIntegerField("针对第几次报送", default=1)),
        ("digest", models.CharField("所针对方案校验值", max_length=64, blank=True)),
        ("lines", models.JSONField("所针对的方案", default=list, blank=True)),
    ]


KIND = [("CITY", "市委编办沟通意见"), ("COMPLIANCE", "合法合规审查意见"), ("OFFICE", "室务会意见"), ("CHAIR", "编委主任意见")]
RESULT = [("AGREE", "同意"), ("CHANGE", "建议修改"), ("UNFIT", "不宜提出"), ("OBJECT", "不同意")]


class Migration(migrations.Migration):
    dependencies = [("proposals", "0020_talent_pool_and_use_plans")]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                *given(),
                ("kind", models.CharField("意见", max_length=10, choices=KIND)),
                ("asked_on", models.DateField("送请日期")),
                ("answered_on", models.DateField("答复日期", null=True, blank=True)),
                ("result", models.CharField("结果", max_length=10, choices=RESULT, blank=True)),
                ("by", models.CharField("答复人", max_length=100, blank=True)),
                ("asked", models.TextField("送请内容", blank=True)),
                ("text", models.TextField("意见内容", blank=True)),
                ("proposal", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="proposals.proposal",
                )),
            ],
            options={"ordering": ["id"]},
        ),
        *(migrations.AddField("opinion", name, field) for name, field in given()),
        migrations.AddField("opinion", "uuid", models.UUIDField(null=True, editable=False)),
        migrations.AddField("opinion", "superseded", models.BooleanField("已另行征求", default=False)),
        migrations.AddField("opinion", "body", models.ForeignKey(
            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.body",
        )),
        migrations.AddField("upload", "digest", models.CharField(
            "所针对方案校验值", max_length=64, blank=True, help_text="empty while the lines are in hand", default="",
        ), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("opinion", "uuid", models.UUIDField(default=uuid.uuid4, unique=True, editable=False)),
        migrations.RemoveField("proposal", "pre_communication"),
        migrations.RemoveField("proposal", "compliance"),
        migrations.RemoveField("proposal", "office_opinion"),
        migrations.AddConstraint("consent", models.CheckConstraint(
            name="consent_answered_with_a_result",
            condition=Q(answered_on=None, result="") | (~Q(answered_on=None) & ~Q(result="")),
        )),
        migrations.AddConstraint("consent", models.UniqueConstraint(
            name="one_open_question_a_kind", fields=["proposal", "kind"], condition=Q(answered_on=None)
        )),
        migrations.AddConstraint("opinion", models.UniqueConstraint(
            name="one_open_asking_a_unit", fields=["proposal", "unit"],
            condition=Q(body=None, replied_on=None, superseded=False),
        )),
        migrations.AddConstraint("opinion", models.UniqueConstraint(
            name="one_open_asking_a_body", fields=["proposal", "body"],
            condition=~Q(body=None) & Q(replied_on=None, superseded=False),
        )),
        migrations.AddConstraint("opinion", models.CheckConstraint(
            name="opinion_replied_with_a_result", condition=Q(replied_on=None) | ~Q(result="")
        )),
    ]  # fmt: skip
