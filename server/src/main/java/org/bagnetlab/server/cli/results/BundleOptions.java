package org.bagnetlab.server.cli.results;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bagnetlab.server.bundle.Citation;
import org.bagnetlab.server.cli.terminal.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a bundle: how it is to be cited, and what it contains. */
final class BundleOptions {

  private static final Pattern LICENSE = Pattern.compile("[A-Za-z0-9.+-]{2,64}");

  @Option(
      names = "--author",
      paramLabel = "NAME",
      description = "An author of the bundle, as \"Family, Given\"; may be given several times.")
  private List<String> authors = List.of();

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "Title of the bundle. Default: one that names the data set.")
  private @Nullable String title;

  @Option(
      names = "--license",
      paramLabel = "ID",
      description =
          "Licence of the bundle, from spdx.org/licenses, for example CC-BY-4.0. Default: none is"
              + " given.")
  private @Nullable String license;

  @Option(
      names = "--checkpoints",
      description =
          "Put the weights of the networks into the bundle, too, so that another lab can analyse"
              + " them.")
  private boolean checkpoints;

  /** Whether the bundle contains the weights. */
  boolean checkpoints() {
    return checkpoints;
  }

  /** Whether any of these options was given. */
  boolean given() {
    return !authors.isEmpty() || title != null || license != null || checkpoints;
  }

  /**
   * How the bundle is to be cited.
   *
   * @throws Failure if it has no authors
   */
  Citation citation(String dataset) {
    List<Citation.Author> people =
        authors.stream()
            .filter(name -> !name.replace(",", "").isBlank())
            .distinct()
            .map(Citation.Author::of)
            .toList();
    if (people.isEmpty()) {
      throw new Failure(
          "Who made these results? Add --author \"Family, Given\" once for each author.");
    }
    if (license != null && !LICENSE.matcher(license).matches()) {
      throw new Failure(
          "--license must be an identifier of spdx.org/licenses, such as CC-BY-4.0, but is '%s'."
              .formatted(license));
    }
    return new Citation(
        title == null ? "Accuracy of convolutional networks on %s".formatted(dataset) : title,
        "Trainings of networks on the data set %s, and those that they start from, with their settings, numbers, predictions and provenance, and the tables and figures made of them by Bagnet Lab."
            .formatted(dataset),
        people,
        Optional.ofNullable(license),
        LocalDate.now(ZoneOffset.UTC));
  }
}
