/** The GPU: its driver comes with the image, and here it is seen whether it works. */
import type { Environment } from '../../config/environment.ts';
import { text } from '../bash/bash-template.ts';
import { type HostStep, step } from '../bash/step.ts';

export function gpuDriver({ gcp }: Environment): HostStep {
  const { count } = gcp.gpu;
  return step({
    id: 'gpu-driver',
    title: `NVIDIA driver with ${count} x T4`,
    check: text`
      local cards
      cards=$(nvidia-smi -L 2>&1 | grep -c 'T4')
      [ "$cards" -ge ${count} ] || echo "nvidia-smi sees $cards of ${count} T4: $(nvidia-smi -L 2>&1 | head -n 1)"
    `,
    apply: text`
      modprobe nvidia || true
      nvidia-smi -L || { echo "the driver of the image does not fit its kernel: restart the machine, or make it again"; return 1; }
    `,
  });
}
