/** The Python module that puts what was prepared in the place of the service's database. */
import { text } from '../../bash/bash-template.ts';

/** Its name as a module. */
export const restoreModule = 'dojang_restore';

/**
 * All tables change places in one statement, which MySQL carries out wholly or not at all. What is
 * replaced lies untouched in a database of its own until a dump of it is in the bucket, so that the
 * service stands still for the exchange alone, and no write is in neither.
 */
export const restoreProgram = text`
  """Puts a prepared database in the place of the service's, and carries on where a run was ended."""
  import contextlib
  import json
  import os

  from dojang_database import (
      DATABASE, STATE, Failure, perform, position_of, quoted, root, tables_of, token, unlogged, write_state,
  )
  from dojang_dump import now, take
  from dojang_prepare import forget, prepare
  from dojang_service import close_page, no_release, open_page, page_is_there, service

  STAGING = f"{DATABASE}_restore_"
  REPLACED = f"{DATABASE}_replaced_"
  REHEARSAL = f"{DATABASE}_rehearsal_"
  RECORD = "restore.json"


  def rehearse(plan):
      print_facts(plan["dump"]["id"], plan["to"], prepare(plan, f"{REHEARSAL}{token()}"))
      perform("remove", forget, REHEARSAL)


  def restore(plan):
      wanted = {"dump": plan["dump"]["id"], "to": plan["to"]}
      record = unfinished()
      if record and record["wanted"] != wanted and not is_exchanged(record):
          discard(record)
          record = None
      record = record or prepared(plan, wanted)
      print_facts(record["wanted"]["dump"], record["wanted"]["to"], record["tables"])
      finish(record)
      if record["wanted"] != wanted:
          raise Failure(f"a restore of {record['wanted']['dump']} had been ended after the exchange, and is finished now; nothing else was begun")


  def prepared(plan, wanted):
      name = f"{STAGING}{token()}"
      tables = prepare(plan, name)
      try:
          if not tables:
              raise Failure(f"the dump {plan['dump']['id']} holds no table")
          refuse_unmovable(name)
      except BaseException:
          forget(STAGING)
          raise
      record = {"wanted": wanted, "staging": name, "replaced": f"{REPLACED}{token()}", "tables": tables, "phase": "prepared"}
      return keep(record)


  def finish(record):
      if record["phase"] != "serving":
          with no_release():
              stand_still(record)
      perform("open", open_page)
      perform("dump-replaced", dump_replaced, record)
      perform("dump-restored", dump_restored, record)
      perform("clean", clean, record)


  def stand_still(record):
      if record["phase"] == "undo":
          give_up(record, "the run before this one found that")
      try:
          perform("stop", stop)
          record |= perform("exchange", exchange, record)
      except BaseException:
          # A connection that was lost does not say whether MySQL has carried it out.
          serve() if is_exchanged(record) else discard(record)
          raise
      try:
          perform("migrate", service, "migrate")
          perform("start", service, "start")
      except Failure as failure:
          give_up(record, failure)
      record |= keep(record | {"phase": "serving"})


  def stop():
      close_page()
      service("stop")


  def serve():
      try:
          service("start")
      finally:
          open_page()


  def exchange(record):
      with unlogged() as session:
          known = {"at": now(), "position": position_of(session)}
          if not is_exchanged(record):
              record = keep(record | {"moment": known})
              session.ask(f"CREATE DATABASE IF NOT EXISTS {quoted(record['replaced'])}")
              move(session, [(DATABASE, record["replaced"]), (record["staging"], DATABASE)])
          return record


  def is_exchanged(record):
      with unlogged() as session:
          return not tables_of(session, record["staging"])


  def move(session, ways):
      moves = [(source, target, each) for source, target in ways for each in tables_of(session, source)]
      session.ask("RENAME TABLE " + ", ".join(f"{quoted(source)}.{quoted(each)} TO {quoted(target)}.{quoted(each)}" for source, target, each in moves))


  def give_up(record, reason):
      """What was there before serves again. With the page on, no one has written to what is taken away."""
      keep(record | {"phase": "undo"})
      stop()
      if is_exchanged(record):
          with unlogged() as session:
              move(session, [(DATABASE, record["staging"]), (record["replaced"], DATABASE)])
      try:
          serve()
      finally:
          drop([record["replaced"], *([record["staging"]] if page_is_there() else [])])
          forget_record()
      raise Failure(f"the service does not work with what was restored, and has again what it had: {reason}")


  def discard(record):
      """Nothing was exchanged."""
      try:
          serve()
      finally:
          drop([record["staging"], record["replaced"]])
          forget_record()


  def drop(names):
      with unlogged() as session:
          for name in names:
              session.ask(f"DROP DATABASE IF EXISTS {quoted(name)}")


  def dump_replaced(record):
      with unlogged() as session:
          if not tables_of(session, record["replaced"]):
              return
      print(f"replaced\t{take('before-restore', record['replaced'], root(), record['moment'])}")


  def dump_restored(record):
      # Binary logs from before the exchange do not fit it: the next restore begins here.
      print(f"restored\t{take('restored', known={'since': record['moment']['at']})}")


  def clean(record):
      drop([record["staging"], record["replaced"]])
      forget_record()


  def refuse_unmovable(staging):
      """MySQL renames tables between databases, but neither views nor tables with triggers."""
      with unlogged() as session:
          names = f"('{DATABASE}', '{staging}')"
          found = session.ask(
              f"SELECT 'view', table_name FROM information_schema.views WHERE table_schema IN {names}"
              f" UNION SELECT 'trigger', trigger_name FROM information_schema.triggers WHERE trigger_schema IN {names}"
          )
      if found:
          raise Failure("can't exchange " + ", ".join(f"the {kind} {name}" for kind, name in found) + "; drop it and make it again afterwards")


  def unfinished():
      try:
          with open(os.path.join(STATE, RECORD)) as file:
              return json.load(file)
      except FileNotFoundError:
          return None


  def keep(record):
      write_state(RECORD, json.dumps(record))
      return record


  def forget_record():
      with contextlib.suppress(FileNotFoundError):
          os.remove(os.path.join(STATE, RECORD))


  def print_facts(dump, to, tables):
      for each in tables:
          print("\t".join(["table", each["name"], str(each["rows"]), each["checksum"]]))
      print("\t".join(["prepared", dump, to or "", str(sum(each["rows"] for each in tables))]), flush=True)
`;

export const restoreTool = text`
  #!/usr/bin/python3 -B
  """Brings a dump back: \`restore rehearse\` into a scratch database that is removed again, \`restore apply\` in the place of
  the service's. Standard input: the plan of lib/release/database as JSON. Prints lines of fields: step, id, seconds;
  table, name, rows, checksum; prepared; replaced and restored, each with the id of a dump.
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
      with only_one("dump", wait_seconds=120):
          VERBS[sys.argv[1]](plan)


  run(main)
`;
