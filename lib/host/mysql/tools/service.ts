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


  def page_is_there():
      return os.access(SETTINGS["maintenance"], os.X_OK)


  def maintenance(word):
      if page_is_there():
          call(SETTINGS["maintenance"], word)


  def service(word):
      call(SETTINGS["service"], word)


  def call(program, word):
      said = subprocess.run([program, word], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
      if said.returncode != 0:
          lines = said.stdout.strip().splitlines() or [f"exit code {said.returncode}"]
          raise Failure(f"{os.path.basename(program)} {word} failed: {lines[-1]}")


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
