/** What a waiting person reads: by status, place in line and time. Never more than is known. */
import type { Status, Words } from '../contract.ts';

/** After the deadline: not an error page, but this. */
const friendlyAnswer: Words = {
  ko: '죄송해요, 지금 많은 분들의 이야기를 듣고 있어서 답변이 늦어지고 있어요. 잠시 후 다시 시도해주시겠어요? 🙇🏻‍♂️',
  en: 'Sorry, we are listening to many people right now and your answer is taking longer. Would you try again in a little while? 🙇🏻‍♂️',
};

const ended: Readonly<Record<Exclude<Status, 'waiting' | 'running'>, Words>> = {
  answered: { ko: '답변이 준비되었어요.', en: 'Your answer is ready.' },
  late: friendlyAnswer,
  unreadable: {
    ko: '올려주신 계약서를 읽지 못했어요. 글자가 잘 보이는 사진이나 PDF로, 쪽수를 나누어 다시 올려주시겠어요?',
    en: 'We could not read this contract. Would you send it again as clear pictures or a PDF, in fewer pages if it is long?',
  },
};

/** Where an open contract stands. */
export type Standing =
  | {
      readonly status: 'waiting';
      /** 1 is next. */
      readonly position: number;
      /** Undefined while nothing is known of how long answers take. */
      readonly estimateSeconds: number | undefined;
      readonly remainingSeconds: number;
      /** Whether the AI server can't be reached at the moment. */
      readonly stalled: boolean;
    }
  | {
      readonly status: 'running';
      readonly elapsedSeconds: number;
      /** How long answers took lately. */
      readonly typicalSeconds: number | undefined;
    };

export const endedWords = (status: keyof typeof ended): Words => ended[status];

export function progressMessage(standing: Standing): Words {
  return standing.status === 'running' ? runningWords(standing.elapsedSeconds, standing.typicalSeconds) : waitingWords(standing);
}

function runningWords(elapsed: number, typical: number | undefined): Words {
  if (typical !== undefined && elapsed > 2 * typical && elapsed > 10) {
    return {
      ko: '생각보다 조금 더 걸리고 있어요. 조금만 기다려주세요...',
      en: 'This is taking a little longer than usual. Please hold on...',
    };
  }
  if (typical !== undefined && elapsed >= 0.7 * typical) return { ko: '거의 다 되었습니다!', en: 'Almost done!' };
  return { ko: 'AI가 답변을 생각하고 있어요...', en: 'The AI is thinking about your answer...' };
}

function waitingWords(standing: Extract<Standing, { status: 'waiting' }>): Words {
  const { position, estimateSeconds, remainingSeconds, stalled } = standing;
  if (stalled) {
    return {
      ko: 'AI와 다시 연결하고 있어요. 순서는 그대로 지켜드릴게요.',
      en: 'We are reconnecting to the AI. You keep your place in line.',
    };
  }
  const ahead = position - 1;
  const line: Words =
    ahead === 0
      ? { ko: '다음 차례예요. 조금만 기다려주세요...', en: 'You are next. Please wait a moment...' }
      : { ko: `앞에 ${ahead}건이 기다리고 있어요.`, en: `${ahead} ${ahead === 1 ? 'contract is' : 'contracts are'} ahead of yours.` };
  if (estimateSeconds === undefined) return line;
  return joined(line, estimateSeconds > remainingSeconds ? crowded : aboutTime(estimateSeconds));
}

const crowded: Words = {
  ko: '지금은 많이 붐벼서 이번에는 답변을 드리지 못할 수도 있어요.',
  en: 'It is very busy now, so we may not get to it this time.',
};

const joined = (first: Words, second: Words): Words => ({ ko: `${first.ko} ${second.ko}`, en: `${first.en} ${second.en}` });

function aboutTime(seconds: number): Words {
  if (seconds < 60) {
    const tens = Math.max(10, Math.ceil(seconds / 10) * 10);
    return { ko: `약 ${tens}초 남았어요.`, en: `About ${tens} seconds.` };
  }
  const minutes = Math.ceil(seconds / 60);
  return { ko: `약 ${minutes}분 남았어요.`, en: `About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.` };
}
