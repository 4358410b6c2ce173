/**
 * What the imitated service says: the checklist and an explanation, long enough to look like real
 * ones.
 */
import type { Checklist, Explanation } from '../../../../apps/web/src/api/schemas.ts';

const law = (article: string) => ({
  title: '주택임대차보호법',
  article,
  url: `https://www.law.go.kr/법령/주택임대차보호법/${article}`,
});

export const explanation: Explanation = {
  engine: {
    kind: 'offline',
    model: 'lease-law-2026',
    label: { ko: '오프라인 엔진 (사람이 정리한 법률 지식)', en: 'Offline engine (curated knowledge of lease law)' },
  },
  summary: {
    ko: '보증금 반환 시점이 정해져 있지 않아 위험해요. 수리비와 중도 해지 조항은 도장을 찍기 전에 뜻을 분명히 해 두세요.',
    en: 'It is dangerous that no date is set for returning the deposit. Make the clauses on repairs and early termination clear before you seal it.',
  },
  clauses: [
    {
      page: 1,
      quote: '임대인은 임대차계약 종료 후 새로운 임차인이 입주한 때에 보증금을 반환한다.',
      title: '보증금을 돌려받는 때가 불분명해요',
      explanation:
        '다음 세입자가 구해지지 않으면 보증금을 언제 돌려받을지 알 수 없습니다. 법은 계약이 끝나고 집을 비워 주면 바로 돌려주도록 합니다.',
      risk: 'danger',
      advice: '“계약 종료일에 주택을 인도받음과 동시에 반환한다”로 바꾸어 달라고 하세요.',
      sources: [law('제3조의3'), { title: '민법', article: '제536조', url: 'https://www.law.go.kr/법령/민법/제536조' }],
    },
    {
      page: 2,
      quote: '주택의 모든 수리비는 임차인이 부담한다.',
      title: '모든 수리비를 세입자가 내게 되어 있어요',
      explanation: '보일러나 누수처럼 집을 쓰는 데 꼭 필요한 수리는 원래 집주인의 몫입니다.',
      risk: 'caution',
      advice: '“소모품은 임차인, 주요 설비는 임대인”으로 나누어 적으세요.',
      sources: [{ title: '민법', article: '제623조', url: 'https://www.law.go.kr/법령/민법/제623조' }],
    },
    {
      page: 2,
      quote: '임차인이 중도 해지할 경우 2개월분의 차임을 위약금으로 지급한다.',
      title: '중도 해지 위약금이 있어요',
      explanation: '사정이 생겨 일찍 나가면 두 달 치 월세를 내야 합니다.',
      risk: 'caution',
      advice: '새 세입자를 구해 오면 면제한다는 말을 덧붙이세요.',
      sources: [],
    },
    {
      page: 1,
      quote: '임대차 기간은 2026년 3월 1일부터 2028년 2월 29일까지로 한다.',
      title: '계약 기간은 2년이에요',
      explanation: '법이 보장하는 가장 짧은 기간인 2년과 같습니다.',
      risk: 'safe',
      advice: '',
      sources: [law('제4조')],
    },
  ],
  missing: [
    {
      title: '전입신고와 확정일자에 협조한다는 내용',
      explanation: '이 내용이 있으면 보증금을 먼저 돌려받을 권리를 지키기 쉬워요.',
      sources: [law('제3조')],
    },
  ],
  pages: [
    { number: 1, characters: 812, ocr: true },
    { number: 2, characters: 640, ocr: true },
    { number: 3, characters: 205, ocr: false },
  ],
};

const item = (id: string, ko: string, en: string, whyKo: string, whyEn: string) => ({
  id,
  text: { ko, en },
  why: { ko: whyKo, en: whyEn },
});

export const checklist: Checklist = {
  sections: [
    {
      id: 'visit',
      title: { ko: '집을 보러 갈 때', en: 'At the visit' },
      items: [
        item(
          'water',
          '수압과 온수가 괜찮은가요?',
          'Is the water pressure fine, and is there hot water?',
          '살면서 고치기 어렵고, 고치면 비용이 커요.',
          'It is hard and costly to fix later.',
        ),
        item(
          'mould',
          '벽지와 창틀에 곰팡이가 없나요?',
          'No mould on walls and window frames?',
          '결로가 있는 집은 겨울마다 같은 일이 생겨요.',
          'Homes with condensation have it every winter.',
        ),
        item(
          'noise',
          '밤에도 조용한가요?',
          'Is it quiet at night?',
          '낮에는 들리지 않던 소리가 밤에 들려요.',
          'At night you hear what the day covers.',
        ),
      ],
    },
    {
      id: 'contract',
      title: { ko: '계약할 때', en: 'When you sign' },
      items: [
        item(
          'register',
          '등기부등본을 오늘 날짜로 확인했나요?',
          'Have you seen a register extract of today?',
          '근저당이 많으면 보증금을 돌려받지 못할 수 있어요.',
          'With large mortgages you may not get your deposit back.',
        ),
        item(
          'owner',
          '계약하는 사람이 집주인 본인인가요?',
          'Is the person signing the owner?',
          '대리인이라면 위임장과 인감증명서를 확인하세요.',
          'An agent needs a power of attorney and a seal certificate.',
        ),
      ],
    },
    {
      id: 'move',
      title: { ko: '이사한 날', en: 'On the day you move in' },
      items: [
        item(
          'report',
          '전입신고와 확정일자를 마쳤나요?',
          'Have you reported your move and got a fixed date?',
          '다음 날 0시부터 보증금을 지키는 힘이 생겨요.',
          'From midnight on, they protect your deposit.',
        ),
      ],
    },
  ],
};

export const friendly = {
  ko: '죄송해요, 지금 많은 분들의 이야기를 듣고 있어서 답변이 늦어지고 있어요. 잠시 후 다시 시도해주시겠어요? 🙇🏻‍♂️',
  en: 'Sorry, we are listening to many people right now and your answer is taking longer. Would you try again in a little while? 🙇🏻‍♂️',
};

export const unreadable = {
  ko: '올려주신 계약서를 읽지 못했어요. 글자가 잘 보이는 사진이나 PDF로, 쪽수를 나누어 다시 올려주시겠어요?',
  en: 'We could not read this contract. Would you send it again as clear pictures or a PDF, in fewer pages if it is long?',
};

export const inLine = (ahead: number) => ({
  ko: ahead === 0 ? '다음 차례예요. 조금만 기다려주세요...' : `앞에 ${ahead}건이 기다리고 있어요. 약 40초 남았어요.`,
  en: ahead === 0 ? 'You are next. Please wait a moment...' : `${ahead} contracts are ahead of yours. About 40 seconds.`,
});

export const thinking = { ko: 'AI가 답변을 생각하고 있어요...', en: 'The AI is thinking about your answer...' };
export const almost = { ko: '거의 다 되었습니다!', en: 'Almost done!' };
export const ready = { ko: '답변이 준비되었어요.', en: 'Your answer is ready.' };
