import { equal } from '../testing.js';
import { fine, setting } from './format.js';

export function smallValuesOfAMapAreWrittenWithTheirDigits() {
  equal([0, 1.234, -0.5, 0.00471, -0.0002].map(fine), ['0.00', '1.23', '−0.50', '0.0047', '−0.0002']);
}

export function smallSettingsHaveAnExponent() {
  equal([0, 0.004, 1e-4, 4e-5, 1.21e-5, -3, 224, 1200].map(setting), ['0', '0.004', '0.0001', '4e-5', '1.21e-5', '−3', '224', '1200']);
}
