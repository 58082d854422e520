"""Several processes take numbers of one series at once, some of their steps fail: no gap and no number twice."""

from docs_templates.models import AllocatedNumber
from tests.databases import Database

PROCESSES, EACH = 3, 20
CHILD = f"""
import uuid
from datetime import UTC, datetime
import django
django.setup()
from django.db import transaction
from docs_templates.numbers.register import allocate

class StepFailed(Exception):
    pass

for turn in range({EACH}):
    try:
        with transaction.atomic():
            allocate(territory="/wuhai/haibowan/", word="海编发", year=2026, subject=uuid.uuid4(), purpose="qingshi",
                     at=datetime(2026, 11, 20, tzinfo=UTC))
            if turn % 4 == 3:
                raise StepFailed
    except StepFailed:
        pass
"""


def test_numbers_given_at_the_same_time_have_no_gap_and_none_is_given_twice(database: Database) -> None:
    racing = [database.start("-c", CHILD) for _ in range(PROCESSES)]
    codes = [process.wait(timeout=120) for process in racing]
    assert codes == [0] * PROCESSES, [database.log(place).read_text()[-800:] for place in range(PROCESSES)]
    numbers = AllocatedNumber.objects.using(database.alias).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, PROCESSES * EACH * 3 // 4 + 1))
