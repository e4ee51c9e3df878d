package org.bagnetlab.experiment.train;

import java.util.function.Function;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterGroup;

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
          .defaultsTo(
              Default.from(
                  "report with weights, otherwise quick",
                  values ->
                      values.find(TrainExperiment.WEIGHTS).isPresent()
                          ? Recipe.REPORT
                          : Recipe.QUICK));

  private RecipeParameter() {}

  /** The default that the recipe has for another parameter. */
  static <V> Default<V> decides(Function<Recipe, V> value) {
    return RECIPES.decides(RECIPE, value);
  }
}
