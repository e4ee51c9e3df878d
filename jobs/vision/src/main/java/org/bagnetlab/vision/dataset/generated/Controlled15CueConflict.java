package org.bagnetlab.vision.dataset.generated;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Images with conflicting cues for networks that learnt {@link Controlled15}, analogous to shape
 * and texture in the images of Geirhos et al. (ImageNet-trained CNNs are biased towards texture,
 * ICLR 2019, section 2): the lattice of one class with the marks of another. The lattice, which
 * only patches with two marks show, is called shape; the size and colours of the marks, which small
 * patches show, are called texture. The label is the lattice's class.
 *
 * <p>The data set has every pair of a class and marks that conflict in both cues: the four colours
 * of a class in its own arrangement as marks of the other size, and marks of one colour on the
 * lattices of the middle and far classes. All other pairs either do not conflict or are impossible:
 * marks of one colour on the lattice of a near class give the one-colour class itself, and the
 * lattice of a one-colour class, on which all marks are alike, cannot be shown with marks of
 * several colours. Marks of one colour hide the arrangement, so only the spacing of the lattice is
 * visible. The table is in {@code docs/controlled-15.md}.
 */
public final class Controlled15CueConflict implements GeneratedDataset {

  /** The name in requests and results. */
  public static final String NAME = "controlled-15-cue-conflict";

  private static final int IMAGES_A_PAIR = 20;

  /**
   * Version of the images, which is changed whenever any image changes. It is part of the checksum
   * of the data set.
   */
  private static final String GENERATOR = "controlled-15-cue-conflict generator 1";

  private static final String FOLDER = "test/";

  /**
   * A pair of conflicting cues.
   *
   * @param lattice the class of the lattice
   * @param marks the marks, from other classes
   */
  record Conflict(ControlledPattern lattice, Marks marks) {

    /** The path prefix of the images with this conflict. */
    String path() {
      return FOLDER + "%s/%s_".formatted(lattice.name(), marks.text());
    }

    MarkLattice texture() {
      return marks.on(lattice);
    }

    /**
     * The classes that match the lattice; the arrangement is compared only if the marks show it.
     */
    private Set<String> shape() {
      return names(
          ControlledPattern.ALL.stream()
              .filter(
                  pattern ->
                      marks.mixed()
                          ? pattern.equals(lattice)
                          : pattern.scale() == lattice.scale() && pattern.tile().mixed())
              .toList());
    }

    ConflictingCues cues() {
      return new ConflictingCues(lattice.name(), marks.text(), shape(), names(marks.classes()));
    }

    private static Set<String> names(List<ControlledPattern> patterns) {
      return patterns.stream().map(ControlledPattern::name).collect(Collectors.toSet());
    }
  }

  /** All pairs, sorted by the lattice and then by the marks. */
  static final List<Conflict> CONFLICTS = conflicts();

  private static final Map<String, Conflict> BY_PATH = byPath();

  private static final List<SceneImage> IMAGES =
      BY_PATH.entrySet().stream()
          .map(
              entry ->
                  new SceneImage(
                      entry.getKey(),
                      ControlledPattern.ALL.indexOf(entry.getValue().lattice()),
                      SceneImage.Folder.TEST))
          .toList();

  /** Creates the built-in data set, which has no state. */
  public Controlled15CueConflict() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Images for networks trained on controlled-15: the lattice of one class with the marks of"
        + " another. For tests only.";
  }

  @Override
  public List<String> classes() {
    return ControlledPattern.ALL.stream().map(ControlledPattern::name).toList();
  }

  @Override
  public List<SceneImage> images() {
    return IMAGES;
  }

  @Override
  public String checksum() {
    return Sha256.of(GENERATOR.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int smallestImage() {
    return Controlled15.SMALLEST_IMAGE;
  }

  @Override
  public Pixels generate(SceneImage image, int size) {
    return conflict(image).texture().image(image.path(), size);
  }

  /**
   * The cues of an image, independent of how classes are numbered.
   *
   * @throws IllegalArgumentException if the image is not in this data set
   */
  public ConflictingCues cues(SceneImage image) {
    return conflict(image).cues();
  }

  /** The names of the classes whose lattices are used, in the order of their labels. */
  public static List<String> lattices() {
    return CONFLICTS.stream().map(conflict -> conflict.lattice().name()).distinct().toList();
  }

  /** The names of the kinds of marks, in order. */
  public static List<String> marks() {
    return List.of(Marks.values()).stream().map(Marks::text).toList();
  }

  private static Conflict conflict(SceneImage image) {
    return Optional.ofNullable(BY_PATH.get(image.path()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Data set %s has no image '%s'.".formatted(NAME, image.path())));
  }

  private static List<Conflict> conflicts() {
    List<Conflict> conflicts = new ArrayList<>();
    for (ControlledPattern lattice : ControlledPattern.ALL) {
      for (Marks marks : Marks.values()) {
        if (lattice.tile().mixed() && contradict(lattice, marks)) {
          conflicts.add(new Conflict(lattice, marks));
        }
      }
    }
    return List.copyOf(conflicts);
  }

  /** Whether no class has these marks on this lattice. */
  private static boolean contradict(ControlledPattern lattice, Marks marks) {
    return ControlledPattern.ALL.stream()
        .map(ControlledPattern::lattice)
        .noneMatch(marks.on(lattice)::equals);
  }

  private static Map<String, Conflict> byPath() {
    Map<String, Conflict> all = new LinkedHashMap<>();
    for (Conflict conflict : CONFLICTS) {
      for (int i = 1; i <= IMAGES_A_PAIR; i++) {
        all.put(conflict.path() + "%04d".formatted(i), conflict);
      }
    }
    return all;
  }
}
