"""The database refuses a body as its own superior; its triggers refuse every longer circle."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("proposals", "0015_bodies_leave_themselves")]

    operations = [
        migrations.AddConstraint(
            model_name="bodyversion",
            constraint=models.CheckConstraint(condition=~Q(parent=F("body")), name="body_is_not_its_own_superior"),
        ),
    ]
