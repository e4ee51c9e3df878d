import { browser, equal } from '../testing.js';
import { bytes, duration, fine, percent, period, roughDuration, setting } from './format.js';

/** A date beside a bare time of day would leave open of which day that is. */
export async function bothEndsOfAPeriodHaveADateUnlessBothAreToday() {
  await browser.installClock();
  const today = new Date();
  today.setHours(12, 30);
  const yesterday = new Date(today.getTime() - 24 * 3600 * 1000);
  equal(period(today.toISOString(), today.toISOString()), ['12:30', '12:30']);
  equal(period(yesterday.toISOString(), today.toISOString()).map((words) => /\w{3}.*12:30$/.test(words)), [true, true]);
}

export function smallValuesOfAMapAreWrittenWithTheirDigits() {
  equal([0, 1.234, -0.5, 0.00471, -0.0002].map(fine), ['0.00', '1.23', '−0.50', '0.0047', '−0.0002']);
}

export function smallSettingsHaveAnExponent() {
  equal([0, 0.004, 1e-4, 4e-5, 1.21e-5, -3, 224, 1200].map(setting), ['0', '0.004', '0.0001', '4e-5', '1.21e-5', '−3', '224', '1200']);
}

/** A line must not break before a unit. */
export function aNumberAndItsUnitAreUnbroken() {
  equal([percent(0.4), duration(5), duration(15960), roughDuration(3000), bytes(20), bytes(2_500_000)].map((words) => words.replaceAll('\u00a0', '_')), ['40.0_%', '5_s', '4_h_26_min', '50_min', '20_B', '2.5_MB']);
}
