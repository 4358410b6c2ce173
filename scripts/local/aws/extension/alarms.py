"""CloudWatch alarms that follow their metrics: moto keeps an alarm in the state in which it was made."""

import operator
from datetime import timedelta

from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.utils import utcnow

from extension.base import Recorded, client, pick

describe_as_they_are = CloudWatchResponse.describe_alarms
COMPARED = {
    "GreaterThanOrEqualToThreshold": operator.ge, "GreaterThanThreshold": operator.gt,
    "LessThanOrEqualToThreshold": operator.le, "LessThanThreshold": operator.lt,
}  # fmt: skip
STATISTICS = {"Minimum": min, "Maximum": max, "Sum": sum, "SampleCount": len, "Average": lambda values: sum(values) / len(values)}


def extend():
    CloudWatchResponse.describe_alarms = describe_alarms


def describe_alarms(self):
    """AWS looks at the metrics every minute, this cloud when it is asked. Machines of this cloud send no metrics of AWS services."""
    for alarm in self.cloudwatch_backend.alarms.values():
        if alarm.rule is None and not alarm.metric_data_queries and not alarm.namespace.startswith("AWS/"):
            bring_up_to_date(alarm, self.cloudwatch_backend.metric_data)
    return describe_as_they_are(self)


def bring_up_to_date(alarm, metric_data):
    windows = [statistic_of(alarm, metric_data, ago) for ago in range(int(alarm.evaluation_periods))]
    state, reason = state_of(alarm, windows)
    if state != alarm.state_value:
        alarm.update_state(reason, "{}", state)


def state_of(alarm, windows):
    known = [value for value in windows if value is not None]
    breaching = [value for value in known if COMPARED[alarm.comparison_operator](value, float(alarm.threshold))]
    missing = len(windows) - len(known)
    if alarm.treat_missing_data == "breaching" and len(breaching) + missing == len(windows):
        return "ALARM", f"{len(breaching)} of {len(windows)} datapoints are breaching, {missing} are missing"
    if not known:
        quiet = alarm.treat_missing_data == "notBreaching"
        return ("OK" if quiet else "INSUFFICIENT_DATA"), f"{missing} of {len(windows)} datapoints are missing"
    if len(breaching) == len(windows):
        return "ALARM", f"Threshold Crossed: {breaching} was {alarm.comparison_operator} ({alarm.threshold})"
    return "OK", f"Threshold not crossed: {known}"


def statistic_of(alarm, metric_data, periods_ago):
    """None when there is no value in the window."""
    length = timedelta(seconds=int(alarm.period))
    end = utcnow() - periods_ago * length
    key = (alarm.namespace, alarm.metric_name, dimensions_of(alarm))
    values = [
        one.value for one in metric_data
        if (one.namespace, one.name, dimensions_of(one)) == key and end - length <= one.timestamp.replace(tzinfo=None) <= end
    ]  # fmt: skip
    return STATISTICS[alarm.statistic](values) if values else None


def dimensions_of(one):
    return sorted((dimension.name, dimension.value) for dimension in one.dimensions)


class Alarm(Recorded):
    """moto has no such type."""

    replaced_by = ("AlarmName",)
    settings = (
        "ActionsEnabled", "AlarmActions", "AlarmDescription", "ComparisonOperator", "DatapointsToAlarm", "Dimensions", "EvaluationPeriods",
        "InsufficientDataActions", "MetricName", "Namespace", "OKActions", "Period", "Statistic", "Threshold", "TreatMissingData",
    )  # fmt: skip

    def create(self, properties):
        self.alarm_name = properties.get("AlarmName", self.physical_resource_id)
        if client("cloudwatch").describe_alarms(AlarmNames=[self.alarm_name])["MetricAlarms"]:
            raise ValueError(f"{self.alarm_name} already exists")
        self.physical_resource_id = self.alarm_name
        self.arn = f"{self.arn.rsplit(':', 1)[0]}:alarm:{self.alarm_name}"
        self.put(properties)

    def put(self, properties):
        client("cloudwatch").put_metric_alarm(AlarmName=self.alarm_name, Tags=properties.get("Tags", []), **pick(properties, *self.settings))
        reason = "Unchecked: Initial alarm creation"
        client("cloudwatch").set_alarm_state(AlarmName=self.alarm_name, StateValue="INSUFFICIENT_DATA", StateReason=reason)

    def change(self, properties, changed):
        self.put(properties)

    def remove(self):
        client("cloudwatch").delete_alarms(AlarmNames=[self.alarm_name])
