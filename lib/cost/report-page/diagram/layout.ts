/**
 * Where boxes and lines of the picture go: the Eclipse Layout Kernel's layered layout, as narrow as
 * a phone.
 */
import elk, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Box, Graph } from './graph.ts';

/** Size of a letter of the picture's text, wide enough for any usual font, and of a line. */
export const letter = { width: 7.6, height: 18 } as const;

const Elk = elk.default ?? elk;

export async function layoutOf(graph: Graph): Promise<ElkNode> {
  return new Elk().layout({
    id: 'picture',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': '30',
      'elk.spacing.nodeNode': '18',
      'elk.spacing.edgeNode': '14',
      'elk.spacing.edgeLabel': '6',
      'elk.padding': '[top=4,left=4,bottom=4,right=4]',
    },
    children: [...(graph.edges.some(({ from }) => from === 'internet') ? [internet()] : []), ...graph.clouds.map(cloudNode)],
    edges: [...graph.edges.map(edgeOf), ...graph.clouds.flatMap((cloud) => stacked(cloud, graph.edges)), ...below(graph)],
  });
}

/** Made anew each time: the layout writes into what it is given. */
const internet = (): ElkNode => ({ id: 'internet', width: 96, height: 40, labels: [{ text: 'internet' }] });

function cloudNode({ provider, name, boxes }: Graph['clouds'][number]): ElkNode {
  return {
    id: `cloud ${provider}`,
    labels: [{ text: name }],
    // The name stands upright along the left side, where no line comes in.
    layoutOptions: { 'elk.padding': '[top=16,left=40,bottom=16,right=16]' },
    children: boxes.map(boxNode),
  };
}

function boxNode({ id, lines }: Box): ElkNode {
  const width = Math.max(...lines.map((line) => line.length)) * letter.width + 24;
  return { id, width: Math.max(width, 100), height: lines.length * letter.height + 16, labels: lines.map((text) => ({ text })) };
}

function edgeOf({ from, to, label }: Graph['edges'][number], index: number): ElkExtendedEdge {
  const labels = label ? [{ text: label, width: label.length * letter.width + 8, height: letter.height }] : [];
  return { id: `edge ${index}`, sources: [from], targets: [to], labels };
}

/** Edges that are not drawn: each cloud below the one before. */
function below({ clouds }: Graph): ElkExtendedEdge[] {
  return clouds.slice(1).map(({ provider }, index) => ({
    id: `order ${provider}`,
    sources: [`cloud ${clouds[index]?.provider}`],
    targets: [`cloud ${provider}`],
  }));
}

/** Edges that are not drawn: boxes that belong to no other stand below the others. */
function stacked({ boxes }: Graph['clouds'][number], edges: Graph['edges']): ElkExtendedEdge[] {
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const ends = new Set(edges.map(({ from }) => from));
  const last = boxes.find(({ id }) => joined.has(id) && !ends.has(id)) ?? boxes.find(({ id }) => joined.has(id));
  const order = [...(last ? [last] : []), ...boxes.filter(({ id }) => !joined.has(id))];
  return order.slice(1).map(({ id }, index) => ({ id: `order ${id}`, sources: [order[index]?.id ?? ''], targets: [id] }));
}
