package org.bagnetlab.vision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.GoldenWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every engine must hold to: a training resumes from a checkpoint, its own bit for bit, and
 * another engine's as it would have there. The files in {@code continuations/} are what {@link
 * #begin} wrote with the engine that each is named after.
 */
public abstract class ContinuationContract {

  private static final Architecture ARCHITECTURE =
      Architectures.named("bagnet9").build(3, 0.025, 33);

  /**
   * Relative to the distance of two steps. Engines add in different orders, which opens a few
   * ReLUs; without the moments, or with them in another order, it would be near 1.
   */
  private static final double TOLERANCE = 0.01;

  private static final int[] LABELS = {0, 1, 2, 1};
  private static final Batch IMAGES = GoldenWeights.images(LABELS.length, 33);

  /** The engine that resumes. */
  protected abstract Engine engine();

  private static void train(Network network, Optimiser optimiser, int steps) {
    double rate =
        switch (optimiser) {
          case ADAM, ADAMW -> 1e-4;
          case SGD, NESTEROV -> 1e-3;
        };
    for (int step = 0; step < steps; step++) {
      network.train(IMAGES, LABELS, rate);
    }
  }

  /** Stores a network after three steps and, in the place of the best weights, after two more. */
  protected static void begin(Engine engine, Optimiser optimiser, Path file) throws IOException {
    try (Network network = engine.compile(ARCHITECTURE, optimiser, 1)) {
      train(network, optimiser, 3);
      Map<String, float[]> weights = network.weights();
      Map<String, float[]> state = network.optimiser();
      train(network, optimiser, 2);
      new Checkpoint(Map.of(), weights, state, network.weights()).write(file, ARCHITECTURE);
    }
  }

  private Map<String, float[]> resumed(Checkpoint checkpoint, Optimiser optimiser) {
    try (Network network = engine().compile(ARCHITECTURE, optimiser, 2)) {
      network.load(checkpoint.weights());
      network.loadOptimiser(checkpoint.optimiser());
      train(network, optimiser, 2);
      return network.weights();
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsOwnTrainingIsResumedBitForBit(Optimiser optimiser, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("own.safetensors");
    begin(engine(), optimiser, file);
    Checkpoint checkpoint = Checkpoint.read(file);

    resumed(checkpoint, optimiser)
        .forEach(
            (name, values) -> assertThat(checkpoint.best().get(name)).as(name).isEqualTo(values));
  }

  @ParameterizedTest
  @CsvSource({"nd4j, ADAM", "nd4j, SGD", "torch, ADAM", "torch, SGD"})
  void aTrainingThatAnEngineBeganIsResumed(String other, Optimiser optimiser, @TempDir Path folder)
      throws IOException {
    String name =
        "/continuations/%s-%s.safetensors"
            .formatted(other, optimiser.name().toLowerCase(Locale.ROOT));
    Path file = folder.resolve("other.safetensors");
    // In an engine's tests it lies in a jar.
    try (InputStream frozen =
        Objects.requireNonNull(ContinuationContract.class.getResourceAsStream(name), name)) {
      Files.copy(frozen, file);
    }
    Checkpoint checkpoint = Checkpoint.read(file);
    Map<String, float[]> after = resumed(checkpoint, optimiser);

    double way = distance(checkpoint.weights(), checkpoint.best());
    assertThat(way).isPositive();
    assertThat(distance(after, checkpoint.best())).isLessThan(TOLERANCE * way);
  }

  private static double distance(Map<String, float[]> a, Map<String, float[]> b) {
    double squares = 0;
    for (Tensor tensor : ARCHITECTURE.tensors()) {
      float[] one = Objects.requireNonNull(a.get(tensor.name()));
      float[] other = Objects.requireNonNull(b.get(tensor.name()));
      for (int i = 0; i < one.length; i++) {
        squares += Math.pow((double) one[i] - other[i], 2);
      }
    }
    return Math.sqrt(squares);
  }
}
