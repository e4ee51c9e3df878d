package org.bagnetlab.vision.dataset.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.generated.Controlled15CueConflict.Conflict;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both cues of every image hold by its construction, without any network. */
@Timeout(60)
@AddLifecycleHook(TryTimeLimit.class)
class Controlled15CueConflictTests {

  private static final int SIZE = 64;
  private static final int CONFLICTS = 30;

  private final Controlled15CueConflict dataset = new Controlled15CueConflict();

  static Stream<Conflict> all() {
    return Controlled15CueConflict.CONFLICTS.stream();
  }

  /** A pair that is not there is a class, or its lattice has no arrangement to show. */
  @Test
  void everyPairThatIsNoImageOfAClassIsThere() {
    Set<MarkLattice> classes = new HashSet<>();
    ControlledPattern.ALL.forEach(pattern -> classes.add(pattern.lattice()));
    assertThat(all()).hasSize(CONFLICTS);
    for (ControlledPattern lattice : ControlledPattern.ALL) {
      for (Marks marks : Marks.values()) {
        boolean conflict = all().anyMatch(new Conflict(lattice, marks)::equals);
        boolean aClass = classes.contains(marks.on(lattice));
        assertThat(conflict)
            .as("%s on the lattice of %s", marks, lattice.name())
            .isEqualTo(lattice.tile().mixed() && !aClass);
      }
    }
  }

  /**
   * What small patches show is the marks' class, whichever of those with these marks it is. At the
   * next larger side there are patches that it does not have: two large marks that are too close,
   * or the ground alone, which a patch of 9 pixels never is between marks 11 pixels apart.
   */
  @ParameterizedTest
  @MethodSource("all")
  void everySmallPatchOccursInEveryClassOfTheMarks(Conflict conflict) {
    int side = conflict.lattice().scale() == ControlledPattern.Scale.NEAR ? 7 : 8;
    Set<IntBuffer> small = patches(conflict.texture(), side);
    Set<IntBuffer> larger = patches(conflict.texture(), side + 1);
    for (ControlledPattern texture : conflict.marks().classes()) {
      assertThat(patches(texture.lattice(), side).containsAll(small)).isTrue();
      assertThat(patches(texture.lattice(), side + 1).containsAll(larger)).isFalse();
    }
  }

