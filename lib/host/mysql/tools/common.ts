/** The Python module that the tools of the database share. */
import { text } from '../../bash/bash-template.ts';
import type { DatabaseTools } from './settings.ts';

/** Its name as a module. */
export const commonModule = 'dojang_database';

/**
 * A `Session` is MySQL's own client, asked line by line: the host has no driver for Python. A child
 * is killed with the tool, so that none goes on after a `kill -9`.
 */
export function commonProgram(tools: DatabaseTools): string {
  return text`
    """What the tools of the database share: sessions of MySQL, the bucket, facts about tables."""
    import contextlib
    import ctypes
    import fcntl
    import hashlib
    import json
    import os
    import re
    import secrets
    import signal
    import subprocess
    import sys
    import tempfile
    import time

    SETTINGS = json.loads(r"""${JSON.stringify(tools)}""")
    DATABASE = SETTINGS["database"]
    SPOOL = SETTINGS["spool"]
    STATE = SETTINGS["state"]
    BUSY = 75
    CHUNK = 1 << 20
    END = "dojang-end-of-rows"
    LIBC = ctypes.CDLL(None)


    class Failure(Exception):
        """What an operator should read; nothing else is printed of it."""


    def run(main):
        """Ends like a program: 0, 1 with a reason, 75 when another run holds the lock."""
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, lambda number, frame: sys.exit(128 + number))
        os.umask(0o077)
        try:
            main()
        except Failure as failure:
            sys.exit(f"{os.path.basename(sys.argv[0])}: {failure}")
        except OSError as error:
            sys.exit(f"{os.path.basename(sys.argv[0])}: {error.strerror or error} ({error.filename or SPOOL})")


    @contextlib.contextmanager
    def only_one(name, wait_seconds=0):
        os.makedirs(STATE, exist_ok=True)
        with open(os.path.join(STATE, f"{name}.lock"), "w") as file:
            deadline = time.monotonic() + wait_seconds
            while not locked(file):
                if time.monotonic() >= deadline:
                    print(f"another {name} is at work on this host", file=sys.stderr)
                    sys.exit(BUSY)
                time.sleep(0.1)
            yield


    def locked(file):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


    def perform(step, action, *given):
        """One step of a plan; it prints its name and seconds when it has succeeded."""
        began = time.monotonic()
        result = action(*given)
        print(f"step\t{step}\t{time.monotonic() - began:.1f}", flush=True)
        return result


    def root():
        return ["--no-defaults", "--user=root"], None


    def backup():
        said = subprocess.run([SETTINGS["secretTool"], "get", SETTINGS["password"]], capture_output=True, text=True)
        if said.returncode != 0:
            raise Failure(f"the password of the account backup can't be read: {said.stderr.strip()}")
        return login("backup", said.stdout.rstrip("\n"))


    def login(user, password):
        escaped = password.replace("\\", "\\\\").replace('"', '\\"')
        return [], f'[client]\nuser={user}\npassword="{escaped}"\n'


    def start(account, program, *options, **given):
        """A client of MySQL. A password reaches it through a pipe: never an argument, never a file."""
        first, secret = account
        words = [*first, f"--socket={SETTINGS['socket']}", *options]
        if secret is None:
            return subprocess.Popen([program, *words], preexec_fn=die_with_parent, **given)
        reader, writer = os.pipe()
        os.write(writer, secret.encode())
        os.close(writer)
        try:
            words = [program, f"--defaults-file=/dev/fd/{reader}", *words]
            return subprocess.Popen(words, pass_fds=[reader], preexec_fn=die_with_parent, **given)
        finally:
            os.close(reader)


    def die_with_parent():
        LIBC.prctl(1, signal.SIGKILL)


    class Session:
        def __init__(self, account, *options):
            self.errors = tempfile.TemporaryFile("w+")
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.errors, "text": True}
            self.process = start(account, "mysql", "--batch", "--skip-column-names", "--unbuffered", *options, **pipes)
            self.ask("SET SESSION time_zone = '+00:00'")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.process.kill()
            self.process.wait()

        def ask(self, statement):
            """Rows as lists of texts."""
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.write(f"{statement};\nSELECT '{END}';\n")
                self.process.stdin.flush()
            rows = []
            for line in self.process.stdout:
                if line.rstrip("\n") == END:
                    return rows
                rows.append(line.rstrip("\n").split("\t"))
            raise Failure(f"MySQL: {tail(self.errors)}")

        def one(self, statement):
            return self.ask(statement)[0]


    def unlogged(*options):
        """Root, whose changes do not reach the binary log: they concern scratch databases alone."""
        return Session(root(), "--init-command=SET SESSION sql_log_bin = 0", *options)


    def tail(errors):
        errors.seek(0)
        lines = errors.read().strip().splitlines()
        return lines[-1] if lines else "the connection ended"


    def quoted(name):
        return "\`" + name.replace("\`", "\`\`") + "\`"


    def facts_of(session, database):
        """Of each table: its rows, a checksum over them in any order, one of its definition."""
        found = session.ask(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            f" WHERE t.table_schema = '{database}' AND t.table_type = 'BASE TABLE'"
            " ORDER BY c.table_name, c.ordinal_position"
        )
        columns = {}
        for table, column in found:
            columns.setdefault(table, []).append(column)
        return [table_facts(session, database, table, names) for table, names in columns.items()]


    def table_facts(session, database, table, columns):
        at = f"{quoted(database)}.{quoted(table)}"
        values = ", ".join(f"COALESCE(SHA2(CAST({quoted(each)} AS BINARY), 256), '-')" for each in columns)
        # 120 bits of the digest of each row, added up: rows have no order, and equal rows count.
        sums = ", ".join(f"COALESCE(SUM(CAST(CONV(SUBSTRING(h, {first}, 15), 16, 10) AS DECIMAL(20))), 0)" for first in (1, 16))
        inner = f"SELECT SHA2(CONCAT_WS(',', {values}), 256) AS h FROM {at}"
        rows, *parts = session.one(f"SELECT /*+ NO_MERGE(hashes) */ COUNT(*), {sums} FROM ({inner}) AS hashes")
        definition = session.one(f"SHOW CREATE TABLE {at}")[1]
        definition = re.sub(r" AUTO_INCREMENT=\d+", "", definition)
        return {"name": table, "rows": int(rows), "checksum": digest("-".join(parts)), "definition": digest(definition)}


    def digest(value):
        return hashlib.sha256(value.encode()).hexdigest()


    def differences(wanted, actual, definitions=True):
        """One line for each table that is not the same."""
        before, after = ({each["name"]: each for each in tables} for tables in (wanted, actual))
        for name in sorted(before.keys() | after.keys()):
            if name not in after or name not in before:
                yield f"{name} is {'missing' if name not in after else 'too many'}"
            elif before[name]["rows"] != after[name]["rows"]:
                yield f"{name} has {after[name]['rows']} rows, not {before[name]['rows']}"
            elif before[name]["checksum"] != after[name]["checksum"]:
                yield f"{name} has other contents"
            elif definitions and before[name]["definition"] != after[name]["definition"]:
                yield f"{name} has another definition"


    def databases_like(session, prefix):
        return [row[0] for row in session.ask("SHOW DATABASES") if row[0].startswith(prefix)]


    def drop_all(session, prefix):
        for name in databases_like(session, prefix):
            session.ask(f"DROP DATABASE {quoted(name)}")


    def token():
        return secrets.token_hex(4)


    def server_of(session):
        version, uuid = session.one("SELECT @@version, @@server_uuid")
        return {"version": version, "uuid": uuid}


    def room(folder, needed):
        """Refuses to begin what would fill the volume that MySQL writes to."""
        status = os.statvfs(folder)
        free = status.f_bavail * status.f_frsize
        if free < needed + SETTINGS["reserve"]:
            mib = lambda size: f"{-(-size // CHUNK)} MiB"
            raise Failure(f"no room in {folder}: {mib(free)} free, {mib(needed + SETTINGS['reserve'])} needed; nothing was begun")


    def data_bytes(session, database=DATABASE):
        session.ask("SET SESSION information_schema_stats_expiry = 0")
        sums = "COALESCE(SUM(data_length + index_length), 0)"
        return int(session.one(f"SELECT {sums} FROM information_schema.tables WHERE table_schema = '{database}'")[0])


    def tables_of(session, database):
        kinds = f"WHERE table_schema = '{database}' AND table_type = 'BASE TABLE'"
        return [row[0] for row in session.ask(f"SELECT table_name FROM information_schema.tables {kinds} ORDER BY table_name")]


    def position_of(session):
        version = [int(each) for each in session.one("SELECT @@version")[0].split("-")[0].split(".")[:2]]
        status = session.ask("SHOW BINARY LOG STATUS" if version >= [8, 2] else "SHOW MASTER STATUS")
        if not status:
            raise Failure("MySQL writes no binary log")
        return {"file": status[0][0], "offset": int(status[0][1])}


    def write_state(name, content):
        path = os.path.join(STATE, name)
        with open(f"{path}.new", "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(f"{path}.new", path)
  `;
}
