package org.bagnetlab.server.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.checkpoint.FittedWeights;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is in a checkpoint, and whose it is. */
@Command(
    name = "inspect",
    description = {
      "Show what is in a checkpoint, and which network it is of; with --verbose, every tensor.",
      "Fails if the file cannot be read, or is nearly a network's but does not fit it."
    },
    mixinStandardHelpOptions = true)
final class WeightsInspect implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The checkpoint.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /** A tensor as it lies in the file. */
  record TensorFacts(String name, List<Integer> shape, String dtype) {}

  /**
   * What is in a checkpoint.
   *
   * @param format how the file is written
   * @param tensors in the file's order
   * @param architecture the network that it is of, or nearly of; null: none here
   * @param width factor on the network's channel counts, if it fits
   * @param classes number of classes, if it fits
   * @param notes what a person should know about how it fits
   * @param problem why it does not fit
   */
  record Inspection(
      String format,
      List<TensorFacts> tensors,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String architecture,
      Optional<Double> width,
      Optional<Integer> classes,
      List<String> notes,
      Optional<String> problem) {

    static Inspection of(CheckpointFile file) {
      Optional<Blueprint> match = FittedWeights.bestMatch(file);
      if (match.isEmpty()) {
        return of(file, null, Optional.empty(), Optional.empty());
      }
      String name = match.get().name();
      try {
        FittedWeights fitted = FittedWeights.of(file, match.get(), Optional.empty());
        return of(file, name, Optional.of(fitted), Optional.empty());
      } catch (IOException e) {
        return of(file, name, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
      }
    }

    private static Inspection of(
        CheckpointFile file,
        @Nullable String architecture,
        Optional<FittedWeights> fitted,
        Optional<String> problem) {
      return new Inspection(
          file.format().label(),
          file.tensors().entrySet().stream()
              .map(
                  each ->
                      new TensorFacts(
                          each.getKey(), each.getValue().shape(), each.getValue().dtype()))
              .toList(),
          architecture,
          fitted.map(FittedWeights::width),
          fitted.map(FittedWeights::classes),
          fitted.map(FittedWeights::notes).orElse(List.of()),
          problem);
    }
  }

  @Override
  public Integer call() throws IOException {
    Inspection inspection = Inspection.of(CheckpointFile.read(file));
    if (json) {
      System.out.println(Json.line(inspection));
    } else {
      print(inspection);
    }
    inspection
        .problem()
        .ifPresent(
            problem -> {
              throw new Failure(problem);
            });
    return 0;
  }

  private void print(Inspection inspection) {
    System.out.printf("%s, %d tensors%n", inspection.format(), inspection.tensors().size());
    if (Main.verbose(spec)) {
      inspection
          .tensors()
          .forEach(
              tensor ->
                  System.out.printf(
                      "  %-50s %-8s %s%n", tensor.name(), tensor.dtype(), tensor.shape()));
    }
    System.out.println(owner(inspection));
    inspection.notes().forEach(System.out::println);
  }

  private static String owner(Inspection inspection) {
    String architecture = inspection.architecture();
    if (architecture == null) {
      return "Of no network here.";
    }
    String label = Architectures.named(architecture).label();
    return inspection.problem().isPresent()
        ? "Nearly of %s.".formatted(label)
        : "%s (--arch %s), width %s, %d classes"
            .formatted(
                label,
                architecture,
                inspection.width().map(String::valueOf).orElse(""),
                inspection.classes().orElse(0));
  }
}