  /** Its own class has no patch that shows a whole mark of these. */
  @ParameterizedTest
  @MethodSource("all")
  void noPatchThatShowsAMarkAndItsBorderOccursInTheClassOfTheLattice(Conflict conflict) {
    int side = conflict.marks().side() + 2;
    Set<IntBuffer> own = patches(conflict.lattice().lattice(), side);
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 2; column++) {
        assertThat(own)
            .doesNotContain(
                patch(
                    conflict.texture(),
                    (row + 2) * conflict.texture().spacing() - 1,
                    (column + 2) * conflict.texture().spacing() - 1,
                    side));
      }
    }
  }

  /**
   * With the same random numbers, an image of the lattice's class has its marks in the same places
   * and, where the marks have four colours, of the same colours, with the same noise: the two
   * differ only where one mark is larger, or of another colour.
   */
  @Property(tries = 60)
  void theLatticeIsThatOfItsClassPixelByPixel(
      @ForAll @IntRange(max = CONFLICTS - 1) int number, @ForAll int path) {
    Conflict conflict = Controlled15CueConflict.CONFLICTS.get(number);
    MarkLattice own = conflict.lattice().lattice();
    Pixels image = conflict.texture().image("image " + path, SIZE);
    Pixels other = own.image("image " + path, SIZE);
    boolean[] places = places(own, conflict.texture().mark());
    boolean seen = false;
    for (int down = 0; down < own.spacing() && !seen; down++) {
      for (int right = 0; right < own.spacing() && !seen; right++) {
        seen = differOnlyAt(image, other, own, places, down, right, conflict.marks().mixed());
      }
    }
    assertThat(seen).isTrue();
  }

  /** By the offset in a cell of the lattice: whether the images may differ there. */
  private static boolean[] places(MarkLattice own, int mark) {
    int spacing = own.spacing();
    boolean[] places = new boolean[spacing * spacing];
    for (int i = 0; i < places.length; i++) {
      int offset = Math.max(i / spacing, i % spacing);
      places[i] = offset < Math.max(own.mark(), mark) && offset >= Math.min(own.mark(), mark);
    }
    return places;
  }

  private static boolean differOnlyAt(
      Pixels image,
      Pixels other,
      MarkLattice own,
      boolean[] places,
      int down,
      int right,
      boolean mixed) {
    int spacing = own.spacing();
    for (int i = 0; i < SIZE * SIZE; i++) {
      int row = (i / SIZE + down) % spacing;
      int column = (i % SIZE + right) % spacing;
      boolean recoloured = !mixed && Math.max(row, column) < own.mark();
      if (!places[row * spacing + column] && !recoloured) {
        for (int channel = 0; channel < 3; channel++) {
          if (image.values()[3 * i + channel] != other.values()[3 * i + channel]) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Marks of one colour do not show which of the lattices with this spacing it is. */
  @Test
  void anArrangementShowsInMarksOfFourColoursOnly() {
    for (Marks marks : Marks.values()) {
      List<Conflict> conflicts = all().filter(each -> each.marks() == marks).toList();
      long lattices =
          marks.mixed()
              ? conflicts.size()
              : conflicts.stream().map(each -> each.lattice().scale()).distinct().count();
      assertThat(conflicts.stream().map(Conflict::texture).distinct()).hasSize((int) lattices);
    }
  }

  @Test
  void noClassFitsBothCuesAndTheLabelFitsTheLattice() {
    assertThat(dataset.images()).hasSize(CONFLICTS * 20).doesNotHaveDuplicates();
    int shape = 0;
    int texture = 0;
    for (SceneImage image : dataset.images()) {
      ConflictingCues cues = dataset.cues(image);
      assertThat(cues.shape())
          .contains(dataset.classes().get(image.label()))
          .doesNotContainAnyElementsOf(cues.texture());
      assertThat(image.path()).startsWith("test/%s/%s_".formatted(cues.lattice(), cues.marks()));
      shape += cues.shape().size();
      texture += cues.texture().size();
    }
    // The shape bias of a network that guesses, which the documentation states.
    assertThat((double) shape / (shape + texture)).isCloseTo(4 / 9.0, within(1e-12));
  }

  @Test
  void theClassesThatTheCuesFitAreKnown() {
    SceneImage far = image("test/far-black-red/small-mixed_0001");
    assertThat(dataset.cues(far).shape()).containsExactly("far-black-red");
    assertThat(dataset.cues(far).texture())
        .hasSize(6)
        .allSatisfy(name -> assertThat(name).startsWith("near-"));
    SceneImage middle = image("test/middle-red-black/small-white_0020");
    assertThat(dataset.cues(middle).shape())
        .hasSize(4)
        .allSatisfy(name -> assertThat(name).startsWith("middle-"));
    assertThat(dataset.cues(middle).texture()).containsExactly("only-white");
    assertThat(dataset.cues(image("test/near-cyan-red/large-mixed_0001")).texture()).hasSize(6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dataset.cues(new Controlled15().images().get(0)))
        .withMessageContaining("has no image 'test/near-black-red/image_0001'");
  }

  private SceneImage image(String path) {
    return dataset.find(path).orElseThrow();
  }

  /** Of a program in Python that was written from the documentation. */
  @Test
  void imagesAreTheSameOnEveryMachine() {
    StringBuilder all = new StringBuilder();
    for (int i : new int[] {0, 100, 130, 250, 599}) {
      all.append(Sha256.of(dataset.read(dataset.images().get(i), SIZE).values()), 0, 8);
    }
    // A change of these means that the generator's version must change, too.
    assertThat(all.toString()).isEqualTo("c6f22066b6ed0d4d062c4cfeb017567cdd035e7c");
  }

  @Test
  void tooSmallImagesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dataset.read(dataset.images().get(0), 60))
        .withMessage("imageSize must be at least 64 for controlled-15-cue-conflict, but is 60.");
  }

  /** The different patches of a texture, by their colours. */
  private static Set<IntBuffer> patches(MarkLattice texture, int side) {
    Set<IntBuffer> patches = new HashSet<>();
    for (int down = 0; down < texture.period(); down++) {
      for (int right = 0; right < texture.period(); right++) {
        patches.add(patch(texture, down, right, side));
      }
    }
    return patches;
  }

  private static IntBuffer patch(MarkLattice texture, int down, int right, int side) {
    int[] colours = new int[side * side];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = texture.colour(down + i / side, right + i % side);
    }
    return IntBuffer.wrap(colours);
  }
}
