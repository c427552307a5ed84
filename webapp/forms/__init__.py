"""Shapes of input; whether it is true is asked further down."""
