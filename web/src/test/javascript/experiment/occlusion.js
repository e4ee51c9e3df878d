/** An experiment that the dashboard has never heard of. */
export const OCCLUSION = {
  name: 'occlusion', label: 'Occlusion', summary: 'Cover tiles.', source: { work: 'w', section: 's' },
  subject: {
    kind: 'run', requires: [{ name: 'local', reason: 'does not add up local evidence' }], architectures: ['bagnet9'],
  },
  parameters: {
    type: 'object', required: ['run'],
    properties: {
      run: { type: 'integer', format: 'run', title: 'Training run', essential: true, description: 'The network.' },
      order: {
        type: 'string', title: 'Order', description: 'Which tiles come first.', otherwise: 'low',
        oneOf: [{ const: 'low', title: 'low first' }, { const: 'high', title: 'high first' }],
      },
      tiles: { type: 'integer', title: 'Tiles', description: 'Covered at most.', unit: 'tiles', otherwise: 'depends' },
      seed: { type: 'integer', format: 'seed', title: 'Seed', essential: true, description: 'Of the tiles.', otherwise: '1' },
    },
  },
  outputs: [
    { name: 'drop', label: 'Drop', kind: 'scalar', metric: 'drop', unit: 'share', better: 'neither', countsImages: false,
      axes: [{ name: 'grid', label: 'Grid', unit: 'px' }] },
    { name: 'decline', label: 'Decline', kind: 'curve', metric: 'drop', unit: 'share', better: 'neither', countsImages: false,
      axes: [{ name: 'tiles', label: 'Tiles' }] },
    { name: 'pairs', label: 'Pairs', kind: 'matrix', metric: 'interaction', unit: '1', better: 'neither', countsImages: false,
      axes: [{ name: 'one', label: 'One' }, { name: 'other', label: 'Other' }] },
    { name: 'sensitivity', label: 'Sensitivity', kind: 'map', metric: 'drop', unit: '1', better: 'neither', countsImages: false, axes: [] },
  ],
};
