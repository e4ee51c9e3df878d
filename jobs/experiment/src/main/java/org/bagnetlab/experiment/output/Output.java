package org.bagnetlab.experiment.output;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of result that an experiment produces. Its kind determines how it is stored and shown.
 *
 * @param name stable name, unique within the experiment
 * @param label display label
 * @param kind how it is stored and shown
 * @param metric what its numbers measure
 * @param axes coordinates of its values; for pictures and maps, the facts by which they are grouped
 * @param reading how its numbers are read, if an analysis shows them
 */
public record Output(
    String name,
    String label,
    Kind kind,
    Metric metric,
    List<Axis> axes,
    Optional<OutputReading> reading) {

  /** An output whose numbers nothing says how to read. */
  public Output(String name, String label, Kind kind, Metric metric, List<Axis> axes) {
    this(name, label, kind, metric, axes, Optional.empty());
  }

  /** How an output is stored and shown. */
  public enum Kind {
    /** Numbers, one for each set of images and each position on its axes. */
    @JsonProperty("scalar")
    SCALAR,
    /** Numbers along the first of its axes: a line. */
    @JsonProperty("curve")
    CURVE,
    /** Numbers by row and column, which are its two axes: a JSON document. */
    @JsonProperty("matrix")
    MATRIX,
    /** Images with facts, stored as artifacts. */
    @JsonProperty("pictures")
    PICTURES,
    /** A number for each pixel: raw values in addition to an image. */
    @JsonProperty("map")
    MAP
  }

  /** Numbers, one for each position on the axes. */
  public static Output scalar(String name, String label, Metric metric, Axis... axes) {
    return new Output(name, label, Kind.SCALAR, metric, List.of(axes));
  }

  /** A line. */
  public static Output curve(String name, String label, Metric metric, Axis along, Axis... more) {
    List<Axis> axes = Stream.concat(Stream.of(along), Stream.of(more)).toList();
    return new Output(name, label, Kind.CURVE, metric, axes);
  }

  /** A table of numbers. */
  public static Output matrix(String name, String label, Metric metric, Axis rows, Axis columns) {
    return new Output(name, label, Kind.MATRIX, metric, List.of(rows, columns));
  }

  /**
   * Images with facts.
   *
   * @param groups the facts that define groups, then subgroups
   */
  public static Output pictures(String name, String label, Axis... groups) {
    return new Output(name, label, Kind.PICTURES, Metric.IMAGES, List.of(groups));
  }

  /** A number for each pixel. */
  public static Output map(String name, String label, Metric metric) {
    return new Output(name, label, Kind.MAP, metric, List.of());
  }

  /** The same output with a way to read its numbers. */
  public Output read(OutputReading as) {
    return new Output(name, label, kind, metric, axes, Optional.of(as));
  }
}
