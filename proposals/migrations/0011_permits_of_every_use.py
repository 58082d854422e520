"""Posts that were approved and not filled without a permit get one: from an opening balance, or from a founding paper."""

from datetime import date, timedelta

from django.db import migrations, models
from django.db.models import Sum
from django.utils import timezone

# The days of a permit where the rulebook does not say otherwise; nothing lapses before its time has run once.
OPENING_DAYS, USUAL_DAYS = 365, 180


def give_permits(apps, schema_editor):
    """Make a permit of every committed account that has none, with the paper and the day of what committed it."""
    account, movement, permit = (apps.get_model("proposals", name) for name in ("Account", "Movement", "Permit"))
    today = timezone.localdate()
    for one in account.objects.filter(compartment="COMMITTED", permit=None).order_by("pk"):
        given = movement.objects.filter(target=one, posting__kind__in=("OPENING", "POST"), posting__reversed_by=None)
        first = given.order_by("pk").select_related("posting").first()
        if first is None:
            continue
        paper, on = first.posting.paper, first.posting.effective_on
        days = OPENING_DAYS if one.case is None else USUAL_DAYS
        permit.objects.create(
            territory=one.territory, case=one.case, account=one, n=given.aggregate(n=Sum("n"))["n"], issued_on=on,
            number=(paper if one.case else f"期初已核未入（{paper}）")[:80], expires_on=later(on, today) + timedelta(days=days),
            entry_hash=first.posting.entry_hash,
        )


def later(on: date, today: date) -> date:
    """Return the day from which the time runs: nobody could fill posts against a permit that was not there."""
    return max(on, today)


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0010_cases_know_the_law_of_their_road'),
    ]

    operations = [
        migrations.AddField(
            model_name='permit',
            name='entry_hash',
            field=models.CharField(blank=True, max_length=64, verbose_name='办理记录'),
        ),
        migrations.AddField(
            model_name='permit',
            name='from_outside',
            field=models.BooleanField(default=False, verbose_name='区外调入'),
        ),
        migrations.AddField(
            model_name='permit',
            name='post',
            field=models.CharField(blank=True, max_length=300, verbose_name='岗位'),
        ),
        migrations.AddField(
            model_name='permit',
            name='ways',
            field=models.CharField(blank=True, max_length=60, verbose_name='用编方式'),
        ),
        migrations.AlterField(
            model_name='permit',
            name='case',
            field=models.UUIDField(blank=True, null=True, verbose_name='事项'),
        ),
        migrations.AlterField(
            model_name='posting',
            name='kind',
            field=models.CharField(choices=[('OPENING', '期初登记'), ('GRANT', '上级下达'), ('HOLD', '占用'), ('RELEASE', '释放占用'), ('POST', '入账'), ('ENROL', '入编'), ('LEAVE', '减员'), ('EXPIRE', '核准单到期'), ('HAND_BACK', '核准单退回'), ('REVERSAL', '更正')], max_length=10, verbose_name='性质'),
        ),
        migrations.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(('n__gt', 0)), name='permit_of_something'),
        ),
        migrations.RunPython(give_permits, migrations.RunPython.noop),
    ]
