import { equal } from '../testing.js';
import { fitting, isWide, logTicks, numberAxis, roundTicks, shownTicks, tickWords } from './ticks.js';

/** The labels of an axis that is as wide as this. */
function labels(axis, maxWidth) {
  const built = { ...axis, ticks: [], maxWidth };
  axis.afterBuildTicks(built);
  return built.ticks.map(({ value }) => axis.ticks.callback(value));
}

export function seedsHaveWholeTicksOnALinearAxis() {
  const seeds = [1, 2, 3, 8, 10];
  equal(isWide([1, 2, 3, 40], 'seed'), false);
  equal(isWide([1, 2, 3, 40], 'batchSize'), true);
  equal([isWide([0.001, 0.01]), isWide([0.001, 0.0101]), isWide([0, 1]), isWide([1, 2], 'width', true), isWide([2, 2], 'width', true)], [false, true, false, true, false]);
  equal([[8, 16, 32], [8, 64, 16], [0.25, 0.5, 1], [8, 16], [8, 16, 31], [1, 1 + 1e-12, 2]].map((values) => isWide(values)), [true, true, true, false, false, false]);
  equal(isWide([1, 2, 4], 'seed'), false);
  equal(numberAxis(seeds).type, 'linear');
  equal(labels(numberAxis(seeds), 600), ['1', '2', '3', '8', '10']);
  equal(labels(numberAxis(Array.from({ length: 40 }, (_, i) => i + 1)), 600), ['0', '5', '10', '15', '20', '25', '30', '35', '40']);
  equal(labels(numberAxis([1, 2]), 600), ['1', '2']);
}

export function wholeValuesNeverGetFractions() {
  equal(roundTicks(1, 3, true), [1, 2, 3]);
  equal(roundTicks(0.9, 2.1, true), [1, 2]);
  equal(roundTicks(1, 3, false).some((tick) => !Number.isInteger(tick)), true);
  equal(logTicks(0.7, 9, true), [1, 2, 5]);
}

export function logarithmicAxesHaveOneTwoFiveOrDecades() {
  equal(logTicks(1, 1000, false), [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
  equal(logTicks(1, 1001, false), [1, 10, 100, 1000]);
  equal(logTicks(4e-5, 0.1, false), [1e-4, 1e-3, 1e-2, 1e-1]);
  equal(logTicks(1.1, 1.9, false).length > 1, true);
}

export function ticksThatWouldOverlapAreLeftOut() {
  equal(labels(numberAxis([8, 10, 100], { log: true }), 600), ['8', '10', '100']);
  equal(labels(numberAxis([8, 8.5, 9, 100], { log: true }), 150), ['8', '100']);
  equal(shownTicks([{ at: 0, words: '0.1' }, { at: 10, words: '0.3' }, { at: 100, words: '1' }]), [true, false, true]);
  equal(shownTicks([{ at: 0, words: '0.1' }]), [true]);
  equal(shownTicks([]), []);
}

export function placesOfAnAxisKeepRoomForTheLongestLineOfTheirLabels() {
  const axis = { type: 'linear', min: 0, max: 100, maxWidth: 250 };
  equal(fitting([10, 25, 40, 90], axis), [10, 25, 40, 90]);
  equal(fitting([10, 25, 40, 90], axis, (place) => `0.00${place}`), [10, 40, 90]);
  equal(fitting([10, 90], { ...axis, type: 'logarithmic', min: 9 }), [10, 90]);
}

export function roundTicksStayEvenWhereThereIsLittleRoom() {
  const values = Array.from({ length: 60 }, (_, i) => i - 12);
  const steps = (maxWidth) => {
    const at = labels(numberAxis(values), maxWidth).map((words) => Number(words.replace('−', '-')));
    return new Set(at.slice(1).map((value, i) => value - at[i])).size;
  };
  equal([600, 300, 200, 120].map(steps), [1, 1, 1, 1]);
  equal(labels(numberAxis([1, 2, 3, 5, 7, 9, 20, 40, 90, 100], { log: true }), 100), ['1', '10', '100']);
}

export function numbersHaveOneStyle() {
  equal([1200, 0.004, 4e-5, 0.1 + 0.2, -2, 0].map(tickWords), ['1,200', '0.004', '4e-5', '0.3', '−2', '0']);
}

export function roundTicksAreMultiplesOfOneTwoOrFive() {
  equal(roundTicks(0, 100, false), [0, 20, 40, 60, 80, 100]);
  equal(roundTicks(0, 45, false), [0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
  equal(roundTicks(0.31, 0.34, false), [0.31, 0.315, 0.32, 0.325, 0.33, 0.335, 0.34]);
  equal(roundTicks(5, 5, false), [5]);
}
