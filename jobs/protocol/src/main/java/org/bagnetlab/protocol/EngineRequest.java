package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/**
 * A request of the command line or the server to a separate process, passed as its only argument.
 * The process is separate because it needs an engine or reads untrusted files. It responds with
 * {@link EngineAnswer}s, one per line, and ends when its stdin closes. Paths are absolute.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EngineRequest.Doctor.class, name = "doctor"),
  @JsonSubTypes.Type(value = EngineRequest.Bench.class, name = "bench"),
  @JsonSubTypes.Type(value = EngineRequest.BenchTurns.class, name = "bench-turns"),
  @JsonSubTypes.Type(value = EngineRequest.Profile.class, name = "profile"),
  @JsonSubTypes.Type(value = EngineRequest.Predict.class, name = "predict"),
  @JsonSubTypes.Type(value = EngineRequest.Heatmap.class, name = "heatmap"),
  @JsonSubTypes.Type(value = EngineRequest.InspectWeights.class, name = "inspect-weights"),
  @JsonSubTypes.Type(value = EngineRequest.ImportWeights.class, name = "import-weights"),
  @JsonSubTypes.Type(value = EngineRequest.ImportDataset.class, name = "import-dataset"),
})
public sealed interface EngineRequest {

  /** Asks the engine to describe itself. */
  record Doctor() implements EngineRequest {}

  /**
   * Measures the speed of the engine, with initial weights and synthetic images.
   *
   * @param size side of an image in pixels
   * @param batch images per batch; a heatmap uses one
   * @param iterations number of iterations measured after the warm-up
   * @param stride distance in pixels between the patches of a heatmap
   * @param precision precision of convolutions and matrix products
   * @param plan whether the answer includes the memory plan
   */
  record Bench(
      Operation operation,
      String architecture,
      int size,
      int batch,
      double width,
      int iterations,
      int stride,
      Precision precision,
      boolean plan)
      implements EngineRequest {}

  /**
   * The same in turns with other programs. Each line on stdin is the number of seconds of a turn,
   * at least one iteration, and has a result of its own; 0 ends the request. The first turns are
   * the warm-up.
   *
   * @param bench its iterations are ignored
   */
  record BenchTurns(Bench bench) implements EngineRequest {}

  /**
   * Measures each operation of the training steps of a network.
   *
   * @param bench the network; its iterations are the measured steps
   */
  record Profile(Bench bench) implements EngineRequest {}

  /** The operation that is measured. */
  enum Operation {
    @JsonProperty("train")
    TRAIN,
    @JsonProperty("infer")
    INFER,
    @JsonProperty("heatmap")
    HEATMAP
  }

  /**
   * Predicts the class of an image.
   *
   * @param subject the network and the image
   */
  record Predict(Subject subject) implements EngineRequest {}

  /**
   * Draws a heatmap of where in an image a network sees a class.
   *
   * @param subject the network and the image
   * @param label the index of the class, from 0
   * @param stride distance in pixels between patches: 1, 2, 4 or 8
   * @param mode how the image is prepared and the logits are shown
   * @param png where to write the picture
   * @param values where to write the logits, as NumPy's {@code .npy}
   */
  record Heatmap(
      Subject subject,
      int label,
      int stride,
      HeatmapMode mode,
      Optional<String> png,
      Optional<String> values)
      implements EngineRequest {}

  /**
   * Describes a checkpoint's contents and origin. Needs no engine.
   *
   * @param file a checkpoint in any supported format
   */
  record InspectWeights(String file) implements EngineRequest {}

  /**
   * Adds a checkpoint to the imported weights, completely or not at all. Needs no engine.
   *
   * @param name name of the imported weights
   * @param file a checkpoint in any supported format
   * @param architecture a registered name; empty to use the one that the file fits
   * @param width factor on the channel counts; empty to use the file's own
   * @param source where the file comes from, for display
   * @param regime how it was trained; empty to use what the file says
   * @param weights folder of the imported weights
   */
  record ImportWeights(
      String name,
      String file,
      Optional<String> architecture,
      Optional<Double> width,
      String source,
      Optional<String> regime,
      String weights)
      implements EngineRequest {}

  /**
   * Adds the images of a zip file to the imported data sets, all of them or none. Needs no engine.
   *
   * @param name name of the imported data set
   * @param file a zip file
   * @param datasets folder of the imported data sets
   * @param staged name of the folder to fill inside {@code datasets}; the caller removes it if this
   *     process is killed
   */
  record ImportDataset(String name, String file, String datasets, String staged)
      implements EngineRequest {}

  /**
   * A network from a checkpoint, and an image.
   *
   * @param architecture a registered name
   * @param weights a checkpoint in any supported format
   * @param width factor on the channel counts; empty to use the file's own
   * @param image a JPEG or PNG file
   * @param size side in pixels to which the image is resized
   */
  record Subject(
      String architecture, String weights, Optional<Double> width, String image, int size) {}
}
