package org.bagnetlab.vision.dataset.generated;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.staging.FolderName;
import org.jspecify.annotations.Nullable;

/**
 * Fractals of iterated function systems, to pretrain networks without natural images, after Kataoka
 * et al. (Pre-training without Natural Images, ACCV 2020). A class is a system of affine maps, and
 * its images show variations of the system, white on black.
 *
 * <p>The name says how many classes and images there are: {@code fractals-CxN} has C classes with N
 * images each, every fifth of which is a test image. A class and an image of a class are the same
 * in every data set that has them. {@code docs/datasets.md} describes how they are drawn.
 */
public final class Fractals implements GeneratedDataset {

  /** The name of the data set that lists show. */
  public static final String NAME = "fractals-60";

  /** The form of the names of all other data sets of fractals, for messages. */
  public static final String FORM = "fractals-CxN";

  /** Side of the smallest images. */
  public static final int SMALLEST_IMAGE = 32;

  private static final int USUAL_CLASSES = 60;

  /** Of these, 100 are in the training folder, as in the report's data. */
  private static final int USUAL_IMAGES_A_CLASS = 125;

  private static final int FEWEST_CLASSES = 2;
  private static final int MOST_CLASSES = 1000;
  private static final int FEWEST_IMAGES_A_CLASS = 10;
  private static final int MOST_IMAGES_A_CLASS = 1000;

  /** Limits the memory of lists of images. */
  private static final int MOST_IMAGES = 100_000;

  /** One of so many images of a class is a test image. */
  private static final int TEST_IMAGE_EVERY = 5;

  /**
   * Version of the images, which is changed whenever any image changes. It is part of the checksum
   * that a run stores.
   */
  private static final String GENERATOR = "fractals generator 1";

  private static final String PREFIX = "fractals-";
  private static final Pattern COUNTS = Pattern.compile(PREFIX + "([1-9]\\d*)x([1-9]\\d*)");
  private static final Pattern PATH =
      Pattern.compile("(train|test)/fractal-(\\d{3})/image_(\\d{4})");

  /** The names of all classes; each data set has the first ones. */
  private static final List<String> CLASSES =
      IntStream.range(0, MOST_CLASSES).mapToObj("fractal-%03d"::formatted).toList();

  private static final List<String> FILES =
      IntStream.rangeClosed(1, MOST_IMAGES_A_CLASS).mapToObj("image_%04d"::formatted).toList();

  private final String name;
  private final int classes;
  private final int imagesAClass;

  /** All images, made at their first use: many uses of a data set need only its name. */
  private volatile @Nullable List<SceneImage> images;

  /** The data set that lists show, with 60 classes and 125 images of each. */
  public Fractals() {
    this(NAME, USUAL_CLASSES, USUAL_IMAGES_A_CLASS);
  }

  private Fractals(String name, int classes, int imagesAClass) {
    this.name = name;
    this.classes = classes;
    this.imagesAClass = imagesAClass;
  }

  /** The data set of this name; empty if it is not the name of one of fractals. */
  static Optional<Fractals> named(String name) {
    if (name.equals(NAME)) {
      return Optional.of(new Fractals());
    }
    Matcher counts = COUNTS.matcher(name);
    if (!counts.matches()) {
      return Optional.empty();
    }
    int classes = count(counts.group(1));
    int imagesAClass = count(counts.group(2));
    return classes >= FEWEST_CLASSES
            && classes <= MOST_CLASSES
            && imagesAClass >= FEWEST_IMAGES_A_CLASS
            && imagesAClass <= MOST_IMAGES_A_CLASS
            && classes * imagesAClass <= MOST_IMAGES
        ? Optional.of(new Fractals(name, classes, imagesAClass))
        : Optional.empty();
  }

  /** A count in a name; 0, which is outside all limits, if it has too many digits to be within. */
  private static int count(String digits) {
    return digits.length() <= String.valueOf(MOST_IMAGES).length() ? Integer.parseInt(digits) : 0;
  }

  /**
   * Why there is no data set of fractals with this name, as a sentence; empty if there is, or if
   * the name is unlike theirs.
   */
  static Optional<String> problem(String name) {
    return FolderName.possible(name) && name.startsWith(PREFIX) && named(name).isEmpty()
        ? Optional.of(
            "There is no data set '%s'. Data sets of fractals are %s, and %s with %d to %d classes (C) of %d to %d images (N), at most %d images in all."
                .formatted(
                    name,
                    NAME,
                    FORM,
                    FEWEST_CLASSES,
                    MOST_CLASSES,
                    FEWEST_IMAGES_A_CLASS,
                    MOST_IMAGES_A_CLASS,
                    MOST_IMAGES))
        : Optional.empty();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> classes() {
    return CLASSES.subList(0, classes);
  }

  @Override
  public List<SceneImage> images() {
    List<SceneImage> known = images;
    if (known == null) {
      known = paths();
      images = known;
    }
    return known;
  }

  @Override
  public String checksum() {
    String contents = "%s, %d classes of %d images".formatted(GENERATOR, classes, imagesAClass);
    return Sha256.of(contents.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String description() {
    return "Generated fractals for pretraining, %d classes of %d images; %s has C classes of N images."
        .formatted(classes, imagesAClass, FORM);
  }

  @Override
  public int smallestImage() {
    return SMALLEST_IMAGE;
  }

  /** The image of this path. It is found without making the list of all images. */
  @Override
  public Optional<SceneImage> find(String path) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int label = Integer.parseInt(parts.group(2));
    int number = Integer.parseInt(parts.group(3));
    return label < classes && number >= 1 && number <= imagesAClass
        ? Optional.of(image(label, number)).filter(image -> image.path().equals(path))
        : Optional.empty();
  }

  /**
   * {@inheritDoc} The class is the one in the image's path. The label is not used, since it may be
   * in the class order of a network.
   */
  @Override
  public Pixels generate(SceneImage image, int size) {
    SceneImage own =
        find(image.path())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s has no image '%s'.".formatted(name, image.path())));
    int digits = own.path().lastIndexOf('_') + 1;
    int number = Integer.parseInt(own.path(), digits, own.path().length(), 10);
    return FractalClass.of(own.label()).image(number, size);
  }

  private List<SceneImage> paths() {
    List<SceneImage> test = new ArrayList<>();
    List<SceneImage> train = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      for (int number = 1; number <= imagesAClass; number++) {
        SceneImage image = image(label, number);
        (image.folder() == SceneImage.Folder.TEST ? test : train).add(image);
      }
    }
    test.addAll(train);
    return List.copyOf(test);
  }

  /** An image by its class and its number, from 1. */
  private static SceneImage image(int label, int number) {
    SceneImage.Folder folder =
        number % TEST_IMAGE_EVERY == 0 ? SceneImage.Folder.TEST : SceneImage.Folder.TRAIN;
    String path = folder.text() + "/" + CLASSES.get(label) + "/" + FILES.get(number - 1);
    return new SceneImage(path, label, folder);
  }
}
