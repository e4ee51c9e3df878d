package org.bagnetlab.server.results.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.ObjectiveName;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectivesTests {

  private static TrainSpec training(Recipe recipe, ObjectiveName objective) {
    return TrainSpec.of("bagnet9", "controlled-15", recipe)
        .with(ObjectiveParameters.OBJECTIVE, objective);
  }

  private static List<Setting.Group> groups(TrainSpec... specs) {
    List<MeasuredRun> runs =
        Stream.iterate(0, i -> i < specs.length, i -> i + 1)
            .map(i -> SimulatedRuns.run(i + 1, specs[i], .5))
            .toList();
    return Setting.group(Configuration.group(runs, Published.read()));
  }

  private static Setting.Group of(long run, List<Setting.Group> groups) {
    return groups.stream().filter(group -> group.runs().contains(run)).findFirst().orElseThrow();
  }

  /** The first recipes are stored without an objective, which was added later. */
  @ParameterizedTest
  @EnumSource
  void eitherSettingFindsTheOther(Recipe recipe) {
    List<Setting.Group> groups =
        groups(
            training(recipe, ObjectiveName.GLOBAL),
            training(recipe, ObjectiveName.LOCAL),
            training(recipe, ObjectiveName.MIXED).with(ObjectiveParameters.LOCAL_WEIGHT, .3));
    assertThat(groups).hasSize(3);
    for (Setting.Group group : groups) {
      assertThat(Objectives.with(ObjectiveName.GLOBAL, group, groups))
          .isEqualTo(Optional.of(of(1, groups)));
      assertThat(Objectives.with(ObjectiveName.LOCAL, group, groups))
          .isEqualTo(Optional.of(of(2, groups)));
    }
  }

  @Test
  void aSettingThatDiffersInMoreIsAnother() {
    List<Setting.Group> groups =
        groups(
            training(Recipe.QUICK, ObjectiveName.GLOBAL),
            training(Recipe.AUGMENTED, ObjectiveName.LOCAL));
    assertThat(Objectives.with(ObjectiveName.LOCAL, of(1, groups), groups)).isEmpty();
  }
}
