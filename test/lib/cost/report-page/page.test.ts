import { describe, expect, it } from 'vitest';
import { costDifference } from '../../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { serviceUsage } from '../../../../lib/cost/estimate/traffic.ts';
import { graphOf } from '../../../../lib/cost/report-page/diagram/graph.ts';
import { layoutOf } from '../../../../lib/cost/report-page/diagram/layout.ts';
import { html } from '../../../../lib/cost/report-page/html.ts';
import { reportPage } from '../../../../lib/cost/report-page/page.ts';
import { billedOf } from '../../../../lib/cost/sources/inventory.ts';
import { changed } from '../../../../lib/cost/what-if/change.ts';
import { parseInventory } from '../../../../lib/inventory/parse.ts';
import { Size } from '../../../../lib/values/size.ts';
import prod from '../../../../plans/prod.json' with { type: 'json' };
import { readExchangeRate, readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { day } from '../day.ts';

const resources = billedOf(parseInventory(JSON.stringify(prod), 'plans/prod.json'));
const report = estimateCost(resources, readPriceBook(), serviceUsage(), day, readExchangeRate());

describe('the picture of production', () => {
  const graph = graphOf(report);

  it('has the boxes that people know by name, and the others together', () => {
    expect(graph.clouds.map(({ name, boxes }) => [name, boxes.map(({ lines }) => lines[0])])).toEqual([
      ['AWS', ['machine', 'data volume', 'public address', 'bucket', expect.stringMatching(/^\d+ more$/)]],
      ['GCP', ['GPU machine', 'data disk', 'public address', expect.stringMatching(/^\d+ more$/)]],
    ]);
  });

  it('shows who reaches whom, at which port', () => {
    const short = (id: string) => id.split(' ').at(-1);
    expect(graph.edges.map(({ from, to, label }) => `${short(from)} > ${short(to)} ${label}`.trim()).sort()).toEqual([
      'Address > Host',
      'Host > DataVolume',
      'Host > ai-machine tcp 8443',
      'ai-address > ai-machine',
      'ai-machine > ai-data',
      'internet > Address tcp 80, 443',
    ]);
  });

  it('shows another GPU where it is', () => {
    const other = graphOf(
      estimateCost(
        changed(resources, { region: [], machine: [], gpu: 'runpod' }, { bufferPool: Size.gib(1) }),
        readPriceBook(),
        serviceUsage(),
        day,
      ),
    );
    expect(other.edges.map(({ to, label }) => `${to} ${label}`)).toContain('runpod ai-endpoint https');
    expect(other.clouds.map(({ name }) => name)).toEqual(['AWS', 'GCP', 'RunPod']);
  });

  it('fits a phone', async () => expect((await layoutOf(graph)).width).toBeLessThan(320));
});

describe('the page', () => {
  const input = { title: 'dojang prod', report, pricesOf: '2026-10', runways: [], verdicts: [] };

  it('is the same for the same report', async () => expect(await reportPage(input)).toBe(await reportPage(input)));

  it('cannot be broken by a name', async () => {
    const [host] = resources.filter(({ id }) => id === 'Host');
    const named = host && { ...host, id: '<script>alert(1)</script>"\'&' };
    const page = await reportPage({
      ...input,
      title: '<b>',
      report: estimateCost(named ? [named] : [], readPriceBook(), serviceUsage(), day),
    });
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<b>:');
    expect(html`${'<&"\'>'}`.text).toBe('&#60;&#38;&#34;&#39;&#62;');
  });

  it('names what a change has no price for', async () => {
    const robot = {
      provider: 'aws',
      region: 'ap-northeast-2',
      stack: 'shop',
      id: 'Arm',
      type: 'Shop::Robot::Arm',
      properties: {},
    } as const;
    const after = estimateCost([...resources, robot], readPriceBook(), serviceUsage(), day);
    const page = await reportPage({ ...input, difference: { base: 'main', cost: costDifference(report, after) } });
    expect(page).toContain('before:</p><ul><li>Arm: no cost model for Shop::Robot::Arm</li></ul><p>No line with a price differs.</p>');
  });

  it('refers to nothing outside itself', async () => {
    const after = estimateCost(
      changed(resources, { region: [], machine: [], gpu: 'runpod' }, { bufferPool: Size.gib(1) }),
      readPriceBook(),
      serviceUsage(),
      day,
    );
    const page = await reportPage({ ...input, difference: { base: 'main', cost: costDifference(report, after) } });
    expect(page.match(/\b(src|href)="(?!#)|@import|url\((?!#)/g)).toBeNull();
  });
});
