package org.bagnetlab.vision.dataset.generated;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Fifteen classes of generated images whose differences have a known scale. Each image shows marks
 * of four colours on a square lattice. Twelve classes differ only in which colours are adjacent:
 * six with marks 11 pixels apart, four with 21 and two with 37. A patch that does not contain two
 * marks cannot distinguish classes with the same spacing. Three classes have marks of a single
 * colour, which every patch shows.
 *
 * <p>By construction, this limits the accuracy of a linear bag of q x q patches that minimises
 * cross-entropy: with q = 9 it never sees two marks and has to guess within each of the three
 * spacings, 6/15; with q = 17 it distinguishes the near classes, 11/15; with q = 33 also the middle
 * ones, 14/15; and only with the whole image also the far ones. Lengths are in pixels at every
 * image size. The proof is in {@code docs/controlled-15.md}. All patches of an image together
 * contain more information; see {@link #readouts}.
 */
public final class Controlled15 implements GeneratedDataset {

  /** The name in requests and results. */
  public static final String NAME = "controlled-15";

  /**
   * Side of the smallest images: at this size, 97 % of the images contain two marks of the widest
   * spacing.
   */
  public static final int SMALLEST_IMAGE = 64;

  private static final String DESCRIPTION =
      "Generated textures of fifteen classes that differ at known scales: within 9, 17 or 33 pixels,"
          + " or only in the whole image.";

  private static final int TRAINING_IMAGES_A_CLASS = 100;
  private static final int TEST_IMAGES_A_CLASS = 80;

  /**
   * Version of the images, which is changed whenever any image changes. It is part of the checksum
   * that a run stores.
   */
  private static final String GENERATOR = "controlled-15 generator 1";

  /** Distance in pixels between the patches of a BagNet. */
  private static final int STRIDE = 8;

  /** Readouts by the side of the patches, for {@link #SMALLEST_IMAGE} and {@link #STRIDE}. */
  private static final Map<Integer, PatchReadouts> READOUTS =
      Map.of(
          9, new PatchReadouts(.72, .991),
          17, new PatchReadouts(.88, .992),
          33, new PatchReadouts(.96, .992));

  /** Accuracies of patches that are trained by themselves, like {@link #READOUTS}. */
  private static final Map<Integer, Double> TRAINED_ALONE = Map.of(9, .397, 17, .733, 33, .933);

  private static final List<SceneImage> IMAGES = paths();

  /** Creates the built-in data set, which has no state. */
  public Controlled15() {}

  @Override
  public String name() {
    return NAME;
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
  public String description() {
    return DESCRIPTION;
  }

  @Override
  public int smallestImage() {
    return SMALLEST_IMAGE;
  }

  @Override
  public Pixels generate(SceneImage image, int size) {
    return pattern(image).lattice().image(image.path(), size);
  }

  /**
   * The patches of an image that can identify its class. Patches that contain at least two marks,
   * or parts of them, distinguish an arrangement of four colours from the other arrangements with
   * the same spacing; all other patches are equally frequent in these classes. A class with marks
   * of one colour is identified by patches that contain any mark.
   *
   * @param size side of the image in pixels
   * @param patch side of a patch
   * @param stride distance between neighbouring patches; the first patch is at the top left
   * @return whether each patch is informative, as [row, column]
   */
  public static boolean[] informativePatches(SceneImage image, int size, int patch, int stride) {
    ControlledPattern pattern = pattern(image);
    int[] marks = pattern.lattice().marksOfPatches(image.path(), size, patch, stride);
    boolean[] informative = new boolean[marks.length];
    for (int i = 0; i < marks.length; i++) {
      informative[i] = marks[i] >= (pattern.tile().mixed() ? 2 : 1);
    }
    return informative;
  }

  /**
   * The pattern of the class in the image's path. The label is not used, since it may be in the
   * class order of a network.
   */
  private static ControlledPattern pattern(SceneImage image) {
    return ControlledPattern.ALL.stream()
        .filter(each -> image.path().contains("/" + each.name() + "/"))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no image '%s'.".formatted(NAME, image.path())));
  }

  /**
   * The accuracy on this data set of a network whose logits are linear in the sum of its features
   * over patches, and which minimises cross-entropy: it distinguishes classes whose patches have
   * different distributions, and guesses among classes whose patches do not differ. This does not
   * limit a linear readout trained for accuracy, or a non-linear one.
   *
   * @param receptiveField side of its patches in pixels
   */
  public static double linearBagLimit(int receptiveField) {
    double expected = 0;
    for (ControlledPattern pattern : ControlledPattern.ALL) {
      long alike =
          ControlledPattern.ALL.stream()
              .filter(other -> pattern.looksLike(other, receptiveField))
              .count();
      expected += 1.0 / alike;
    }
    return expected / ControlledPattern.ALL.size();
  }

  /**
   * The accuracies of other readouts of the same patches. They are available for images of 64
   * pixels and the patches of BagNet-9, -17 and -33.
   *
   * @param field side of a patch in pixels
   * @param stride distance between neighbouring patches
   * @param imageSize side of the image
   */
  public static Optional<PatchReadouts> readouts(int field, int stride, int imageSize) {
    return stride == STRIDE && imageSize == SMALLEST_IMAGE
        ? Optional.ofNullable(READOUTS.get(field))
        : Optional.empty();
  }

  /**
   * The accuracy of the mean logit if each patch is trained by itself to name the class of its
   * image, in the limit of cross-entropy, on images of {@link #SMALLEST_IMAGE} pixels. {@code
   * docs/checks/limits-of-controlled-15.py} computes it by enumerating the phases.
   *
   * @param field side of a patch in pixels: 9, 17 or 33
   */
  public static double trainedAlone(int field) {
    return Objects.requireNonNull(TRAINED_ALONE.get(field));
  }

  private static List<SceneImage> paths() {
    List<SceneImage> images = new ArrayList<>();
    add(images, SceneImage.Folder.TEST, "test", TEST_IMAGES_A_CLASS);
    add(images, SceneImage.Folder.TRAIN, "train", TRAINING_IMAGES_A_CLASS);
    return List.copyOf(images);
  }

  private static void add(
      List<SceneImage> images, SceneImage.Folder folder, String path, int count) {
    for (int label = 0; label < ControlledPattern.ALL.size(); label++) {
      String name = ControlledPattern.ALL.get(label).name();
      for (int i = 1; i <= count; i++) {
        images.add(new SceneImage("%s/%s/image_%04d".formatted(path, name, i), label, folder));
      }
    }
  }
}
