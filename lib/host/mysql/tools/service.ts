/** The Python module by which a restore makes the service stand still. */
import { text } from '../../bash/bash-template.ts';

/** Its name as a module. */
export const serviceModule = 'dojang_service';

export const serviceProgram = text`
  """The maintenance page, the release that serves, and the lock of releases."""
  import contextlib
  import os
  import subprocess
  import time

  from dojang_database import SETTINGS, Failure, locked

  LOCK_SECONDS = 300
  # Reason and operator of the page that a restore turns on itself.
  OWN = ("the database is being restored", "dojang restore")


  def page_is_there():
      return os.access(SETTINGS["maintenance"], os.X_OK)


  def close_page():
      """Visitors get the page. One that an operator has turned on keeps its reason."""
      if page_is_there():
          found = page()
          call(SETTINGS["maintenance"], "on", *(OWN if found is None else (found.get("reason", ""), found.get("by", ""))))


  def open_page():
      """Turns off what a restore turned on, in this run or in one that was killed: an operator's page stays."""
      if page_is_there():
          found = page()
          if found is None or found.get("by") == OWN[1]:
              call(SETTINGS["maintenance"], "off")


  def page():
      """What the program says of the page that is on; None: it is off."""
      word, *fields = call(SETTINGS["maintenance"], "status").splitlines() or [""]
      return dict(each.split("\t", 1) for each in fields if "\t" in each) if word == "on" else None


  def service(word):
      call(SETTINGS["service"], word)


  def call(program, *words):
      said = subprocess.run([program, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
      if said.returncode != 0:
          lines = said.stdout.strip().splitlines() or [f"exit code {said.returncode}"]
          raise Failure(f"{os.path.basename(program)} {words[0]} failed: {lines[-1]}")
      return said.stdout


  @contextlib.contextmanager
  def no_release():
      """None begins meanwhile, and none is at work."""
      if not os.path.isdir(os.path.dirname(SETTINGS["releaseLock"])):
          yield
          return
      with open(SETTINGS["releaseLock"], "a") as file:
          deadline = time.monotonic() + LOCK_SECONDS
          while not locked(file):
              if time.monotonic() >= deadline:
                  raise Failure(f"a release has been at work on this host for {LOCK_SECONDS} s")
              time.sleep(0.2)
          yield
`;
