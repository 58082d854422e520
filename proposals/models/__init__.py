"""The tables of the facts; import models from here."""

from proposals.models.organisation import Appointment, Person, Territory

__all__ = ["Appointment", "Person", "Territory"]
