package org.bagnetlab.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsImport;
import org.bagnetlab.vision.weights.WeightsStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Manages weights. Works with and without a running server, which sees the change at once. */
@Command(
    name = "weights",
    description = "Inspect, import, list, remove and export trained weights.",
    subcommands = {
      WeightsInspect.class,
      WeightsCommand.Import.class,
      WeightsCommand.ListAll.class,
      WeightsCommand.Remove.class,
      WeightsExport.class
    },
    mixinStandardHelpOptions = true)
final class WeightsCommand {

  /** The weights of a data directory. */
  static WeightsStore store(DataOption data) {
    return new WeightsStore(data.directory().resolve("weights"));
  }

  @Command(
      name = "import",
      description = {
        "Import a checkpoint, so that trainings can start from it: all of it, or nothing.",
        "Formats: PyTorch's, with or without zip, and safetensors. Nothing in a file is executed."
      },
      mixinStandardHelpOptions = true)
  static final class Import implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "What to call them, for example imagenet.")
    private String name = "";

    @Parameters(paramLabel = "FILE", description = "The checkpoint.")
    private Path file = Path.of("");

    @Option(names = "--arch", description = "The architecture. Default: the one that it fits.")
    private @Nullable String architecture;

    @Option(names = "--width", description = "Factor on the channel counts. Default: the file's.")
    private @Nullable Double width;

    @Option(names = "--source", description = "Where they come from. Default: the file's name.")
    private @Nullable String source;

    @Option(
        names = "--regime",
        defaultValue = WeightsImport.PRETRAINED,
        description = "How they were trained, as results show it. Default: ${DEFAULT-VALUE}.")
    private String regime = WeightsImport.PRETRAINED;

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
      if (architecture != null) {
        Architectures.named(architecture);
      }
      Countdown countdown = new Countdown("bytes");
      countdown.begin("Reading " + file.getFileName());
      WeightsFacts facts = imported();
      countdown.clear();
      System.out.printf(
          "Imported %s: %s, width %s, %d classes, %,d parameters, %s.%n",
          facts.name(),
          Architectures.named(facts.architecture()).label(),
          facts.width(),
          facts.classes(),
          facts.parameters(),
          facts.regime());
      facts.notes().forEach(System.out::println);
      System.out.printf(
          "Train from them with: ./bagnetlab submit train --arch %s --weights %s --dataset NAME%n",
          facts.architecture(), facts.name());
      return 0;
    }

    private WeightsFacts imported() throws IOException {
      WeightsImport request =
          new WeightsImport(
              Optional.ofNullable(architecture),
              Optional.ofNullable(width),
              source == null ? String.valueOf(file.getFileName()) : source,
              regime);
      return store(data).importFrom(name, file, request);
    }
  }

  @Command(name = "list", description = "List the weights.", mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
      List<WeightsFacts> all = store(data).list();
      if (json) {
        System.out.println(Json.line(Map.of("weights", all)));
        return 0;
      }
      if (all.isEmpty()) {
        System.out.println(
            "There are none. Import a file with: ./bagnetlab weights import NAME FILE");
      }
      for (WeightsFacts facts : all) {
        System.out.printf(
            "%-20s %-16s width %-6s %5d classes  %-14s %s  %s%n",
            facts.name(),
            Architectures.named(facts.architecture()).label(),
            facts.width(),
            facts.classes(),
            facts.regime(),
            facts.checksum().substring(0, 12),
            facts.source());
      }
      return 0;
    }
  }

  @Command(name = "remove", description = "Remove weights.", mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The weights.")
    private String name = "";

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
      store(data).remove(name);
      System.out.printf("Removed %s.%n", name);
      return 0;
    }
  }
}
