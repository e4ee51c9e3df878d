import { costFacts, costWords, expectedWords } from '../cost/cost-words.js';
import { equal } from '../testing.js';

export function factsThatAreNotKnownAreLeftOut() {
  const known = Object.entries(costFacts({ deviceSeconds: 44.8 })).filter(([, value]) => value !== undefined);
  equal(known.map(([name]) => name), ['deviceTime']);
  equal(costFacts(undefined), {});
}

export function factsAreRounded() {
  equal(
    costFacts({ deviceSeconds: 7500, processorSeconds: 15_000, peakMemoryBytes: 751_052_800, joules: 2_700_000, utilisation: 0.874, imagesPerSecond: 43.46 }),
    {
      deviceTime: '2 h 05 min',
      processorTime: '4 h 10 min',
      peakMemory: '751 MB',
      peakDeviceMemory: undefined,
      energy: '750 Wh',
      utilisation: '87 %',
      speed: '43.5 images/s',
    },
  );
}

export function sumsSayOfHowManyJobsTheEnergyIsKnown() {
  equal(costWords({ jobs: 0, deviceSeconds: 0, jobsWithEnergy: 0 }), '');
  equal(
    costWords({ jobs: 2, deviceSeconds: 51_120, processorSeconds: 102_240, joules: 11.16e6, jobsWithEnergy: 2 }),
    'Used 14.2 hours of device time, 28.4 hours of processor time, 3.1 kWh.',
  );
  equal(
    costWords({ jobs: 2, deviceSeconds: 90, joules: 7200, jobsWithEnergy: 1 }),
    'Used 1 min 30 s of device time, 2 Wh (of 1 of 2 jobs; the others’ energy is unknown).',
  );
}

export function aGuessFromOtherNetworksIsSaidToBeOne() {
  equal(
    expectedWords([{ deviceSeconds: 30, judgedBy: 'LIKE_JOBS' }, { deviceSeconds: 12, judgedBy: 'OTHER_NETWORKS' }]),
    'About 42 s of device time (a rough guess from other networks).',
  );
}

export function theTimeOfJobsIsSaidAsFarAsItIsKnown() {
  equal(expectedWords([{}]), 'No job like it has run yet, so its time is not known.');
  equal(expectedWords([{}, {}]), 'No job like them has run yet, so their time is not known.');
  equal(expectedWords([{ deviceSeconds: 42 }]), 'About 42 s of device time, judged by the newest job like it.');
  equal(expectedWords([{ deviceSeconds: 3000 }, {}, { deviceSeconds: 4200 }]), 'About 2 h 00 min of device time, judged by the newest jobs like them, for 2 of them; no job like the others has run yet.');
}
