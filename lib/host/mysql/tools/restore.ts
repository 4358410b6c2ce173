/** The Python module that puts what was prepared in the place of the service's database. */
import { text } from '../../bash/bash-template.ts';

/** Its name as a module. */
export const restoreModule = 'dojang_restore';

/**
 * The service stands still from the dump of what is replaced to the dump of what replaces it; in
 * between all tables change places in one statement, which MySQL carries out wholly or not at all.
 */
export const restoreProgram = text`
  """Puts a prepared database in the place of the service's, and carries on where a run was ended."""
  import fnmatch
  import json
  import os
  import subprocess

  from dojang_database import DATABASE, SETTINGS, STATE, Failure, databases_like, quoted, token, unlogged, write_state
  from dojang_dump import take
  from dojang_prepare import forget, prepare

  STAGING = f"{DATABASE}_restore_"
  REHEARSAL = f"{DATABASE}_rehearsal_"
  RECORD = "restore.json"


  def rehearse(plan):
      print_facts(plan, prepare(plan, f"{REHEARSAL}{token()}"))
      forget(REHEARSAL)


  def restore(plan):
      wanted = {"dump": plan["dump"]["id"], "to": plan["to"]}
      record = unfinished()
      if record is None:
          name = f"{STAGING}{token()}"
          tables = prepare(plan, name)
          record = {
              "wanted": wanted, "staging": name, "replaced": f"{DATABASE}_replaced_{token()}", "tables": [each["name"] for each in tables],
              "units": active_units(), "phase": "exchange",
          }
          movable(name)
          print_facts(plan, tables)
          keep(record)
      elif record["wanted"] != wanted:
          raise Failure(
              f"a restore of {record['wanted']['dump']} to {record['wanted']['to'] or 'its own time'} is not finished; that one has to be run again first"
          )
      finish(record)


  def finish(record):
      maintenance("on")
      for unit in active_units():
          systemctl("stop", unit)
      if record["phase"] == "exchange":
          try:
              exchange(record)
          except BaseException:
              serve(record)
              raise
          keep(record | {"phase": "dump"})
      # Binary logs from before the exchange do not fit what is there now: the next restore begins here.
      print(f"restored\t{take('restored')}")
      serve(record)
      with unlogged() as session:
          for name in (record["staging"], record["replaced"]):
              session.ask(f"DROP DATABASE IF EXISTS {quoted(name)}")
      os.remove(os.path.join(STATE, RECORD))


  def serve(record):
      for unit in record["units"]:
          systemctl("start", unit)
      maintenance("off")


  def exchange(record):
      staging, replaced = record["staging"], record["replaced"]
      with unlogged() as session:
          if not tables_of(session, staging):
              if replaced not in databases_like(session, replaced):
                  raise Failure(f"{staging} is gone, and nothing was exchanged: remove {STATE}/{RECORD}, start the units and begin anew")
              return
          print(f"replaced\t{take('before-restore')}")
          session.ask(f"CREATE DATABASE IF NOT EXISTS {quoted(replaced)}")
          away = [(DATABASE, replaced, each) for each in tables_of(session, DATABASE)]
          here = [(staging, DATABASE, each) for each in record["tables"]]
          moves = ", ".join(f"{quoted(source)}.{quoted(each)} TO {quoted(target)}.{quoted(each)}" for source, target, each in away + here)
          session.ask(f"RENAME TABLE {moves}")


  def tables_of(session, database):
      kinds = f"WHERE table_schema = '{database}' AND table_type = 'BASE TABLE'"
      return [row[0] for row in session.ask(f"SELECT table_name FROM information_schema.tables {kinds} ORDER BY table_name")]


  def movable(staging):
      """MySQL renames tables between databases, but neither views nor tables with triggers."""
      with unlogged() as session:
          names = f"('{DATABASE}', '{staging}')"
          found = session.ask(
              f"SELECT 'view', table_name FROM information_schema.views WHERE table_schema IN {names}"
              f" UNION SELECT 'trigger', trigger_name FROM information_schema.triggers WHERE trigger_schema IN {names}"
          )
      if found:
          forget(STAGING)
          raise Failure("can't exchange " + ", ".join(f"the {kind} {name}" for kind, name in found) + "; drop it and make it again afterwards")


  def active_units():
      words = ["systemctl", "list-units", "--plain", "--no-legend", "--state=active,activating,reloading", *SETTINGS["units"]]
      lines = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
      names = [line.split()[0] for line in lines if line.strip()]
      return [each for each in names if any(fnmatch.fnmatch(each, pattern) for pattern in SETTINGS["units"])]


  def systemctl(verb, unit):
      if verb == "start":
          subprocess.run(["systemctl", "reset-failed", unit], stderr=subprocess.DEVNULL)
      if subprocess.run(["systemctl", verb, unit]).returncode != 0:
          raise Failure(f"systemctl {verb} {unit} failed; run the restore again, which carries on from here")


  def maintenance(word):
      program = SETTINGS["maintenance"]
      if os.access(program, os.X_OK) and subprocess.run([program, word]).returncode != 0:
          raise Failure(f"{program} {word} failed")


  def unfinished():
      try:
          with open(os.path.join(STATE, RECORD)) as file:
              return json.load(file)
      except FileNotFoundError:
          return None


  def keep(record):
      write_state(RECORD, json.dumps(record))


  def print_facts(plan, tables):
      for each in tables:
          print("\t".join(["table", each["name"], str(each["rows"]), each["checksum"]]))
      print("\t".join(["prepared", plan["dump"]["id"], plan["to"] or "", str(len(plan["logs"])), str(sum(each["rows"] for each in tables))]), flush=True)
`;

export const restoreTool = text`
  #!/usr/bin/python3 -B
  """Brings a dump back: \`restore rehearse\` into a scratch database that is removed again, \`restore apply\` in the place of
  the service's. Standard input: the plan of lib/release/database as JSON.
  """
  import json
  import sys

  from dojang_database import Failure, only_one, run
  from dojang_restore import rehearse, restore

  VERBS = {"rehearse": rehearse, "apply": restore}


  def main():
      if len(sys.argv) != 2 or sys.argv[1] not in VERBS:
          raise Failure("usage: restore rehearse | restore apply, with a plan as input")
      plan = json.load(sys.stdin)
      with only_one("dump"):
          VERBS[sys.argv[1]](plan)


  run(main)
`;
