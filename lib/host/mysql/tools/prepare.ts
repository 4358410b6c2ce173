/** The Python module that brings a dump back, with the binary logs up to a time. */
import { text } from '../../bash/bash-template.ts';

/** Its name as a module. */
export const prepareModule = 'dojang_prepare';

/**
 * Everything slow happens in a scratch database while the service goes on: the dump is imported and
 * compared with its manifest, the binary logs are replayed. They are replayed by an account that
 * may write to the scratch database alone, so that a statement which names the service's own is
 * refused.
 */
export const prepareProgram = text`
  """A dump and binary logs in a scratch database."""
  import contextlib
  import os
  import secrets
  import shutil
  import subprocess
  import tempfile

  from dojang_bucket import download, fetch, unpack
  from dojang_database import (
      DATABASE, SPOOL, Failure, data_bytes, differences, drop_all, facts_of, login, perform, quoted, room, server_of, start, tail, unlogged,
  )
  from dojang_dump import fill

  FOLDER = os.path.join(SPOOL, "restore")
  APPLIER = "dojang_restore"
  # What mysqlbinlog's output sets for its session.
  RIGHTS = "BINLOG_ADMIN, REPLICATION_APPLIER, SESSION_VARIABLES_ADMIN, SYSTEM_VARIABLES_ADMIN"


  def prepare(plan, name):
      """Returns the facts of the tables. The name's prefix is that of databases which an earlier run left."""
      prefix = name.rsplit("_", 1)[0] + "_"
      forget(prefix)
      os.makedirs(FOLDER)
      try:
          path, logs = perform("fetch", fetch_all, plan)
          facts = perform("import", import_dump, plan["dump"], name, path)
          if logs:
              facts = perform("replay", replay, name, logs, plan["dump"]["position"]["offset"], plan["to"])
          return facts
      except BaseException:
          forget(prefix)
          raise
      finally:
          shutil.rmtree(FOLDER, ignore_errors=True)


  def fetch_all(plan):
      dump = plan["dump"]
      with unlogged() as session:
          # What is prepared; and the dump of what it replaces, which is restored beside it as well.
          room(FOLDER, 2 * (dump["dataBytes"] + data_bytes(session)) + dump["bytes"] + 3 * sum(each["bytes"] for each in plan["logs"]))
      path = os.path.join(FOLDER, "dump.sql.gz")
      fetch(f"dumps/{dump['id']}.sql.gz", path, dump["sha256"])
      return path, [fetched(each) for each in plan["logs"]]


  def import_dump(dump, name, path):
      with unlogged() as session:
          session.ask(f"CREATE DATABASE {quoted(name)} CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci")
          fill(name, path)
          facts = facts_of(session, name)
          same_version = server_of(session)["version"] == dump["server"]["version"]
          found = list(differences(dump["tables"], facts, definitions=same_version))
      if found:
          raise Failure(f"the dump {dump['id']} is not what its manifest says: {'; '.join(found)}")
      return facts


  def forget(prefix):
      shutil.rmtree(FOLDER, ignore_errors=True)
      with unlogged() as session:
          session.ask(f"DROP USER IF EXISTS '{APPLIER}'@'localhost'")
          drop_all(session, prefix)


  def fetched(log):
      path = os.path.join(FOLDER, log["file"])
      packed = f"{path}.gz"
      download(log["key"], packed)
      unpack(packed, path, log["sha256"])
      os.remove(packed)
      return path


  def replay(name, logs, offset, until):
      with unlogged() as session:
          through_account(session, name, logs, offset, until)
          return facts_of(session, name)


  def through_account(session, name, logs, offset, until):
      password = secrets.token_hex(16)
      literal = f"'{password}'"
      session.ask(f"CREATE USER '{APPLIER}'@'localhost' IDENTIFIED BY {literal}")
      session.ask(f"GRANT {RIGHTS} ON *.* TO '{APPLIER}'@'localhost'")
      session.ask(f"GRANT ALL ON {quoted(name)}.* TO '{APPLIER}'@'localhost'")
      try:
          through_pipe(login(APPLIER, password), name, logs, offset, until)
      finally:
          with contextlib.suppress(Failure):
              session.ask(f"DROP USER '{APPLIER}'@'localhost'")


  def through_pipe(account, name, logs, offset, until):
      words = [
          "mysqlbinlog", "--no-defaults", "--disable-log-bin", "--skip-gtids", f"--start-position={offset}",
          f"--rewrite-db={DATABASE}->{name}", f"--database={name}",
          *([f"--stop-datetime={until}"] if until else []), *logs,
      ]
      with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as errors:
          reader = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=said, env={**os.environ, "TZ": "UTC"})
          client = start(account, "mysql", "--binary-mode", "--max-allowed-packet=1G", stdin=reader.stdout, stdout=subprocess.DEVNULL, stderr=errors)
          reader.stdout.close()
          try:
              if client.wait() != 0:
                  raise Failure(f"the binary logs can't be replayed: {tail(errors)}")
              if reader.wait() != 0:
                  raise Failure(f"the binary logs can't be read: {tail(said)}")
          finally:
              for each in (reader, client):
                  each.kill()
                  each.wait()
`;
