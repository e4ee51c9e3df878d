package org.bagnetlab.experiment.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.parameter.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecipeTests {

  private static TrainSpec training(Recipe recipe) {
    return TrainSpec.of("bagnet33", "scene15", recipe);
  }

  /** So the results of the first recipes stay what they were. */
  @ParameterizedTest
  @EnumSource(names = {"QUICK", "REPORT", "SGD"})
  void theFirstRecipesChangeNoImageAndNoTarget(Recipe recipe) {
    TrainSpec spec = training(recipe);
    assertThat(AugmentationParameters.strengths(spec)).isEmpty();
    assertThat(spec.get(OptimisationParameters.LABEL_SMOOTHING)).isZero();
    assertThat(spec.get(OptimisationParameters.WEIGHT_DECAY)).isZero();
    assertThat(spec.get(OptimisationParameters.CLIP_NORM)).isZero();
    assertThat(spec.get(OptimisationParameters.EMA)).isZero();
    assertThat(spec.get(OptimisationParameters.TRAINABLE)).isEqualTo(TrainablePart.ALL);
    assertThat(spec.get(ObjectiveParameters.LOCAL_WEIGHT)).isZero();
  }

  /** As they were stored before there were other parameters. */
  @ParameterizedTest
  @EnumSource(names = {"QUICK", "REPORT", "SGD"})
  void theFirstRecipesAreStoredWithoutLaterParameters(Recipe recipe) {
    ObjectNode stored = Experiments.canonical(training(recipe));
    for (Parameter<?> parameter : TrainExperiment.LATER) {
      assertThat(stored.has(parameter.name())).as(parameter.name()).isFalse();
    }
    assertThat(Experiments.read(stored)).isEqualTo(training(recipe));
  }

  /** A recipe that is improved later must not change what a stored training says it did. */
  @ParameterizedTest
  @EnumSource(names = {"AUGMENTED", "FINETUNE"})
  void laterRecipesAreStoredWithAllTheirValues(Recipe recipe) {
    ObjectNode stored = Experiments.canonical(training(recipe));
    for (Parameter<?> parameter : TrainExperiment.LATER) {
      if (training(recipe).find(parameter).isPresent()) {
        assertThat(stored.has(parameter.name())).as(parameter.name()).isTrue();
      }
    }
    assertThat(Experiments.read(stored)).isEqualTo(training(recipe));
  }

  @Test
  void aLaterParameterThatDiffersFromAFirstRecipeIsStored() {
    TrainSpec spec = training(Recipe.QUICK).with(AugmentationParameters.FLIP, 0.5);
    ObjectNode stored = Experiments.canonical(spec);
    assertThat(stored.get("flip").doubleValue()).isEqualTo(0.5);
    assertThat(stored.has("crop")).isFalse();
    assertThat(Experiments.read(stored)).isEqualTo(spec);
  }

  @Test
  void captionsMentionWhatDiffersFromTheRecipe() {
    TrainSpec spec =
        training(Recipe.AUGMENTED)
            .with(AugmentationParameters.FLIP, 0.0)
            .with(AugmentationParameters.MIXUP, 0.2)
            .with(OptimisationParameters.SCHEDULE, ScheduleName.ONE_CYCLE);
    assertThat(List.copyOf(spec.settings().phrases().values()))
        .contains("augmented recipe", "no flip", "mixup 0.2", "one-cycle schedule")
        .doesNotContain("random crop 0.6");
  }

  /** Each recipe that changes an image names a parameter that exists. */
  @ParameterizedTest
  @EnumSource
  void theStrengthsOfARecipeAreParameters(Recipe recipe) {
    List<String> names = AugmentationParameters.ALL.stream().map(Parameter::name).toList();
    assertThat(names).containsAll(recipe.augmentations());
  }
}
