/** Warns while there is time to renew a certificate. */
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import type { CertificateName } from '../../config/names.ts';

export interface CertificateAlarmsProps {
  readonly environment: Pick<Environment, 'name' | 'prefix' | 'tls' | 'names'>;
  /** Days left below which an alarm goes off. */
  readonly days: number;
  readonly topic: ITopic;
}

/** The hosts report every hour; this long a silence is more than a restart. */
const period = Duration.hours(6);

/**
 * One alarm for each leaf certificate, so that its mail names the one to renew. Their authority
 * needs none: what it signs ends no later than itself. The metric does not name the machine, so a
 * replaced one goes on with it. A host that reports no more shows as insufficient data, as with its
 * other metrics; before the first report that state is no change, and no mail.
 */
export class CertificateAlarms extends Construct {
  constructor(scope: Construct, id: string, props: CertificateAlarmsProps) {
    super(scope, id);
    for (const certificate of props.environment.names.certificates) addAlarm(this, certificate, props);
  }
}

function addAlarm(scope: Construct, certificate: CertificateName, { environment, days, topic }: CertificateAlarmsProps): void {
  const { namespace, name: metricName, dimension } = environment.names.certificateMetric;
  const alarm = new Alarm(scope, certificate, {
    alarmName: `${environment.prefix}-certificate-${certificate}`,
    alarmDescription: `The certificate ${certificate} ends in less than ${days} days. ${remedy(certificate, environment)}`,
    metric: new Metric({ namespace, metricName, dimensionsMap: { [dimension]: certificate }, statistic: 'Minimum', period }),
    threshold: days,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.MISSING,
  });
  const mail = new SnsAction(topic);
  alarm.addAlarmAction(mail);
  alarm.addOkAction(mail);
  alarm.addInsufficientDataAction(mail);
}

function remedy(certificate: CertificateName, { name, tls }: CertificateAlarmsProps['environment']): string {
  if (certificate === 'site' && tls === 'letsencrypt') return 'certbot does not renew it: dojang doctor shows why';
  return `dojang wire --env ${name}, then dojang provision --env ${name}`;
}
