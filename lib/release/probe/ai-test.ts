/** The functional test of a release of the AI server: one sample contract, past the queue. */
import { text } from '../../host/bash/bash-template.ts';
import { ports } from '../../host/paths.ts';
import { analysisSeconds, testSeconds } from '../plan/limits.ts';
import { asking, type ProbeScript, python, whole } from './script.ts';

/** A lease of our own making, short enough for any model. */
const sample = text`
  주택 임대차 계약서
  제1조 (보증금) 보증금은 250,000,000원으로 하고, 잔금은 2026년 4월 15일에 임대인 명의의 계좌로 지급한다.
  제2조 (임대차기간) 임대차기간은 2026년 4월 15일부터 2028년 4월 14일까지 2년으로 한다.
  제3조 (수선) 임차인은 건물의 노후로 인한 하자를 포함한 모든 수리비를 부담한다.
`;

/**
 * Contracts come meanwhile and go first: a server that is full is asked again. Out of memory is
 * what the server says of itself. A server that says why it has no model cannot be tested, and is
 * not made better by an older release.
 */
export function aiTestScript(): ProbeScript {
  return { script: whole(python(`${asking}\n${aiTest}`, [])), limitSeconds: testSeconds.ai };
}

const aiTest = text`
  import uuid

  BASE = "http://127.0.0.1:${ports.ai}"
  SAMPLE = """${sample}"""
  end = time.monotonic() + ${analysisSeconds}

  def left():
      return max(1.0, end - time.monotonic())

  def read(body):
      try:
          answer = json.loads(body)
          return answer if isinstance(answer, dict) else {}
      except ValueError:
          return {}

  # An answer, once there is room for the contract
  def analyse():
      question = {"requestId": str(uuid.uuid4()), "locale": "ko", "pages": [{"kind": "text", "text": SAMPLE}]}
      while True:
          headers = {"Content-Type": "application/json", "Prefer": f"wait={int(left())}"}
          status, seconds, headers, body = ask(BASE + "/api/v1/analyze", left(), "POST", json.dumps(question).encode(), headers)
          detail = read(body).get("detail", "")
          if status != 503 or "too many contracts" not in detail or left() <= 1:
              return status, seconds, detail, read(body)
          time.sleep(min(left(), float(headers.get("Retry-After", 1))))

  status, seconds, _, body = ask(BASE + "/health", 15)
  reason = read(body).get("reason", "")
  if reason and not out_of_memory(reason):
      probe("analysis", True, seconds, f"not tested: {reason}")
      sys.exit()
  status, seconds, detail, answer = analyse()
  ok = status == 200 and isinstance(answer.get("clauses"), list) and answer.get("pages", [{}])[0].get("characters", 0) > 0
  said = "" if ok else f"status {status} {detail}".strip()
  probe("analysis", ok, seconds, said)
  probe("gpu-memory", not (out_of_memory(reason) or out_of_memory(detail)), seconds, reason or detail)
  probe("response-time", ok, seconds, "analysis")
`;
