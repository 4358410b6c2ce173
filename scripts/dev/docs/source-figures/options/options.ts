/**
 * infra-decision-options: three shapes for a service with 30 daily users, line by line and added
 * up.
 */
import { Big } from '../../../../../lib/values/decimal.ts';
import { type Figure, figure } from '../figures/figure.ts';
import { america, hours, type Prices, pricesOf } from '../figures/prices.ts';
import { bracketed, given, plus, type Reckoned, shown, times } from '../figures/reckon.ts';
import type { CompareInput, Section } from '../figures/section.ts';

interface Line {
  readonly subject: string;
  /** As the document has it; undefined when the document left the line out. */
  readonly stated?: string;
  readonly ways: readonly Reckoned[];
  readonly today: Reckoned;
  readonly off?: readonly string[];
}

/** A month of one thing, or of several. */
const month = (price: Reckoned, count = '1') => (count === '1' ? times(price, given(hours)) : times(given(count), price, given(hours)));

export function options(input: CompareInput): Section[] {
  const prices = pricesOf(input.book);
  const database = databaseLine(prices);
  const halves = [
    machineLine(prices, 'frontend t4g.small', 't4g.small', '12'),
    machineLine(prices, 'backend t4g.small', 't4g.small', '12'),
    database,
    diskLine(prices, '2 x gp3 20 GB', '40', '5'),
  ];
  return [
    option('A, one machine', '110', [
      machineLine(prices, 't4g.xlarge', 't4g.xlarge', '98'),
      diskLine(prices, 'gp3 100 GB', '100', '11'),
      trafficLine(prices, '1'),
      addressLine(prices, '1'),
    ]),
    option('B, split, public subnet', '47', [...halves, trafficLine(prices, '3'), addressLine(prices, '2'), databaseDisk(prices)]),
    option('C, split, private subnets', '102', [
      ...halves,
      balancerLine(prices),
      natLine(prices),
      trafficLine(prices, '5'),
      balancerUnits(prices),
      natData(prices),
      addressLine(prices, '3', 'the balancer has one in each of two zones, the NAT gateway one'),
      databaseDisk(prices),
    ]),
    platform(),
  ];
}

function platform(): Section {
  const off = ['a seat of a paid plan before traffic and computing time, which the document does not count; the book has no price of it'];
  const figures = [figure({ subject: 'PaaS', stated: '20', ways: [], off })];
  return { title: 'infra-decision-options: a platform instead of machines', unit: 'USD a month', figures, notes: [] };
}

/** The lines of an option, what the document left out, and both sums. */
function option(name: string, stated: string, lines: readonly Line[]): Section {
  const figures = lines.map(({ stated: amount, ...line }) => (amount ? figure({ ...line, stated: amount }) : leftOut(line)));
  const statedLines = lines.flatMap((line) => (line.stated ? [given(line.stated)] : []));
  const [first = given('0'), ...rest] = statedLines;
  const today = sumOf(lines.map((line) => line.today));
  const total = figure({ subject: 'sum', stated, ways: [plus(first, ...rest)], today });
  const missing = sumOf(lines.filter((line) => !line.stated).map((line) => line.today)).value;
  return {
    title: `infra-decision-options: option ${name}`,
    unit: 'USD a month',
    figures: [...figures, total],
    notes: [
      `like for like, the lines that the document has are ${shown(sumOf(lines.filter((line) => line.stated).map((line) => line.today)).value)} in Seoul; with what it left out ${shown(today.value)} (${shown(missing)} more)`,
    ],
  };
}

function leftOut({ subject, today, off }: Omit<Line, 'stated'>): Figure {
  return {
    subject,
    stated: '-',
    verdict: 'nothing to derive it from',
    derived: undefined,
    today,
    off: ['left out by the document', ...(off ?? [])],
  };
}

