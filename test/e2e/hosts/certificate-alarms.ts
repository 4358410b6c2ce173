/** What CloudWatch has of the certificates, asked from the AWS host. */
import type { Place } from './place.ts';

/**
 * The least that CloudWatch has of each certificate since yesterday, and the state of its alarm.
 */
const daysLeft = `python3 - <<'PROGRAM'
import json
from datetime import datetime, timedelta, timezone

import boto3

cloudwatch = boto3.client("cloudwatch")
now, found = datetime.now(timezone.utc), {}
for alarm in cloudwatch.describe_alarms(AlarmNamePrefix="dojang-local-certificate-")["MetricAlarms"]:
    asked = {name: alarm[name] for name in ("Namespace", "MetricName", "Dimensions")}
    data = cloudwatch.get_metric_statistics(
        **asked, StartTime=now - timedelta(days=1), EndTime=now + timedelta(hours=1), Period=86400, Statistics=["Minimum"]
    )["Datapoints"]
    found[alarm["AlarmName"].removeprefix("dojang-local-certificate-")] = [min((each["Minimum"] for each in data), default=None), alarm["StateValue"]]
print(json.dumps(found))
PROGRAM`;

/**
 * By certificate: its fewest days left, null when none were reported, and `OK`, `ALARM` or
 * `INSUFFICIENT_DATA`.
 */
export async function certificateAlarms(place: Place): Promise<Readonly<Record<string, readonly [number | null, string]>>> {
  return JSON.parse(await place.must('aws', daysLeft));
}
