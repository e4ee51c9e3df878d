package org.bagnetlab.server.cli.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.results.run.Counted;
import org.bagnetlab.vision.dataset.generated.BuiltInDatasets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that select which part of the views a command uses. */
final class ViewOptions {

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "Default: what the dashboard shows first: controlled-15, or another data set with runs;"
              + " in views of several data sets, all.")
  private @Nullable String dataset;

  @Option(
      names = "--setting",
      paramLabel = "RUN",
      description =
          "A run of the setting to show, 'most' for the setting with the most networks, or 'all'."
              + " Default: in Table 1 all settings, in views of one setting such as claims that with"
              + " the most networks.")
  private @Nullable String setting;

  @Option(
      names = "--published",
      description =
          "Show the report's published accuracies beside measured ones, even if these are on another"
              + " data set.")
  private boolean published;

  @Option(
      names = "--troubled",
      description =
          "Count trainings that learnt nothing, whose loss exploded or whose accuracy is at chance, as"
              + " results.")
  private boolean troubled;

  @Option(
      names = "--trials",
      description =
          "Count the trials of searches as results: trainings of sweeps with random values or"
              + " successive halving whose setting was not trained otherwise.")
  private boolean trials;

  /** The same options with one data set: the chosen one, otherwise that of Table 1. */
  ViewOptions ofOneDataset(LabClient client) throws IOException, InterruptedException {
    if (dataset == null) {
      dataset = client.get("comparison").path("dataset").asText();
    }
    return this;
  }

  /** The name of the data set; empty if the server chooses. */
  String name() {
    return dataset == null ? "" : dataset;
  }

  /** These options as command-line text, each preceded by a blank. */
  String again() {
    return (dataset == null ? "" : " --dataset " + dataset)
        + (setting == null ? "" : " --setting " + setting)
        + (published ? " --published" : "")
        + new Counted(troubled, trials).options();
  }

  /**
   * The query of a view's URL, including the question mark.
   *
   * @throws Failure if there is no such data set
   */
  String query(LabClient client) throws IOException, InterruptedException {
    List<String> parameters = new ArrayList<>();
    if (dataset != null) {
      Set<String> known =
          new LinkedHashSet<>(client.get("datasets").path("datasets").findValuesAsText("name"));
      // Those of imported runs need not be here.
      client.get("comparison").path("datasets").forEach(name -> known.add(name.asText()));
      if (!known.contains(dataset) && !BuiltInDatasets.has(dataset)) {
        throw new Failure(
            "There is no data set '%s'. Known: %s, %s."
                .formatted(
                    dataset, String.join(", ", known), String.join(", ", BuiltInDatasets.forms())));
      }
      parameters.add("dataset=" + LabClient.part(dataset));
    }
    if (setting != null) {
      parameters.add("setting=" + LabClient.part(setting));
    }
    if (published) {
      parameters.add("published=true");
    }
    if (troubled) {
      parameters.add("troubled=true");
    }
    if (trials) {
      parameters.add("trials=true");
    }
    return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
  }
}
