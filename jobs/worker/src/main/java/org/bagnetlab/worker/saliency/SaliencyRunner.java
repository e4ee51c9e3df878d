package org.bagnetlab.worker.saliency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.heatmap.ColourScale;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.saliency.SaliencyExperiment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.Picture;
import org.bagnetlab.vision.saliency.Saliency;
import org.bagnetlab.vision.saliency.SaliencyMap;
import org.bagnetlab.worker.heatmap.ExplainedImage;
import org.bagnetlab.worker.heatmap.Sample;
import org.bagnetlab.worker.masking.SaliencyMaps;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Draws an image's saliency maps, whole and scrambled, by each method available for a network. */
public final class SaliencyRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    Workload workload = subject.workload(0, 1);
    ExplainedImage explained = ExplainedImage.of(spec, subject);
    run.start(spec, workload);
    List<Sample> samples =
        Sample.wholeAndScrambled(
            subject.network(),
            subject.dataset(),
            explained.image(),
            subject.shape().imageSize(),
            subject.scramble(),
            1);
    List<SaliencyMethod> methods =
        SaliencyMaps.methods(subject.network()).stream()
            .filter(method -> method != SaliencyMethod.RANDOM)
            .toList();
    int maps = samples.size() * methods.size();
    int done = 0;
    for (Sample sample : samples) {
      sample.writeTo(run.outputs());
      run.progress().advance(Phase.EXPLAINING, 0, 0, done, maps, 1, 1);
    }
    for (SaliencyMethod method : methods) {
      Saliency saliency = SaliencyMaps.of(method, subject.network()).orElseThrow();
      List<Heatmap> drawn = new ArrayList<>();
      for (Sample sample : samples) {
        run.cancellation().check();
        drawn.add(map(saliency, sample, explained.label()));
        double passes = method.passes(workload);
        run.progress().advance(Phase.EXPLAINING, 0, 0, ++done, maps, 1, passes);
      }
      for (int i = 0; i < drawn.size(); i++) {
        double limit = limit(spec.get(SaliencyExperiment.SCALE), drawn, drawn.get(i));
        write(
            run,
            samples.get(i),
            explained.label(),
            method,
            drawn.get(i),
            spec.get(SaliencyExperiment.SCALE),
            limit);
      }
    }
  }

  private static Heatmap map(Saliency saliency, Sample sample, int label) {
    SaliencyMap map = saliency.maps(Normalisation.of(sample.pixels()), new int[] {label}).get(0);
    return new Heatmap(1, map.size(), map.size(), map.values());
  }

  /** The limit of the colours of one map of a method. */
  private static double limit(ColourScale scale, List<Heatmap> all, Heatmap map) {
    return switch (scale) {
      case OWN -> Picture.limit(map);
      case COMMON -> all.stream().mapToDouble(Heatmap::largestMagnitude).max().orElseThrow();
    };
  }

  private static void write(
      Run run,
      Sample sample,
      int label,
      SaliencyMethod method,
      Heatmap map,
      ColourScale scale,
      double limit)
      throws IOException {
    Map<String, String> facts = sample.facts();
    facts.put("label", sample.dataset().classes().get(label));
    facts.put(SaliencyMethod.AXIS.name(), method.text());
    facts.put("minimum", String.valueOf(map.minimum()));
    facts.put("maximum", String.valueOf(map.maximum()));
    facts.put("limit", String.valueOf((float) limit));
    if (scale == ColourScale.COMMON) {
      facts.put("scale", scale.text());
    }
    run.outputs()
        .map(
            SaliencyExperiment.MAPS,
            sample.mapKind(),
            "%s-%s".formatted(sample.name(), method.text()),
            map,
            Picture.of(map, limit),
            facts,
            Optional.empty());
  }
}
