/** Python that counts the requests in nginx's log (log_format in host/nginx/nginx.ts). */
import { text } from '../../host/bash/bash-template.ts';
import { accessLog, logFlushSeconds } from '../../host/nginx/nginx.ts';
import { probeAgent } from './script.ts';

/**
 * `requests(since, until)` are the lines of those that ended in this time. Each worker of nginx
 * writes for itself, so lines are out of order by as long as they wait. A host that has not been
 * provisioned since has lines without `ended` and `upstream`. A window reaches at most one rotation
 * back, as those are an hour apart; the log and the one before it are of one moment, so that a
 * rotation meanwhile neither hides requests nor counts them twice.
 *
 * `window(entries, component, port, maintenance)` is count, errors and p95 in milliseconds. An
 * answer of 4xx, or a client that left, says nothing about the release and is not counted; neither
 * is a probe, nor the maintenance page while it is `on`. The
 * time of an event stream is its length, and that of an upload its client's line, so neither is
 * slow. An error that nginx sent to no port counts for each of them: the question for the session
 * has failed, whose port is not in the log.
 */
export const accessLogFunctions = text`
  import datetime, math, os, re

  LOG = "${accessLog}"
  FLUSH = ${logFlushSeconds}
  SLACK = 5
  BLOCK = 1 << 20

  def in_place(file):
      try:
          return os.path.samestat(os.fstat(file.fileno()), os.stat(file.name))
      except FileNotFoundError:
          return False

  def opened(paths):
      for path in paths:
          try:
              yield open(path, "rb")
          except FileNotFoundError:
              pass

  def logs():
      for _ in range(40):
          files = list(opened((LOG, LOG + ".1")))
          if files and files[0].name == LOG and all(map(in_place, files)):
              return files
          time.sleep(0.05)
      raise SystemExit(f"there is no {LOG}")

  def lines_back(file):
      at, rest = file.seek(0, 2), b""
      while at > 0:
          size = min(BLOCK, at)
          at = file.seek(at - size)
          first, *others = (file.read(size) + rest).split(b"\n")
          yield from reversed(others)
          rest = first
      yield rest

  def ended(entry):
      if "ended" in entry:
          return float(entry["ended"])
      return datetime.datetime.fromisoformat(entry["time"]).timestamp()

  def entries(file, since):
      for line in lines_back(file):
          try:
              entry = json.loads(line.decode("utf-8", "replace"))
              at = ended(entry)
          except (ValueError, KeyError, TypeError):
              continue
          yield at, entry
          if at < since - SLACK:
              return

  def requests(since, until):
      found, oldest = [], until
      for file in logs():
          if oldest < since - SLACK:
              break
          for at, entry in entries(file, since):
              oldest = min(oldest, at)
              if since < at <= until:
                  found.append(entry)
      return found

  def port_of(entry):
      ports = re.findall(r":(\d+)", entry.get("upstream", ""))
      return ports[-1] if ports else ""

  def belongs(entry, component, port):
      path = entry.get("path", "")
      asked = path.startswith(("/api/", "/health"))
      if entry.get("agent", "").startswith("${probeAgent}") or asked == (component == "web"):
          return False
      if not port or "upstream" not in entry or port_of(entry) == port:
          return True
      return port_of(entry) == "" and entry["status"] >= 500

  def milliseconds(entry):
      path = entry.get("path", "")
      if path.endswith("/events") or (entry.get("method") == "POST" and path == "/api/contracts"):
          return None
      spent = [float(each) for each in re.findall(r"\d+\.\d+", entry.get("upstreamSeconds", ""))]
      return 1000 * (sum(spent) if spent else float(entry["seconds"]))

  def is_maintenance(entry):
      return entry["status"] == 503 and port_of(entry) == ""

  def window(found, component, port="", maintenance="off"):
      answers = [each for each in found if maintenance != "on" or not is_maintenance(each)]
      counted = [each for each in answers if belongs(each, component, port) and not 400 <= each["status"] < 500]
      times = sorted(each for each in map(milliseconds, counted) if each is not None)
      errors = sum(each["status"] >= 500 for each in counted)
      return len(counted), errors, round(times[math.ceil(0.95 * len(times)) - 1], 1) if times else 0
`;
