package org.bagnetlab.server.cli.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewForm;
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
  private final ProgressLine progressLine = new ProgressLine("views");

  @Override
  protected int run(LabClient client) throws Exception {
    String query = options.ofOneDataset(client).query(client);
    Optional<Citation> citation = citation();
    List<ReadView> views = views(client, query);
    List<Figures.Figure> figures = figures(client, query);
    CostSumJson cost =
        Json.MAPPER.convertValue(
            client.get("costs?dataset=" + LabClient.part(options.name())), CostSumJson.class);
    int files = 0;
    List<String> directories = new ArrayList<>();
    if (targets.files != null) {
      files +=
          new FileExport(targets.files, "--to %s%s".formatted(targets.files, options.again()), cost)
              .write(views, figures);
      directories.add(targets.files.toString());
    }
    if (targets.site != null) {
      SitePictures pictures = new SitePictures(client, targets.site);
      String page = pictures.read(query);
      files +=
          new Site(targets.site, options.name(), options.again())
              .write(views, figures, page, pictures.files());
      directories.add(targets.site.toString());
    }
    if (targets.bundle != null) {
      Path tables = Files.createTempDirectory("bagnetlab-");
      try {
        new FileExport(
                tables,
                "--bundle %s%s".formatted(targets.bundle.getFileName(), options.again()),
                cost)
            .write(views, figures);
        files +=
            new BundleExport(
                    client, targets.bundle, citation.orElseThrow(), bundleOptions.checkpoints())
                .write(tables, "?dataset=" + LabClient.part(options.name()));
      } finally {
        FileTree.delete(tables);
      }
      directories.add(targets.bundle.toString());
    }
    progressLine.clear();
    json.print(
        Map.of("files", files, "directories", directories),
        "Wrote %d files to %s.".formatted(files, String.join(" and ", directories)));
    return 0;
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
   * Reads all views of studies. Of the views over a parameter and of analyses, reads those that
   * have rows.
   */
  private List<ReadView> views(LabClient client, String query)
      throws IOException, InterruptedException {
    List<ReadView> read = new ArrayList<>();
    for (int i = 0; i < View.all().size(); i++) {
      progressLine.report(i, View.all().size());
      View<?> view = View.all().get(i);
      String csv = text(client, view, ViewForm.CSV, query);
      // Many of these views are empty: most labs run few experiments and vary few parameters.
      if (!view.isOfFamily() || ReadView.hasRows(csv)) {
        Map<ViewForm, String> texts = new EnumMap<>(ViewForm.class);
        for (ViewForm form : ViewForm.values()) {
          // Neither the README nor the site has a table of all runs.
          if (!view.listsRuns() || FileExport.FORMS.contains(form)) {
            texts.put(form, form == ViewForm.CSV ? csv : text(client, view, form, query));
          }
        }
        read.add(new ReadView(view, texts));
      }
    }
    return read;
  }

  private List<Figures.Figure> figures(LabClient client, String query)
      throws IOException, InterruptedException {
    Optional<Chromium> chromium = Chromium.find(System.getenv());
    if (chromium.isEmpty()) {
      System.err.println("Figures need Chromium: install it, or set BAGNETLAB_CHROMIUM.");
      return List.of();
    }
    progressLine.begin("drawing the figures");
    return Figures.of(chromium.get().text(client.visit("figure" + query), "#figures"));
  }

  private static String text(LabClient client, View<?> view, ViewForm form, String query)
      throws IOException, InterruptedException {
    try {
      return client.text("export/%s.%s%s".formatted(view.name(), form.extension(), query));
    } catch (Failure e) {
      throw new Failure(
          "The view %s could not be read, so the export is not complete: %s"
              .formatted(view.name(), e.getMessage()));
    }
  }
}
