"""The register of a territory as of any day: the tree of bodies, one body, what ends soon, figures, reconciliation.

Takes for granted: ledger, effect, opening.
Refuses: to change anything but by its steps.
Public: lifecycle (THE TABLE), tree, body_view, last_days, reconciliation, figures. Inner room: steps.
"""
