package org.bagnetlab.worker.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.HeatmapMode;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.NumpyFile;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.heatmap.HeatmapDrawing;

/**
 * A heatmap's facts; the map itself is in the requested files.
 *
 * @param architecture the network
 * @param label index of the class whose logits are drawn
 * @param stride distance in pixels between patches
 * @param mode how it was made
 * @param width columns
 * @param height rows
 * @param minimum smallest value
 * @param maximum largest value
 * @param mean mean value
 * @param seconds computing time of the engine in seconds
 * @param notes remarks for users about how the weights were read
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
    int parts =
        Heatmap.parts(
            ArchitectureDescription.of(subject.architecture()).outputStride(), request.stride());
    try (Network network = subject.network(LocalEngine.start())) {
      progress.report(0, parts);
      long start = System.nanoTime();
      HeatmapDrawing drawing =
          HeatmapDrawing.of(
                  network,
                  subject.image(),
                  List.of(request.label()),
                  request.stride(),
                  request.mode(),
                  done -> progress.report(done, parts))
              .get(0);
      double seconds = (System.nanoTime() - start) / 1e9;
      write(request, drawing);
      Heatmap map = drawing.map();
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

  private static void write(EngineRequest.Heatmap request, HeatmapDrawing drawing)
      throws IOException {
    if (request.png().isPresent()) {
      Files.write(Path.of(request.png().get()), drawing.png());
    }
    if (request.values().isPresent()) {
      NumpyFile.write(drawing.map(), Path.of(request.values().get()));
    }
  }
}
