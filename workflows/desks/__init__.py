"""Desks: where a case waits, for whom, until when, and how it is handed on.

Takes for granted: the state of the case leads, desks follow (ADR 1).
Refuses: a delegate who may not hold the duty himself.
Public: flow (THE DESKS), opening (the first desk), hand_over, charts (the way as a picture and in BPMN),
holders, deadlines, lending (委托代办), reading (查阅).
"""
