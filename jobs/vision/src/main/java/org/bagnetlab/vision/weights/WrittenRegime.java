package org.bagnetlab.vision.weights;

import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.checkpoint.CheckpointFile;

/** Determines how weights were trained, from the metadata of their file. */
final class WrittenRegime {

  private static final String TRAINED_HERE = "trained here";

  private WrittenRegime() {}

  /** The regime; {@link WeightsImport#UNKNOWN_ORIGIN} for files of other programs. */
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
   * Whether a run wrote the file. Every version stores the epoch, but early versions did not store
   * the regime.
   */
  private static boolean isFromRun(Map<String, String> facts) {
    return facts.containsKey("epoch") && !facts.containsKey("importedFrom");
  }

  /**
   * The regime of weights from a run. The run's own regime may be "from scratch", which does not
   * apply to a training that starts from these weights.
   */
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
