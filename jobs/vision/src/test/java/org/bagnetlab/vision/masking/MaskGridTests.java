package org.bagnetlab.vision.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.junit.jupiter.api.Test;

@AddLifecycleHook(TryTimeLimit.class)
class MaskGridTests {

  @Property(tries = 100)
  void everyPixelIsInOneTile(
      @ForAll @IntRange(min = 1, max = 6) int side,
      @ForAll @IntRange(min = 1, max = 6) int across) {
    int size = side * across;
    int[] tiles = new int[size * size];
    for (Square square : MaskGrid.tiles(size, side).squares()) {
      for (int i = 0; i < side * side; i++) {
        tiles[(square.top() + i / side) * size + square.left() + i % side]++;
      }
    }
    assertThat(tiles).containsOnly(1);
  }

  @Property(tries = 200)
  void squaresAreInTheMiddleWithGapsBetweenThem(
      @ForAll @IntRange(min = 1, max = 5) int side,
      @ForAll @IntRange(min = 0, max = 5) int gap,
      @ForAll @IntRange(min = 2, max = 4) int across,
      @ForAll @IntRange(min = 0, max = 5) int room) {
    int size = across * side + (across - 1) * gap + room;
    MaskGrid grid = new MaskGrid(size, side, gap, across);
    List<Square> squares = grid.squares();
    assertThat(squares).hasSize(grid.count());
    Square first = squares.get(0);
    Square last = squares.get(squares.size() - 1);
    assertThat(squares.get(1).left() - first.left() - side).isEqualTo(gap);
    assertThat(squares.get(across).top() - first.top() - side).isEqualTo(gap);
    int after = size - last.left() - side;
    assertThat(after - first.left()).isBetween(0, 1);
    assertThat(last.top()).isEqualTo(last.left());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MaskGrid(20, 8, 5, 2))
        .withMessageContaining("gaps of 5 do not fit into 20 pixels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MaskGrid.tiles(64, 7))
        .withMessageContaining("tiles of 7 pixels do not divide an image of 64");
  }
}
