// Generated from openapi.yaml; CONTRIBUTING.md says how to change it.

/** Defaults of omitted fields, by schema. */
export const DEFAULTS = {
  Priority: 0,
  Interactive: false,
  SettingRange: {"scale":"linear"},
  SweepDefinition: {"random":{"seed":1,"sampler":"random","startup":10},"halving":{"factor":3,"firstEpochs":1},"medianStopping":{"afterEpochs":5,"afterTrials":5},"stopAfterFailures":3,"again":false},
};
