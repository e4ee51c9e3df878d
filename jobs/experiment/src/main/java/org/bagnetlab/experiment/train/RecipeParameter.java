package org.bagnetlab.experiment.train;

import java.util.function.Function;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterGroup;
import org.bagnetlab.experiment.parameter.Values;

/** The recipe of a training, on which the defaults of other parameters depend. */
final class RecipeParameter {

  private static final Choice<Recipe> RECIPES = new Choice<>(Recipe.class, Recipe::label);

  static final Parameter<Recipe> RECIPE =
      Parameter.of(
              "recipe",
              "Recipe",
              "Preset of the settings of optimisation, augmentation and objective.",
              RECIPES)
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(TrainExperiment::phrase)
          .essential()
          .defaultsTo(
              Default.from(
                  "report with weights, finetune from a run, otherwise quick",
                  RecipeParameter::usual))
          .keepsMemory();

  private RecipeParameter() {}

  private static Recipe usual(Values values) {
    if (values.find(TrainExperiment.WEIGHTS).isPresent()) {
      return Recipe.REPORT;
    }
    return values.find(TrainExperiment.FROM_RUN).isPresent() ? Recipe.FINETUNE : Recipe.QUICK;
  }

  /** The default that the recipe has for another parameter. */
  static <V> Default<V> decides(Function<Recipe, V> value) {
    return RECIPES.decides(RECIPE, value);
  }
}
