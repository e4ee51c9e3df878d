package org.bagnetlab.vision.dataset.split;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;

/**
 * The training, validation and test images of a run. As in the report, of each class's 100 images
 * in the training folder, 80 are training images and the rest are validation images, and 80 images
 * of the test folder are test images. If a class has other numbers of images, the parts are four
 * fifths, one fifth, and at most 80. The same data set and seed give the same split. A training may
 * use fewer training images; the validation and test images stay the same, so that results for
 * different numbers of training images can be compared.
 *
 * @param dataset name of the data set
 * @param seed seed of the split
 * @param trainImages maximum number of training images of each class; empty if all in the split are
 *     used
 * @param train training images
 * @param validation validation images, used to choose the best epoch
 * @param test test images
 */
public record Split(
    String dataset,
    long seed,
    Optional<Integer> trainImages,
    List<SceneImage> train,
    List<SceneImage> validation,
    List<SceneImage> test) {

  /** The parts of a split, in the order in which a training uses them. */
  public enum Part {
    TRAIN,
    VALIDATION,
    TEST;

    /** The name in files and results. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int TEST_IMAGES_A_CLASS = 80;

  /** Maximum number of training images of a class if a data set has no test folder. */
  private static final int TRAINING_IMAGES_A_CLASS = 100;

  /**
   * Minimum number of images of a class if there is a test folder: one for training and one for
   * validation.
   */
  private static final int FEWEST_TRAINING_IMAGES = 2;

  /**
   * Minimum number of images of a class if there is no test folder: half of them are used for
   * training and validation.
   */
  private static final int FEWEST_IMAGES = 2 * FEWEST_TRAINING_IMAGES;

  private static final int MOST_NAMED = 5;

  /**
   * The accuracy on the test images of a network that always predicts the most frequent class: one
   * over the number of classes if all have equally many images.
   */
  public double chance() {
    Map<Integer, Long> images =
        test.stream().collect(Collectors.groupingBy(SceneImage::label, Collectors.counting()));
    return (double) Collections.max(images.values()) / test.size();
  }

  /**
   * Why images cannot be split for a training, as a sentence that names the classes; empty if they
   * can be split.
   */
  public static Optional<String> problem(List<String> classes, Collection<SceneImage> images) {
    int[] train = new int[classes.size()];
    int[] test = new int[classes.size()];
    images.forEach(
        each -> (each.folder() == SceneImage.Folder.TEST ? test : train)[each.label()]++);
    boolean divided = IntStream.of(test).anyMatch(count -> count > 0);
    List<String> few = new ArrayList<>();
    for (int label = 0; label < train.length; label++) {
      String name = classes.get(label);
      if (divided && (train[label] < FEWEST_TRAINING_IMAGES || test[label] == 0)) {
        few.add("%s has %d and %d".formatted(name, train[label], test[label]));
      } else if (!divided && train[label] < FEWEST_IMAGES) {
        few.add("%s has %d".formatted(name, train[label]));
      }
    }
    return few.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "No training can use this data set: each class needs %s, but %s%s."
                .formatted(
                    divided
                        ? "%d training images and a test image".formatted(FEWEST_TRAINING_IMAGES)
                        : "%d images".formatted(FEWEST_IMAGES),
                    few.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")),
                    few.size() > MOST_NAMED
                        ? ", and %d more have too few".formatted(few.size() - MOST_NAMED)
                        : ""));
  }

  /**
   * Splits a data set.
   *
   * @throws SplitImpossible if a class has too few images; the message names the class
   */
  public static Split of(SceneDataset dataset, long seed) {
    problem(dataset.classes(), dataset.images())
        .ifPresent(
            why -> {
              throw new SplitImpossible("%s: %s".formatted(dataset.name(), why));
            });
    boolean divided = dataset.images().stream().anyMatch(i -> i.folder() == SceneImage.Folder.TEST);
    List<SceneImage> train = new ArrayList<>();
    List<SceneImage> validation = new ArrayList<>();
    List<SceneImage> test = new ArrayList<>();
    Map<Integer, List<SceneImage>> byClass =
        dataset.images().stream().collect(Collectors.groupingBy(SceneImage::label));
    for (int label = 0; label < dataset.classes().size(); label++) {
      // A separate random stream for each class, so that a change in one class does not affect
      // others.
      Random random = new Random(seed * 1_000_003 + label);
      List<SceneImage> own = byClass.getOrDefault(label, List.of());
      List<SceneImage> first = shuffled(own, SceneImage.Folder.TRAIN, random);
      List<SceneImage> second = shuffled(own, SceneImage.Folder.TEST, random);
      if (!divided) {
        int learning = Math.min(TRAINING_IMAGES_A_CLASS, first.size() / 2);
        second = first.subList(learning, first.size());
        first = first.subList(0, learning);
      }
      int learning = first.size() * 4 / 5;
      train.addAll(first.subList(0, learning));
      validation.addAll(first.subList(learning, first.size()));
      test.addAll(second.subList(0, Math.min(TEST_IMAGES_A_CLASS, second.size())));
    }
    return new Split(
        dataset.name(),
        seed,
        Optional.empty(),
        List.copyOf(train),
        List.copyOf(validation),
        List.copyOf(test));
  }

  /** The split of a data set that has test images only: all of its images are test images. */
  public static Split ofTests(SceneDataset dataset, long seed) {
    return new Split(
        dataset.name(), seed, Optional.empty(), List.of(), List.of(), dataset.images());
  }

  /**
   * Limits the number of training images of each class. The first images in the order in which the
   * split was drawn are kept, so that a smaller number gives a subset of a larger one. The
   * validation and test images stay the same.
   *
   * @param most maximum number of images, at least 1; empty for all images
   */
  public Split learning(Optional<Integer> most) {
    if (most.isEmpty()) {
      return this;
    }
    Map<Integer, Integer> taken = new HashMap<>();
    List<SceneImage> first =
        train.stream()
            .filter(image -> taken.merge(image.label(), 1, Integer::sum) <= most.get())
            .toList();
    return new Split(dataset, seed, most, first, validation, test);
  }

  /**
   * Removes from the validation and test images all duplicates of an image of an earlier part.
   *
   * @throws SplitImpossible if a class has no images left in a part; the message names the class
   *     and the part
   */
  public Split without(DuplicatePairs duplicates, List<String> classes) {
    Split left =
        new Split(
            dataset,
            seed,
            trainImages,
            train,
            others(validation, repeated(Part.VALIDATION, duplicates)),
            others(test, repeated(Part.TEST, duplicates)));
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      for (int label = 0; label < classes.size(); label++) {
        int wanted = label;
        if (left.images(part).stream().noneMatch(image -> image.label() == wanted)) {
          throw new SplitImpossible(
              "Without duplicates, class %s of %s has no %s images."
                  .formatted(classes.get(label), dataset, part));
        }
      }
    }
    return left;
  }

  private static List<SceneImage> others(List<SceneImage> images, List<SceneImage> leftOut) {
    Set<SceneImage> set = Set.copyOf(leftOut);
    return images.stream().filter(image -> !set.contains(image)).toList();
  }

  /** The images of a part that are duplicates of an image of an earlier part. */
  public List<SceneImage> repeated(Part part, DuplicatePairs duplicates) {
    return switch (part) {
      case TRAIN -> List.of();
      case VALIDATION -> duplicates.repeated(validation, train);
      case TEST ->
          duplicates.repeated(test, Stream.concat(train.stream(), validation.stream()).toList());
    };
  }

  /** The images of a part. */
  public List<SceneImage> images(Part part) {
    return switch (part) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /** SHA-256 of the paths in each part, as 64 hexadecimal digits. */
  public String checksum() {
    MessageDigest digest = Sha256.digest();
    for (List<SceneImage> part : List.of(train, validation, test)) {
      String paths = part.stream().map(SceneImage::path).collect(Collectors.joining("\n"));
      digest.update((paths + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<SceneImage> shuffled(
      List<SceneImage> ofClass, SceneImage.Folder folder, Random random) {
    List<SceneImage> images =
        new ArrayList<>(ofClass.stream().filter(image -> image.folder() == folder).toList());
    Collections.shuffle(images, random);
    return images;
  }
}
