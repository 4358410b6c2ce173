/** Files of a host, the most common kind of step. */
import { asFile, heredoc, quoted } from './bash-template.ts';
import { type HostStep, step } from './step.ts';

export interface HostFile {
  readonly path: string;
  /** Text of the file; `{{...}}` of a secret file are filled on the host. */
  readonly content?: string;
  /** Bash that prints the text, where only the host knows it. */
  readonly printedBy?: string;
  /** As `chmod` takes it. @default 644 */
  readonly mode?: string;
  /** As `chown` takes it. @default root:root */
  readonly owner?: string;
  /** Whether `content` has placeholders for SSM parameters; see secret-tool.ts. */
  readonly secret?: boolean;
}

export interface FilesStep {
  readonly id: string;
  readonly title: string;
  readonly files: readonly HostFile[];
  readonly notifies?: readonly string[];
  /** Bash to check beside the files. */
  readonly check?: string;
  /** Bash to run after the files are written. */
  readonly apply?: string;
  readonly definitions?: string;
  readonly limitSeconds?: number;
}

/**
 * Files that are as given in content, mode and owner. Each is replaced in one move, so that none is
 * ever seen half-written.
 */
export function filesStep({ files, check, apply, definitions, ...rest }: FilesStep): HostStep {
  const all = (command: string) => files.map((file) => `${command} ${fileArguments(file)}`);
  return step({
    ...rest,
    definitions: lines(definitions, ...files.map(producer)),
    check: lines(...all('file_differs').map((line) => `${line} || return`), check),
    apply: lines(...all('write_file'), apply),
  });
}

function fileArguments({ path, mode = '644', owner = 'root:root' }: HostFile): string {
  return [path, mode, owner, producerName(path)].map(quoted).join(' ');
}

/** A function that prints what the file must hold. */
function producer({ path, content = '', printedBy, secret }: HostFile): string {
  const body = printedBy ?? (content === '' ? ':' : heredoc(secret ? 'secret fill' : 'cat', asFile(content)));
  return `${producerName(path)}() {\n${body}\n}`;
}

function producerName(path: string): string {
  return `text_of_${path.replaceAll(/\W/g, '_')}`;
}

/** Parts of a script, each on lines of its own; what is missing is left out. */
export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join('\n');
}
