/** The port through which people who are not at this terminal hear what is done to a service. */
import type { Notice } from '../notify/notices.ts';

export interface Notifier {
  /**
   * Sends a notice. It never throws and takes 10 s at most: a service must be released, rolled back
   * and restored while a chat is down.
   */
  notify(notice: Notice): Promise<void>;
}
