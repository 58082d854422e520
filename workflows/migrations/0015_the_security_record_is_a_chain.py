"""The security record becomes a chain; what an older release kept is tied together in the order in which it came."""

import hashlib
import json
from datetime import UTC

from django.db import migrations, models

GENESIS = "0" * 64
DOMAIN = b"dongyi-entry-v1\0"


def tie(apps, schema_editor):
    """Give every event its number and hash, and the record its head."""
    prev, seq = GENESIS, 0
    events = apps.get_model("workflows", "SecurityEvent").objects.select_related("person").order_by("pk")
    for event in events.iterator():
        seq += 1
        body = json.dumps(
            {
                "kind": "security", "seq": seq, "at": event.at.astimezone(UTC).isoformat(), "event": event.kind,
                "person": str(event.person.uuid) if event.person else "", "subject": event.subject,
                "detail": event.detail,
            },
            ensure_ascii=False, sort_keys=True, separators=(",", ":"),
        ).encode()  # fmt: skip
        state = hashlib.sha256(DOMAIN)
        for part in (prev.encode(), body):
            state.update(len(part).to_bytes(8, "big") + part)
        event.seq, event.prev_hash, event.hash = seq, prev, state.hexdigest()
        event.save(update_fields=["seq", "prev_hash", "hash"])
        prev = event.hash
    apps.get_model("workflows", "SecurityHead").objects.create(pk=1, seq=seq, hash=prev)


SUBJECTS = [
    ("case", "动议事项"), ("meeting", "会议"), ("register", "台账"), ("rulebook", "办事规则"),
    ("security", "安全审计记录"),
]  # fmt: skip
KINDS = [
    ("REFUSED", "办理被拒"), ("SIGNED_IN", "登录"), ("FAILED", "登录失败"), ("LOCKED_OUT", "暂停登录"),
    ("SIGNED_OUT", "退出"), ("DENIED", "越权访问"), ("DOWNLOADED", "下载"), ("EXPORTED", "导出"), ("READ", "查阅"),
    ("APPOINTED", "任职变动"), ("GRANTED", "准予查阅"), ("ENDED", "结束查阅"),
]  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ("workflows", "0014_tasks_are_kept_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveBigIntegerField(default=0, verbose_name="末条")),
                ("hash", models.CharField(max_length=64, verbose_name="校验值")),
            ],
        ),
        migrations.AlterField("securityevent", "kind", models.CharField(choices=KINDS, max_length=12, verbose_name="类别")),
        migrations.AddField("securityevent", "seq", models.PositiveBigIntegerField(null=True, verbose_name="序号")),
        migrations.AddField("securityevent", "prev_hash", models.CharField(default="", max_length=64, verbose_name="上一条校验值"), preserve_default=False),
        migrations.AddField("securityevent", "hash", models.CharField(default="", max_length=64, verbose_name="校验值"), preserve_default=False),
        migrations.AlterField("verifiedchain", "subject_kind", models.CharField(choices=SUBJECTS, max_length=10)),
        migrations.RunPython(tie, migrations.RunPython.noop),
        migrations.AlterField("securityevent", "seq", models.PositiveBigIntegerField(unique=True, verbose_name="序号")),
    ]
