package org.bagnetlab.vision.cueconflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.bagnetlab.vision.cueconflict.CueDecision.Follows;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.generated.ConflictingCues;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.generated.Controlled15CueConflict;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two classifiers that read one cue of the pixels each, and so have a known shape bias. */
@Timeout(60)
class CueDecisionsTests {

  /** So large that every image shows two marks of the widest spacing, across and down. */
  private static final int SIZE = 96;

  private static final int LARGE_MARK = 5;

  private final Controlled15CueConflict conflicts = new Controlled15CueConflict();

  private CueDecisions decisions(Function<Pixels, String> classifier) {
    List<CueDecision> decisions = new ArrayList<>();
    for (int i = 0; i < conflicts.images().size(); i += 5) {
      SceneImage image = conflicts.images().get(i);
      decisions.add(
          CueDecision.of(conflicts.cues(image), classifier.apply(conflicts.read(image, SIZE))));
    }
    return new CueDecisions(decisions);
  }

  @Test
  void whoReadsTheMarksHasAShapeBiasOfZero() {
    CueDecisions decisions = decisions(CueDecisionsTests::byMarks);
    assertThat(decisions.count(Follows.TEXTURE)).isEqualTo(decisions.all().size()).isEqualTo(120);
    assertThat(decisions.shapeBias()).hasValue(0);
  }

  @Test
  void whoReadsTheLatticeHasAShapeBiasOfOne() {
    CueDecisions decisions = decisions(CueDecisionsTests::byLattice);
    assertThat(decisions.count(Follows.SHAPE)).isEqualTo(120);
    assertThat(decisions.shapeBias()).hasValue(1);
  }

  /** On images without a conflict, both are right as far as their cue goes. */
  @Test
  void bothReadersKnowTheClasses() {
    Controlled15 dataset = new Controlled15();
    for (int i = 0; i < dataset.images().size(); i += 40) {
      SceneImage image = dataset.images().get(i);
      String name = dataset.classes().get(image.label());
      Marked marked = Marked.in(dataset.read(image, SIZE));
      if (name.startsWith("only-")) {
        assertThat(byMarks(marked)).isEqualTo(name);
      } else {
        assertThat(byLattice(marked)).isEqualTo(name);
        assertThat(byMarks(marked).startsWith("near-")).isEqualTo(name.startsWith("near-"));
      }
    }
  }

  @Test
  void otherDecisionsDoNotCountAndWithoutAnyOtherThereIsNoBias() {
    ConflictingCues cues =
        new ConflictingCues("far", "small", Set.of("far"), Set.of("near", "nearer"));
    CueDecisions decisions =
        new CueDecisions(
            List.of(
                CueDecision.of(cues, "far"),
                CueDecision.of(cues, "near"),
                CueDecision.of(cues, "nearer"),
                CueDecision.of(cues, "middle")));
    assertThat(decisions.following()).isEqualTo(3);
    assertThat(decisions.count(Follows.OTHER)).isEqualTo(1);
    assertThat(decisions.shapeBias()).hasValue(1 / 3.0);
    assertThat(new CueDecisions(List.of(CueDecision.of(cues, "middle"))).shapeBias()).isEmpty();
    assertThat(decisions.where(any -> false).shapeBias()).isEmpty();
  }

  private static String byMarks(Pixels image) {
    return byMarks(Marked.in(image));
  }

  private static String byLattice(Pixels image) {
    return byLattice(Marked.in(image));
  }

  /** Size and colours of the marks, wherever they are. */
  private static String byMarks(Marked marked) {
    Set<String> colours = new TreeSet<>();
    int side = 0;
    for (int row = 0; row < SIZE; row++) {
      int length = 0;
      for (int column = 0; column < SIZE; column++) {
        length = marked.is(row, column) ? length + 1 : 0;
        side = Math.max(side, length);
        if (length > 0) {
          colours.add(marked.colour(row, column));
        }
      }
    }
    if (colours.size() == 1) {
      return "only-" + colours.iterator().next();
    }
    return side == LARGE_MARK ? "middle-black-red" : "near-black-red";
  }

  /** The distance of the marks, and which colours are beside and below white, if there are some. */
  private static String byLattice(Marked marked) {
    List<Integer> rows = marked.starts(true);
    List<Integer> columns = marked.starts(false);
    int spacing = rows.get(1) - rows.get(0);
    String scale = spacing == 11 ? "near" : spacing == 21 ? "middle" : "far";
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        if (marked.colour(rows.get(i), columns.get(j)).equals("white")) {
          // The arrangement repeats after two, so that the mark before is that behind.
          int row = rows.get(i + 1 < rows.size() ? i + 1 : i - 1);
          int column = columns.get(j + 1 < columns.size() ? j + 1 : j - 1);
          String beside = marked.colour(rows.get(i), column);
          return beside.equals("white")
              ? scale + "-black-red"
              : "%s-%s-%s".formatted(scale, beside, marked.colour(row, columns.get(j)));
        }
      }
    }
    return scale + "-black-red";
  }

  /** Which pixels are of marks. */
  private record Marked(Pixels image) {

    private static final int GROUND = 128;
    private static final int NOISE = 40;

    static Marked in(Pixels image) {
      return new Marked(image);
    }

    private int level(int row, int column, int channel) {
      return (image.values()[3 * (row * SIZE + column) + channel] & 0xFF) - GROUND;
    }

    boolean is(int row, int column) {
      return Math.abs(level(row, column, 0)) > NOISE;
    }

    String colour(int row, int column) {
      boolean red = level(row, column, 0) > 0;
      boolean cyan = level(row, column, 1) > 0;
      return red ? (cyan ? "white" : "red") : (cyan ? "cyan" : "black");
    }

    /** The first rows, or columns, of marks of which the row, or column, before is seen. */
    List<Integer> starts(boolean rows) {
      List<Integer> starts = new ArrayList<>();
      for (int i = 1; i < SIZE; i++) {
        if (any(rows, i) && !any(rows, i - 1)) {
          starts.add(i);
        }
      }
      return starts;
    }

    private boolean any(boolean rows, int at) {
      for (int i = 0; i < SIZE; i++) {
        if (rows ? is(at, i) : is(i, at)) {
          return true;
        }
      }
      return false;
    }
  }
}
