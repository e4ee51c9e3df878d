package org.bagnetlab.vision.weights;

import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.checkpoint.CheckpointFile;

/** How weights were trained, as far as their file knows. */
final class WrittenRegime {

  private static final String TRAINED_HERE = "trained here";

  private WrittenRegime() {}

  /** What it is called; {@link WeightsImport#UNKNOWN_ORIGIN} of files that others wrote. */
  static String in(CheckpointFile file) {
    if (file.format() != CheckpointFile.Format.BAGNETLAB) {
      return WeightsImport.UNKNOWN_ORIGIN;
    }
    Map<String, String> facts = file.metadata();
    return fact(facts, "regime")
        .filter(regime -> !regime.equals(WeightsImport.FROM_SCRATCH))
        .orElseGet(() -> isFromRun(facts) ? trainedHere(facts) : WeightsImport.UNKNOWN_ORIGIN);
  }

  /**
   * Runs have always stored the epoch of their weights, but early versions not how they were
   * trained.
   */
  private static boolean isFromRun(Map<String, String> facts) {
    return facts.containsKey("epoch") && !facts.containsKey("importedFrom");
  }

  /** A network that began from scratch is not from scratch for those who begin with its weights. */
  private static String trainedHere(Map<String, String> facts) {
    return fact(facts, "dataset")
        .map(dataset -> TRAINED_HERE + " on " + dataset)
        .filter(WeightsImport::printable)
        .orElse(TRAINED_HERE);
  }

  private static Optional<String> fact(Map<String, String> facts, String name) {
    return Optional.of(facts.getOrDefault(name, "").strip())
        .filter(fact -> !fact.isEmpty() && WeightsImport.printable(fact));
  }
}
