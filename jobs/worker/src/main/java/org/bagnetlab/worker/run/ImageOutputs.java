package org.bagnetlab.worker.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.vision.heatmap.Heatmap;

/**
 * Accepts a job's results on the images that it chose. Results on images other than the run's test
 * images go to separate outputs, together with their images.
 *
 * @param outputs outputs of the job
 * @param images position of the images on the axes of {@link OnImages}; empty for the run's own
 *     test images
 */
public record ImageOutputs(Outputs outputs, Map<Axis, ?> images) {

  /** Accepts a number measured on unchanged images, like {@link Outputs#value}. */
  public void value(Output output, Map<Axis, ?> at, double value, int count) {
    value(output, MeasuredSet.TEST, at, value, count);
  }

  /** Accepts a number, like {@link Outputs#value}. */
  public void value(Output output, MeasuredSet set, Map<Axis, ?> at, double value, int count) {
    Map<Axis, Object> all = new LinkedHashMap<>(images);
    all.putAll(at);
    outputs.value(of(output), set, all, value, count);
  }

  /** Accepts numbers by row and column, like {@link Outputs#matrix}. */
  public void matrix(Output output, List<String> rows, List<String> columns, double[][] values)
      throws IOException {
    outputs.matrix(of(output), MeasuredSet.TEST, rows, columns, values);
  }

  /** Accepts a picture, like {@link Outputs#picture}, and adds its images to the facts. */
  public void picture(
      Output output, ArtifactKind kind, String name, byte[] png, Map<String, String> facts)
      throws IOException {
    Map<String, String> all = facts();
    all.putAll(facts);
    outputs.picture(of(output), kind, name, png, all);
  }

  /** Accepts a map that summarises all images. */
  public void map(Output output, Heatmap map, byte[] png) throws IOException {
    outputs.map(
        of(output), ArtifactKind.PICTURE, output.name(), map, png, facts(), Optional.empty());
  }

  /** Facts about a file's images; empty for the run's own test images. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    images.forEach((axis, value) -> facts.put(axis.name(), String.valueOf(value)));
    return facts;
  }

  private Output of(Output output) {
    return images.isEmpty() ? output : OnImages.other(output);
  }
}
