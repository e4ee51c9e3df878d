package org.bagnetlab.worker.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.evidence.EvidenceSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.architecture.Description;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Keeps where in images a network sees evidence. */
public final class EvidenceRunner implements Runner<EvidenceSpec> {

  /** Images at a time: a map has as many values as a batch of logits for each position. */
  private static final int BATCH = 16;

  private static final int SIDE = EvidenceExperiment.POINTS_A_SIDE;

  /** Enough for correlations, and half as long as all digits. */
  private static final double PRECISION = 1e4;

  @Override
  public WorkerEvent.End run(EvidenceSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      LoadedImages images = subject.loaded(subject.images(spec));
      ImageOutputs outputs = subject.outputs(run, spec);
      run.progress()
          .start(new EvidenceExperiment().cost(spec, subject.workload(0, images.count())));
      List<double[]> maps = maps(run, subject, images);
      write(run, outputs.facts(), images, maps);
      outputs.matrix(
          EvidenceExperiment.BY_HEIGHT,
          MeasuredSet.TEST,
          subject.dataset().classes(),
          IntStream.rangeClosed(1, SIDE).mapToObj(String::valueOf).toList(),
          byHeight(images, maps, subject.dataset().classes().size()));
    }
    return new WorkerEvent.Succeeded();
  }

  private static List<double[]> maps(Run run, SubjectNetwork subject, LoadedImages images) {
    Description description = Description.of(subject.network().architecture());
    int field = description.receptiveField().orElseThrow();
    double first = (EvidenceExperiment.LARGEST_FIELD - 1) / 2.0;
    double last = subject.shape().imageSize() - 1 - first;
    double distance = (last - first) / (SIDE - 1);
    List<double[]> maps = new ArrayList<>();
    for (int from = 0; from < images.count(); from += BATCH) {
      run.cancellation().check();
      int[] indices = IntStream.range(from, Math.min(images.count(), from + BATCH)).toArray();
      EvidenceMap map =
          new EvidenceMap(
              subject.network().logitMap(images.batch(indices)), field, description.outputStride());
      for (int i = 0; i < indices.length; i++) {
        maps.add(map.at(i, images.image(indices[i]).label(), first, distance, SIDE));
      }
      run.progress()
          .advance(Phase.EXPLAINING, 0, 0, maps.size(), images.count(), indices.length, 1);
    }
    return maps;
  }

  private static void write(
      Run run, Map<String, String> facts, LoadedImages images, List<double[]> maps)
      throws IOException {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put(
        "images",
        IntStream.range(0, images.count()).mapToObj(i -> images.image(i).path()).toList());
    file.put("side", SIDE);
    file.put("maps", maps.stream().map(EvidenceRunner::rounded).toList());
    run.artifacts()
        .write(
            Optional.empty(),
            ArtifactKind.EVIDENCE,
            "evidence.json",
            "application/json",
            Json.MAPPER.writeValueAsBytes(file),
            facts,
            Optional.empty());
  }

  private static double[] rounded(double[] values) {
    double[] rounded = values.clone();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.round(rounded[i] * PRECISION) / PRECISION;
    }
    return rounded;
  }

  private static double[][] byHeight(LoadedImages images, List<double[]> maps, int classes) {
    double[][] sums = new double[classes][SIDE];
    int[] count = new int[classes];
    for (int i = 0; i < images.count(); i++) {
      int label = images.image(i).label();
      count[label]++;
      for (int point = 0; point < SIDE * SIDE; point++) {
        sums[label][point / SIDE] += maps.get(i)[point] / SIDE;
      }
    }
    for (int label = 0; label < classes; label++) {
      for (int row = 0; row < SIDE; row++) {
        sums[label][row] /= Math.max(1, count[label]);
      }
    }
    return sums;
  }
}
