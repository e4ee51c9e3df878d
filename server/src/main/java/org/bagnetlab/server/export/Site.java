package org.bagnetlab.server.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.server.results.view.ViewForm;
import org.bagnetlab.server.table.Html;

/**
 * Writes results as static pages that can be opened from disk, without a server, network access or
 * scripts, for example as a supplement to a paper.
 *
 * @param dataset the data set of the results
 * @param again the command that would write the same pages again
 * @param to receives the files
 */
record Site(String dataset, String again, Exported to) {

  private static final String INDEX = "index";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>%s</title>
          <link rel="icon" href="favicon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="style.css">
        </head>
        <body>
          <a class="skip" href="#main">Skip to content</a>
          <header class="header">
            <div class="header-row">
              <a class="brand" href="index.html">Results on %s</a>
              <nav class="nav" aria-label="Pages">%s</nav>
            </div>
          </header>
          <main id="main" class="main" tabindex="-1">
            <article class="document site">
              <h1>%s</h1>
      %s
            </article>
          </main>
          <footer class="footer">Measured numbers are from a lab’s stored runs, and have their regime, image size, width, seeds and
            intervals beside them. Published numbers are those of the BagNets reproducibility report: ImageNet-pretrained
            networks, fine-tuned at 224 pixels. <code>%s</code> writes these pages again.</footer>
        </body>
      </html>
      """;

  /** A page: its title, and its content as HTML. */
  private record Page(String title, String lead, String content) {}

  /**
   * Writes all pages.
   *
   * @param views the views to show
   * @param figures the figures to show
   * @param pictures the content of the page with test images
   */
  void write(List<WrittenView> views, List<Figure> figures, String pictures) throws IOException {
    SiteStyle style = SiteStyle.read();
    Map<String, Page> pages = new LinkedHashMap<>();
    for (SiteSection section : SiteSection.ALL) {
      String content =
          section.views().stream()
              .flatMap(name -> views.stream().filter(view -> view.view().name().equals(name)))
              .map(view -> content(view, figures, style))
              .collect(Collectors.joining());
      if (!content.isEmpty()) {
        pages.put(section.file(), new Page(section.title(), section.lead(), content));
      }
    }
    Map<String, Page> analyses = analyses(views, figures, style);
    if (!analyses.isEmpty()) {
      pages.put(
          "analyses", new Page("Analyses", "What the networks do with an image.", list(analyses)));
    }
    if (!pictures.isEmpty()) {
      pages.put("heatmaps", new Page("Heatmaps", "Where the evidence lies.", pictures));
    }
    to.file(ExportForm.SITE, "style.css", style.sheet());
    to.file(ExportForm.SITE, "favicon.svg", SiteStyle.resource("favicon.svg"));
    write(INDEX, new Page("Results on " + dataset, lead(pages), list(pages)), pages);
    for (Map.Entry<String, Page> page : pages.entrySet()) {
      write(page.getKey(), page.getValue(), pages);
    }
    for (Map.Entry<String, Page> page : analyses.entrySet()) {
      write(page.getKey(), page.getValue(), pages);
    }
  }

  private static String lead(Map<String, Page> pages) {
    return pages.isEmpty()
        ? "Nothing has been measured on this data set yet."
        : "Tables and figures of trained networks. Published and measured numbers are labelled, and never mixed.";
  }

  private Map<String, Page> analyses(
      List<WrittenView> views, List<Figure> figures, SiteStyle style) {
    Map<String, Page> pages = new LinkedHashMap<>();
    Map<String, List<WrittenView>> byExperiment =
        views.stream()
            .filter(view -> view.view().experiment().isPresent())
            .collect(
                Collectors.groupingBy(
                    view -> view.view().experiment().orElseThrow(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    byExperiment.forEach(
        (name, found) -> {
          Experiment<?> experiment = Experiments.find(name).orElseThrow();
          pages.put(
              "analysis-" + name,
              new Page(
                  experiment.label(),
                  "%s Method: %s.".formatted(experiment.summary(), experiment.source().text()),
                  found.stream()
                      .map(view -> content(view, figures, style))
                      .collect(Collectors.joining())));
        });
    return pages;
  }

  /** The figures of a view, followed by its table. */
  private static String content(WrittenView view, List<Figure> figures, SiteStyle style) {
    List<String> parts = new ArrayList<>();
    for (Figure figure : figures) {
      if (SiteSection.viewOf(figure.name()).equals(view.view().name())) {
        boolean published = figure.name().endsWith("-published");
        parts.add(
            """
            <figure class="drawing%s">
            <div class="scroll" tabindex="0" role="group" aria-label="%s">
            %s
            </div>
            </figure>
            """
                .formatted(
                    published ? " published" : "",
                    Html.escaped(figure.title()),
                    style.themed(figure.svg())));
      }
    }
    if (view.hasRows()) {
      parts.add(view.text(ViewForm.HTML));
    }
    return String.join("", parts);
  }

  private static String list(Map<String, Page> pages) {
    return pages.entrySet().stream()
        .map(
            page ->
                "<li><a href=\"%s.html\">%s</a>: %s</li>%n"
                    .formatted(
                        page.getKey(),
                        Html.escaped(page.getValue().title()),
                        Html.escaped(page.getValue().lead())))
        .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
  }

  private void write(String file, Page page, Map<String, Page> pages) throws IOException {
    String links =
        pages.entrySet().stream()
            .map(
                each ->
                    "<a href=\"%s.html\"%s>%s</a>"
                        .formatted(
                            each.getKey(),
                            each.getKey().equals(file) ? " aria-current=\"page\"" : "",
                            Html.escaped(each.getValue().title())))
            .collect(Collectors.joining("\n"));
    to.file(
        ExportForm.SITE,
        file + ".html",
        PAGE.formatted(
            Html.escaped(
                file.equals(INDEX)
                    ? page.title()
                    : "%s · Results on %s".formatted(page.title(), dataset)),
            Html.escaped(dataset),
            links,
            Html.escaped(page.title()),
            "<p class=\"lead\">%s</p>%n%s".formatted(Html.escaped(page.lead()), page.content()),
            Html.escaped(again)));
  }
}
