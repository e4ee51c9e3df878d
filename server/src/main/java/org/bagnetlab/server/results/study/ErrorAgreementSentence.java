package org.bagnetlab.server.results.study;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.server.statistics.ErrorConsistency;

/**
 * States in words how often two networks err on the same images, with the numbers of seeds and
 * images.
 */
final class ErrorAgreementSentence {

  private ErrorAgreementSentence() {}

  /**
   * For example: ResNet-50 and BagNet-33 are right or wrong together on 71.2 % of images, 60.1 % by
   * chance: kappa 0.28, 95 % 0.22 to 0.34, n = 3 seeds, 1200 images. Two seeds of ResNet-50: kappa
   * 0.55; of BagNet-33: 0.61.
   */
  static String of(
      ErrorAgreement.Network first, ErrorAgreement.Network second, ErrorConsistency errors) {
    return "%s and %s are both right or both wrong on %s %% of images (%s %% expected by chance): %s, %s, %s."
            .formatted(
                first.label(),
                second.label(),
                percent(errors.observed()),
                percent(errors.expected()),
                kappa(errors),
                seeds(errors),
                DifferenceSentence.images(errors.images()))
        + ceilings(first, second);
  }

  private static String kappa(ErrorConsistency errors) {
    if (errors.kappa().isEmpty()) {
      return "no kappa, since a run is right, or wrong, on all images";
    }
    String kappa = "kappa " + ErrorAgreementTable.number(errors.kappa().get());
    return errors.low().isEmpty() || errors.high().isEmpty()
        ? kappa
        : "%s, 95 %% %s to %s"
            .formatted(
                kappa,
                ErrorAgreementTable.number(errors.low().get()),
                ErrorAgreementTable.number(errors.high().get()));
  }

  private static String seeds(ErrorConsistency errors) {
    return switch (errors.seeds()) {
      case 1 -> "one seed, so without variation between seeds";
      case 2 -> "two seeds, too few for an interval";
      default -> "n = %d seeds".formatted(errors.seeds());
    };
  }

  private static String ceilings(ErrorAgreement.Network first, ErrorAgreement.Network second) {
    List<String> ceilings =
        Stream.of(first, second).flatMap(each -> ceiling(each).stream()).toList();
    return ceilings.isEmpty()
        ? ""
        : " Kappa of two seeds of the same network: %s.".formatted(String.join(", ", ceilings));
  }

  private static Optional<String> ceiling(ErrorAgreement.Network network) {
    return network
        .ceiling()
        .flatMap(own -> own.errors().kappa())
        .map(kappa -> "%s %s".formatted(network.label(), ErrorAgreementTable.number(kappa)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
