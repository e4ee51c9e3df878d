package org.bagnetlab.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of recipes in docs/training.md has their values. */
@Timeout(20)
class RecipesTests {

  private static final Path DOCUMENT = Path.of("..", "docs", "training.md");
  private static final List<String> OFF = List.of("0", "all", "global", "fp32", "pillow", "keep");

  @Test
  void theTableHasTheValuesOfAllRecipes() throws Exception {
    String document = Files.readString(DOCUMENT);
    String head = row("parameter", Stream.of(Recipe.values()).map(RecipesTests::code).toList());
    int start = document.indexOf(head);
    int end = document.indexOf("\n\n", start);
    String table = head + "\n" + "|---".repeat(Recipe.values().length + 1) + "|\n" + rows();
    if (Boolean.getBoolean("bagnetlab.update")) {
      Files.writeString(DOCUMENT, document.substring(0, start) + table + document.substring(end));
    } else {
      assertThat(document.substring(start, end))
          .as("docs/training.md has other values: run this test with -Dbagnetlab.update=true")
          .isEqualTo(table);
    }
  }

  private static String rows() {
    List<Settings> settings = Stream.of(Recipe.values()).map(RecipesTests::settings).toList();
    List<String> rows = new ArrayList<>();
    for (Parameter<?> parameter : TrainExperiment.PARAMETERS) {
      List<String> values = settings.stream().map(each -> value(parameter, each)).toList();
      if (!parameter.equals(TrainExperiment.RECIPE)
          && !parameter.equals(TrainExperiment.DATASET)
          && !parameter.equals(TrainExperiment.ARCHITECTURE)
          && !parameter.equals(TrainExperiment.SEED)
          && !values.stream().allMatch(value -> value.isEmpty() || OFF.contains(value))) {
        rows.add(row("`" + parameter.name() + "`", values));
      }
    }
    return String.join("\n", rows);
  }

  private static Settings settings(Recipe recipe) {
    return TrainSpec.of("bagnet33", "scene15", recipe).settings();
  }

  private static String value(Parameter<?> parameter, Settings settings) {
    Optional<JsonNode> value = settings.request(parameter);
    return value
        .map(set -> set.isDouble() ? Decimal.plain(set.doubleValue()) : set.asText())
        .map(text -> text.endsWith(".0") ? text.substring(0, text.length() - 2) : text)
        .orElse("");
  }

  private static String code(Recipe recipe) {
    return "`" + Objects.requireNonNull(recipe.text()) + "`";
  }

  private static String row(String first, List<String> others) {
    return Stream.concat(Stream.of(first), others.stream())
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
