import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { mysqlSettingsOf, SettingsError, settingsOf } from '../../../apps/api/src/settings.ts';

const least = {
  PUBLIC_URL: 'https://app.example.com',
  SESSION_SECRET: 'x'.repeat(32),
  MYSQL_DATABASE: 'dojang',
  MYSQL_USER: 'api',
};
const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    settingsOf(env);
    return [];
  } catch (error) {
    return (error as SettingsError).faults;
  }
};

describe('settings', () => {
  it('have the documented defaults', () => {
    expect(settingsOf(least)).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      mysql: { host: '127.0.0.1', port: 3306, pool: 20 },
      ai: { name: 'ai', concurrency: 5, deadlineSeconds: 300 },
      maxPages: 30,
      maxBytes: 20 * 1024 * 1024,
      maxCharacters: 240_000,
      maxPageCharacters: 40_000,
      logLevel: 'info',
    });
  });

  it('let no page have more characters than all pages', () => {
    expect(faultsOf({ ...least, MAX_CHARACTERS: '1000' })).toEqual(['MAX_PAGE_CHARACTERS must be at most MAX_CHARACTERS']);
    expect(faultsOf({ ...least, MAX_CHARACTERS: '1000', MAX_PAGE_CHARACTERS: '1000' })).toEqual([]);
  });

  it('report all faults at once, and not the values', () => {
    const faults = faultsOf({ PUBLIC_URL: 'https://app.example.com/', SESSION_SECRET: 'hunter2', PORT: 'many', OIDC_CLIENT_ID: 'app' });
    const variables = faults.map((each) => each.split(' ')[0]).toSorted();
    expect(variables).toEqual(
      ['MYSQL_DATABASE', 'MYSQL_USER', 'OIDC_CLIENT_SECRET', 'OIDC_ISSUER', 'PORT', 'PUBLIC_URL', 'SESSION_SECRET'].toSorted(),
    );
    expect(faults.join()).not.toContain('hunter2');
  });

  it('take a variable that is set to nothing as not set', () => {
    expect(settingsOf({ ...least, PORT: '', OIDC_ISSUER: '', OIDC_CLIENT_ID: '', OIDC_CLIENT_SECRET: '' })).toMatchObject({
      port: 8080,
      oidc: undefined,
    });
  });

  it('have the slot and the file that says which one serves, or neither', () => {
    const slot = { SLOT: 'b', SERVING_FILE: '/run/serving', SHARE_FILE: '/run/share' };
    expect(settingsOf({ ...least, ...slot }).slot).toEqual({ name: 'b', servingFile: '/run/serving', shareFile: '/run/share' });
    expect(settingsOf(least).slot).toBeUndefined();
    expect(faultsOf({ ...least, SLOT: 'c', SERVING_FILE: '/run/serving' })).toEqual(['SLOT must be a or b']);
    expect(faultsOf({ ...least, SLOT: 'a' })).toEqual(['SERVING_FILE is missing, while SLOT is there']);
    expect(faultsOf({ ...least, SERVING_FILE: '/run/serving' })).toEqual(['SLOT is missing, while SERVING_FILE is there']);
  });

  it('refuse an issuer in the clear unless it is allowed', () => {
    const oidc = { OIDC_ISSUER: 'http://id.example.com', OIDC_CLIENT_ID: 'app', OIDC_CLIENT_SECRET: 's' };
    expect(faultsOf({ ...least, ...oidc })).toEqual([expect.stringContaining('OIDC_ISSUER must be https')]);
    expect(settingsOf({ ...least, ...oidc, OIDC_ALLOW_HTTP: 'true' }).oidc?.allowHttp).toBe(true);
  });

  it('want certificates for an AI server that is asked over https', () => {
    expect(faultsOf({ ...least, AI_URL: 'https://198.51.100.10:8443', AI_CA_FILE: '/ca.pem' })).toHaveLength(2);
  });

  it.each([
    ['PUBLIC_URL', 'app.example.com'],
    ['PUBLIC_URL', 'https://app.example.com/path'],
    ['PORT', '70000'],
    ['MAX_PAGES', '0'],
    ['MYSQL_POOL', '2.5'],
    ['OIDC_ALLOW_HTTP', 'yes'],
    ['LOG_LEVEL', 'loud'],
  ])('refuse %s=%s', (name, value) => expect(faultsOf({ ...least, [name]: value })).toEqual([expect.stringContaining(name)]));

  it('of migrations are those of the database alone', () => {
    expect(mysqlSettingsOf({ MYSQL_DATABASE: 'dojang', MYSQL_USER: 'migrate', MYSQL_SOCKET: '/run/mysqld.sock' })).toMatchObject({
      socket: '/run/mysqld.sock',
    });
    expect(() => mysqlSettingsOf({})).toThrow(SettingsError);
  });

  it('do not show a secret, however they are printed', () => {
    const settings = settingsOf({ ...least, MYSQL_PASSWORD: 'hunter2' });
    expect(settings.mysql.password.reveal()).toBe('hunter2');
    for (const printed of [JSON.stringify(settings), inspect(settings, { depth: 9, showHidden: true }), `${settings.mysql.password}`]) {
      expect(printed).not.toContain('hunter2');
      expect(printed).not.toContain(least.SESSION_SECRET);
    }
  });
});
