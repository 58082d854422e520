"""The table of steps and the desks of the flow agree on every road a case can take."""

from proposals.case.lifecycle import CASE_STEPS
from proposals.procedure.entries import SubjectKind
from proposals.vocabulary import MeetingState, State
from workflows.desks.flow import DESKS, StaffingFlow
from workflows.subjects import STEPS

SUCCESSORS = {
    state: {row.target for row in CASE_STEPS if state in row.sources and row.target} for state in State.values
}


def reachable(start: str) -> set[str]:
    found, edge = {start}, [start]
    while edge:
        for state in SUCCESSORS[edge.pop()] - found:
            found.add(state)
            edge.append(state)
    return found


def test_every_state_can_be_reached_from_the_draft():
    assert reachable(State.DRAFT) == set(State.values)


def test_only_the_archive_is_the_end():
    assert [state for state in State.values if not SUCCESSORS[state]] == [State.ARCHIVED]


def test_every_state_leads_to_the_archive():
    assert all(State.ARCHIVED in reachable(state) for state in State.values)


def test_every_state_lies_on_exactly_one_desk():
    states = [state for desk in set(DESKS.values()) for state in desk.states]
    assert sorted(states) == sorted(State.values)


def test_desks_hand_over_exactly_where_steps_move_a_case():
    by_steps = {
        (DESKS[source].name, DESKS[row.target].name)
        for row in CASE_STEPS
        if row.target
        for source in row.sources
        if DESKS[source] is not DESKS[row.target]
    }
    by_flow = {(desk.name, edge.dst.name) for desk in set(DESKS.values()) for edge in desk._outgoing()}
    assert by_flow == by_steps


def test_django_fsm_opens_every_step_exactly_where_its_row_says():
    for kind, states in ((SubjectKind.CASE, State), (SubjectKind.MEETING, MeetingState)):
        for name, step in STEPS[kind].items():
            assert {state for state in states.values if step.is_open(state)} == set(step.row.sources), name


def test_every_step_says_in_a_sentence_what_it_is():
    assert [name for steps in STEPS.values() for name, step in steps.items() if not step.body.__doc__] == []


def test_no_two_rows_share_a_name_or_a_label():
    assert len({row.step for row in CASE_STEPS}) == len(CASE_STEPS)
    assert len({row.label for row in CASE_STEPS}) == len(CASE_STEPS)


def test_flow_names_match_its_desks():
    assert {node.name for node in StaffingFlow.instance.nodes()} == {desk.name for desk in DESKS.values()}
