import { percent, plural } from '../app/format.js';
import { identityLine, titled } from '../charts/identity.js';
import { accuracyAxis, tooltip } from '../charts/palette.js';
import { ONE_RUN_CAPTION } from '../results/caption.js';

/**
 * A bin of confidences: the mean confidence of its images, the share of them that are classified correctly, and their
 * number.
 *
 * @typedef {{confidence: number, accuracy: number, images: number}} Bin
 */

const SMALLEST = 2.5;
const LARGEST = 14;

/**
 * A reliability diagram: accuracy over confidence, with a line for each set of images. The area of a point shows its
 * share of the images.
 *
 * @param {{label: string, bins: Bin[]}[]} sets
 * @param {string} subject the run in words
 * @returns {import('../charts/figure.js').Figure}
 */
export function reliabilityFigure(sets, subject) {
  /** @param {import('../charts/palette.js').Palette} colors */
  const configure = (colors) => ({
    type: 'line',
    data: {
      datasets: [
        ...sets.map(({ label, bins }, i) => {
          const color = [colors.measured, colors.train, colors.ink][i % 3];
          const images = bins.reduce((sum, bin) => sum + bin.images, 0);
          return {
            label,
            bins,
            clip: false,
            data: bins.map(({ confidence, accuracy }) => ({ x: confidence * 100, y: accuracy * 100 })),
            borderColor: color,
            backgroundColor: color,
            borderWidth: 1.25,
            pointRadius: bins.map((bin) => Math.max(SMALLEST, LARGEST * Math.sqrt(bin.images / images))),
          };
        }),
        identityLine(colors, 'As confident as right'),
      ],
    },
    options: {
      scales: { x: titled(accuracyAxis(colors), 'Confidence'), y: titled(accuracyAxis(colors), 'Accuracy') },
      plugins: {
        tooltip: tooltip(
          colors,
          ({ dataset, dataIndex }) => words(dataset.bins[dataIndex]),
          ([{ dataset }]) => dataset.label,
        ),
      },
    },
  });

  return {
    name: 'reliability',
    testId: 'reliability',
    title: 'Accuracy over confidence',
    summary: sets.map(({ label, bins }) => `${label}: ${bins.map((bin) => words(bin).join(', ')).join('; ')}`).join('. '),
    legend: [
      ...sets.map(({ label }, i) => /** @type {import('../charts/legend.js').LegendEntry} */ ([`series-${i % 3}`, label])),
      ['identity', 'perfect calibration'],
    ],
    caption: [`${subject}.`, ONE_RUN_CAPTION, 'Images in 15 bins of confidence; the area of a point is its share of the images.'],
    panels: [{ configure }],
    data: [sets],
    square: true,
  };
}

/** @param {Bin} bin */
const words = ({ confidence, accuracy, images }) => [`confidence ${percent(confidence)}`, `recognised ${percent(accuracy)}`, `of ${plural(images, 'image')}`];
