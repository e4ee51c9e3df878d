package org.bagnetlab.vision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.CheckpointExamples.Example;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.GoldenWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine must hold to: the files of PyTorch are the networks that they were there. */
public abstract class CheckpointContract {

  /** The engine that takes the weights. */
  protected abstract Engine engine();

  protected static List<Example> good() {
    return CheckpointExamples.good();
  }

  @ParameterizedTest
  @MethodSource("good")
  void logitsAreThoseOfPyTorch(Example example) throws IOException {
    FittedWeights weights =
        FittedWeights.of(
            CheckpointFile.read(example.file()),
            Architectures.named(example.architecture()),
            Optional.empty());
    double tolerance = example.about().get("tolerance").doubleValue();
    try (Network network = engine().compile(weights.architecture(64), Optimiser.SGD, 1)) {
      network.load(weights.values());
      float[][] logits = network.logits(GoldenWeights.images("ckpt:", 2, 64));
      for (int image = 0; image < 2; image++) {
        JsonNode expected = example.about().get("logits").get(image);
        assertThat(logits[image]).hasSize(expected.size());
        for (int label = 0; label < expected.size(); label++) {
          assertThat((double) logits[image][label])
              .isCloseTo(expected.get(label).doubleValue(), within(tolerance));
        }
      }
    }
  }
}
