"""Verbs: one function, one transaction each, with the permission asked and the audit line written inside."""
