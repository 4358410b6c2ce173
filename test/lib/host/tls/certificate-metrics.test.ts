/**
 * What reports the days left of certificates, with a CloudWatch that is a file of Python and
 * certificates of openssl.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { bash } from '../bash.ts';
import { prod, prodFacts, stepOf } from '../recipes.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-days-'));
const sent = join(folder, 'sent.json');

/** The program as the recipe writes it, with the certificates in this folder instead of /etc. */
function reporter(host: 'aws' | 'gcp'): string {
  const { definitions } = stepOf(hostRecipe(prod, host, prodFacts), 'certificate-metrics');
  const { stdout } = bash(`${definitions}\ntext_of__usr_local_lib_dojang_certificate_days`);
  return stdout.replaceAll('/etc/dojang/tls', folder);
}

const run = (host: 'aws' | 'gcp') => bash(`python3 - <<'PROGRAM'\n${reporter(host)}\nPROGRAM`, { PYTHONPATH: folder });

/** A certificate of a small authority, that ends in so many days and an hour. */
function issue(name: string, days: number): void {
  const end = `$(date -u -d '+${days} days +1 hour' +%Y%m%d%H%M%SZ)`;
  const { code, stderr } = bash(`
    set -e
    cd ${folder}
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=${name} -keyout ${name}-key.pem -out ${name}.csr
    rm -f index.txt && : >index.txt && echo 01 >serial
    printf '[ca]\\ndefault_ca=own\\n[own]\\ndatabase=index.txt\\nserial=serial\\nnew_certs_dir=.\\ndefault_md=sha256\\npolicy=any\\nunique_subject=no\\n[any]\\ncommonName=supplied\\n' >ca.cnf
    openssl ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca-key.pem -startdate 20200101000000Z -enddate "${end}" -in ${name}.csr -out ${name}.pem
  `);
  expect(code, stderr).toBe(0);
}

beforeAll(() => {
  mkdirSync(join(folder, 'botocore'));
  writeFileSync(join(folder, 'botocore/__init__.py'), '');
  writeFileSync(join(folder, 'botocore/config.py'), 'class Config:\n    def __init__(self, **given):\n        pass\n');
  const errors = 'class BotoCoreError(Exception):\n    pass\n\n\nclass ClientError(Exception):\n    pass\n';
  writeFileSync(join(folder, 'botocore/exceptions.py'), errors);
  writeFileSync(
    join(folder, 'boto3.py'),
    `import json
import os

from botocore.exceptions import ClientError


class Client:
    def put_metric_data(self, **given):
        if os.path.exists(${JSON.stringify(join(folder, 'refuses'))}):
            raise ClientError("AccessDenied")
        with open(${JSON.stringify(sent)}, "w") as file:
            json.dump(given, file)


def client(service, **given):
    assert service == "cloudwatch" and given["region_name"] == "ap-northeast-2"
    return Client()
`,
  );
  const selfSigned = 'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=authority';
  expect(bash(`cd ${folder} && ${selfSigned} -keyout ca-key.pem -out ca.pem`).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

const metric = (Value: number, name: string) => ({
  MetricName: 'CertificateDaysLeft',
  Dimensions: [{ Name: 'Certificate', Value: name }],
  Value,
  Unit: 'Count',
});

describe('the days left', () => {
  it('are those of each certificate of the host, in the namespace of the environment', () => {
    issue('peer', 396);
    issue('site', 12);
    expect(run('aws')).toEqual({ code: 0, stdout: 'aws-peer 396 days left, site 12 days left\n', stderr: '' });
    expect(JSON.parse(readFileSync(sent, 'utf8'))).toEqual({
      Namespace: 'dojang-prod',
      MetricData: [metric(396, 'aws-peer'), metric(12, 'site')],
    });
    expect(run('gcp').stdout).toBe('gcp-peer 396 days left\n');
  });

  it('are negative for one that has ended', () => {
    issue('peer', -3);
    expect(run('gcp').stdout).toBe('gcp-peer -3 days left\n');
  });

  it('are none for a placeholder that is signed by itself, and for one that is missing', () => {
    bash(`cd ${folder} && cp ca.pem site.pem && rm -f peer.pem`);
    expect(run('aws').stdout).toBe('aws-peer 0 days left, site 0 days left\n');
  });

  it('that CloudWatch does not take are a failure that says so', () => {
    writeFileSync(join(folder, 'refuses'), '');
    expect(run('aws')).toEqual({ code: 1, stdout: '', stderr: 'CloudWatch does not take the metric: AccessDenied\n' });
  });
});
