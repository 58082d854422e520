"""A right on one case is open once for one person; the permission it gives is no longer missing anywhere."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('proposals', '0030_lists_along_indexes'),
        ('workflows', '0008_rights_on_one_case'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='casegrant',
            name='content_object',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='proposals.proposal', verbose_name='动议事项'),
        ),
        migrations.AlterField(
            model_name='casegrant',
            name='duty',
            field=models.CharField(blank=True, choices=[('UNIT_DRAFTER', '申请单位经办人'), ('UNIT_HEAD', '单位主要负责人'), ('OFFICE_CLERK', '区委编办经办人'), ('OFFICE_REVIEWER', '编办核稿人'), ('OFFICE_DIRECTOR', '编办主任'), ('COMPLIANCE', '合法合规审查岗'), ('COMMITTEE_CHAIR', '编委主任'), ('COMMITTEE_VICE', '编委副主任'), ('COMMITTEE_MEMBER', '编委委员'), ('ATTENDEE', '列席人员'), ('RECORDER', '会议记录员'), ('SEAL_KEEPER', '用印管理人'), ('ARCHIVIST', '档案员'), ('CITY_RECEIVER', '市委编办收文人'), ('CITY_REVIEWER', '市委编办审核人'), ('INSPECTOR', '监督检查岗'), ('SYSTEM', '系统'), ('SYSADMIN', '系统管理员'), ('SECADMIN', '安全保密管理员'), ('AUDITOR', '安全审计员')], max_length=20, verbose_name='职责'),
        ),
        migrations.AlterField(
            model_name='casegrant',
            name='path',
            field=models.CharField(blank=True, max_length=120, verbose_name='组织路径'),
        ),
        migrations.AlterField(
            model_name='casegrant',
            name='permission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='auth.permission'),
        ),
        migrations.AlterField(
            model_name='casegrant',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='受托人'),
        ),
        migrations.AddIndex(
            model_name='casegrant',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['user', 'until'], name='grants_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'permission', 'content_object'), name='one_open_grant'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', False), models.Q(('user', models.F('lender')), _negated=True), _connector='OR'), name='lent_to_another'),
        ),
        migrations.AddConstraint(
            model_name='casegrant',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', False), models.Q(('duty__in', ('OFFICE_CLERK', 'OFFICE_REVIEWER', 'OFFICE_DIRECTOR', 'COMPLIANCE', 'SEAL_KEEPER', 'ARCHIVIST', 'CITY_RECEIVER', 'CITY_REVIEWER')), ('kind', 'LENT')), models.Q(models.Q(('kind', 'LENT'), _negated=True), ('duty', '')), _connector='OR'), name='only_a_desk_is_lent'),
        ),
    ]
