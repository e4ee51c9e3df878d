package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/**
 * A request of the command line or the server to a separate process, as that process's only
 * argument: because it needs an engine, or because it reads untrusted files. The process responds
 * with lines of {@link EngineAnswer}, and ends when its stdin closes. Paths are absolute.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EngineRequest.Doctor.class, name = "doctor"),
  @JsonSubTypes.Type(value = EngineRequest.Bench.class, name = "bench"),
  @JsonSubTypes.Type(value = EngineRequest.Predict.class, name = "predict"),
  @JsonSubTypes.Type(value = EngineRequest.Heatmap.class, name = "heatmap"),
  @JsonSubTypes.Type(value = EngineRequest.InspectWeights.class, name = "inspect-weights"),
  @JsonSubTypes.Type(value = EngineRequest.ImportWeights.class, name = "import-weights"),
  @JsonSubTypes.Type(value = EngineRequest.ImportDataset.class, name = "import-dataset"),
})
public sealed interface EngineRequest {

  /** The engine's description of itself. */
  record Doctor() implements EngineRequest {}

  /**
   * How fast the engine is, with initial weights and synthetic images.
   *
   * @param size side of an image in pixels
   * @param batch images of a batch; a heatmap takes one
   * @param iterations that are measured, after the warm-up
   * @param stride of a heatmap: distance in pixels between patches
   * @param precision of convolutions and matrix products
   * @param plan whether the answer has the plan of the memory
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

  /** What is measured. */
  enum Operation {
    @JsonProperty("train")
    TRAIN,
    @JsonProperty("infer")
    INFER,
    @JsonProperty("heatmap")
    HEATMAP
  }

  /**
   * What a network sees in an image.
   *
   * @param subject the network and the image
   */
  record Predict(Subject subject) implements EngineRequest {}

  /**
   * Where in an image a network sees a class.
   *
   * @param subject the network and the image
   * @param label the class's number, from 0
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
   * What a checkpoint contains and where it is from. Needs no engine.
   *
   * @param file a checkpoint in any format that is read
   */
  record InspectWeights(String file) implements EngineRequest {}

  /**
   * Adds a checkpoint to the imported weights, all of it or nothing. Needs no engine.
   *
   * @param name what to call it
   * @param file a checkpoint in any format that is read
   * @param architecture a registered name; empty: the one that the file fits
   * @param width factor on the channel counts; empty: the file's own
   * @param source where it comes from, for people
   * @param regime how it was trained; empty: what is known of the file
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
   * Adds the images of a zip file to the imported data sets, all of them or nothing. Needs no
   * engine.
   *
   * @param name what to call it
   * @param file a zip file
   * @param datasets folder of the imported data sets
   * @param staged name of the folder in it that is filled; who asks removes it if this process is
   *     killed
   */
  record ImportDataset(String name, String file, String datasets, String staged)
      implements EngineRequest {}

  /**
   * A network from a file, and an image from another.
   *
   * @param architecture a registered name
   * @param weights a checkpoint in any format that is read
   * @param width factor on the channel counts; empty: the file's own
   * @param image a JPEG or PNG file
   * @param size side in pixels to which the image is resized
   */
  record Subject(
      String architecture, String weights, Optional<Double> width, String image, int size) {}
}
