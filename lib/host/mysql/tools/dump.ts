/** The Python module that dumps the database, restores the dump beside it and compares the two. */
import { text } from '../../bash/bash-template.ts';
import { newestDump } from './settings.ts';

/** Its name as a module. */
export const dumpModule = 'dojang_dump';

/**
 * What is compared is what the dump's own transaction saw: two transactions begin under one global
 * read lock, which is held until mysqldump has its snapshot, a fraction of a second. The one that
 * compares reads the live tables while MySQL goes on. Only a dump that passed has a manifest, and
 * one without is none.
 */
export const dumpProgram = text`
  """A dump of the database: consistent, compared, in the bucket."""
  import contextlib
  import datetime
  import gzip
  import json
  import os
  import re
  import subprocess
  import tempfile
  import time
  import zlib
  from concurrent.futures import ThreadPoolExecutor

  from dojang_bucket import keys_below, put_file, put_text, remove, sha256_of
  from dojang_database import (
      CHUNK, DATABASE, SETTINGS, SPOOL, Failure, Session, backup, data_bytes, differences, drop_all, facts_of,
      position_of, quoted, room, root, server_of, start, tail, token, unlogged, write_state,
  )

  FOLDER = os.path.join(SPOOL, "dump")
  SCRATCH = f"{DATABASE}_scratch_"
  LABEL = r"nightly|manual|before-restore|restored|\d{4}-\d\d-\d\d\.\d+"
  ENDED = re.compile(rb"\n-- Dump completed[^\n]*\n\Z")
  OPTIONS = (
      "--single-transaction", "--quick", "--hex-blob", "--no-tablespaces", "--triggers", "--events", "--set-gtid-purged=OFF",
      "--loose-skip-column-statistics", "--loose-skip-masking-policies", "--default-character-set=utf8mb4", "--max-allowed-packet=1G",
  )


  def take(label, source=DATABASE, account=None, known=None):
      """Needs the lock. Whatever ends it, the host is as before; killed, the next run tidies up.
      \`known\` holds what of the manifest is known better: of tables that serve no more, the moment and the position.
      """
      if not re.fullmatch(LABEL, label):
          raise Failure(f"{label!r} is neither nightly, nor manual, nor the id of a release")
      began = time.monotonic()
      os.makedirs(FOLDER, exist_ok=True)
      tidy()
      account = account or backup()
      try:
          with Session(account) as session:
              data = data_bytes(session, source)
              room(FOLDER, 2 * data)
              manifest = {"version": 1, "label": label, "at": now(), "server": server_of(session), **(known or {})}
              name = f"{re.sub('[-:]', '', manifest['at'])}-{label}"
              path = os.path.join(FOLDER, f"{name}.sql.gz")
              manifest = {"id": name, **written(account, session, source, path), **manifest}
          sha256 = sha256_of(path)
          compare(path, manifest["tables"])
          manifest |= {"dataBytes": data, "bytes": os.path.getsize(path), "sha256": sha256}
          put_file(path, f"dumps/{name}.sql.gz", sha256)
          manifest["seconds"] = round(time.monotonic() - began, 1)
          put_text(f"dumps/{name}.json", json.dumps(manifest, indent=2) + "\n")
      finally:
          tidy()
      if label != "before-restore":
          write_state("${newestDump}", f"{name} {time.time():.0f}\n")
      print("\t".join(["dump", name, str(manifest["bytes"]), str(manifest["seconds"]), str(len(manifest["tables"])), str(manifest["rows"])]))
      return name


  def now():
      return f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


  def tidy():
      for each in os.listdir(FOLDER):
          os.remove(os.path.join(FOLDER, each))
      with unlogged() as session:
          drop_all(session, SCRATCH)


  def written(account, session, source, path):
      """Facts of the dump, from a transaction that sees what the dump sees."""
      lock_migrations(session)
      with tempfile.TemporaryFile("w+") as errors, ThreadPoolExecutor(1) as pool:
          pack = lambda output: pool.submit(compress, output, path)
          position, dumper, packed = same_moment(account, session, source, errors, pack)
          try:
              end = packed.result()
              if dumper.wait() != 0 or not ENDED.search(end):
                  raise Failure(f"mysqldump failed: {tail(errors)}")
          finally:
              dumper.kill()
              dumper.wait()
      tables = facts_of(session, source)
      migrations = [row[0] for row in session.ask(f"SELECT name FROM {quoted(source)}.schema_migrations ORDER BY name")] \
          if any(each["name"] == "schema_migrations" for each in tables) else []
      return {"position": position, "tables": tables, "rows": sum(each["rows"] for each in tables), "migrations": migrations}


  def lock_migrations(session):
      """A migration would alter tables while they are read; the API's migrations take the same lock."""
      if session.one(f"SELECT GET_LOCK(CONCAT('migrate-', SHA2('{DATABASE}', 224)), 60)") != ["1"]:
          raise Failure("a release has been migrating the database for 60 s")


  def same_moment(account, session, source, errors, pack):
      with Session(account) as lock:
          # A query that runs long holds the lock up, and the lock everyone else.
          lock.ask("SET SESSION lock_wait_timeout = 10")
          lock.ask("FLUSH TABLES WITH READ LOCK")
          session.ask("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
          session.ask("START TRANSACTION WITH CONSISTENT SNAPSHOT")
          position = position_of(session)
          before = connections(lock)
          dumper = start(account, "mysqldump", *OPTIONS, source, stdout=subprocess.PIPE, stderr=errors)
          # What it writes is read from the beginning: else mysqldump waits for a reader with its
          # last page, and the lock for the end of its transaction.
          packed = pack(dumper.stdout)
          try:
              wait_for_snapshot(lock, before, dumper, packed, errors)
          except BaseException:
              dumper.kill()
              raise
          lock.ask("UNLOCK TABLES")
      return position, dumper, packed


  def wait_for_snapshot(lock, before, dumper, packed, errors):
      deadline = time.monotonic() + 20
      # A small one is done before it was seen.
      while dumper.poll() != 0 and not packed.done() and not has_snapshot(lock, before):
          if dumper.poll() or time.monotonic() > deadline:
              raise Failure(f"mysqldump did not begin: {tail(errors)}")
          time.sleep(0.02)


  def connections(session):
      return {row[0] for row in session.ask("SHOW PROCESSLIST")}


  def has_snapshot(session, before):
      """Whether a connection that is new has a transaction, and is past the statement that begins it."""
      running = session.ask("SELECT trx_mysql_thread_id, COALESCE(trx_query, '') FROM information_schema.innodb_trx")
      ids = {row[0] for row in running if not row[1].upper().startswith("START")}
      return bool(ids & (connections(session) - before))


  def compress(source, path):
      """Returns the end of what was read."""
      end = b""
      with open(path, "wb") as file:
          with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed:
              while chunk := source.read(CHUNK):
                  packed.write(chunk)
                  end = (end + chunk)[-200:]
          file.flush()
          os.fsync(file.fileno())
      return end


  def compare(path, wanted):
      name = f"{SCRATCH}{token()}"
      with unlogged() as session:
          session.ask(f"CREATE DATABASE {quoted(name)} CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci")
          fill(name, path)
          found = list(differences(wanted, facts_of(session, name)))
          if found:
              raise Failure(f"the dump is not what the database held: {'; '.join(found)}")
          session.ask(f"DROP DATABASE {quoted(name)}")


  def fill(database, path):
      with tempfile.TemporaryFile("w+") as errors:
          options = ("--init-command=SET SESSION sql_log_bin = 0", "--max-allowed-packet=1G", "--default-character-set=utf8mb4", database)
          client = start(root(), "mysql", *options, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors)
          try:
              with gzip.open(path, "rb") as packed, contextlib.suppress(BrokenPipeError):
                  while chunk := packed.read(CHUNK):
                      client.stdin.write(chunk)
              with contextlib.suppress(BrokenPipeError):
                  client.stdin.close()
              if client.wait() != 0:
                  raise Failure(f"the dump can't be restored: {tail(errors)}")
          except (EOFError, gzip.BadGzipFile, zlib.error) as error:
              raise Failure(f"the dump is damaged: {error}") from error
          finally:
              client.kill()
              client.wait()


  def expired(names, keep=SETTINGS["keep"]):
      """Ids of dumps that need not stay: of each kind the newest do, of releases the newest of each."""
      stay = set()
      seen = {kind: [] for kind in keep}
      for name in sorted(names, reverse=True):
          label = name.split("-", 1)[1]
          kind = label if label in ("nightly", "manual") else "restores" if label in ("before-restore", "restored") else "releases"
          group = label if kind == "releases" else name
          if group not in seen[kind] and len(seen[kind]) < keep[kind]:
              seen[kind].append(group)
              stay.add(name)
      return sorted(set(names) - stay)


  def expire():
      keys = keys_below("dumps/")
      dumps = [key[6:-5] for key in keys if key.endswith(".json")]
      whole = {f"dumps/{name}{end}" for name in dumps for end in (".json", ".sql.gz")}
      gone = expired([name for name in dumps if re.fullmatch(rf"\d{{8}}T\d{{6}}Z-({LABEL})", name)])
      # The manifest first: what is half removed is no dump any more.
      remove([f"dumps/{name}{end}" for end in (".json", ".sql.gz") for name in gone])
      remove([key for key in keys if key.endswith(".sql.gz") and key not in whole])
      return gone
`;

export const dumpTool = text`
  #!/usr/bin/python3 -B
  """Dumps the database: \`dump nightly\`, \`dump RELEASE\` before a release, \`dump manual\`. Prints one line of fields:
  dump, id, bytes, seconds, tables, rows. What an operator waits for waits for a dump that is at work.
  """
  import sys

  from dojang_database import Failure, only_one, run
  from dojang_dump import expire, take


  def main():
      if len(sys.argv) != 2:
          raise Failure("usage: dump nightly | manual | RELEASE")
      with only_one("dump", wait_seconds=0 if sys.argv[1] == "nightly" else 120):
          take(sys.argv[1])
          for each in expire():
              print(f"expired\t{each}")


  run(main)
`;
