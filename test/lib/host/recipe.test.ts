import { describe, expect, it } from 'vitest';
import { agentNamespace } from '../../../lib/config/names.ts';
import { recipeLines } from '../../../lib/host/bash/dry-run.ts';
import { renderRecipe } from '../../../lib/host/bash/render.ts';
import { factsBeforeDeployment } from '../../../lib/host/facts.ts';
import { hostRecipe } from '../../../lib/host/recipe.ts';
import { wrapInParts } from '../../../scripts/io/script-wrapper.ts';
import { bash } from './bash.ts';
import { cases, local, localFacts, prod, prodFacts, stepOf } from './recipes.ts';

const aws = hostRecipe(prod, 'aws', prodFacts);
const gcp = hostRecipe(prod, 'gcp', prodFacts);
const localAws = hostRecipe(local, 'aws', localFacts);
const ids = (recipe: typeof aws) => recipe.steps.map(({ id }) => id);

describe.each(cases)('the recipe of $name', ({ recipe }) => {
  it('names each step once, in words that the script and its reader understand', () => {
    expect(new Set(ids(recipe)).size).toBe(recipe.steps.length);
    for (const { id, title } of recipe.steps) {
      expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(title.length).toBeGreaterThan(5);
    }
  });

  it('notifies only handlers that exist, and has none that is never notified', () => {
    const notified = new Set(recipe.steps.flatMap(({ notifies }) => notifies));
    expect([...notified].filter((id) => !recipe.handlers.some((handler) => handler.id === id))).toEqual([]);
    const idle = recipe.handlers.filter(({ id }) => !notified.has(id)).map(({ id }) => id);
    expect(idle).toEqual([]);
  });

  it('fits what Systems Manager sends, packed and in a few parts at most', () => {
    const scripts = wrapInParts(renderRecipe(recipe, 'apply'), 600);
    for (const script of scripts) expect(Buffer.byteLength(JSON.stringify(script))).toBeLessThan(60_000);
    expect(scripts.length).toBeLessThanOrEqual(3);
  });

  it('is bash', () => {
    expect(bash('bash -n', {}, renderRecipe(recipe, 'apply'))).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('asks for secrets by name only, and lets no other user read them', () => {
    const files = [...renderRecipe(recipe, 'apply').matchAll(/^write_file (\S+) (\d+) (\S+) text_of_\S+$/gm)];
    const guarded = files.filter(([, path = '']) => /key|\.env/.test(path));
    expect(guarded.length).toBeGreaterThan(0);
    for (const [, path, mode] of guarded) expect(`${path} ${mode}`).toMatch(/ (640|600)$/);
  });
});

describe('on AWS', () => {
  it('the data volume and the settings are there before MySQL is, and its accounts before the API is', () => {
    const order = ['data-volume', 'data-mount', 'mysql-data', 'mysql-settings', 'packages', 'mysql', 'mysql-api', 'nginx-site', 'api-unit'];
    expect(ids(aws).filter((id) => order.includes(id))).toEqual(order);
  });

  it("a certificate of Let's Encrypt comes last, when all else is in order", () => expect(ids(aws).at(-1)).toBe('letsencrypt'));
  it('a private authority needs no certbot', () => {
    expect(ids(localAws)).not.toContain('letsencrypt');
    expect(renderRecipe(localAws, 'apply')).not.toContain('certbot');
  });

  it('only an empty disk at the place of the data volume is formatted, and none on embedded hosts', () => {
    const { apply } = stepOf(aws, 'data-volume');
    expect(apply).toContain('/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0abc');
    const guards = ['lsblk', 'findmnt', 'wipefs', '/dev/zero'].map((guard) => apply.indexOf(guard));
    expect(guards.every((at) => at > 0 && at < apply.indexOf('mkfs'))).toBe(true);
    expect(renderRecipe(localAws, 'apply')).not.toContain('mkfs');
  });

  it('the data volume is mounted by its id: a copy of it would carry the same label', () => {
    for (const recipe of [aws, localAws]) {
      expect(stepOf(recipe, 'data-mount').definitions).toContain('What=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0abc');
      expect(renderRecipe(recipe, 'apply')).not.toMatch(/by-label|--label/);
    }
  });

  it('the agent reports what the alarms look at', () => {
    const { definitions } = stepOf(aws, 'metrics');
    const { stdout } = bash(`${definitions}\ntext_of__etc_dojang_metrics_json`);
    const { metrics } = JSON.parse(stdout);
    expect(metrics.namespace).toBe(agentNamespace);
    expect(metrics.aggregation_dimensions).toEqual([['InstanceId']]);
    expect(metrics.append_dimensions).toEqual({ InstanceId: ['$', '{aws:InstanceId}'].join('') });
    expect(metrics.metrics_collected.mem.measurement).toEqual(['mem_used_percent']);
    expect(metrics.metrics_collected.disk).toMatchObject({ measurement: ['disk_used_percent'], resources: ['/', '/srv/data'] });
  });

  it('the site takes what the contracts need, and pages from no one else', () => {
    const { definitions } = stepOf(aws, 'nginx-site');
    expect(definitions).toContain('client_max_body_size 25m;');
    expect(definitions).toContain("frame-ancestors 'none'");
    expect(definitions).toContain("form-action 'self' https://accounts.google.com");
    expect(definitions).toContain('add_header Strict-Transport-Security');
    expect(stepOf(localAws, 'nginx-site').definitions).not.toContain('add_header Strict-Transport-Security');
  });
});

describe('on GCP', () => {
  it('the door opens to the certificate of the API alone', () => {
    const { definitions } = stepOf(gcp, 'nginx-site');
    expect(definitions).toContain('listen 8443 ssl');
    expect(definitions).toContain('ssl_verify_client on;');
    expect(definitions).toContain('"~^CN=api\\z" 1;');
  });

  it('kernel and driver are not renewed by themselves', () => {
    expect(stepOf(gcp, 'upgrades').definitions).toContain('"^nvidia-";');
    expect(stepOf(aws, 'upgrades').definitions).not.toContain('nvidia');
  });
});

describe('embedded hosts', () => {
  it('say what they are without, and why', () => {
    const left = [localAws, hostRecipe(local, 'gcp', localFacts)].flatMap(({ leftOut }) => leftOut);
    expect(left.map(({ id }) => id)).toEqual(['metrics-agent', 'gpu-driver']);
    for (const { reason } of left) expect(reason).toMatch(/embedded host/);
  });
});

describe('a dry run', () => {
  it('shows every step before anything is deployed, and no secret', () => {
    const recipe = hostRecipe(prod, 'aws', factsBeforeDeployment(prod));
    const lines = recipeLines(recipe, { scripts: true }).join('\n');
    for (const { id, title } of recipe.steps) expect(lines).toMatch(new RegExp(`^ {2}${id} +${title.replaceAll(/[.()\\/]/g, '.')}`, 'm'));
    expect(lines).toContain('{{sql /dojang/prod/aws/mysql-api}}');
    expect(lines).not.toMatch(/IDENTIFIED BY '|BEGIN [A-Z ]*PRIVATE KEY/);
  });

  it('is one line for a step', () => {
    expect(recipeLines(gcp)).toHaveLength(1 + gcp.steps.length + gcp.handlers.length + gcp.leftOut.length);
  });
});