/** Only the sum: the lines above have the ways. */
function sumOf(parts: readonly Reckoned[]): Reckoned {
  const known = parts.flatMap(({ value }) => (value ? [value] : []));
  const value = known.length === parts.length ? known.reduce((left, right) => left.plus(right), new Big('0')) : undefined;
  return { value, text: known.map((amount) => shown(amount)).join(' + '), prices: [] };
}

function machineLine(prices: Prices, subject: string, item: string, stated: string): Line {
  return {
    subject,
    stated,
    ways: [month(prices.machine(item, america.aws)), month(prices.machine(item))],
    today: month(prices.machine(item)),
  };
}

function diskLine(prices: Prices, subject: string, gb: string, stated: string): Line {
  const at = (item: string, region?: 'us-east-1') => times(given(`${gb} GB`), prices.disk(item, region));
  const ways = [at('gp3 storage', america.aws), at('gp3 storage'), at('gp2 storage', america.aws), at('gp2 storage')];
  return { subject, stated, ways, today: at('gp3 storage') };
}

/**
 * Without its storage, which is a line of its own: the document does not say whether it counts
 * that.
 */
function databaseLine(prices: Prices): Line {
  const item = 'PostgreSQL db.t4g.micro single-AZ';
  const machine = (region?: 'us-east-1') => month(prices.database(item, region));
  const withDisk = (region?: 'us-east-1') =>
    plus(machine(region), times(given('20 GB'), prices.database('PostgreSQL gp3 storage single-AZ', region)));
  const off = [
    `without storage it is ${shown(machine(america.aws).value)} in us-east-1 and ${shown(machine().value)} in Seoul; with the 20 GB that are the least ${shown(withDisk(america.aws).value)} and ${shown(withDisk().value)}: 15 is none of them`,
  ];
  return { subject: 'db.t4g.micro PostgreSQL', stated: '15', ways: [machine(america.aws), machine()], today: machine(), off };
}

function databaseDisk(prices: Prices): Line {
  const today = times(given('20 GB'), prices.database('PostgreSQL gp3 storage single-AZ'));
  return { subject: 'database storage', ways: [], today, off: ['20 GB is the least that RDS has'] };
}

function balancerLine(prices: Prices): Line {
  const ways = [month(prices.balancer('ALB', america.aws)), month(prices.balancer('classic load balancer', america.aws))];
  return { subject: 'ALB', stated: '18', ways, today: month(prices.balancer('ALB')) };
}

function balancerUnits(prices: Prices): Line {
  const today = times(given('0.1 LCU'), prices.balancer('ALB LCU'), given(hours));
  return { subject: 'ALB capacity units', ways: [], today, off: ['0.1 of a unit: 30 users a day make few connections'] };
}

function natLine(prices: Prices): Line {
  const gateway = (region?: 'us-east-1') => month(prices.nat('NAT gateway', region));
  const off = [
    `${shown(gateway(america.aws).value)} in us-east-1 and ${shown(gateway().value)} in Seoul, without the GB that pass; 35 would be the first with 48 GB`,
  ];
  return { subject: 'NAT gateway', stated: '35', ways: [gateway(america.aws), gateway()], today: gateway(), off };
}

function natData(prices: Prices): Line {
  const today = times(given('10 GB'), prices.nat('NAT gateway data processed'));
  return { subject: 'NAT data', ways: [], today, off: ['10 GB: updates and calls to outside'] };
}

function addressLine(prices: Prices, count: string, off?: string): Line {
  return { subject: `${count} public IPv4`, ways: [], today: month(prices.address(), count), off: off ? [off] : [] };
}

/**
 * The first 100 GB of an account are free, so that the stated amounts are of more than that or of
 * no allowance.
 */
function trafficLine(prices: Prices, stated: string): Line {
  const price = prices.traffic(america.aws);
  const gb = price.value && new Big(stated).div(price.value).toFixed(0);
  return {
    subject: 'traffic',
    stated,
    ways: [],
    today: bracketed({ ...given('0'), text: `${gb} GB of 100 GB that are free` }),
    off: [`${stated} USD would be ${gb} GB at ${price.text}; the first 100 GB of an account are free`],
  };
}
