package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.scrambling.Scheme;
import org.bagnetlab.vision.scrambling.Scramble;
import org.junit.jupiter.api.Test;

/** Stored trainings are scrambled as they were. */
class ScrambleOfTests {

  private static Scramble stored(String preparation) throws IOException {
    String spec =
        """
        {"kind":"train","architecture":"bagnet9","dataset":"noise","imageSize":64,"width":1.0,\
        "recipe":"quick","epochs":1,"batchSize":8,"learningRate":0.001,"seed":1,"heatmapStride":8%s}"""
            .formatted(preparation);
    return ScrambleOf.training((TrainSpec) Experiments.read(spec), 5);
  }

  @Test
  void aTrainingOfBeforeThereWasAChoiceKeepsItsScheme() throws IOException {
    assertThat(stored("")).isEqualTo(new Scramble(4, 5, Scheme.NAME_HASH));
    assertThat(stored(",\"preparation\":\"floating-point\""))
        .isEqualTo(new Scramble(4, 5, Scheme.NAME_HASH));
  }

  @Test
  void newTrainingsAndImportedNetworksHaveIndependentPermutations() throws IOException {
    Scramble independent = new Scramble(4, 5, Scheme.DIGEST);
    assertThat(stored(",\"preparation\":\"pillow\"")).isEqualTo(independent);
    assertThat(ScrambleOf.imported(5)).isEqualTo(independent);
  }
}
