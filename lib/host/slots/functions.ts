/** All that recipe and releases do with the slots, as bash functions. */
import { lines } from '../bash/files.ts';
import { slotDrain } from './drain.ts';
import { nginxSwitch, upstreamText } from './nginx-upstream.ts';
import { slotStart } from './start.ts';
import { slotSettings, slotState } from './state.ts';

export const slotFunctions = lines(slotState, slotSettings, upstreamText, nginxSwitch, slotStart, slotDrain);
