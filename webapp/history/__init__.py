"""Reading: the past and the present as frozen values. Nothing here writes."""
