import { equal } from '../testing.js';
import { fine } from './format.js';

export function smallValuesOfAMapAreWrittenWithTheirDigits() {
  equal([0, 1.234, -0.5, 0.00471, -0.0002].map(fine), ['0.00', '1.23', '−0.50', '0.0047', '−0.0002']);
}
