/** Korean words of the home page. */
export const home = {
  title: '도장 찍기 전에, 계약서를 쉽게',
  eyebrow: '세입자를 위한 계약서 도우미',
  headline: '도장 찍기 전에,\n한 번 더 읽어 드려요.',
  lead: '어려운 임대차 계약서를 조항마다 쉬운 말로 풀고, 조심할 곳을 근거 법과 함께 짚어 드립니다.',
  start: '계약서 설명 받기',
  checklist: '체크리스트 보기',
  signedIn: '{{name}} 님, 안녕하세요',
  left_other: '오늘 설명을 {{count}}번 더 받을 수 있어요.',
  leftNone: '오늘의 설명을 모두 받으셨어요. 내일 다시 만나요.',
  recent: '최근 계약서 보기',
  how: {
    title: '세 걸음이면 됩니다',
    one: { title: '찍거나 붙여 넣고', body: '휴대전화로 쪽마다 찍거나 PDF를 고르세요. 30쪽까지 한 번에 됩니다.' },
    two: { title: '잠깐 기다리면', body: '늦어도 5분 안에 답해요. 화면을 닫았다가 돌아와도 괜찮아요.' },
    three: { title: '쉬운 말로 읽어요', body: '위험, 주의, 안전으로 나누어 무엇을 물어야 할지 알려 드려요.' },
  },
  tools: {
    title: '집을 구하는 동안 곁에',
    checklist: '보러 갈 때, 계약할 때, 이사할 때 빠뜨리기 쉬운 것들을 이유와 함께.',
    notes: '본 집을 적어 두고, 두세 곳을 나란히 견주어 보세요.',
    listings: '이웃 세입자가 올린 방을 보증금과 월세로 찾아보세요.',
  },
  picture: {
    title: '주택임대차계약서',
    clause: '보증금은 계약이 끝난 뒤 다음 세입자가 들어오면 반환한다.',
    mark: '반환 시점을 날짜로',
    tenant: '임차인',
    here: '(인)',
  },
};
