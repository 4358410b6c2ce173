/**
 * The one program on a host that reads secrets: it puts them where they are asked for and says
 * nothing of them.
 */
import type { Environment } from '../../config/environment.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import type { HostStep } from '../bash/step.ts';
import { paths } from '../paths.ts';

/**
 * A placeholder for the value of an SSM parameter. `env`: of a systemd EnvironmentFile; `sql`: a
 * literal; `cnf`: of a MySQL option file.
 */
export function secretValue(parameter: string, form?: 'env' | 'sql' | 'cnf'): string {
  return form ? `{{${form} ${parameter}}}` : `{{${parameter}}}`;
}

/** The SSM parameters that a text's placeholders name, each once. */
export function parametersIn(script: string): string[] {
  return [...new Set([...script.matchAll(/\{\{(?:(?:env|sql|cnf) )?(\/[\w./-]+)\}\}/g)].map(([, name = '']) => name))].sort();
}

/**
 * Credentials are the instance role's on AWS and those that the SSM agent writes to /root/.aws
 * elsewhere.
 */
export function secretTool({ aws: { region } }: Environment): HostStep {
  return filesStep({
    id: 'secret-tool',
    title: 'The reader of secrets',
    files: [{ path: `${paths.tools}/secret`, content: program(region), mode: '755' }],
  });
}

function program(region: string): string {
  return text`
    #!/usr/bin/python3
    """Reads SSM parameters: \`get NAME\` prints one; \`fill\` copies stdin to stdout with each {{[form ]NAME}} replaced by a value;
    \`fetch NAME...\` prints those that exist as JSON, for a file that SECRETS_READ names: what is in it is not asked for again.
    """
    import json
    import os
    import re
    import sys

    PLACEHOLDER = re.compile(r"\{\{(?:(env|sql|cnf) )?(/[\w./-]+)\}\}")
    AT_ONCE = 10


    def asked(names):
        # Loading this library takes longer than the question.
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError, ClientError

        found = {}
        try:
            client = boto3.client(
                "ssm",
                region_name="${region}",
                endpoint_url=os.environ.get("AWS_ENDPOINT_URL"),
                config=Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 4, "mode": "standard"}),
            )
            for start in range(0, len(names), AT_ONCE):
                answer = client.get_parameters(Names=names[start : start + AT_ONCE], WithDecryption=True)
                found.update((each["Name"], each["Value"].rstrip("\n")) for each in answer["Parameters"])
        except (BotoCoreError, ClientError) as error:
            sys.exit(f"SSM does not answer: {error}")
        return found


    def read_before():
        try:
            with open(os.environ["SECRETS_READ"]) as file:
                return json.load(file)
        except (KeyError, OSError, ValueError):
            return {}


    def parameters(names):
        found = read_before()
        if any(name not in found for name in names):
            found = asked(names)
        missing = [name for name in names if name not in found]
        if missing:
            sys.exit("no parameter " + ", ".join(missing))
        return found


    def escaped(value, characters):
        return "".join("\\" + each if each in characters else each for each in value)


    FORMS = {
        None: lambda value: value,
        "env": lambda value: '"' + escaped(value, '\\"$\`') + '"',
        "sql": lambda value: "'" + escaped(value, "\\'") + "'",
        "cnf": lambda value: '"' + escaped(value, '\\"') + '"',
    }


    def fill(template):
        found = parameters(sorted({name for _, name in PLACEHOLDER.findall(template)}))
        return PLACEHOLDER.sub(lambda match: FORMS[match[1]](found[match[2]]), template)


    def main(arguments):
        if arguments[:1] == ["get"] and len(arguments) == 2:
            print(parameters(arguments[1:])[arguments[1]])
        elif arguments == ["fill"]:
            sys.stdout.write(fill(sys.stdin.read()))
        elif arguments[:1] == ["fetch"]:
            json.dump(asked(sorted(arguments[1:])), sys.stdout)
        else:
            sys.exit("usage: secret get NAME | secret fill | secret fetch NAME...")


    main(sys.argv[1:])
  `;
}
