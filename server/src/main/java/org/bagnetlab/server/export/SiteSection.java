package org.bagnetlab.server.export;

import java.util.List;
import org.bagnetlab.server.results.accuracy.AccuracyOver;

/**
 * A page of a site that has views of studies.
 *
 * @param file name of its file without the extension
 * @param title in the list of pages and at the top of the page
 * @param lead introduction in sentences
 * @param views the views in order
 */
record SiteSection(String file, String title, String lead, List<String> views) {

  static final List<SiteSection> ALL =
      List.of(
          new SiteSection(
              "comparison",
              "Table 1",
              "Seven networks classify images. A BagNet sees only patches of 9, 17 or 33 pixels and sums their"
                  + " evidence; the others see the whole image.",
              List.of("comparison")),
          new SiteSection(
              "by-setting",
              "Parameters",
              "Accuracy of trainings that differ in one parameter only.",
              AccuracyOver.PARAMETERS.stream().map(AccuracyOver::nameOfView).toList()),
          new SiteSection(
              "receptive-field",
              "Receptive field",
              "Accuracy over the size of the patches that a network sees.",
              List.of("receptive-field")),
          new SiteSection(
              "scrambling",
              "Scrambling",
              "Test images are cut into tiles, which are shuffled. A network that sums the evidence of patches"
                  + " should lose little as long as most of its patches fit into a tile.",
              List.of("scrambling", "scrambling-curves")),
          new SiteSection(
              "differences",
              "Differences",
              "Pairs of networks on the same images, and whether they fail on the same ones.",
              List.of(
                  "differences",
                  "differences-scrambled",
                  "differences-scrambling-loss",
                  "error-agreement")),
          new SiteSection(
              "claims",
              "Claims",
              "The report’s claims as tests over seeds and images.",
              List.of("claims")),
          new SiteSection(
              "changes",
              "Steps",
              "What each step does on the way from ResNet-50 to BagNet-33.",
              List.of("changes")));

  /** The name of the view that a figure belongs to. */
  static String viewOf(String figure) {
    return switch (figure) {
      case "scrambling-published" -> "scrambling";
      case "class-accuracies" -> "error-agreement";
      case "differences-test" -> "differences";
      case "comparison-validation", "comparison-test", "comparison-scrambled" -> "comparison";
      default -> figure;
    };
  }
}
