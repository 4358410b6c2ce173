/** The one exact decimal: strict, so that a binary fraction is refused where it would get in. */
import { Big } from 'big.js';

Big.strict = true;

export { Big };
