/**
 * Reading logs on a host. What Systems Manager keeps of an output is short, so that a page of lines
 * is compressed, and what does not fit is another page.
 */
import { heredoc, quoted, text } from '../host/bash/bash-template.ts';
import type { LogSources } from './sources.ts';

export interface LogRequest {
  /** Seconds before now, by the clock of the host; none when `after` is given. */
  readonly age?: number;
  /** Microseconds since 1970 by the clock of the host: later lines only. */
  readonly after?: number;
  /** The same: up to then. @default `delay` seconds before now */
  readonly until?: number;
  /** Seconds: lines that are younger may be followed by older ones, which are still buffered. */
  readonly delay?: number;
  /** How many lines at most, the newest. */
  readonly lines: number;
  /** How many of the newest are known already. */
  readonly skip?: number;
}

/** Prints a line `logs <base64 of zlib of JSON>`: a `LogPage` of logs/page.ts. */
export function logScript(sources: LogSources, request: LogRequest): string {
  return heredoc(`/usr/bin/python3 - ${quoted(JSON.stringify({ ...sources, ...request }))}`, program);
}

/** Characters of a page, less than Systems Manager keeps. */
const room = 22_000;

const program = text`
  import base64
  import datetime
  import json
  import os
  import re
  import subprocess
  import sys
  import time
  import zlib

  asked = json.loads(sys.argv[1])
  now = int(time.time() * 1_000_000)
  until = asked.get("until") or now - int(asked.get("delay", 0) * 1_000_000)
  after = asked.get("after") or until - int(asked["age"] * 1_000_000)
  wanted = asked["lines"] + asked.get("skip", 0)
  MOST_BYTES = 8 * 1024 * 1024
  LONGEST = 4000
  found = []
  more = False


  def add(at, source, message):
      if after < at <= until:
          found.append((at, source, message[:LONGEST] + ("…" if len(message) > LONGEST else "")))


  def journal():
      global more
      units = asked["units"]
      if not units:
          return
      command = ["journalctl", "--quiet", "--no-pager", "--output=json", "--output-fields=MESSAGE,_SYSTEMD_UNIT,UNIT"]
      command += ["--unit=" + unit for unit in units]
      command += ["--since=@%d" % (after // 1_000_000), "--until=@%d" % (until // 1_000_000 + 1), "--lines=%d" % (wanted + 1)]
      said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.splitlines()
      more = more or len(said) > wanted
      for line in said[-wanted:]:
          entry = json.loads(line)
          message = entry.get("MESSAGE") or ""
          if isinstance(message, list):
              message = bytes(message).decode("utf-8", "replace")
          unit = entry.get("_SYSTEMD_UNIT")
          source = units.get(unit) or units.get(entry.get("UNIT")) or next(iter(units.values()))
          add(int(entry["__REALTIME_TIMESTAMP"]), source, message)


  def tail(path):
      """Lines at the end of a file, and whether there are earlier ones."""
      try:
          with open(path, "rb") as file:
              size = file.seek(0, os.SEEK_END)
              start = file.seek(max(0, size - MOST_BYTES))
              lines = file.read().decode("utf-8", "replace").splitlines()
      except FileNotFoundError:
          return [], False
      return (lines[1:], True) if start > 0 else (lines, False)


  def time_of_access(line):
      return datetime.datetime.fromisoformat(json.loads(line)["time"]).timestamp()


  def time_of_error(line):
      return time.mktime(time.strptime(re.match(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d", line)[0], "%Y/%m/%d %H:%M:%S"))


  def timed(lines, kind):
      """A line without a time belongs to the one before it."""
      at = 0
      for line in lines:
          try:
              at = int({"access": time_of_access, "error": time_of_error}[kind](line) * 1_000_000)
          except (ValueError, TypeError, KeyError):
              pass
          yield at, line


  def file(path, source, kind):
      global more
      for each in (path, path + ".1"):
          lines, cut = tail(each)
          entries = list(timed(lines, kind))
          for at, line in entries:
              add(at, source, line)
          if entries and entries[0][0] <= after:
              return
          if cut:
              more = True
              return


  def packed(entries):
      page = {"until": until, "more": more or len(entries) < len(rest), "lines": entries}
      return base64.b64encode(zlib.compress(json.dumps(page, ensure_ascii=False).encode(), 9)).decode()


  journal()
  for each in asked["files"]:
      file(**each)
  # Lines of one time stay in the order in which they were written.
  found.sort(key=lambda entry: entry[0])
  rest = found[: len(found) - asked.get("skip", 0)]
  low, high = 0, min(len(rest), asked["lines"])
  while low < high:
      middle = (low + high + 1) // 2
      if len(packed(rest[-middle:])) <= ${room}:
          low = middle
      else:
          high = middle - 1
  print("logs", packed(rest[len(rest) - low :]))
`;
