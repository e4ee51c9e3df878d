package org.bagnetlab.experiment.cueconflict;

import java.util.Optional;
import org.bagnetlab.experiment.network.AboutNetwork;
import org.bagnetlab.experiment.network.ImportedNetwork;

/**
 * Measures which of two contradicting cues a network follows.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset always {@link CueConflictExperiment#DATASET}
 * @param imageSize side of an imported network's images in pixels
 */
public record CueConflictSpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize)
    implements AboutNetwork {

  /** For the network of a run. */
  public CueConflictSpec(long run) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.of(CueConflictExperiment.DATASET),
        Optional.empty());
  }

  @Override
  public String kind() {
    return CueConflictExperiment.NAME;
  }
}
