package org.bagnetlab.server.results.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bagnetlab.server.statistics.Holm;
import org.bagnetlab.server.statistics.McNemar;
import org.bagnetlab.server.statistics.PairedDifference;

/**
 * Two runs compared on the images of each class, as they are on all of them.
 *
 * @param classes the classes that have images, by name
 * @param sentence in which classes the two runs differ
 */
public record ClassDifferences(List<ClassDifference> classes, String sentence) {

  /** The maximum number of classes that the sentence names; a table has them all. */
  private static final int MOST_NAMED = 5;

  /**
   * The comparison on the images of one class.
   *
   * @param name name of the class
   * @param difference recall of the first run minus that of the second, with the p-value of
   *     McNemar's exact test
   * @param onlyA number of images that only the first classifies correctly
   * @param onlyB number of images that only the second classifies correctly
   * @param adjusted p-value after Holm's correction over all classes
   */
  record ClassDifference(
      String name,
      @JsonUnwrapped PairedDifference difference,
      int onlyA,
      int onlyB,
      double adjusted) {

    static ClassDifference of(String name, StudiedNetwork.SeedPair pair, Measure set) {
      McNemar table = pair.table(set).orElseThrow();
      return new ClassDifference(
          name,
          PairedDifference.between(List.of(set.of(pair.first())), List.of(set.of(pair.second())))
              .exact(table),
          table.onlyFirst(),
          table.onlySecond(),
          table.exactP());
    }

    /** Whether the difference is significant among those of all classes. */
    @JsonProperty
    boolean significant() {
      return adjusted <= PairedDifference.ERROR;
    }

    ClassDifference adjusted(double p) {
      return new ClassDifference(name, difference, onlyA, onlyB, p);
    }
  }

  /**
   * Compares two runs on each class of the images that both have.
   *
   * @param classOf the class of each image; images whose class is unknown are left out
   */
  static ClassDifferences of(
      String first,
      String second,
      StudiedNetwork.SeedPair pair,
      Measure set,
      Map<String, String> classOf) {
    Map<String, Set<String>> images =
        PairedDifference.ofImages(set.of(pair.first()), set.of(pair.second())).keySet().stream()
            .filter(classOf::containsKey)
            .collect(Collectors.groupingBy(classOf::get, TreeMap::new, Collectors.toSet()));
    List<ClassDifference> classes =
        images.entrySet().stream()
            .map(each -> ClassDifference.of(each.getKey(), pair.on(each.getValue()), set))
            .toList();
    List<ClassDifference> adjusted =
        Holm.correct(classes, each -> each.difference().p(), ClassDifference::adjusted);
    return new ClassDifferences(adjusted, sentence(first, second, adjusted));
  }

  private static String sentence(String first, String second, List<ClassDifference> classes) {
    if (classes.isEmpty()) {
      return "The classes of the images are not known.";
    }
    List<ClassDifference> told =
        classes.stream()
            .filter(ClassDifference::significant)
            .sorted(Comparator.comparingDouble(ClassDifference::adjusted))
            .toList();
    if (told.isEmpty()) {
      return "By %s, no class tells %s and %s apart.".formatted(test(classes), first, second);
    }
    String named =
        told.stream()
            .limit(MOST_NAMED)
            .map(
                each ->
                    "%s (%s)"
                        .formatted(
                            each.name(), DifferenceSentence.points(each.difference().difference())))
            .collect(Collectors.joining(", "));
    return "By %s, %s differs from %s in %s: %s%s."
        .formatted(
            test(classes),
            first,
            second,
            told.size() == 1 ? "1 class" : "%d classes, the clearest first".formatted(told.size()),
            named,
            told.size() > MOST_NAMED ? " and %d others".formatted(told.size() - MOST_NAMED) : "");
  }

  private static String test(List<ClassDifference> classes) {
    return "McNemar's exact test of each of %d classes, corrected after Holm"
        .formatted(classes.size());
  }
}
