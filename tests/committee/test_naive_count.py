"""The count of votes against a second count made with a pencil: every switch, every composition, every character."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import pytest

from proposals.committee.voting import Attendance, Votes, quorum, tally
from proposals.committee.voting_rule import Base, Share, VotingRule
from proposals.vocabulary import BallotValue, Verdict
from tests.committee.naive_count import ABSTAIN, AGAINST, FOR, SILENT, Count, Member, Part, Sheet, count

PARTS = (Part(1, 2, True), Part(2, 3, False), Part(1, 2, False), Part(1, 1, False), Part(3, 5, True), Part(5, 7, True))
SWITCHES = tuple(itertools.product(("ROLL", "PRESENT", "VOTING"), *[(True, False)] * 4))
MOTIONS = ("AS_PROPOSED", "AS_AMENDED", "DEFER", "RETURN")


def committees(due: int) -> Iterator[list[Member]]:
    """Yield every way in which so many members can be away, stand aside and vote; who is who makes no difference."""
    sorts = [
        Member(present=False, aside=False, vote=SILENT), Member(present=False, aside=True, vote=SILENT),
        Member(present=True, aside=True, vote=SILENT),
        *(Member(present=True, aside=False, vote=vote) for vote in (FOR, AGAINST, ABSTAIN, SILENT)),
    ]  # fmt: skip
    yield from (list(one) for one in itertools.combinations_with_replacement(sorts, due))


def share(part: Part) -> Share:
    return Share(part.num, part.den, part.more)


def written(sheet: Sheet) -> VotingRule:
    """The same rule as the product writes it."""
    return VotingRule(
        citation="规则", quorum=share(sheet.quorum), quorum_major=share(sheet.quorum_major), base=Base(sheet.base),
        threshold=share(sheet.threshold), split_margin=sheet.margin, tie=Verdict(sheet.tie),
        recused_in_base=sheet.recused_in_base, recused_in_quorum_base=sheet.recused_in_quorum_base,
        recused_is_present=sheet.recused_is_present, refusal_by_majority=sheet.refusal_by_majority,
    )  # fmt: skip


def sheets() -> list[Sheet]:
    """Every combination of the switches three times, and in turn every part, margin and treatment of a tie."""
    return [
        Sheet(
            quorum=PARTS[n % 6], quorum_major=PARTS[n // 2 % 6], base=base, threshold=PARTS[n // 3 % 6],
            margin=(None, 0, 1, 2, 3)[n % 5], tie=("TIE", "NOT_CARRIED", "SPLIT")[n // 5 % 3],
            recused_in_base=in_base, recused_in_quorum_base=in_quorum_base, recused_is_present=is_present,
            refusal_by_majority=refusal,
        )
        for n, (base, in_base, in_quorum_base, is_present, refusal) in enumerate(SWITCHES * 3)
    ]  # fmt: skip


def room(members: list[Member]) -> Attendance:
    aside = [one for one in members if one.aside]
    return Attendance(len(members), sum(one.present for one in members), len(aside), sum(one.present for one in aside))


def product(members: list[Member], rule: VotingRule, motion: str, major: bool) -> Count:
    """What the product counts, in the shape of the pencil's sheet."""
    ballots = [one.vote for one in members if one.vote]
    found = tally(votes=ballots, attendance=room(members), rule=rule, motion=motion, major=major)
    meeting = quorum(attendance=room(members), rule=rule, major=major)
    assert (meeting.present, meeting.base, meeting.needed) == (
        found.quorum_present, found.quorum_base, found.quorum_needed,
    )  # fmt: skip
    assert meeting.met == (found.verdict != Verdict.NO_QUORUM)
    names = ("due", "present", "recused", "eligible", "in_favour", "against", "abstained", "silent", "base", "needed",
             "quorum_base", "quorum_present", "quorum_needed")  # fmt: skip
    numbers = {name: getattr(found, name) for name in names}
    return Count(str(found.verdict), str(found.outcome), numbers, meeting.sentence, found.sentence)


def by_hand(members: list[Member], sheet: Sheet, motion: str, major: bool) -> Count:
    found = count(members, sheet, motion, major)
    return found._replace(numbers={name: n for name, n in found.numbers.items() if name != "aside"})


def test_the_product_and_the_pencil_agree_in_every_composition_under_every_switch() -> None:
    seen: Counter[str] = Counter()
    motions, major = itertools.cycle(MOTIONS), itertools.cycle((False, False, True))
    for n, sheet in enumerate(sheets()):
        rule = written(sheet)
        for members in itertools.chain.from_iterable(committees(due) for due in range(1, 4 if n % 5 else 5)):
            asked = next(motions), next(major)
            found = by_hand(members, sheet, *asked)
            assert product(members, rule, *asked) == found, (members, sheet, asked)
            seen[found.verdict] += 1
            seen[found.outcome] += 1
    assert min(seen[verdict] for verdict in Verdict) > 200, seen
    assert min(seen[one] for one in ("APPROVED", "AMENDED", "DEFERRED", "RETURNED", "REJECTED", "PUT_OVER")) > 200, seen


def test_they_agree_in_the_committee_of_nine_too() -> None:
    """Of a whole committee every third composition, each under another rule."""
    rules = itertools.cycle([(sheet, written(sheet)) for sheet in sheets()])
    motions, seen = itertools.cycle(MOTIONS), Counter[str]()
    for members in itertools.islice(committees(9), 0, None, 3):
        (sheet, rule), motion = next(rules), next(motions)
        found = by_hand(members, sheet, motion, False)
        assert product(members, rule, motion, False) == found, (members, sheet, motion)
        seen[found.verdict] += 1
    assert sum(seen.values()) > 1600 and min(seen[verdict] for verdict in Verdict) > 20, seen


@pytest.mark.parametrize(
    "switch", ["recused_in_base", "recused_in_quorum_base", "recused_is_present", "refusal_by_majority"]
)
def test_a_switch_that_the_product_reads_the_wrong_way_round_is_noticed(switch: str) -> None:
    sheet = Sheet(PARTS[0], PARTS[1], "ROLL", PARTS[0], 1, "TIE", False, True, False, True)
    wrong = written(sheet._replace(**{switch: not getattr(sheet, switch)}))
    members = [one for due in (3, 4) for one in committees(due)]
    assert any(
        product(one, wrong, "AS_PROPOSED", False) != by_hand(one, sheet, "AS_PROPOSED", False) for one in members
    )


def test_ballots_are_counted_by_what_is_on_them() -> None:
    assert Votes.of(["FOR", "AGAINST", "FOR", "ABSTAIN", "FOR"]) == Votes(3, 1, 1)
    assert Votes.of([]) == Votes(0, 0, 0)
    assert Votes.without_objection(eligible=9, against=2, abstained=3) == Votes(4, 2, 3)
    assert {value.value for value in BallotValue} == {FOR, AGAINST, ABSTAIN}
