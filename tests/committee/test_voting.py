"""How votes become a verdict: the figures of docs/practice.md, and what holds for every committee of 5–13."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.committee import counting
from proposals.committee.voting import Attendance, Votes, quorum, tally
from proposals.committee.voting_rule import HALF, TWO_THIRDS, Base, Method, Share, VotingRule
from proposals.vocabulary import Motion, Outcome, Verdict
from tests.reached import Reached

RULE = VotingRule(citation="区委编委工作规则第十二条")


def compositions(smallest: int = 5, largest: int = 13):
    """Yield every committee with every attendance, recusal of up to three members, and count."""
    for due in range(smallest, largest + 1):
        for present in range(due + 1):
            for recused in range(min(3, present) + 1):
                eligible = present - recused
                for in_favour in range(eligible + 1):
                    for against in range(eligible - in_favour + 1):
                        yield Attendance(due, present, recused, recused), Votes(in_favour, against, 0)


def decide(votes: Votes, attendance: Attendance, rule: VotingRule = RULE, motion: Motion = Motion.AS_PROPOSED, **more):
    return tally(votes=votes, attendance=attendance, rule=rule, motion=motion, **more)


def test_seven_of_nine_due_carry_although_eight_are_present() -> None:
    found = decide(Votes(7, 0, 1), Attendance(9, 8))
    assert (found.verdict, found.outcome, found.needed) == (Verdict.CARRIED, Outcome.APPROVED, 5)
    assert found.sentence == "赞成7票、反对0票、弃权1票，赞成7票超过应到会委员9人的半数（4.5），同意"


def test_a_major_item_with_five_of_nine_is_blocked_with_the_sentence_of_the_rule() -> None:
    found = quorum(attendance=Attendance(9, 5), rule=RULE, major=True)
    assert (found.met, found.needed) == (False, 6)
    assert found.sentence == "应到9人，实到5人，5人未达到重大事项法定人数，即9人的3分之2（6），须有6人"
    assert quorum(attendance=Attendance(9, 6), rule=RULE, major=True).met


def test_five_for_and_one_against_carry_but_four_for_and_two_against_are_deferred() -> None:
    room = Attendance(9, 6)
    assert decide(Votes(5, 1, 0), room, major=True).outcome == Outcome.APPROVED
    found = decide(Votes(4, 2, 0), room)
    assert (found.verdict, found.outcome) == (Verdict.NOT_CARRIED, Outcome.DEFERRED)
    assert found.sentence == "赞成4票、反对2票、弃权0票，赞成4票未超过应到会委员9人的半数（4.5），暂缓"


def test_no_objection_counts_those_present_with_a_vote_minus_named_dissent() -> None:
    votes = Votes.without_objection(eligible=7, against=1)
    found = decide(votes, Attendance(9, 7), method=Method.NO_OBJECTION)
    assert (found.in_favour, found.against, found.outcome) == (6, 1, Outcome.APPROVED)


@pytest.mark.parametrize(
    ("motion", "outcome"),
    [
        (Motion.AS_PROPOSED, Outcome.APPROVED),
        (Motion.AS_AMENDED, Outcome.AMENDED),
        (Motion.DEFER, Outcome.DEFERRED),
        (Motion.RETURN, Outcome.RETURNED),
    ],
)
def test_what_is_carried_is_what_was_moved(motion: Motion, outcome: Outcome) -> None:
    assert decide(Votes(6, 0, 0), Attendance(9, 7), motion=motion).outcome == outcome


def test_a_majority_against_refuses_and_the_switch_turns_that_into_a_deferral() -> None:
    votes, room = Votes(1, 6, 0), Attendance(9, 7)
    assert decide(votes, room).outcome == Outcome.REJECTED
    assert "反对6票超过该数" in decide(votes, room).sentence
    assert decide(votes, room, replace(RULE, refusal_by_majority=False)).outcome == Outcome.DEFERRED


def test_recusal_takes_the_quorum_away_and_each_of_its_three_switches_counts() -> None:
    room = Attendance(9, 6, recused=3, recused_present=3)
    assert decide(Votes(3, 0, 0), room).verdict == Verdict.NO_QUORUM
    assert decide(Votes(3, 0, 0), room).outcome == Outcome.PUT_OVER
    counted = replace(RULE, recused_is_present=True)
    assert decide(Votes(3, 0, 0), room, counted).verdict == Verdict.NOT_CARRIED
    smaller = replace(counted, recused_in_base=False)
    assert decide(Votes(3, 0, 0), room, smaller).verdict == Verdict.NOT_CARRIED
    assert decide(Votes(3, 0, 0), room, replace(smaller, base=Base.VOTING)).verdict == Verdict.CARRIED
    assert quorum(attendance=room, rule=replace(RULE, recused_in_quorum_base=False), major=False).base == 6


def test_equal_votes_are_a_tie_and_close_votes_a_split_where_the_rule_says_so() -> None:
    present = replace(RULE, base=Base.PRESENT)
    assert decide(Votes(4, 4, 0), Attendance(9, 8), present).verdict == Verdict.TIE
    assert decide(Votes(4, 4, 0), Attendance(9, 8), replace(present, tie=Verdict.NOT_CARRIED)).verdict == "NOT_CARRIED"
    close = replace(present, split_margin=1)
    assert decide(Votes(5, 4, 0), Attendance(9, 9), close).verdict == Verdict.SPLIT
    assert decide(Votes(5, 4, 0), Attendance(9, 9), present).verdict == Verdict.CARRIED
    assert "相差1票" in decide(Votes(5, 4, 0), Attendance(9, 9), close).sentence


def test_more_votes_than_voters_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="8 votes for 7 voters"):
        decide(Votes(8, 0, 0), Attendance(9, 8, 1, 1))
    assert decide(Votes(7, 0, 0), Attendance(9, 8, 1, 1)).silent == 0


@pytest.mark.parametrize("votes", [Votes(-1, 5, 0), Votes(5, -1, 0), Votes(5, 0, -1)])
def test_fewer_votes_than_none_cannot_be_counted(votes: Votes) -> None:
    with pytest.raises(ValueError, match="4 votes for 8 voters"):
        decide(votes, Attendance(9, 8))


@pytest.mark.parametrize(
    ("due", "present", "recused", "in_the_room"),
    [
        (9, 10, 0, 0), (9, -1, 0, 0), (0, 0, 0, 0),
        (9, 8, 10, 1), (9, 8, 1, 2), (9, 2, 5, 3), (9, 8, 1, -1), (9, 8, -1, -1),
    ],
)  # fmt: skip
def test_an_attendance_that_no_room_can_have_is_refused(due: int, present: int, recused: int, in_the_room: int) -> None:
    with pytest.raises(ValueError, match="impossible attendance"):
        Attendance(due, present, recused, in_the_room)


@pytest.mark.parametrize(
    ("room", "eligible"),
    [(Attendance(1, 0), 0), (Attendance(9, 9), 9), (Attendance(9, 9, 9, 9), 0), (Attendance(9, 3, 9, 2), 1)],
)
def test_nobody_there_and_everybody_aside_are_attendances(room: Attendance, eligible: int) -> None:
    assert room.eligible == eligible


@pytest.mark.parametrize(
    ("taken_down", "votes"),
    [
        ({"ballots": {"a": "FOR", "b": "AGAINST", "c": "FOR", "d": "ABSTAIN"}}, (2, 1, 1)),
        ({"in_favour": 4, "against": 2, "abstained": 1}, (4, 2, 1)),
        ({"in_favour": 4, "against": None, "abstained": None}, (4, 0, 0)),
        ({"in_favour": 0, "against": 7}, (0, 7, 0)),
        ({"dissent": {"a": "AGAINST", "b": "ABSTAIN", "c": "ABSTAIN"}}, (4, 1, 2)),
        ({}, (7, 0, 0)),
    ],
)  # fmt: skip
def test_what_was_taken_down_of_seven_with_a_vote_is_read_by_name_by_number_or_as_nobody_objecting(
    taken_down: dict, votes: tuple[int, int, int]
) -> None:
    """Eight are in the room and one of them stands aside: who is not named as dissenting was in favour."""
    found = counting.counted(taken_down, Attendance(9, 8, 1, 1), RULE, motion=Motion.AS_PROPOSED, major=False)
    assert (found.in_favour, found.against, found.abstained) == votes
    assert found.silent == 7 - sum(votes)


def test_in_every_composition_one_verdict_holds_and_its_numbers_add_up() -> None:
    for room, votes in compositions():
        found = decide(votes, room)
        assert found.in_favour + found.against + found.abstained + found.silent == found.eligible
        enough = room.present - room.recused_present > room.due / 2
        carried = enough and votes.in_favour > room.due / 2
        tied = enough and votes.in_favour == votes.against > 0
        assert (found.verdict == Verdict.NO_QUORUM) == (not enough)
        assert (found.verdict == Verdict.CARRIED) == carried
        assert (found.verdict == Verdict.TIE) == tied
        assert (found.outcome == Outcome.APPROVED) == carried
        assert (found.outcome == Outcome.REJECTED) == (enough and votes.against > room.due / 2)


def test_the_composition_test_can_go_red() -> None:
    sloppy = replace(RULE, threshold=Share(1, 2, False))
    wrong = [
        (room, votes)
        for room, votes in compositions(8, 8)
        if (decide(votes, room, sloppy).verdict == Verdict.CARRIED) != (decide(votes, room).verdict == Verdict.CARRIED)
    ]
    assert wrong


shares = st.sampled_from([HALF, TWO_THIRDS, Share(1, 2, False), Share(1, 1, False), Share(3, 5, True)])
rules = st.builds(
    VotingRule,
    citation=st.just("规则"),
    quorum=shares,
    quorum_major=shares,
    base=st.sampled_from(Base),
    threshold=shares,
    split_margin=st.none() | st.integers(0, 3),
    recused_in_base=st.booleans(),
    recused_in_quorum_base=st.booleans(),
    recused_is_present=st.booleans(),
)


@st.composite
def rooms(draw):
    due = draw(st.integers(5, 13))
    present = draw(st.integers(1, due))
    aside = draw(st.integers(0, present))
    away = draw(st.integers(0, due - present))
    in_favour = draw(st.integers(0, present - aside))
    against = draw(st.integers(0, present - aside - in_favour))
    return Attendance(due, present, aside + away, aside), Votes(in_favour, against, 0)


MOVED = Reached(least=0.5)


@st.composite
def majorities(draw):
    """A rule, and a room in which most are in favour: drawn blindly, one vote in thirty would be carried."""
    rule = draw(rules.filter(lambda rule: rule.threshold != Share(1, 1, False)))
    due, aside = draw(st.integers(7, 13)), draw(st.integers(0, 1))
    against = draw(st.integers(1, due // 6))
    in_favour = draw(st.integers(due - aside - against - 1, due - aside - against))
    return rule, Attendance(due, due, aside, aside), Votes(in_favour, against, 0)


# One in ten is drawn blindly, from everything a room can be; of those few come to a majority at all.
moving = st.integers(0, 9).flatmap(
    lambda n: majorities() if n else st.tuples(rules, rooms()).map(lambda drawn: (drawn[0], *drawn[1]))
)


@MOVED.often_enough
@given(moving, st.sampled_from(Motion), st.booleans())
def test_a_vote_that_moves_from_against_to_for_never_loses_the_majority(drawn, motion, major) -> None:
    rule, attendance, votes = drawn
    before = decide(votes, attendance, rule, motion, major=major)
    MOVED.example()
    if before.verdict == Verdict.CARRIED and votes.against:
        MOVED.here()
        moved = replace(votes, in_favour=votes.in_favour + 1, against=votes.against - 1)
        assert decide(moved, attendance, rule, motion, major=major).verdict == Verdict.CARRIED


@given(rules, rooms(), st.sampled_from(Motion), st.booleans())
def test_a_rule_survives_being_frozen_and_read_again(rule, room, motion, major) -> None:
    attendance, votes = room
    again = VotingRule.from_data(rule.to_data())
    assert again == rule
    found = decide(votes, attendance, again, motion, major=major)
    assert found.citation == "规则"
    assert set(found.to_data()) >= {"verdict", "outcome", "sentence", "needed", "base", "quorum_needed"}
