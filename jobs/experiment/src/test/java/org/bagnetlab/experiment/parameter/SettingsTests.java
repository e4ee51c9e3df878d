package org.bagnetlab.experiment.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of a job's settings follows from the description of its parameters. */
class SettingsTests {

  private static final Parameter<String> NAME =
      Parameter.of("name", "Name", "Of it.", new Text("name"));

  private static final Parameter<Integer> SIZE =
      Parameter.of("size", "Size", "Of it.", WholeNumber.between(1, 500))
          .in("px")
          .inCaptions("%d px"::formatted)
          .defaultsTo(64);

  private static final Parameter<Integer> MOST =
      Parameter.of("most", "Most", "How many.", WholeNumber.between(1, 9))
          .inCaptionsIfUnusual("at most %d"::formatted)
          .defaultsTo(Default.absent("all"));

  private static final Parameter<Double> RATE =
      Parameter.of("rate", "Rate", "How fast.", RealNumber.between(0, 1))
          .inCaptionsIfUnusual("rate %s"::formatted)
          .defaultsTo(
              Default.from("that of the size", values -> values.get(SIZE) > 100 ? .5 : .25));

  private static final Parameter<Long> SEED =
      Parameter.of("seed", "Seed", "Which.", new Seed()).replicate().defaultsTo(1L);

  private static final List<Parameter<?>> ALL = List.of(NAME, SIZE, MOST, RATE, SEED);

  private static Settings settings(int size, Optional<Integer> most, double rate, long seed) {
    return Settings.none()
        .with(NAME, Optional.of("a"))
        .with(SIZE, Optional.of(size))
        .with(MOST, most)
        .with(RATE, Optional.of(rate))
        .with(SEED, Optional.of(seed));
  }

  @Test
  void captionsSayWhatIsUnusual() {
    assertThat(settings(64, Optional.empty(), .25, 3).phrases().values()).containsExactly("64 px");
    assertThat(settings(64, Optional.of(5), .5, 3).phrases().values())
        .containsExactly("64 px", "at most 5", "rate 0.5");
    // The default of the rate follows the size.
    assertThat(settings(200, Optional.empty(), .5, 3).phrases().values()).containsExactly("200 px");
  }

  @Test
  void repetitionsHaveTheSameIdentity() {
    Settings one = settings(64, Optional.empty(), .25, 1);
    Settings other = settings(64, Optional.empty(), .25, 2);
    assertThat(one).isNotEqualTo(other);
    assertThat(one.identifying())
        .isEqualTo(other.identifying())
        .hasSameHashCodeAs(other.identifying());
    assertThat(one.identifying())
        .isNotEqualTo(settings(65, Optional.empty(), .25, 1).identifying());
  }

  @Test
  void whatDiffersInOneParameterIsEqualWithoutIt() {
    Settings one = settings(64, Optional.of(2), .25, 1);
    Settings other = settings(64, Optional.empty(), .25, 1);
    assertThat(one.without(MOST)).isEqualTo(other.without(MOST));
    assertThat(one.without(MOST).covers(MOST)).isFalse();
    assertThat(other.without(MOST)).isNotEqualTo(other);
    assertThat(one.without(SIZE).with(SIZE, Optional.of(64)).byName().keySet())
        .isEqualTo(one.byName().keySet());
    assertThat(other.covers(MOST)).isTrue();
    assertThat(other.find(MOST)).isEmpty();
    assertThat(other.with(MOST, Optional.of(2))).isEqualTo(one);
    assertThat(one.with(MOST, Optional.empty())).isEqualTo(other);
    assertThat(Settings.none().with(SIZE, Optional.of(64)).find(SIZE)).contains(64);
  }

  @Test
  void theFirstDifferenceDecidesTheOrder() {
    Settings all = settings(64, Optional.empty(), .25, 1);
    Settings two = settings(64, Optional.of(2), .25, 1);
    Settings larger = settings(200, Optional.empty(), .25, 1);
    assertThat(List.of(larger, two, all).stream().sorted(Settings.order(ALL)))
        .containsExactly(all, two, larger);
  }

  @Test
  void valuesHaveTheFormOfARequest() {
    Settings settings = settings(64, Optional.empty(), .25, 1);
    assertThat(settings.request(SIZE).orElseThrow().isInt()).isTrue();
    assertThat(settings.request(MOST)).isEmpty();
    assertThat(settings.byName().keySet()).containsExactly("name", "size", "rate", "seed");
  }
}
