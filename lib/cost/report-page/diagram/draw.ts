/** The laid-out picture as SVG. */
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type Html, html } from '../html.ts';
import { letter } from './layout.ts';

/** A node at its place in the whole picture; ELK gives places within the parent. */
interface Placed {
  readonly node: ElkNode;
  readonly x: number;
  readonly y: number;
}

export function drawn(picture: ElkNode, name: string): Html {
  const { width = 0, height = 0 } = picture;
  const placed = placedIn(picture, 0, 0);
  const at = new Map(placed.map((each) => [each.node.id, each]));
  const size = `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`;
  return html`<svg class="picture" viewBox="${size}" width="${Math.ceil(width)}" height="${Math.ceil(height)}" role="img" aria-label="${name}">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" class="arrow"/></marker></defs>
${placed.map((each) => (each.node.children ? cloud(each) : box(each)))}
${(picture.edges ?? []).filter(({ id }) => !id.startsWith('order ')).map((edge) => line(edge, at))}
</svg>`;
}

function placedIn(parent: ElkNode, x: number, y: number): Placed[] {
  return (parent.children ?? []).flatMap((node) => {
    const here = { node, x: x + (node.x ?? 0), y: y + (node.y ?? 0) };
    return [here, ...placedIn(node, here.x, here.y)];
  });
}

function cloud({ node, x, y }: Placed): Html {
  const { width = 0, height = 0, labels = [], id } = node;
  return html`<rect class="cloud ${id.replace('cloud ', '')}" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>
<text class="title" transform="translate(${x + 25} ${y + height - 16}) rotate(-90)">${labels[0]?.text}</text>`;
}

function box({ node, x, y }: Placed): Html {
  const { width = 0, height = 0, labels = [] } = node;
  const top = y + height / 2 - ((labels.length - 1) * letter.height) / 2 + 4.5;
  return html`<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>
${labels.map(
  ({ text }, index) =>
    html`<text class="${index === 0 ? 'name' : 'detail'}" x="${x + width / 2}" y="${top + index * letter.height}" text-anchor="middle">${text}</text>`,
)}`;
}

function line(edge: ElkExtendedEdge & { container?: string }, at: ReadonlyMap<string, Placed>): Html {
  // ELK gives an edge's points within the node that holds both of its ends.
  const { x, y } = at.get(edge.container ?? '') ?? { x: 0, y: 0 };
  const points = (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  const path = points.map((point) => `${point.x + x},${point.y + y}`).join(' ');
  const [label] = edge.labels ?? [];
  const { width = 0, height = 0 } = label ?? {};
  return html`<polyline class="line" points="${path}" marker-end="url(#arrow)"/>
${label ? html`<text class="label" x="${x + (label.x ?? 0) + width / 2}" y="${y + (label.y ?? 0) + height / 2 + 4.5}" text-anchor="middle">${label.text}</text>` : undefined}`;
}
