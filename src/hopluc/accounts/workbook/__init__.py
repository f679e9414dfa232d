"""Agencies and people of a province as one Excel workbook: written, read back, checked, applied, taken back."""
