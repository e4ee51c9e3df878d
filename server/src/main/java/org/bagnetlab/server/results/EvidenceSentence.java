package org.bagnetlab.server.results;

import java.util.Locale;
import org.bagnetlab.server.statistics.PairedDifference;

/** States in words how much less evidence maps of different receptive fields agree. */
final class EvidenceSentence {

  private EvidenceSentence() {}

  /** Of a difference of correlations. */
  static String of(PairedDifference difference) {
    String interval =
        difference.low().isPresent()
            ? String.format(
                Locale.ROOT,
                ", 95 %% %.2f to %.2f",
                difference.low().orElseThrow(),
                difference.high().orElseThrow())
            : "";
    return String.format(
        Locale.ROOT,
        "On the same image, evidence maps of different receptive fields correlate %.2f %s than expected if they showed the same evidence, given the correlation between seeds%s, n = %d seeds, %d images.",
        Math.abs(difference.difference()),
        difference.difference() < 0 ? "more" : "less",
        interval,
        difference.bySeed().size(),
        difference.images());
  }
}
