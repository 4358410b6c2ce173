/** A swap file, so that a peak of memory is slow and not fatal. */
import type { Size } from '../../values/size.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import { type HostStep, step } from '../bash/step.ts';

const unit = 'dojang-swap.service';

/**
 * The file is called after the machine: embedded hosts share one list of swaps and see those of
 * each other by their path. It is switched on by a service: systemd supports neither swap units nor
 * /etc/fstab in a container.
 */
export function swap(size: Size): HostStep {
  const bytes = size.mib * 1024 * 1024;
  return step({
    id: 'swap',
    title: `Swap of ${size}`,
    definitions: text`
      swap_file() {
        printf '/var/swap/%s' "$(cat /etc/machine-id)"
      }

      text_of_swap_unit() {
        sed "s,FILE,$(swap_file),g" <<'UNIT'
      [Unit]
      Description=Swap file
      RequiresMountsFor=/var/swap

      [Service]
      Type=oneshot
      RemainAfterExit=yes
      ExecStart=/bin/sh -c 'grep -q "^FILE " /proc/swaps || swapon FILE'
      ExecStop=-/bin/sh -c 'swapoff FILE'

      [Install]
      WantedBy=multi-user.target
      UNIT
      }
    `,
    check: text`
      local file
      file=$(swap_file)
      if [ "$(stat -c '%s %a %U:%G' "$file" 2>/dev/null)" != '${bytes} 600 root:root' ]; then
        echo "$file is not a file of ${bytes} bytes for root alone"
      fi
      grep -q "^$file " /proc/swaps || echo "swap on $file is off"
      file_differs /etc/systemd/system/${unit} 644 root:root text_of_swap_unit || return
      systemctl is-enabled -q ${unit} 2>/dev/null || echo "${unit} is not enabled"
    `,
    apply: text`
      local file
      file=$(swap_file)
      mkdir -p /var/swap
      chmod 700 /var/swap
      if [ "$(stat -c %s "$file" 2>/dev/null)" != ${bytes} ]; then
        ! grep -q "^$file " /proc/swaps || swapoff "$file"
        rm -f "$file" "$file.new"
        (umask 077 && fallocate -l ${bytes} "$file.new")
        mkswap "$file.new" >/dev/null
        mv "$file.new" "$file"
      fi
      chown root:root "$file"
      chmod 600 "$file"
      write_file /etc/systemd/system/${unit} 644 root:root text_of_swap_unit
      systemctl daemon-reload
      systemctl enable -q ${unit}
      grep -q "^$file " /proc/swaps || systemctl restart ${unit}
    `,
    limitSeconds: 300,
  });
}

/**
 * Settings of the kernel; where /proc/sys is read-only, as in a container, the machine's own value
 * stays.
 */
export function kernelSettings(): HostStep {
  const settings = { 'vm.swappiness': 10, 'net.core.somaxconn': 4096 };
  return filesStep({
    id: 'kernel',
    title: 'Kernel settings: swap late, take bursts of connections',
    files: [
      {
        path: '/etc/sysctl.d/60-dojang.conf',
        content: Object.entries(settings)
          .map(([name, value]) => `${name} = ${value}`)
          .join('\n'),
      },
    ],
    definitions: text`
      # Lines of name and value that can be set here and are not as they should be.
      wrong_kernel_settings() {
        local name value file
        while read -r name value; do
          file=/proc/sys/\${name//.//}
          [ ! -w "$file" ] || [ "$(cat "$file")" = "$value" ] || echo "$name $value"
        done <<<'${Object.entries(settings)
          .map((each) => each.join(' '))
          .join('\n')}'
      }
    `,
    check: `wrong_kernel_settings | sed 's/ / is not /'`,
    apply: text`
      local name value
      wrong_kernel_settings | while read -r name value; do sysctl -q -w "$name=$value"; done
    `,
  });
}
