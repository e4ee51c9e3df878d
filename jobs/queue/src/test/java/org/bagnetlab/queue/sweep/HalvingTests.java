package org.bagnetlab.queue.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.storage.sweep.RungRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HalvingTests {

  private static final Halving HALVING = new Halving(3, 2);

  private static RungRow trial(long job, int epoch, double accuracy) {
    return new RungRow(job, epoch, accuracy, false);
  }

  private static RungRow promoted(long job, int epoch, double accuracy) {
    return new RungRow(job, epoch, accuracy, true);
  }

  @Test
  void rungsGrowByTheFactorUntilTheTrainingsEnd() {
    assertThat(HALVING.firstRung(20)).contains(2);
    assertThat(HALVING.nextRung(2, 20)).contains(6);
    assertThat(HALVING.nextRung(6, 20)).contains(18);
    assertThat(HALVING.nextRung(18, 20)).isEmpty();
    assertThat(HALVING.nextRung(6, 18)).isEmpty();
    assertThat(HALVING.firstRung(2)).isEmpty();
  }

  @Test
  void oneInThreeGoesOnAsSoonAsThereAreThree() {
    List<RungRow> waiting = new ArrayList<>(List.of(trial(1, 2, .5), trial(2, 2, .7)));
    assertThat(HALVING.promotions(waiting, false)).isEmpty();
    waiting.add(trial(3, 2, .6));
    assertThat(HALVING.promotions(waiting, false)).containsExactly(trial(2, 2, .7));
  }

  @Test
  void whoWasPromotedTakesAPlace() {
    List<RungRow> waiting =
        List.of(promoted(2, 2, .7), trial(1, 2, .5), trial(3, 2, .6), trial(4, 2, .4));
    assertThat(HALVING.promotions(waiting, false)).isEmpty();
    assertThat(
            HALVING.promotions(
                List.of(promoted(2, 2, .7), trial(1, 2, .9), trial(3, 2, .6)), false))
        .containsExactly(trial(1, 2, .9));
  }

  @Test
  void higherRungsGoFirst() {
    List<RungRow> waiting =
        List.of(
            promoted(1, 2, .9),
            promoted(2, 2, .8),
            promoted(3, 2, .7),
            trial(4, 2, .6),
            trial(5, 2, .5),
            trial(6, 2, .4),
            trial(7, 2, .3),
            trial(8, 2, .2),
            trial(9, 2, .1),
            trial(10, 2, .65),
            trial(11, 2, .1),
            trial(12, 2, .1),
            trial(1, 6, .9),
            trial(2, 6, .95),
            trial(3, 6, .7));
    assertThat(HALVING.promotions(waiting, false))
        .containsExactly(trial(2, 6, .95), trial(10, 2, .65));
  }

  @Test
  void fewTrialsDoNotAllEndEarly() {
    List<RungRow> waiting = List.of(trial(1, 2, .5), trial(2, 2, .7));
    assertThat(HALVING.promotions(waiting, true)).containsExactly(trial(2, 2, .7));
    assertThat(HALVING.promotions(List.of(trial(1, 2, .5), promoted(2, 2, .7)), true)).isEmpty();
  }

  @Test
  void ofEqualTrialsTheEarlierGoesOn() {
    assertThat(
            HALVING.promotions(List.of(trial(3, 2, .5), trial(1, 2, .5), trial(2, 2, .5)), false))
        .containsExactly(trial(1, 2, .5));
  }

  @Test
  void equalTrialsShareARank() {
    List<RungRow> rung =
        Halving.ranked(
            2, List.of(trial(1, 2, .5), trial(2, 2, .7), trial(3, 2, .5), trial(4, 2, .4)));
    assertThat(rung.stream().map(trial -> Halving.rank(trial, rung))).containsExactly(1, 2, 2, 4);
  }
}
