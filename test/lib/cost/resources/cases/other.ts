/** Cases of other. */
import type { Case } from './case.ts';

export const otherCases: readonly Case[] = [
  {
    type: 'runpod:serverless/endpoint:Endpoint',
    properties: { gpu: '24 GB', workers: { active: 2, flex: 3 } },
    usage: { 'runpod:serverless/endpoint:Endpoint.flex-seconds': '4500' },
    lines: {
      'Active workers': '5256000 second serverless 24 GB (L4, A5000, 3090) active',
      'Flex workers': '4500 second serverless 24 GB (L4, A5000, 3090) flex',
    },
  },
  {
    type: 'runpod:storage/networkVolume:NetworkVolume',
    properties: { size: 50 },
    lines: { Storage: '50 gb-month storage network volume' },
  },
  {
    type: 'runpod:pod/pod:Pod',
    properties: { gpu: 'L4 24 GB', disk: 20 },
    lines: { Machine: '730 hour pod L4 24 GB, on demand', Disk: '20 gb-month storage pod container or volume disk, running' },
  },
  {
    type: 'llm:model/hosted:Model',
    properties: { model: 'Claude Haiku 4.5' },
    usage: { 'llm:model/hosted:Model.input-mtok': '36', 'llm:model/hosted:Model.output-mtok': '12' },
    lines: { 'Input tokens': '36 mtok llm Claude Haiku 4.5 input', 'Output tokens': '12 mtok llm Claude Haiku 4.5 output' },
  },
];
