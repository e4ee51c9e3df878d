package org.bagnetlab.server.results;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.StartingWeights;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.ArtifactRow;
import org.bagnetlab.storage.MeasuredRunRow;

/**
 * The pictures that a run left of one test image.
 *
 * @param run the run
 * @param spec how it was trained
 * @param image the image's path in the data set
 * @param byKind the pictures, by what they are
 */
record Pictures(long run, JobSpec.Train spec, String image, Map<String, ArtifactRow> byKind) {

  private static final List<String> KINDS =
      List.of("image", "scrambled-image", "heatmap", "scrambled-heatmap");

  /**
   * The newest run of each network at each data set, image size and start: the ones that are shown.
   */
  static List<MeasuredRunRow> newest(List<MeasuredRunRow> runs) {
    record Shown(
        String architecture, String dataset, int imageSize, Optional<StartingWeights> weights) {}
    Map<Shown, MeasuredRunRow> newest = new LinkedHashMap<>();
    for (MeasuredRunRow run : runs) {
      JobSpec.Train spec = Configuration.spec(run);
      newest.put(
          new Shown(spec.architecture(), spec.dataset(), spec.imageSize(), spec.weights()), run);
    }
    return List.copyOf(newest.values());
  }

  /** The pictures of runs, image by image. */
  static List<Pictures> of(Collection<MeasuredRunRow> runs, List<ArtifactRow> artifacts) {
    List<Pictures> all = new ArrayList<>();
    for (MeasuredRunRow run : runs) {
      Map<String, Map<String, ArtifactRow>> images = new LinkedHashMap<>();
      for (ArtifactRow artifact : artifacts) {
        Optional<String> image = Optional.ofNullable(Facts.of(artifact).get("image"));
        if (artifact.job() == run.job() && KINDS.contains(artifact.kind()) && image.isPresent()) {
          images
              .computeIfAbsent(image.get(), path -> new LinkedHashMap<>())
              .put(artifact.kind(), artifact);
        }
      }
      JobSpec.Train spec = Configuration.spec(run);
      images.forEach((image, byKind) -> all.add(new Pictures(run.job(), spec, image, byKind)));
    }
    return all;
  }

  Optional<String> url(String kind) {
    return Optional.ofNullable(byKind.get(kind)).map(Facts::url);
  }

  Map<String, String> facts(String kind) {
    return Optional.ofNullable(byKind.get(kind)).map(Facts::of).orElse(Map.of());
  }

  /** The image's true class. */
  String trueClass() {
    return byKind.values().stream()
        .flatMap(artifact -> Optional.ofNullable(Facts.of(artifact).get("class")).stream())
        .findFirst()
        .orElse("");
  }
}
