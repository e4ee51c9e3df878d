package org.bagnetlab.worker.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.NumpyFile;

/** Sends a job's results to the server. Only accepts outputs that the experiment declares. */
public final class Outputs {

  private static final String PNG = "image/png";

  private final List<Output> declared;
  private final ArtifactWriter artifacts;
  private final EventWriter events;

  /** Accepts the declared outputs. */
  public Outputs(List<Output> declared, ArtifactWriter artifacts, EventWriter events) {
    this.declared = declared;
    this.artifacts = artifacts;
    this.events = events;
  }

  /**
   * Sends a number: a scalar, or a point of a curve.
   *
   * @param at its position on the output's axes; axes that do not apply are left out
   * @param images number of images that it was measured on
   */
  public void value(Output output, MeasuredSet set, Map<Axis, ?> at, double value, int images) {
    requireDeclared(output, Output.Kind.SCALAR, Output.Kind.CURVE);
    for (Axis axis : at.keySet()) {
      if (!output.axes().contains(axis)) {
        throw new IllegalStateException(
            "the output '%s' has not declared the axis %s".formatted(output.name(), axis));
      }
    }
    ObjectNode axes = Json.MAPPER.createObjectNode();
    output.axes().stream()
        .filter(at::containsKey)
        .forEach(axis -> axes.putPOJO(axis.name(), at.get(axis)));
    events.write(
        new WorkerEvent.Result(
            output.name(), output.metric().name(), set.text(), axes, value, Optional.of(images)));
  }

  /**
   * Sends a picture.
   *
   * @param png contents of its file
   * @param facts its description, by name
   */
  public void picture(
      Output output, ArtifactKind kind, String name, byte[] png, Map<String, String> facts)
      throws IOException {
    requireDeclared(output, Output.Kind.PICTURES);
    artifacts.write(Optional.of(output.name()), kind, name, PNG, png, facts, Optional.empty());
  }

  /**
   * Sends a map: its raw values, then its picture.
   *
   * @param name name of both files, without an extension
   * @param facts the picture's description, by name
   * @param replaces name of an earlier map that this one replaces
   */
  public void map(
      Output output,
      ArtifactKind kind,
      String name,
      Heatmap map,
      byte[] png,
      Map<String, String> facts,
      Optional<String> replaces)
      throws IOException {
    requireDeclared(output, Output.Kind.MAP);
    String picture = name + ".png";
    String values = name + ".npy";
    NumpyFile.write(map, artifacts.path(values));
    artifacts.handOver(
        Optional.of(output.name()),
        ArtifactKind.MAP,
        values,
        "application/octet-stream",
        Map.of("picture", picture),
        replaces.map(earlier -> earlier + ".npy"));
    artifacts.write(
        Optional.of(output.name()),
        kind,
        picture,
        PNG,
        png,
        facts,
        replaces.map(earlier -> earlier + ".png"));
  }

  private record Matrix(
      String output, String set, List<String> rows, List<String> columns, double[][] values) {}

  /** Sends numbers by row and column. */
  public void matrix(
      Output output, MeasuredSet set, List<String> rows, List<String> columns, double[][] values)
      throws IOException {
    requireDeclared(output, Output.Kind.MATRIX);
    artifacts.write(
        Optional.of(output.name()),
        ArtifactKind.MATRIX,
        "%s-%s.json".formatted(output.name(), set.text()),
        "application/json",
        Json.MAPPER.writeValueAsBytes(new Matrix(output.name(), set.text(), rows, columns, values)),
        Map.of("set", set.text()),
        Optional.empty());
  }

  private void requireDeclared(Output output, Output.Kind... kinds) {
    if (!declared.contains(output) || !List.of(kinds).contains(output.kind())) {
      throw new IllegalStateException(
          "The experiment declares no such output '%s'.".formatted(output.name()));
    }
  }
}
