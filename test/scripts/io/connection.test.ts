/** The connection that variables describe, and what clients are made with. */
import { describe, expect, it } from 'vitest';
import { awsClientConfig, connectionFrom } from '../../../scripts/io/connection.ts';
import { directToolkit, pathFolders, withoutOverriding } from '../../../scripts/io/process/process-environment.ts';

const standIn = { AWS_ENDPOINT_URL: 'http://localhost:4566', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'word' };

describe('a connection', () => {
  it('to the real clouds leaves addresses and credentials to the official SDKs', () => {
    const { endpoints, credentials, pollInterval } = connectionFrom({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'word' });
    expect({ endpoints, credentials, pollInterval }).toEqual({
      endpoints: { aws: undefined, google: {} },
      credentials: undefined,
      pollInterval: 5000,
    });
    expect(awsClientConfig(connectionFrom({}), 'ap-northeast-2')).toEqual({ region: 'ap-northeast-2' });
  });

  it('to stand-ins has their addresses and credentials', () => {
    const connection = connectionFrom({
      ...standIn,
      GOOGLE_COMPUTE_CUSTOM_ENDPOINT: 'http://localhost:1/compute/v1/',
      GOOGLE_BILLING_CUSTOM_ENDPOINT: 'http://localhost:1/billing/v1/',
      GOOGLE_MONITORING_CUSTOM_ENDPOINT: '',
    });
    expect(connection).toMatchObject({
      endpoints: {
        aws: 'http://localhost:4566',
        google: { compute: 'http://localhost:1/compute/v1/', billingbudgets: 'http://localhost:1/billing/v1/' },
      },
      pollInterval: 200,
    });
    expect(connection.endpoints.google).not.toHaveProperty('monitoring');
    expect(awsClientConfig(connection, 'ap-northeast-2')).toMatchObject({
      region: 'ap-northeast-2',
      endpoint: 'http://localhost:4566',
      credentials: { accessKeyId: 'local', secretAccessKey: 'word' },
    });
  });

  it('keeps the session of temporary credentials', () => {
    const { credentials } = connectionFrom({ ...standIn, AWS_SESSION_TOKEN: 'session' });
    expect(credentials).toEqual({ accessKeyId: 'local', secretAccessKey: 'word', sessionToken: 'session' });
  });

  it('without credentials for its stand-in leaves them to the SDK', () => {
    expect(connectionFrom({ ...standIn, AWS_SECRET_ACCESS_KEY: undefined }).credentials).toBeUndefined();
  });
});

describe('variables of the process', () => {
  it('that would lead the AWS SDK elsewhere are left out', () => {
    const others = { AWS_REGION: 'ap-northeast-2', AWS_ENDPOINT_URL: 'http://localhost:1', PATH: '/bin' };
    const leading = {
      AWS_PROFILE: 'work',
      AWS_SESSION_TOKEN: 'word',
      AWS_ENDPOINT_URL_S3: 'x',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    };
    expect(withoutOverriding({ ...others, ...leading })).toEqual(others);
  });

  it('name the folders of commands', () => {
    expect(pathFolders({ PATH: '/usr/bin:/bin' })).toEqual(['/usr/bin', '/bin']);
    expect(pathFolders({})).toEqual(['']);
  });

  it('direct the CDK toolkit to a stand-in, past what would lead it elsewhere', () => {
    const env: Record<string, string> = { AWS_PROFILE: 'work', AWS_ENDPOINT_URL_S3: 'http://localhost:2', AWS_REGION: 'ap-northeast-2' };
    directToolkit('http://localhost:1', env);
    expect(env).toEqual({ AWS_ENDPOINT_URL: 'http://localhost:1', AWS_REGION: 'ap-northeast-2' });
  });
});
