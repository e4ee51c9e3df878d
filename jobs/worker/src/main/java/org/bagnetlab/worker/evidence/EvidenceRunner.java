package org.bagnetlab.worker.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.evidence.PointGrid;
import org.bagnetlab.experiment.evidence.PositiveEvidence;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.worker.run.ImageOutputs;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Records where in images a network sees evidence for their classes. */
public final class EvidenceRunner implements NetworkRunner {

  /**
   * Stored logits are rounded to multiples of the inverse of this number. That is precise enough
   * for correlations, and half as long as all digits.
   */
  private static final double PRECISION = 1e4;

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    LoadedImages images = subject.loaded(spec);
    ImageOutputs outputs = subject.outputs(run, spec);
    Workload workload = subject.workload(0, images.count());
    run.start(spec, workload);
    EvidencePoints points = points(subject);
    List<double[]> maps = new ArrayList<>();
    List<Double> sparseness = new ArrayList<>();
    run.eachBatch(
        images,
        LogitMap.BATCH,
        run.progress(Phase.EXPLAINING, images.count(), EvidenceExperiment.perImage(workload)),
        (indices, batch) -> {
          maps.addAll(List.of(points.logits(subject.network(), batch, images.labels(indices))));
          LogitMap all = subject.network().logitMap(batch);
          IntStream.range(0, all.images())
              .mapToObj(all::sparseness)
              .flatMapToDouble(OptionalDouble::stream)
              .forEach(sparseness::add);
        });
    write(run, outputs.facts(), images, points, maps);
    byHeight(outputs, subject.dataset().classes(), images, maps, points.side());
    if (!sparseness.isEmpty()) {
      outputs.value(
          EvidenceExperiment.SPARSENESS,
          Map.of(),
          sparseness.stream().mapToDouble(Double::doubleValue).sum() / sparseness.size(),
          sparseness.size());
    }
  }

  private static EvidencePoints points(SubjectNetwork subject) {
    ArchitectureDescription description =
        ArchitectureDescription.of(subject.network().architecture());
    int field = description.receptiveField().orElseThrow();
    if (field > PointGrid.LARGEST_FIELD) {
      throw new InvalidJob(
          "field-too-large",
          "run",
          "Evidence is kept of networks with receptive fields of up to %d pixels, but this one's is %d."
              .formatted(PointGrid.LARGEST_FIELD, field));
    }
    return new EvidencePoints(field, description.outputStride(), subject.shape().imageSize());
  }

  private static void write(
      Run run,
      Map<String, String> facts,
      LoadedImages images,
      EvidencePoints points,
      List<double[]> maps)
      throws IOException {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put(
        "images",
        IntStream.range(0, images.count()).mapToObj(i -> images.image(i).path()).toList());
    file.put("side", points.side());
    file.put("first", points.first());
    file.put("distance", points.distance());
    file.put("maps", maps.stream().map(EvidenceRunner::rounded).toList());
    run.artifacts().writeJson(ArtifactKind.EVIDENCE, "evidence.json", file, facts);
  }

  private static double[] rounded(double[] values) {
    double[] rounded = values.clone();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.round(rounded[i] * PRECISION) / PRECISION;
    }
    return rounded;
  }

  /** Writes what classes have at each height: a row for each class that has images. */
  private static void byHeight(
      ImageOutputs outputs,
      List<String> classes,
      LoadedImages images,
      List<double[]> maps,
      int side)
      throws IOException {
    SortedMap<Integer, List<double[]>> byClass = new TreeMap<>();
    for (int i = 0; i < images.count(); i++) {
      byClass.computeIfAbsent(images.image(i).label(), any -> new ArrayList<>()).add(maps.get(i));
    }
    matrix(
        outputs, EvidenceExperiment.BY_HEIGHT, classes, byClass, side, EvidenceRunner::meanByRow);
    byClass.values().forEach(ofClass -> ofClass.removeIf(EvidenceRunner::hasNoPositive));
    byClass.values().removeIf(List::isEmpty);
    if (!byClass.isEmpty()) {
      matrix(
          outputs,
          EvidenceExperiment.SHARE_BY_HEIGHT,
          classes,
          byClass,
          side,
          EvidenceRunner::positiveShareByRow);
    }
    byClass.forEach(
        (label, ofClass) ->
            outputs.value(
                EvidenceExperiment.UPPER_SHARE,
                Map.of(Axis.CLASS, classes.get(label)),
                ofClass.stream()
                    .mapToDouble(map -> PositiveEvidence.upperShare(map).orElseThrow())
                    .average()
                    .orElseThrow(),
                ofClass.size()));
  }

  private static void matrix(
      ImageOutputs outputs,
      Output output,
      List<String> classes,
      SortedMap<Integer, List<double[]>> byClass,
      int side,
      BiFunction<double[], Integer, double[]> byRow)
      throws IOException {
    outputs.matrix(
        output,
        byClass.keySet().stream().map(classes::get).toList(),
        IntStream.rangeClosed(1, side).mapToObj(String::valueOf).toList(),
        byClass.values().stream()
            .map(ofClass -> mean(ofClass.stream().map(map -> byRow.apply(map, side)).toList()))
            .toArray(double[][]::new));
  }

  private static double[] mean(List<double[]> rows) {
    double[] mean = new double[rows.getFirst().length];
    rows.forEach(each -> Arrays.setAll(mean, i -> mean[i] + each[i] / rows.size()));
    return mean;
  }

  private static double[] meanByRow(double[] map, int side) {
    double[] means = new double[side];
    for (int point = 0; point < map.length; point++) {
      means[point / side] += map[point] / side;
    }
    return means;
  }

  private static boolean hasNoPositive(double[] map) {
    return Arrays.stream(map).noneMatch(logit -> logit > 0);
  }

  private static double[] positiveShareByRow(double[] map, int side) {
    double all = Arrays.stream(map).filter(logit -> logit > 0).sum();
    double[] shares = new double[side];
    for (int point = 0; point < map.length; point++) {
      shares[point / side] += Math.max(0, map[point]) / all;
    }
    return shares;
  }
}
