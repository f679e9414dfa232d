"""The pages of administrative units and of agencies: maps, lists, lines of time, a province's own deviations."""
