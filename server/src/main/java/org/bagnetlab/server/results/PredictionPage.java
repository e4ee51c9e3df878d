package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.experiment.output.MeasuredSet;

/**
 * Some of a run's predictions, image by image.
 *
 * @param run the training, or the evaluation
 * @param dataset of the images
 * @param pictured whether the data set still has the images that the run was measured on
 * @param classes names, in the order of their numbers
 * @param images number of those in the sets that all runs were measured on
 * @param wrong how many of these all runs got wrong
 * @param confusions of these, the most frequent first
 * @param total number of predictions that were asked for
 * @param predictions those of this page
 */
public record PredictionPage(
    long run,
    String dataset,
    boolean pictured,
    List<String> classes,
    int images,
    int wrong,
    List<Confusion> confusions,
    int total,
    List<ImagePrediction> predictions) {

  /** Of more classes than this a list is no help. */
  private static final int MOST_CONFUSIONS = 50;

  /** Images of one class that were seen as another. */
  public record Confusion(@JsonProperty("class") String label, String predicted, int images) {}

  /** A class with its probability. */
  public record Probable(@JsonProperty("class") String label, double probability) {}

  /** What another run saw in the same image. */
  public record Other(long run, String predicted, Optional<Double> probability) {}

  /**
   * What was seen in an image.
   *
   * @param image its path
   * @param label its class
   * @param predicted the class that was seen
   * @param probability of the class that was seen; absent: logits were not stored, or diverged
   * @param classProbability of the image's class
   * @param top the most probable classes
   * @param others what the other runs saw
   */
  public record ImagePrediction(
      String image,
      MeasuredSet set,
      @JsonProperty("class") String label,
      String predicted,
      boolean right,
      Optional<Double> probability,
      Optional<Double> classProbability,
      List<Probable> top,
      List<Other> others) {}

  /** An image with what all runs saw in it, and how sure they were on average. */
  private record Candidate(
      MeasuredSet set,
      String image,
      SeenImages.Seen seen,
      List<SeenImages.Seen> others,
      double confidence) {

    static Candidate of(
        MeasuredSet set, String image, SeenImages.Seen seen, List<SeenImages.Seen> others) {
      OptionalDouble mean =
          Stream.concat(Stream.of(seen), others.stream())
              .flatMap(each -> each.confidence().stream())
              .mapToDouble(Double::doubleValue)
              .average();
      return new Candidate(set, image, seen, others, mean.orElse(-1));
    }
  }

  static PredictionPage of(
      PredictionFilter filter,
      String dataset,
      boolean pictured,
      SeenImages run,
      List<SeenImages> others) {
    int images = 0;
    int wrong = 0;
    Map<List<Integer>, Integer> confusions = new LinkedHashMap<>();
    List<Candidate> found = new ArrayList<>();
    for (MeasuredSet set : filter.sets()) {
      for (var entry : run.of(set).entrySet()) {
        String image = entry.getKey();
        SeenImages.Seen seen = entry.getValue();
        List<SeenImages.Seen> byOthers =
            others.stream().flatMap(other -> Stream.ofNullable(other.of(set).get(image))).toList();
        if (byOthers.size() < others.size()) {
          continue;
        }
        images++;
        boolean allWrong = byOthers.stream().noneMatch(SeenImages.Seen::right);
        if (allWrong && !seen.right()) {
          wrong++;
          confusions.merge(List.of(seen.label(), seen.predicted()), 1, Integer::sum);
        }
        if (allWrong && filter.admits(image, run.name(seen.label()), run.name(seen.predicted()))) {
          found.add(Candidate.of(set, image, seen, byOthers));
        }
      }
    }
    found.sort(order(filter.order()));
    return new PredictionPage(
        run.job(),
        dataset,
        pictured,
        run.classes(),
        images,
        wrong,
        confusions.entrySet().stream()
            .sorted(Map.Entry.<List<Integer>, Integer>comparingByValue().reversed())
            .limit(MOST_CONFUSIONS)
            .map(
                each ->
                    new Confusion(
                        run.name(each.getKey().get(0)),
                        run.name(each.getKey().get(1)),
                        each.getValue()))
            .toList(),
        found.size(),
        found.stream()
            .skip(filter.offset())
            .limit(filter.limit())
            .map(each -> prediction(each, run, others, filter.top()))
            .toList());
  }

  private static Comparator<Candidate> order(PredictionFilter.Order order) {
    Comparator<Candidate> byImage =
        Comparator.comparing(Candidate::image).thenComparing(Candidate::set);
    return switch (order) {
      case CONFIDENCE ->
          Comparator.comparingDouble(Candidate::confidence).reversed().thenComparing(byImage);
      case IMAGE -> byImage;
    };
  }

  private static ImagePrediction prediction(
      Candidate candidate, SeenImages run, List<SeenImages> others, int top) {
    SeenImages.Seen seen = candidate.seen();
    Optional<double[]> probabilities = seen.probabilities();
    return new ImagePrediction(
        candidate.image(),
        candidate.set(),
        run.name(seen.label()),
        run.name(seen.predicted()),
        seen.right(),
        probabilities.map(all -> all[seen.predicted()]),
        probabilities.map(all -> all[seen.label()]),
        probabilities.map(all -> top(run, all, top)).orElse(List.of()),
        IntStream.range(0, others.size())
            .mapToObj(
                i -> {
                  SeenImages.Seen other = candidate.others().get(i);
                  return new Other(
                      others.get(i).job(),
                      others.get(i).name(other.predicted()),
                      other.confidence());
                })
            .toList());
  }

  private static List<Probable> top(SeenImages run, double[] probabilities, int count) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -probabilities[i]))
        .limit(count)
        .map(i -> new Probable(run.name(i), probabilities[i]))
        .toList();
  }
}
