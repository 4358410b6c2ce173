/** The Python module that ships binary logs to the bucket. */
import { text } from '../../bash/bash-template.ts';
import { lastShipping } from './settings.ts';

/** Its name as a module. */
export const binlogModule = 'dojang_binlog';

/**
 * The key of a file says all that a restore must know before it reads it, so that a listing is
 * enough to plan one: number, time of the first and of the last event, bytes and SHA-256.
 */
export const binlogProgram = text`
  """Binary logs of MySQL in the bucket, each file once and in order."""
  import contextlib
  import datetime
  import gzip
  import os
  import re
  import struct
  import time

  from dojang_bucket import keys_below, put_file, sha256_of
  from dojang_database import CHUNK, SPOOL, Failure, Session, root, server_of, write_state

  FOLDER = os.path.join(SPOOL, "binlog")
  KEY = re.compile(r"binlogs/[\w-]+/(\d+)-(\w+)-(\w+)-(\d+)-([0-9a-f]{64})\.gz")
  HEADER = struct.Struct("<IBIIIH")
  MAGIC = b"\xfebin"
  # Types of events that change nothing: rotate, stop, format description, previous GTIDs.
  EMPTY = {4, 3, 15, 35}
  LOCAL_SECONDS = 7 * 24 * 3600
  LIMIT_SECONDS = 200


  def ship():
      """Returns the numbers that were shipped and how many files are left for the next run."""
      began = time.monotonic()
      os.makedirs(FOLDER, exist_ok=True)
      with Session(root()) as session:
          finished = finished_files(session)
          folder = f"binlogs/{server_of(session)['uuid']}/"
          known = {int(match[1]): match for match in map(KEY.fullmatch, keys_below(folder)) if match}
          shipped = []
          for position, (name, path) in enumerate(finished):
              number = int(name.rsplit(".", 1)[1])
              if number not in known:
                  if time.monotonic() - began > LIMIT_SECONDS:
                      return shipped, len(finished) - position
                  send(path, folder, number)
                  shipped.append(number)
              elif moment(span(path, first_only=True)[0]) != known[number][2] or os.path.getsize(path) != int(known[number][4]):
                  raise Failure(
                      f"{name} is not the file that was shipped as number {number}: the data comes from a copy of this server;"
                      " remove auto.cnf from the data directory and restart MySQL, which gives it a name of its own"
                  )
          purge(session, finished)
          write_state("${lastShipping}", f"{time.time():.0f}\n")
          return shipped, 0


  def finished_files(session):
      """Names and paths, after the current file was ended if anything is in it."""
      base = session.one("SELECT @@log_bin_basename")[0]
      path = lambda name: os.path.join(os.path.dirname(base), name)
      logs = [row[0] for row in session.ask("SHOW BINARY LOGS")]
      if has_changes(path(logs[-1])):
          session.ask("FLUSH BINARY LOGS")
          logs = [row[0] for row in session.ask("SHOW BINARY LOGS")]
      return [(name, path(name)) for name in logs[:-1]]


  def events(path):
      """Time and type of each; a file that a crash cut off ends where the last whole event does."""
      with open(path, "rb") as file:
          if file.read(4) != MAGIC:
              raise Failure(f"{path} is no binary log, or an encrypted one")
          at, size = 4, os.path.getsize(path)
          while at + HEADER.size <= size:
              file.seek(at)
              when, kind, _, length, _, _ = HEADER.unpack(file.read(HEADER.size))
              if length < HEADER.size or at + length > size:
                  return
              yield when, kind
              at += length


  def has_changes(path):
      return any(kind not in EMPTY for _, kind in events(path))


  def span(path, first_only=False):
      first = last = 0
      for when, _ in events(path):
          first = first or when
          last = max(last, when)
          if first_only:
              break
      return first, last


  def moment(seconds):
      return f"{datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc):%Y%m%dT%H%M%SZ}"


  def send(path, folder, number):
      first, last = span(path)
      sha256 = sha256_of(path)
      packed = os.path.join(FOLDER, "file.gz")
      try:
          with open(path, "rb") as file, open(packed, "wb") as target:
              with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=target, mtime=0) as writer:
                  while chunk := file.read(CHUNK):
                      writer.write(chunk)
          key = f"{folder}{number:06d}-{moment(first)}-{moment(last)}-{os.path.getsize(path)}-{sha256}.gz"
          put_file(packed, key, sha256_of(packed))
      finally:
          with contextlib.suppress(FileNotFoundError):
              os.remove(packed)


  def purge(session, finished):
      """On the host a week of them stays; MySQL itself removes none, for it may not have been shipped."""
      old = [name for name, path in finished if time.time() - os.path.getmtime(path) > LOCAL_SECONDS]
      names = [name for name, _ in finished]
      if old:
          after = names.index(old[-1]) + 1
          if after < len(names):
              session.ask(f"PURGE BINARY LOGS TO '{names[after]}'")
`;

export const binlogTool = text`
  #!/usr/bin/python3 -B
  """Ships finished binary logs to the bucket. Prints one line of fields: binlog, files shipped, files left, seconds.

  With \`--wait\`, as an operator calls it, it waits for a run of the timer that is at work.
  """
  import sys
  import time

  from dojang_binlog import ship
  from dojang_database import only_one, run


  WAIT_SECONDS = 60


  def main():
      began = time.monotonic()
      with only_one("binlog", wait_seconds=WAIT_SECONDS if "--wait" in sys.argv[1:] else 0):
          shipped, left = ship()
      print(f"binlog\t{len(shipped)}\t{left}\t{time.monotonic() - began:.1f}")


  run(main)
`;
