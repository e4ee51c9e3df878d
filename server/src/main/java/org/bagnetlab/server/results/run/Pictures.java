package org.bagnetlab.server.results.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterGroup;
import org.bagnetlab.experiment.train.StartingRun;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.artifact.ArtifactRow;

/**
 * The heatmaps of a run for one test image.
 *
 * @param run the run
 * @param spec how it was trained
 * @param image path of the image in the data set
 * @param byKind the heatmaps by kind
 */
public record Pictures(long run, TrainSpec spec, String image, Map<String, ArtifactRow> byKind) {

  private static final List<String> KINDS =
      List.of("image", "scrambled-image", "heatmap", "scrambled-heatmap");

  /**
   * The runs whose heatmaps are shown: one of each network for each data set, image size and kind
   * of starting weights. Pictures of networks are compared, so these are the newest runs of the
   * setting with the most networks that has the network. Settings with other training images or
   * another objective than the default come last.
   */
  public static List<MeasuredRun> shown(List<MeasuredRun> runs, Published published) {
    record Shown(
        String architecture,
        String dataset,
        int imageSize,
        Optional<StartingWeights> weights,
        Optional<StartingRun> fromRun) {}
    Map<Shown, MeasuredRun> shown = new LinkedHashMap<>();
    Setting.group(Configuration.group(runs, published)).stream()
        .map(group -> group.configurations().stream().map(each -> each.runs().getLast()).toList())
        .sorted(Comparator.comparing(networks -> !isUsual(networks.getFirst())))
        .flatMap(List::stream)
        .forEach(
            run ->
                shown.putIfAbsent(
                    new Shown(
                        run.spec().architecture(),
                        run.spec().dataset(),
                        run.spec().imageSize(),
                        run.spec().weights(),
                        run.spec().fromRun().map(StartingRun::ofAnyRun)),
                    run));
    return List.copyOf(shown.values());
  }

  private static boolean isUsual(MeasuredRun run) {
    return run.spec().settings().unusual().stream()
        .map(Parameter::group)
        .noneMatch(EnumSet.of(ParameterGroup.DATA, ParameterGroup.OBJECTIVE)::contains);
  }

  /** The heatmaps of runs, grouped by image. */
  public static List<Pictures> of(Collection<MeasuredRun> runs, List<ArtifactRow> artifacts) {
    Map<Long, List<ArtifactRow>> byRun =
        artifacts.stream()
            .filter(artifact -> KINDS.contains(artifact.kind()))
            .collect(Collectors.groupingBy(ArtifactRow::job));
    List<Pictures> all = new ArrayList<>();
    for (MeasuredRun run : runs) {
      Map<String, Map<String, ArtifactRow>> images = new LinkedHashMap<>();
      for (ArtifactRow artifact : byRun.getOrDefault(run.job(), List.of())) {
        Optional.ofNullable(Facts.of(artifact).get("image"))
            .ifPresent(
                image ->
                    images
                        .computeIfAbsent(image, path -> new LinkedHashMap<>())
                        .put(artifact.kind(), artifact));
      }
      images.forEach(
          (image, byKind) -> all.add(new Pictures(run.job(), run.spec(), image, byKind)));
    }
    return all;
  }

  /** The URL of the heatmap of this kind, if there is one. */
  public Optional<String> url(String kind) {
    return Optional.ofNullable(byKind.get(kind)).map(Facts::url);
  }

  /** The facts about the heatmap of this kind. Empty if there is none. */
  public Map<String, String> facts(String kind) {
    return Optional.ofNullable(byKind.get(kind)).map(Facts::of).orElse(Map.of());
  }

  /** The true class of the image. */
  public String trueClass() {
    return byKind.values().stream()
        .flatMap(artifact -> Optional.ofNullable(Facts.of(artifact).get("class")).stream())
        .findFirst()
        .orElse("");
  }
}
