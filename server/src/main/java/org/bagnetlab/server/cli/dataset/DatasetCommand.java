package org.bagnetlab.server.cli.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.store.Removal;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.LabCommand;
import org.bagnetlab.server.cli.lab.RemoveCommand;
import org.bagnetlab.server.cli.terminal.Count;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.JsonOption;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePair;
import org.bagnetlab.vision.dataset.generated.BuiltInDatasets;
import org.bagnetlab.vision.dataset.imported.DatasetCheck;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetImported;
import org.bagnetlab.vision.dataset.store.DatasetList;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.Damaged;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Manages data sets. Works with and without a running server. A running server sees changes
 * immediately; removals are sent to it.
 */
@Command(
    name = "dataset",
    description = "Import, list, show, check, export and remove data sets.",
    subcommands = {
      DatasetCommand.Import.class,
      DatasetCommand.ListAll.class,
      DatasetShowCommand.class,
      DatasetCommand.Remove.class,
      DatasetCommand.Check.class,
      DatasetExportCommand.class
    })
public final class DatasetCommand {

  static DatasetStore store(DataOption data) {
    return new DatasetStore(data.directory().resolve("datasets"));
  }

  /** Says that there is no data set with this name. */
  static Failure missing(String name) {
    return new Failure(
        BuiltInDatasets.problem(name)
            .orElse("There is no data set '%s'. See: ./bagnetlab dataset list".formatted(name)));
  }

  /** Prints the damaged entries, after the usable ones. */
  public static void print(List<Damaged> damaged) {
    damaged.forEach(each -> System.out.printf("%-20s DAMAGED  %s%n", each.name(), each.problem()));
  }

  private static void warn(List<String> warnings) {
    warnings.forEach(warning -> System.out.println("Warning: " + Terminal.line(warning)));
  }

  @Command(
      name = "import",
      description = {
        "Import a folder or zip file of images. If one image is invalid, nothing is imported.",
        "Layouts: train/<Class>/*.jpg with test/<Class>/*.jpg, or <Class>/*.jpg."
      })
  static final class Import extends LabCommand {

    @Parameters(paramLabel = "NAME", description = "Name of the data set, for example scene15.")
    private String name = "";

    @Parameters(paramLabel = "PATH", description = "Folder or zip file.")
    private Path path = Path.of("");

    @Override
    protected void run(Optional<LabClient> client)
        throws IOException, DatasetException, InterruptedException {
      DatasetImported imported =
          client.isPresent() ? new ImportAtServer(client.get(), name, path).run() : here();
      if (json.printed(imported)) {
        return;
      }
      DatasetFacts dataset = imported.dataset();
      System.out.printf(
          "Imported %s: %d images in %d classes, %d for training and %d for testing.%n",
          dataset.name(),
          dataset.images(),
          dataset.classes().size(),
          dataset.train(),
          dataset.test());
      warn(imported.warnings());
    }

    private DatasetImported here() throws IOException, DatasetException {
      ProgressLine progressLine = new ProgressLine("images read");
      DatasetImported imported = store(data).importFrom(name, path, progressLine::report);
      progressLine.clear();
      return imported;
    }
  }

  @Command(name = "list", description = "List the data sets.")
  static final class ListAll extends LabCommand {

    @Override
    protected void run(Optional<LabClient> client) throws IOException, InterruptedException {
      DatasetList list =
          client.isPresent()
              ? Json.MAPPER.treeToValue(client.get().get("datasets"), DatasetList.class)
              : store(data).list();
      if (json.printed(list)) {
        return;
      }
      for (DatasetFacts facts : list.datasets()) {
        System.out.printf(
            "%-20s %6d images, %3d classes  %s%n",
            facts.name(), facts.images(), facts.classes().size(), facts.description());
      }
      print(list.damaged());
    }
  }

  @Command(name = "remove", description = "Remove a data set that no unfinished job uses.")
  static final class Remove extends RemoveCommand {

    @Override
    protected String collection() {
      return "datasets";
    }

    @Override
    protected boolean isHere(String name, DataOption data) {
      return store(data).imported(name);
    }

    /** Checks the database first, because queued jobs may read the data set. */
    @Override
    protected void removeHere(String name, DataOption data) throws IOException {
      DatasetStore store = store(data);
      if (store.imported(name)) {
        run(data, database -> Removal.ofDataset(database, name, () -> store.remove(name)));
      } else {
        store.remove(name).close(); // fails with the reason
      }
    }
  }

  @Command(
      name = "check",
      description = {
        "Read every image and report unreadable files and duplicates.",
        "Each file that is byte-identical to others is paired with the first of them in path order;",
        "near-duplicates are images that are not identical but correlate above .99 at 32 x 32 pixels."
      })
  static final class Check implements Callable<Integer> {

    private static final int SHOWN = 20;

    @Parameters(paramLabel = "NAME-OR-PATH", description = "Imported data set, folder or zip file.")
    private String nameOrPath = "";

    @Mixin private JsonOption json = new JsonOption();

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException, DatasetException {
      ProgressLine progressLine = new ProgressLine("images read");
      DatasetCheck check = DatasetCheck.of(source(), progressLine::report);
      progressLine.clear();
      if (!json.printed(check)) {
        print(check);
      }
      return check.unreadable().isEmpty() ? 0 : 1;
    }

    private Path source() {
      Path imported = data.directory().resolve("datasets").resolve(nameOrPath);
      boolean isName = !nameOrPath.contains("/") && Files.isDirectory(imported);
      return isName ? imported : Path.of(nameOrPath);
    }

    private static void print(DatasetCheck check) {
      System.out.printf(
          "%d images in %d classes, %d gray and %d colour; %s.%n",
          check.images(),
          check.classes().size(),
          check.colour().gray(),
          check.colour().rgb(),
          ImageSizes.text(
              check.sizes().minWidth(),
              check.sizes().maxWidth(),
              check.sizes().minHeight(),
              check.sizes().maxHeight()));
      check
          .classes()
          .forEach(
              (name, counts) ->
                  System.out.printf(
                      "  %-20s %5d train %5d test%n", name, counts.train(), counts.test()));
      warn(check.warnings());
      System.out.printf(
          "%d unreadable; %s, %d of them between training and test.%n",
          check.unreadable().size(),
          Count.of(check.duplicates().size(), "duplicate"),
          check.crossSplitDuplicates().size());
      check.unreadable().stream()
          .limit(SHOWN)
          .forEach(each -> System.out.printf("  %s: %s%n", each.path(), each.reason()));
      check.duplicates().stream()
          .limit(SHOWN)
          .forEach(
              pair ->
                  System.out.printf(
                      "  %s = %s%s%n",
                      pair.get(0),
                      pair.get(1),
                      check.crossSplitDuplicates().contains(pair) ? "  (across)" : ""));
      System.out.printf(
          "%s, %d of them between training and test.%n",
          Count.of(check.nearDuplicates().size(), "near-duplicate"),
          check.nearDuplicates().stream().filter(DuplicatePair::crossSplit).count());
      check.nearDuplicates().stream()
          .limit(SHOWN)
          .forEach(
              pair ->
                  System.out.printf(
                      "  %s ~ %s, correlation %.4f%s%n",
                      pair.first(),
                      pair.second(),
                      pair.correlation(),
                      pair.crossSplit() ? "  (across)" : ""));
    }
  }
}
