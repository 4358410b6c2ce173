/**
 * The two slots of the API, as bash: which one serves, what lies in each, how it is called. Recipe,
 * releases and doctor share these functions. Each repeats nothing when run twice, and none needs
 * more than bash and the coreutils.
 *
 *     /opt/dojang/api/releases/<digest>   .complete, .healthy (since when), .bad (why not)
 *     /opt/dojang/api/.removed            a release whose files are going
 *     /opt/dojang/api/slots/{a,b}         links to a release
 *     /opt/dojang/api/serving             `a` or `b`; written by the switch alone
 *     /opt/dojang/api/.canary             a slot that has a share beside it
 */
import { text } from '../bash/bash-template.ts';
import { paths, ports } from '../paths.ts';

export const apiHome = `${paths.releases}/api`;

/**
 * The unit of a slot gets its own name and both files: a release works through the queue only while
 * it serves or has a share (apps/README.md).
 */
export const servingFile = `${apiHome}/serving`;
export const shareFile = `${apiHome}/.canary`;

export const apiSettingsFile = `${paths.settings}/api.env`;

/** The one unit that ran the API before there were slots, on the port that is slot a's. */
export const earlierUnit = 'dojang-api.service';
export const earlierUnitFile = `/etc/systemd/system/${earlierUnit}`;

/** They only read. */
export const slotState = text`
  # serving_slot: a or b; fails where no release has served yet. A release of before there were
  # slots counts as a's.
  serving_slot() {
    case $(cat ${servingFile} 2>/dev/null) in
      a) echo a ;;
      b) echo b ;;
      *) [ -L ${apiHome}/current ] && echo a ;;
    esac
  }

  # idle_slot: the one that nginx does not send to
  idle_slot() {
    if [ "$(serving_slot)" = a ]; then echo b; else echo a; fi
  }

  # port_of SLOT
  port_of() {
    if [ "$1" = b ]; then echo ${ports.api.b}; else echo ${ports.api.a}; fi
  }

  # unit_of SLOT
  unit_of() {
    if [ "$1" = a ] && [ -e ${earlierUnitFile} ]; then echo ${earlierUnit}; else echo "dojang-api@$1.service"; fi
  }

  # release_of SLOT: path of the release in it; fails when there is none
  release_of() {
    readlink -e "${apiHome}/slots/$1" || { [ "$1" = a ] && readlink -e ${apiHome}/current; }
  }
`;

/** Bash that gives the name of the unit that serves; slot a's where none does. */
export const servingUnit = '"$(unit_of "$(serving_slot || echo a)")"';

/**
 * The settings of a slot are a copy, made when it is started: a release that serves keeps those it
 * was healthy with, whatever is written to the file they come from.
 */
export const slotSettings = text`
  # settings_of SLOT: what its settings must be
  settings_of() {
    sed '/^PORT=/d' ${apiSettingsFile} && printf 'PORT="%s"\n' "$(port_of "$1")"
  }

  # settings_differ SLOT
  settings_differ() {
    ! settings_of "$1" 2>/dev/null | cmp -s - "${paths.settings}/api-$1.env"
  }

  # write_settings SLOT: for those who may read the file that they come from
  write_settings() {
    local file="${paths.settings}/api-$1.env"
    (umask 077 && settings_of "$1" >"$file.new") &&
      chown --reference=${apiSettingsFile} "$file.new" &&
      chmod --reference=${apiSettingsFile} "$file.new" &&
      sync "$file.new" &&
      mv -fT "$file.new" "$file"
  }
`;
