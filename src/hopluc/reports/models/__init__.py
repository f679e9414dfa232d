from hopluc.reports.models.campaigns import Call, Campaign
from hopluc.reports.models.prints import Print
from hopluc.reports.models.reports import Passage, Pick, Report, Snapshot, Template, Waiver

__all__ = ["Call", "Campaign", "Passage", "Pick", "Print", "Report", "Snapshot", "Template", "Waiver"]
