package org.bagnetlab.vision.weights;

import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.checkpoint.CheckpointFile;

/** How weights were trained, as far as their file knows. */
final class WrittenRegime {

  private static final String TRAINED_HERE = "trained here";

  private WrittenRegime() {}

  /** What it is called; {@link WeightsImport#PRETRAINED} of files that others wrote. */
  static String in(CheckpointFile file) {
    if (file.format() != CheckpointFile.Format.BAGNETLAB) {
      return WeightsImport.PRETRAINED;
    }
    Map<String, String> facts = file.metadata();
    Optional<String> written =
        fact(facts, "regime").filter(regime -> !regime.equals(WeightsImport.FROM_SCRATCH));
    // Imported weights have always said theirs; runs of earlier versions did not.
    boolean imported = facts.containsKey("importedFrom");
    return written.orElseGet(() -> imported ? WeightsImport.PRETRAINED : trainedHere(facts));
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
