/**
 * What each type is billed by. Every row of the table is here, so that none is there by name alone.
 */
import { describe, expect, it } from 'vitest';
import { billedTypes, modelOf } from '../../../../lib/cost/resources/registry.ts';
import { big, resource, usage } from '../books.ts';
import { day } from '../day.ts';
import { cases } from './cases/cases.ts';

describe('a model', () => {
  it.each(cases.map((each) => [each.type, each] as const))('%s', (type, { properties = {}, usage: used = {}, beside = [], lines }) => {
    const it = resource(type, properties);
    const entries = usage(used);
    const components = modelOf(type)?.components(it, { resources: [it, ...beside], usage: (entry) => entries.get(entry), day }) ?? [];
    const priced = components.map(({ name, quantity, unit, price: { service, item }, share, reason }) => {
      const text = quantity ? `${quantity.toFixed()} ${unit} ${service} ${item}` : `- ${reason}`;
      return [name, share ? `${text} x ${share.toFixed()}` : text];
    });
    expect(Object.fromEntries(priced)).toEqual(lines);
    expect(new Set(components.map(({ name }) => name)).size).toBe(components.length);
  });

  it('is in the table under its own type, and is tried here', () => {
    expect(billedTypes.map((type) => modelOf(type)?.type)).toEqual(billedTypes);
    expect(billedTypes.filter((type) => !cases.some((each) => each.type === type))).toEqual([]);
  });
});

it('counts a metric that two alarms watch once', () => {
  const alarm = (id: string) => resource('AWS::CloudWatch::Alarm', { Namespace: 'CWAgent', MetricName: 'mem_used_percent' }, { id });
  const resources = [alarm('A'), alarm('B')];
  const names = resources.map((each) =>
    modelOf(each.type)
      ?.components(each, { resources, usage: () => big('0'), day })
      .map(({ name }) => name),
  );
  expect(names).toEqual([['Alarm', 'Custom metric'], ['Alarm']]);
});
