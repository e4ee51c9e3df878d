package org.bagnetlab.server.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.store.Removal;
import org.bagnetlab.server.cli.dataset.DatasetCommand;
import org.bagnetlab.server.cli.engine.EngineClient;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.LabCommand;
import org.bagnetlab.server.cli.lab.RemoveCommand;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.WidthFactor;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsList;
import org.bagnetlab.vision.weights.WeightsStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Manages weights. Works with and without a running server. A running server sees changes
 * immediately; removals are sent to it.
 */
@Command(
    name = "weights",
    description = "Inspect, import, list, remove and export trained weights.",
    subcommands = {
      WeightsInspect.class,
      WeightsCommand.Import.class,
      WeightsCommand.ListAll.class,
      WeightsCommand.Remove.class,
      WeightsExport.class
    })
public final class WeightsCommand {

  /** The weights of a data directory. */
  static WeightsStore store(DataOption data) {
    return new WeightsStore(folder(data));
  }

  private static Path folder(DataOption data) {
    return data.directory().resolve("weights");
  }

  @Command(
      name = "import",
      description = {
        "Import a checkpoint as starting weights for trainings. If it does not fit, nothing is imported.",
        "Formats: PyTorch (zip or legacy) and safetensors. Code in a file is never executed."
      })
  static final class Import extends LabCommand {

    @Parameters(paramLabel = "NAME", description = "Name of the weights, for example imagenet.")
    private String name = "";

    @Parameters(paramLabel = "FILE", description = "Checkpoint file.")
    private Path file = Path.of("");

    @Option(
        names = "--arch",
        description = "Name of the architecture. Default: detected from the tensors.")
    private @Nullable String architecture;

    @Option(
        names = "--width",
        description = "Multiplier of the channel counts. Default: the file's.")
    private @Nullable Double width;

    @Option(names = "--source", description = "Source of the weights. Default: the file name.")
    private @Nullable String source;

    @Option(
        names = "--regime",
        description =
            "How the weights were trained, shown in results, for example pretrained. Default: that of the file, otherwise 'of unknown origin'.")
    private @Nullable String regime;

    @Override
    protected void run(Optional<LabClient> client) throws IOException, InterruptedException {
      if (architecture != null) {
        Architectures.named(architecture);
      }
      if (width != null) {
        WidthFactor.check("--width", width);
      }
      // Checked first, so that an invalid name is reported before the file is read.
      store(data).checkName(name);
      WeightsFacts facts = client.isPresent() ? at(client.get()) : imported();
      if (json.printed(facts)) {
        return;
      }
      System.out.printf(
          "Imported %s: %s, width %s, %d classes, %,d parameters, %s.%n",
          facts.name(),
          Architectures.named(facts.architecture()).label(),
          facts.width(),
          facts.classes(),
          facts.parameters(),
          Terminal.shown(facts.regime()));
      facts.notes().forEach(note -> System.out.println(Terminal.line(note)));
      System.out.printf(
          "Train from them with: ./bagnetlab submit train --arch %s --weights %s --dataset NAME%n",
          facts.architecture(), facts.name());
    }

    private WeightsFacts at(LabClient client) throws IOException, InterruptedException {
      if (width != null) {
        throw new Failure("--width cannot be given with --server: the file has to say it.");
      }
      LabClient.checkFile(file);
      JsonNode facts =
          client.upload(
              "weights?name=%s&source=%s%s%s"
                  .formatted(
                      LabClient.part(name),
                      LabClient.part(source == null ? String.valueOf(file.getFileName()) : source),
                      parameter("architecture", architecture),
                      parameter("regime", regime)),
              file);
      return Json.MAPPER.treeToValue(facts, WeightsFacts.class);
    }

    private static String parameter(String key, @Nullable String value) {
      return value == null ? "" : "&%s=%s".formatted(key, LabClient.part(value));
    }

    private WeightsFacts imported() throws IOException, InterruptedException {
      EngineRequest request =
          new EngineRequest.ImportWeights(
              name,
              file.toAbsolutePath().toString(),
              Optional.ofNullable(architecture),
              Optional.ofNullable(width),
              source == null ? String.valueOf(file.getFileName()) : source,
              Optional.ofNullable(regime),
              folder(data).toAbsolutePath().toString());
      return Json.MAPPER.treeToValue(
          EngineClient.read(file.getFileName(), request), WeightsFacts.class);
    }
  }

  @Command(name = "list", description = "List the weights.")
  static final class ListAll extends LabCommand {

    private static final int CHECKSUM_SHOWN = 12;

    @Override
    protected void run(Optional<LabClient> client) throws IOException, InterruptedException {
      WeightsList list =
          client.isPresent()
              ? Json.MAPPER.treeToValue(client.get().get("weights"), WeightsList.class)
              : store(data).list();
      if (json.printed(list)) {
        return;
      }
      if (list.weights().isEmpty() && list.damaged().isEmpty()) {
        System.out.println(
            "There are no weights. Import a file with: ./bagnetlab weights import NAME FILE");
      }
      for (WeightsFacts facts : list.weights()) {
        System.out.printf(
            "%-20s %-16s width %-6s %5d classes  %-14s %s  %s%n",
            facts.name(),
            label(facts.architecture()),
            facts.width(),
            facts.classes(),
            Terminal.shown(facts.regime()),
            facts.checksum().substring(0, Math.min(CHECKSUM_SHOWN, facts.checksum().length())),
            Terminal.shown(facts.source()));
      }
      DatasetCommand.print(list.damaged());
    }

    /** The display name of an architecture, or its stored name if this version does not know it. */
    private static String label(String architecture) {
      return Architectures.find(architecture)
          .map(Blueprint::label)
          .orElse(Terminal.shown(architecture));
    }
  }

  @Command(name = "remove", description = "Remove weights that no queued job will start from.")
  static final class Remove extends RemoveCommand {

    @Override
    protected String collection() {
      return "weights";
    }

    @Override
    protected boolean isHere(String name, DataOption data) {
      return store(data).imported(name);
    }

    /** Checks the database first, because queued jobs may need the weights. */
    @Override
    protected void removeHere(String name, DataOption data) throws IOException {
      WeightsStore store = store(data);
      if (store.imported(name)) {
        run(data, database -> Removal.ofWeights(database, name, () -> store.remove(name)));
      } else {
        store.remove(name).close(); // fails if there are no such weights
      }
    }
  }
}
