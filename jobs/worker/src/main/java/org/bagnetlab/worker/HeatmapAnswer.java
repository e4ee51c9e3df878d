package org.bagnetlab.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.EngineRequest.HeatmapMode;
import org.bagnetlab.vision.architecture.Description;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.NumpyFile;
import org.bagnetlab.vision.heatmap.Picture;
import org.bagnetlab.vision.heatmap.ReportHeatmap;
import org.bagnetlab.vision.network.Network;

/**
 * A heatmap's facts; the map itself is in the files that were asked for.
 *
 * @param architecture the network
 * @param label number of the class whose logits are drawn
 * @param stride distance in pixels between patches
 * @param mode how it was made
 * @param width columns
 * @param height rows
 * @param minimum smallest value
 * @param maximum largest value
 * @param mean mean value
 * @param seconds that the engine computed
 * @param notes what a person should know about how the weights were read
 */
record HeatmapAnswer(
    String architecture,
    @JsonProperty("class") int label,
    int stride,
    HeatmapMode mode,
    int width,
    int height,
    float minimum,
    float maximum,
    double mean,
    double seconds,
    List<String> notes) {

  static HeatmapAnswer to(EngineRequest.Heatmap request, EngineCommands.Progress progress)
      throws IOException {
    LoadedSubject subject = LoadedSubject.read(request.subject());
    checkLabel(request.label(), subject.weights().classes());
    int shifts =
        Heatmap.parts(Description.of(subject.architecture()).outputStride(), request.stride());
    try (Network network = subject.network(LocalEngine.start())) {
      progress.report(0, shifts);
      long start = System.nanoTime();
      Heatmap map = map(request, subject, network, done -> progress.report(done, shifts));
      double seconds = (System.nanoTime() - start) / 1e9;
      write(request, map);
      return new HeatmapAnswer(
          request.subject().architecture(),
          request.label(),
          request.stride(),
          request.mode(),
          map.width(),
          map.height(),
          map.minimum(),
          map.maximum(),
          map.mean(),
          seconds,
          subject.notes());
    }
  }

  private static void checkLabel(int label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "--class must be from 0 to %d, since the weights have %d classes, but is %d."
              .formatted(classes - 1, classes, label));
    }
  }

  private static Heatmap map(
      EngineRequest.Heatmap request, LoadedSubject subject, Network network, IntConsumer progress) {
    return switch (request.mode()) {
      case FAITHFUL ->
          Heatmap.of(
              network,
              Normalisation.of(subject.image()),
              request.label(),
              request.stride(),
              progress);
      case REPORT ->
          ReportHeatmap.of(network, subject.image(), request.label(), request.stride(), progress);
    };
  }

  private static void write(EngineRequest.Heatmap request, Heatmap map) throws IOException {
    if (request.png().isPresent()) {
      byte[] picture =
          switch (request.mode()) {
            case FAITHFUL -> Picture.of(map, Picture.limit(map));
            case REPORT -> Picture.asInTheReport(map);
          };
      Files.write(Path.of(request.png().get()), picture);
    }
    if (request.values().isPresent()) {
      NumpyFile.write(map, Path.of(request.values().get()));
    }
  }
}
