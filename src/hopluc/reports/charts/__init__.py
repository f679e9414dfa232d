"""Charts and maps that a form asks for, drawn from the figures of a report: the same on its pages and in Word."""
