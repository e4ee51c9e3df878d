package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.bundle.Citation;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.NewFile;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.server.export.ExportForm;
import org.bagnetlab.storage.directory.FileTree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes all views and figures as files, or as pages. */
@Command(
    name = "export",
    description = {
      "Write every view of a data set as CSV, JSON and LaTeX, and every figure as SVG and PNG;",
      "analyses have directories of their own. Or write pages, to put beside a paper, or a bundle",
      "of tables, figures and runs, to publish and to import into another lab.",
      "Figures need Chromium: BAGNETLAB_CHROMIUM, or chromium, chromium-browser or google-chrome on"
          + " the path."
    })
final class ExportCommand extends ServerCommand {

  /** The outputs that the views are written to; at least one is required. */
  static final class Targets {
    @Option(
        names = "--to",
        paramLabel = "DIR",
        description =
            "Directory of the files, which is created; files of the same names are replaced.")
    private @Nullable Path files;

    @Option(
        names = "--site",
        paramLabel = "DIR",
        description =
            "Directory of pages with all tables, figures and heatmaps, which open without a server"
                + " or a network.")
    private @Nullable Path site;

    @Option(
        names = "--bundle",
        paramLabel = "FILE",
        description =
            "A new zip file with tables, figures and all that is known about the runs, as an"
                + " RO-Crate with CITATION.cff and metadata for Zenodo; import-runs reads it.")
    private @Nullable Path bundle;
  }

  @ArgGroup(exclusive = false, multiplicity = "1")
  private Targets targets = new Targets();

  @Mixin private ViewOptions options = new ViewOptions();

  @Mixin private BundleOptions bundleOptions = new BundleOptions();
  private final ProgressLine progressLine = new ProgressLine("steps");

  @Override
  protected int run(LabClient client) throws Exception {
    String query = options.ofOneDataset(client).query(client);
    Optional<Citation> citation = citation();
    JsonNode figures = figures(client, query);
    Path tables = Files.createTempDirectory("bagnetlab-");
    try {
      int files = received(client, query, figures, tables);
      List<String> written = new ArrayList<>();
      for (Path target : Arrays.asList(targets.files, targets.site, targets.bundle)) {
        if (target != null) {
          written.add(target.toString());
        }
      }
      if (targets.bundle != null) {
        files +=
            new BundleExport(
                    client, targets.bundle, citation.orElseThrow(), bundleOptions.checkpoints())
                .write(tables, "?dataset=" + LabClient.part(options.name()));
      }
      progressLine.clear();
      json.print(
          Map.of("files", files, "directories", written),
          "Wrote %d files to %s.".formatted(files, String.join(" and ", written)));
      return 0;
    } finally {
      FileTree.delete(tables);
    }
  }

  /** How the bundle is to be cited; empty if none is written. */
  private Optional<Citation> citation() {
    if (targets.bundle == null) {
      if (bundleOptions.given()) {
        throw new Failure("--author, --title, --license and --checkpoints go with --bundle FILE.");
      }
      return Optional.empty();
    }
    NewFile.requireWritable(targets.bundle);
    return Optional.of(bundleOptions.citation(options.name()));
  }

  /**
   * Receives tables, figures and pages.
   *
   * @param tables directory of the tables of a bundle
   * @return the number of files in the directories that were asked for
   */
  private int received(LabClient client, String query, JsonNode figures, Path tables)
      throws IOException, InterruptedException {
    Map<ExportForm, List<Path>> directories = new EnumMap<>(ExportForm.class);
    List<Path> files = new ArrayList<>();
    if (targets.files != null) {
      files.add(targets.files);
    }
    if (targets.bundle != null) {
      files.add(tables);
    }
    if (!files.isEmpty()) {
      directories.put(ExportForm.FILES, files);
    }
    if (targets.site != null) {
      directories.put(ExportForm.SITE, List.of(targets.site));
    }
    Map<ExportForm, Integer> written =
        new ReceivedExport(directories, progressLine).read(client, query, figures);
    return (targets.files == null ? 0 : written.getOrDefault(ExportForm.FILES, 0))
        + written.getOrDefault(ExportForm.SITE, 0);
  }

  private JsonNode figures(LabClient client, String query)
      throws IOException, InterruptedException {
    Optional<Chromium> chromium = Chromium.find(System.getenv());
    if (chromium.isEmpty()) {
      System.err.println("Figures need Chromium: install it, or set BAGNETLAB_CHROMIUM.");
      return Json.MAPPER.createArrayNode();
    }
    progressLine.begin("drawing the figures");
    return Figures.of(chromium.get().text(client.visit("figure" + query), "#figures"));
  }
}
