package org.bagnetlab.server.results.image;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.server.results.image.PredictionPage.Confusion;
import org.bagnetlab.server.results.image.PredictionPage.ImagePrediction;
import org.bagnetlab.server.results.image.PredictionPage.Other;
import org.bagnetlab.server.results.image.PredictionPage.Probable;

/**
 * The predictions of a run for images that several other runs all got wrong. The other runs are
 * added one after another, and only their predicted classes and the probabilities of these are
 * kept.
 */
final class SharedErrors {

  /** Maximum number of listed confusions; a longer list would not help users. */
  private static final int MOST_CONFUSIONS = 50;

  private record Image(MeasuredSet set, String path, PredictedImage prediction) {}

  /**
   * The predictions of another run, indexed by the index of the image in this object.
   *
   * @param predicted indices of the predicted classes
   * @param probability probability of each of these; NaN if unknown
   */
  private record OtherRun(long job, List<String> classes, int[] predicted, double[] probability) {

    Other of(int image) {
      return new Other(job, classes.get(predicted[image]), confidence(image));
    }

    Optional<Double> confidence(int image) {
      return Optional.of(probability[image]).filter(known -> !known.isNaN());
    }
  }

  private final PredictionFilter filter;
  private final PredictedImages run;
  private final List<Image> images = new ArrayList<>();
  private final List<OtherRun> others = new ArrayList<>();

  /** The images that all runs were measured on. */
  private final BitSet measured = new BitSet();

  /** The measured images that all other runs got wrong. */
  private final BitSet wrong = new BitSet();

  /** Starts without any other run. */
  SharedErrors(PredictionFilter filter, PredictedImages run) {
    this.filter = filter;
    this.run = run;
    for (MeasuredSet set : filter.sets()) {
      run.of(set).forEach((path, prediction) -> images.add(new Image(set, path, prediction)));
    }
    measured.set(0, images.size());
    wrong.set(0, images.size());
  }

  /** Adds another run. */
  void add(PredictedImages other) {
    OtherRun added =
        new OtherRun(
            other.job(), other.classes(), new int[images.size()], new double[images.size()]);
    for (int i = 0; i < images.size(); i++) {
      Optional<PredictedImage> found =
          Optional.ofNullable(other.of(images.get(i).set()).get(images.get(i).path()));
      if (found.isEmpty()) {
        measured.clear(i);
      }
      if (found.isEmpty() || found.get().right()) {
        wrong.clear(i);
      } else {
        added.predicted()[i] = found.get().predicted();
        added.probability()[i] = found.get().confidence().orElse(Double.NaN);
      }
    }
    others.add(added);
  }

  /**
   * The page that the filter selects.
   *
   * @param dataset the data set of the images
   * @param pictured whether the data set still contains these images
   */
  PredictionPage page(String dataset, boolean pictured) {
    List<Integer> wrongInAll = wrong(i -> !images.get(i).prediction().right());
    List<Integer> found = wrong(i -> admits(images.get(i)));
    found.sort(order());
    return new PredictionPage(
        run.job(),
        dataset,
        pictured,
        run.classes(),
        measured.cardinality(),
        wrongInAll.size(),
        confusions(wrongInAll),
        found.size(),
        found.stream().skip(filter.offset()).limit(filter.limit()).map(this::prediction).toList());
  }

  private List<Integer> wrong(IntPredicate wanted) {
    return new ArrayList<>(wrong.stream().filter(wanted).boxed().toList());
  }

  private boolean admits(Image image) {
    PredictedImage prediction = image.prediction();
    return filter.admits(
        image.path(), run.name(prediction.label()), run.name(prediction.predicted()));
  }

  private List<Confusion> confusions(List<Integer> wrongInAll) {
    Map<List<Integer>, Integer> confusions = new LinkedHashMap<>();
    for (int i : wrongInAll) {
      PredictedImage prediction = images.get(i).prediction();
      confusions.merge(List.of(prediction.label(), prediction.predicted()), 1, Integer::sum);
    }
    return confusions.entrySet().stream()
        .sorted(Map.Entry.<List<Integer>, Integer>comparingByValue().reversed())
        .limit(MOST_CONFUSIONS)
        .map(
            each ->
                new Confusion(
                    run.name(each.getKey().get(0)),
                    run.name(each.getKey().get(1)),
                    each.getValue()))
        .toList();
  }

  private Comparator<Integer> order() {
    Comparator<Integer> byImage =
        Comparator.comparing((Integer i) -> images.get(i).path())
            .thenComparing(i -> images.get(i).set());
    return switch (filter.order()) {
      case CONFIDENCE -> {
        double[] confidence = IntStream.range(0, images.size()).mapToDouble(this::mean).toArray();
        yield Comparator.comparingDouble((Integer i) -> confidence[i])
            .reversed()
            .thenComparing(byImage);
      }
      case IMAGE -> byImage;
    };
  }

  /**
   * The mean probability of the predicted classes over the runs that stored it. Negative if no run
   * did.
   */
  private double mean(int image) {
    double sum = 0;
    int known = 0;
    Optional<Double> own = images.get(image).prediction().confidence();
    if (own.isPresent()) {
      sum += own.get();
      known++;
    }
    for (OtherRun other : others) {
      Optional<Double> confidence = other.confidence(image);
      if (confidence.isPresent()) {
        sum += confidence.get();
        known++;
      }
    }
    return known == 0 ? -1 : sum / known;
  }

  private ImagePrediction prediction(int i) {
    Image image = images.get(i);
    PredictedImage prediction = image.prediction();
    return new ImagePrediction(
        image.path(),
        image.set(),
        run.name(prediction.label()),
        run.name(prediction.predicted()),
        prediction.right(),
        prediction.confidence(),
        prediction.probabilities().map(PredictedImage.Probabilities::label),
        prediction.probabilities().map(this::top).orElse(List.of()),
        others.stream().map(other -> other.of(i)).toList());
  }

  private List<Probable> top(PredictedImage.Probabilities probabilities) {
    return IntStream.range(0, Math.min(filter.top(), probabilities.top().length))
        .mapToObj(
            place ->
                new Probable(run.name(probabilities.top()[place]), probabilities.ofTop()[place]))
        .toList();
  }
}
